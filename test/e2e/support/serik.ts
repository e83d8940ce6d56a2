import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The token of every end-to-end test: shaped as Telegram's are. */
export const token = '7000002:an_end_to_end_token_of_no_bot_at_all'
/** The data key of every end-to-end test. */
export const dataKey = '07'.repeat(32)
export const webhookSecret = 'a_secret_of_the_tests_0123456789'

type Environment = Readonly<Record<string, string>>

/** A real process of the bot. */
export type Serik = {
  /** Everything it has written, to both outputs. */
  readonly said: () => string
  /** Resolves with the first line it says that fits; rejects with all it said when it ends before. */
  says(pattern: RegExp): Promise<string>
  /** Sends the signal and resolves with the exit code, or the signal's name when it died of it. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>
  /** Resolves as `stop` does, when it ends by itself. */
  readonly ended: Promise<number | NodeJS.Signals>
}

const root = fileURLToPath(new URL('../../../', import.meta.url))
const ready = /Serik is polling|Serik listens|Serik: http/

/** Starts `src/main.ts` with this environment and nothing else, and waits until it says that it works. */
export async function startSerik(environment: Environment): Promise<Serik> {
  const serik = spawnSerik(environment)
  await serik.says(ready)
  return serik
}

/** Starts it without waiting for anything. The `.env` of whoever runs the tests is none of theirs. */
export function spawnSerik(environment: Environment): Serik {
  const words = [process.execPath, '--import', 'tsx', 'src/main.ts']
  return spawnCommand(words, root, { SERIK_ENV_FILE: devNull, ...environment })
}

/** Any command in any folder, with this environment and nothing else. */
export function spawnCommand(
  [command = '', ...words]: readonly string[],
  cwd: string,
  environment: Environment,
): Serik {
  const { PATH = '' } = process.env
  return watch(spawn(command, words, { cwd, env: { PATH, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] }))
}

/** A copy of the program in a folder of its own, with no settings and no data. */
export function installSerik(folder: string): void {
  for (const name of ['src', 'flows', 'prisma', 'locales', 'package.json', 'tsconfig.json', '.env.example']) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
}

/** Runs it to its end: for starts that must fail. */
export async function runSerik(environment: Environment): Promise<{ code: number | NodeJS.Signals; said: string }> {
  const serik = spawnSerik(environment)
  // One that starts although it must not would otherwise outlive the test.
  void serik.says(ready).then(
    () => serik.stop('SIGKILL'),
    () => {},
  )
  return { code: await serik.ended, said: serik.said() }
}

/** A folder that goes away with the test; also the home folder of the processes that work in it. */
export function createFolder(): { readonly path: string; readonly database: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'serik-e2e-'))
  return {
    path,
    database: `file:${join(path, 'serik.db')}`,
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

function watch(child: ChildProcess): Serik {
  let text = ''
  const listeners = new Set<() => void>()
  const hear = (chunk: Buffer) => {
    text += chunk.toString('utf8')
    for (const listener of listeners) listener()
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? signal ?? -1))
  })
  return {
    said: () => text,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = text.split('\n').find((one) => pattern.test(one))
          if (line === undefined) return
          listeners.delete(look)
          resolve(line)
        }
        listeners.add(look)
        void ended.then((code) => reject(new Error(`Ended with ${code} before saying ${pattern}:\n${text}`)))
        look()
      }),
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
    ended,
  }
}
