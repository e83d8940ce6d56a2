import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Operator } from '../capabilities/operator.ts'
import type { Config } from '../config.ts'
import { StoreError } from '../engine/store-error.ts'
import { backupDatabase, sqliteFile } from '../store/backup.ts'
import { backupName } from '../store/backup-names.ts'
import { deletionsKept } from '../store/deletions.ts'

/** What the commands about the database need. */
export type DatabaseTools = Pick<Operator, 'write' | 'fail' | 'clock'> & {
  readonly config: () => Pick<Config, 'databaseUrl' | 'dataKey' | 'backupFolder' | 'deletionLog'>
}

/** Adds `backup`: copies the SQLite database while the bot goes on, and tries the copy. */
export function addBackup(program: Command, deps: DatabaseTools): void {
  program
    .command('backup')
    .description('copy the SQLite database, bot running or not, and check the copy')
    .option('--to <file>', 'where the copy goes (default: the folder of backups)')
    .action(async (options: { to?: string }) => {
      try {
        await backup(options, deps)
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        deps.fail(error.message)
      }
    })
}

async function backup(options: { to?: string }, { config, clock, write }: DatabaseTools): Promise<void> {
  const { databaseUrl, dataKey: key, backupFolder, deletionLog } = config()
  const file = sqliteFile(databaseUrl)
  const to = resolve(options.to ?? join(backupFolder, backupName(file, clock.now(), true)))
  const { bytes } = await untilStopped((signal) => backupDatabase(file, to, { key, deletionLog, signal }))
  const [date] = new Date(clock.now() + deletionsKept).toISOString().split('T')
  write(`Backup written and checked: ${to} (${Math.ceil(bytes / 1024)} KiB).`)
  write('It opens only with the present SERIK_DATA_KEY, which is not in it: keep the key elsewhere.')
  write(`Nothing deletes it but you. Do it by ${date}: people are promised that no copy is kept for longer.`)
}

/** Ctrl-C ends the work at once and leaves nothing half done. */
async function untilStopped<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, stop)
  try {
    return await work(stopping.signal)
  } finally {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.off(name, stop)
  }
}
