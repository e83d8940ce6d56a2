import type { Job } from '../schedule/schedule.ts'
import type { Core } from '../store/core.ts'
import { pruneDeletions } from '../store/deletions.ts'

/**
 * Leaves nothing of the deleted behind: SQLite's write-ahead log, which holds pages as they were before, is written
 * into the database and emptied; a log of deletions that no copy needs any more is shortened.
 */
export function deletionsJob(core: Core): Job {
  return {
    name: 'deletions',
    cron: '*/20 * * * *',
    run: async () => {
      const emptied = core.provider === 'sqlite' ? await emptyLog(core) : 0
      return { ...(await pruneDeletions(core)), emptied }
    },
  }
}

/** 1 when it is empty now; 0 when somebody (a backup) still reads from it: then the next run does it. */
async function emptyLog({ prisma }: Core): Promise<number> {
  const [result] = await prisma.$queryRaw<{ busy: bigint | number }[]>`PRAGMA wal_checkpoint(TRUNCATE)`
  return Number(result?.busy) === 0 ? 1 : 0
}
