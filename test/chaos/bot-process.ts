import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { testKey } from '../support/databases.ts'

/** The bot as `npm start` runs it, in a process that can be killed. */
export type BotProcess = {
  /** Resolves when the process has gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export type BotSurroundings = { readonly apiRoot: string; readonly token: string; readonly databaseUrl: string }

export function startBotProcess({ apiRoot, token, databaseUrl }: BotSurroundings): BotProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      TELEGRAM_API_ROOT: apiRoot,
      BOT_TOKEN: token,
      DATABASE_URL: databaseUrl,
      SERIK_DATA_KEY: testKey.toString('hex'),
      LOG_LEVEL: 'error',
      PORT: '0',
      BACKUP_FOLDER: `${databaseUrl.slice('file:'.length)}.backups`,
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
  }
}

function exitOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
}
