import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { StoreError } from '../engine/store-error.ts'
import { openStore } from '../store/open.ts'
import { rotateKey } from '../store/rotation.ts'
import type { DatabaseTools } from './backup.ts'

/** Pause after each slice in ms: the bot's own writing goes on between. */
const pause = 10

const withoutOld =
  'SERIK_DATA_KEY_OLD is not set, so there is nothing to change. Put the new key into SERIK_DATA_KEY and the one until ' +
  'now into SERIK_DATA_KEY_OLD, start the bot again, then run this.'

/** Adds `rotate-key`: seals everything anew with the present key, bot running or not. */
export function addRotateKey(program: Command, deps: DatabaseTools): void {
  program
    .command('rotate-key')
    .description('seal everything anew with SERIK_DATA_KEY, reading what SERIK_DATA_KEY_OLD sealed; the bot may run')
    .action(async () => {
      try {
        await rotate(deps)
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        deps.fail(error.message)
      }
    })
}

async function rotate({ config, clock, write, fail }: DatabaseTools): Promise<void> {
  const { databaseUrl: url, dataKey: key, deletionLog } = config()
  if (key instanceof Uint8Array) return fail(withoutOld)
  const store = await openStore({ url, key, clock, exclusive: false, create: false, deletionLog })
  try {
    const tables = await rotateKey(store, () => sleep(pause))
    for (const { table, resealed } of tables) write(`${table}: ${resealed} sealed anew`)
    const lost = tables.filter(({ unreadable }) => unreadable > 0)
    for (const { table, unreadable } of lost) {
      fail(`${table}: ${unreadable} open with neither key and are left as they are; look for them in a backup.`)
    }
    write(
      'Everything that can be read is under SERIK_DATA_KEY now. SERIK_DATA_KEY_OLD can be removed from the settings.',
    )
    write('Keep the old key as long as backups made before this: they open only with it.')
  } finally {
    await store.close()
  }
}
