import { dayLength } from '../../../flows/common/calendar.ts'
import { type NewNotice, notice } from '../../../flows/kit/notice.ts'
import type { Reminder } from '../../../flows/reminders/contract.ts'
import { type DueValues, due as dueNotice, noticePrefix } from '../../../flows/reminders/notices.ts'
import { longestPause, nextTime } from '../../../flows/reminders/repeat.ts'
import { putNotices } from '../../delivery/notices/put.ts'
import type { Job } from '../../schedule/schedule.ts'
import type { Core } from '../../store/core.ts'
import { type Advance, advanceReminders, type DueReminder, dueReminders, endReminders } from './rows.ts'

/** Reminders told in one transaction; with SQLite the whole program waits for it. */
const batch = 25
/** From here on a reminder says when it was meant for, ms. */
const lateAfter = 10 * 60_000

/**
 * Every minute: what is due becomes a notice and gets its next time, in one transaction. After downtime a repeating
 * reminder is told once, for the last time it missed; one for once is told late.
 */
export function remindersJob(core: Core): Job {
  return {
    name: 'reminders',
    cron: '* * * * *',
    run: async ({ now, signal }) => {
      const report = { told: 0, late: 0, unreadable: 0 }
      for (let found = batch; found === batch && !signal.aborted; await core.breathe()) {
        const done = await core.prisma.$transaction(async (transaction) => {
          const { found, due, unreadable } = await dueReminders(transaction, core, now, batch)
          await endReminders(transaction, core.provider, unreadable, now)
          const plans = due.map((one) => planReminder(one, now))
          const advances = plans.map(({ advance }) => advance)
          const moved = await advanceReminders(transaction, core.provider, advances)
          const told = plans.filter(({ advance }) => moved.has(advance.id))
          const notices = told.map((plan) => plan.notice)
          await putNotices(transaction, notices, { ...core, now })
          return { found, moved: moved.size + unreadable.length, told, unreadable: unreadable.length }
        })
        // What could not be moved on would be found again for ever.
        found = done.moved === 0 ? 0 : done.found
        report.told += done.told.length
        report.late += done.told.filter(({ isLate }) => isLate).length
        report.unreadable += done.unreadable
      }
      return report
    },
  }
}

/** What becomes of one due reminder at `now` (epoch ms): where it goes on, and what its person is told. */
export function planReminder(
  { id, chatId, nextAt, reminder }: DueReminder,
  now: number,
): { readonly advance: Advance; readonly notice: NewNotice; readonly isLate: boolean } {
  const { meantFor, next } = timesOf(reminder, nextAt, now)
  const values: DueValues = {
    id,
    what: reminder.what,
    meantFor,
    zone: reminder.zone,
    late: now - meantFor >= lateAfter,
  }
  return {
    advance: { id, was: nextAt, nextAt: next ?? null, state: next === undefined ? 'done' : 'active' },
    notice: notice(dueNotice, {
      chatId,
      key: `${noticePrefix(id)}${nextAt}`,
      dueAt: now,
      // Its next time comes with a notice of its own.
      ...(next !== undefined && { expiresAt: next }),
      values,
    }),
    isLate: values.late,
  }
}

/** The last time that has come, and the first that is still ahead. */
function timesOf({ repeat, zone, minute }: Reminder, nextAt: number, now: number) {
  const clock = { hour: Math.floor(minute / 60), minute: minute % 60 }
  // After long downtime it goes on from the last times: reckoning a thousand days would hold up everybody.
  const lately = now - longestPause(repeat) * dayLength
  const from = nextAt < lately ? (nextTime(lately, clock, repeat, zone) ?? nextAt) : nextAt
  let meantFor = from
  let next = nextTime(meantFor, clock, repeat, zone)
  while (next !== undefined && next <= now) {
    meantFor = next
    next = nextTime(meantFor, clock, repeat, zone)
  }
  return { meantFor, next }
}
