import type { Command } from 'commander'
import { checkBackup, restoreDatabase, sqliteFile } from '../store/backup.ts'
import { StoreError } from '../store/errors.ts'
import type { DatabaseDeps } from './backup.ts'

/** Adds `restore`: puts a backup in the place of the SQLite database; the bot must be stopped. */
export function addRestore(program: Command, deps: DatabaseDeps): void {
  program
    .command('restore')
    .description('put a backup in the place of the SQLite database (stop the bot first)')
    .argument('<file>', 'the backup')
    .option('--yes', 'do it; without this the backup is only checked')
    .action((file: string, options: { yes?: boolean }) => {
      try {
        restore(file, options.yes === true, deps)
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        deps.fail(error.message)
      }
    })
}

function restore(from: string, isMeant: boolean, { config, clock, write }: DatabaseDeps): void {
  const { databaseUrl, dataKey } = config()
  const file = sqliteFile(databaseUrl)
  if (!isMeant) {
    checkBackup(from, dataKey)
    write(`${from} is whole and fits this program and this key. To put it in the place of ${file}, add --yes.`)
    return
  }
  const { kept } = restoreDatabase(from, file, dataKey, clock.now())
  write(`${file} is the backup now.`)
  if (kept !== undefined) write(`What stood there before is kept as ${kept}.`)
}
