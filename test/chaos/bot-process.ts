import { type ChildProcess, spawn } from 'node:child_process'
import { devNull } from 'node:os'
import { fileURLToPath } from 'node:url'
import { testKey } from '../support/databases.ts'

/** The bot as `npm start` runs it, in a process that can be killed, held up, and told a wrong time. */
export type BotProcess = {
  /** Resolves when the process has gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** As a suspended machine: it does nothing until `resume`, and does not know. */
  pause(): void
  resume(): void
  /** Sets its wall clock apart from ours by so many ms. */
  stepClock(milliseconds: number): void
}

const main = new URL('../../src/main.ts', import.meta.url)
const clock = new URL('clock.ts', import.meta.url).href

export type BotSurroundings = {
  readonly apiRoot: string
  readonly token: string
  readonly databaseUrl: string
  /** Where deletions are listed. */
  readonly deletionLog: string
  /** Where its backups go. */
  readonly backupFolder: string
  /** What runs in place of the whole bot. */
  readonly program?: URL
  /** Further settings. */
  readonly settings?: Readonly<Record<string, string>>
  /** So many ms its wall clock is apart from ours from the start; none unless given. */
  readonly clockStep?: number
}

export function startBotProcess({
  apiRoot,
  token,
  databaseUrl,
  deletionLog,
  backupFolder,
  program = main,
  settings,
  clockStep = 0,
}: BotSurroundings): BotProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', clock, fileURLToPath(program)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      TELEGRAM_API_ROOT: apiRoot,
      BOT_TOKEN: token,
      DATABASE_URL: databaseUrl,
      SERIK_DATA_KEY: testKey.toString('hex'),
      SERIK_ENV_FILE: devNull,
      LOG_LEVEL: process.env.CHAOS_LOG_LEVEL ?? 'silent',
      PORT: '0',
      BACKUP_FOLDER: backupFolder,
      FORGOTTEN_LOG: deletionLog,
      CHAOS_CLOCK_STEP: String(clockStep),
      ...settings,
    },
  })
  const gone = exitOf(child)
  let isMeant = false
  void gone.then(({ code }) => {
    if (!isMeant) throw new Error(`The bot ended by itself with ${code}; its last words stand above`)
  })
  return {
    kill(signal) {
      isMeant = true
      child.kill(signal)
      return gone
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stepClock: (milliseconds) => void child.send(milliseconds),
  }
}

function exitOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
}
