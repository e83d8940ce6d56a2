import { join } from 'node:path'
import { dayLength } from '../../flows/common/calendar.ts'
import { noticesKept } from '../delivery/notices/notice.ts'
import { createNotices } from '../delivery/notices/notices.ts'
import type { Engine } from '../engine/ports.ts'
import type { Job } from '../schedule/schedule.ts'
import { backupDatabase, sqliteFile } from '../store/backup.ts'
import { backupName, rotateBackups } from '../store/backup-names.ts'
import type { Core } from '../store/core.ts'
import type { Store } from '../store/open.ts'
import type { DataKey } from '../store/seal.ts'
import { inSlices } from '../store/slices.ts'

/** Somebody away for a year will not miss what waited for them. */
const parkedKept = 365 * dayLength
/** Telegram's file ids go on working, but a chart nobody has looked at for a year will hardly be asked for again. */
const picturesKept = 365 * dayLength

/**
 * Deletes what has served its purpose: notices long over, file ids of old pictures. What a person did or said is not
 * touched; that goes when they say so.
 */
export function retentionJob(core: Core): Job {
  return {
    name: 'retention',
    cron: '10 4 * * *',
    run: async ({ now, signal }) => {
      const notices = await createNotices(core).forget(now - noticesKept, now - parkedKept, signal)
      const pictures = await inSlices(core, (limit) => forgetPictures(core, BigInt(now - picturesKept), limit), {
        signal,
      })
      return { notices, pictures }
    },
  }
}

function forgetPictures({ prisma }: Core, before: bigint, limit: number): Promise<number> {
  return prisma.$executeRaw`
    DELETE FROM "Picture" WHERE "digest" IN (SELECT "digest" FROM "Picture" WHERE "at" < ${before} ORDER BY "at" LIMIT ${limit})`
}

export type BackupOptions = {
  readonly databaseUrl: string
  readonly dataKey: DataKey
  readonly folder: string
  readonly deletionLog?: string | undefined
}

/** A checked copy every night, while the bot goes on; keeps the newest of 7 days and of 4 weeks. SQLite only. */
export function backupJob({ databaseUrl, dataKey: key, folder, deletionLog }: BackupOptions): Job {
  return {
    name: 'backup',
    cron: '40 3 * * *',
    run: async ({ now, signal }) => {
      const file = sqliteFile(databaseUrl)
      try {
        const { bytes } = await backupDatabase(file, join(folder, backupName(file, now)), { key, deletionLog, signal })
        return { bytes, removed: await rotateBackups(folder, file, now) }
      } catch (error) {
        if (signal.aborted) return { interrupted: 1 } // no fault; the schedule begins it anew
        throw error
      }
    },
  }
}

const overdue = 60_000

/** Shows screens that a crash or trouble on the line has kept from their chats for more than a minute. */
export function showUnshownJob(store: Pick<Store, 'dialogues'>, engine: Pick<Engine, 'take'>): Job {
  return {
    name: 'show-unshown',
    cron: '* * * * *',
    run: async ({ now, signal }) => {
      let [shown, failed] = [0, 0]
      for (const chatId of await store.dialogues.unshown(1_000, now - overdue)) {
        if (signal.aborted) break
        try {
          const { shown: settled } = await engine.take({ chatId, action: { type: 'show' } })
          await settled
          shown++
        } catch {
          failed++ // a damaged row must not keep back those after it
        }
      }
      return { shown, failed }
    },
  }
}
