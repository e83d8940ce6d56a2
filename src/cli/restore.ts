import type { Command } from 'commander'
import { StoreError } from '../engine/store-error.ts'
import { sqliteFile } from '../store/backup.ts'
import { checkBackup, restoreDatabase } from '../store/restore.ts'
import type { DatabaseTools } from './backup.ts'

/** Adds `restore`: puts a backup in the place of the SQLite database; the bot must be stopped. */
export function addRestore(program: Command, deps: DatabaseTools): void {
  program
    .command('restore')
    .description('put a backup in the place of the SQLite database (stop the bot first)')
    .argument('<file>', 'the backup')
    .option('--yes', 'do it; without this the backup is only checked')
    .option('--old', 'even a backup from before the deletions that are remembered')
    .action(async (file: string, options: Options) => {
      try {
        await restore(file, options, deps)
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        deps.fail(error.message)
      }
    })
}

type Options = { readonly yes?: boolean; readonly old?: boolean }

async function restore(from: string, { yes, old }: Options, { config, clock, write }: DatabaseTools): Promise<void> {
  const { databaseUrl, dataKey: key, deletionLog } = config()
  const file = sqliteFile(databaseUrl)
  const options = { key, clock, deletionLog, isOldMeant: old === true }
  if (yes !== true) {
    await checkBackup(from, file, options)
    write(`${from} is whole and fits this program and this key. To put it in the place of ${file}, add --yes.`)
    return
  }
  const { kept, chats, unreadable } = await restoreDatabase(from, file, options)
  write(`${file} is the backup now.`)
  if (chats > 0) write(`Deleted from it again: ${chats}, who had asked for it after the backup was made.`)
  if (unreadable > 0)
    write(`Lines of the log of deletions that cannot be read: ${unreadable}; who they are about is not known.`)
  if (kept !== undefined) write(`What stood there before is kept for some weeks as ${kept}.`)
}
