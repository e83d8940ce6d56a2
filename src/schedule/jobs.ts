import { join } from 'node:path'
import type { Engine } from '../engine/ports.ts'
import type { DataKey } from '../security/seal.ts'
import { backupDatabase, backupName, checkBackup, rotateBackups, sqliteFile } from '../store/backup.ts'
import type { Core } from '../store/core.ts'
import { createNotices } from '../store/notices.ts'
import type { Store } from '../store/open.ts'
import type { Job } from './schedule.ts'

const day = 24 * 60 * 60 * 1000
/** Buttons of a notice work for days, and "what did you send me" is asked within weeks. */
const noticesKept = 90 * day
/** Somebody away for a year will not miss what waited for them. */
const parkedKept = 365 * day
/** Telegram's file ids go on working, but a chart nobody has looked at for a year will hardly be asked for again. */
const picturesKept = 365 * day

/**
 * Deletes what has served its purpose: notices long over, file ids of old pictures, codes for consent that have
 * expired. What a person did or said is not touched; that goes when they say so.
 */
export function retentionJob(core: Core): Job {
  return {
    name: 'retention',
    cron: '10 4 * * *',
    run: async ({ now }) => {
      const notices = await createNotices(core).forget(now - noticesKept, now - parkedKept)
      const pictures = await core.prisma.picture.deleteMany({ where: { at: { lt: BigInt(now - picturesKept) } } })
      const codes = await core.prisma.consentCode.deleteMany({ where: { expiresAt: { lte: BigInt(now) } } })
      return { notices, pictures: pictures.count, codes: codes.count }
    },
  }
}

export type BackupOptions = { readonly databaseUrl: string; readonly dataKey: DataKey; readonly folder: string }

/** A checked copy every night, while the bot goes on; keeps the newest of 7 days and of 4 weeks. SQLite only. */
export function backupJob({ databaseUrl, dataKey, folder }: BackupOptions): Job {
  return {
    name: 'backup',
    cron: '40 3 * * *',
    run: async ({ now }) => {
      const to = join(folder, backupName(now))
      const { bytes } = await backupDatabase(sqliteFile(databaseUrl), to)
      checkBackup(to, dataKey)
      return { bytes, removed: rotateBackups(folder) }
    },
  }
}

const overdue = 60_000

/** Shows screens that a crash or trouble on the line has kept from their chats for more than a minute. */
export function showUnshownJob(store: Pick<Store, 'prisma' | 'dialogues'>, engine: Pick<Engine, 'take'>): Job {
  return {
    name: 'show-unshown',
    cron: '* * * * *',
    run: async ({ now, signal }) => {
      const rows = await store.prisma.dialogue.findMany({
        where: {
          chatId: { in: (await store.dialogues.unshown(1_000)).map(BigInt) },
          updatedAt: { lt: BigInt(now - overdue) },
        },
        select: { chatId: true },
      })
      let [shown, failed] = [0, 0]
      for (const { chatId } of rows) {
        if (signal.aborted) break
        try {
          const { shown: settled } = await engine.take({ chatId: Number(chatId), action: { type: 'show' } })
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
