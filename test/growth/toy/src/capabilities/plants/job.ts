import { notice } from '../../../flows/kit/notice.ts'
import { thirsty } from '../../../flows/plants/notices.ts'
import { putNotices } from '../../delivery/notices/put.ts'
import type { Job } from '../../schedule/schedule.ts'
import type { Core } from '../../store/core.ts'
import { readEach, whole } from '../../store/damage.ts'
import { inSlices } from '../../store/slices.ts'
import { toPlant } from './rows.ts'

/** Every Monday: whoever has a new plant is told, once, to water it. */
export function plantsJob(core: Core): Job {
  return {
    name: 'plants',
    cron: '0 8 * * 1',
    run: async ({ now, signal }) => ({ told: await inSlices(core, (limit) => tell(core, now, limit), { signal }) }),
  }
}

function tell(core: Core, now: number, limit: number): Promise<number> {
  return core.prisma.$transaction(async (transaction) => {
    const rows = await transaction.plant.findMany({
      where: { waterAt: { lte: now } },
      orderBy: { waterAt: 'asc' },
      take: limit,
    })
    if (rows.length === 0) return 0
    const notices = readEach('Plant', rows, (row) => noticeOf(row, core, now), core.damaged)
    await putNotices(transaction, notices, { ...core, now })
    await transaction.plant.updateMany({ where: { id: { in: rows.map(({ id }) => id) } }, data: { waterAt: null } })
    return rows.length
  })
}

function noticeOf(row: Parameters<typeof toPlant>[0], { seal }: Core, now: number) {
  const { id, name } = toPlant(row, seal)
  return notice(thirsty, { chatId: whole(row.chatId), key: `plants:thirsty:${id}`, dueAt: now, values: { name } })
}
