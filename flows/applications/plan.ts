import { addDays, dayLength, minuteLength, toLocal, toUtc } from '../common/calendar.ts'
import { zone } from '../common/regions.ts'
import { type NewNotice, notice } from '../kit/notice.ts'
import type { Application } from './contract.ts'
import { anyAnswer, firstDay, howWasIt, interviewSoon } from './notices.ts'

/** The hour of what comes in the evening. */
const eveningHour = 19
/** How long before an interview it is spoken of once more. */
const ahead = 120 * minuteLength
/** An interview is over and thought about so long after it begins. */
const over = 120 * minuteLength
/** Days without an answer, after which it is asked once whether one came. */
const patience = 7
/** Nobody looks back on an interview after that. */
const stale = 3 * dayLength

/** What the keys of all notices of an application begin with. */
export function noticePrefix(id: string): string {
  return `application:${id}:`
}

/** What of the reminders of an interview or a first day is still to come; a first day has that of the evening alone. */
export function remindersLeft({ state, nextAt }: Application, now: number): 'both' | 'evening' | 'hours' | 'none' {
  if (nextAt === null) return 'none'
  const isEvening = eveningOf(nextAt, -1) > now
  if (state === 'offer') return isEvening ? 'evening' : 'none'
  if (state !== 'invited' || nextAt - ahead <= now) return 'none'
  return isEvening ? 'both' : 'hours'
}

/** All that is to be said of an application as it stands now (epoch ms); what would have come before is left out. */
export function planNotices(application: Application, chatId: number, now: number): readonly NewNotice[] {
  return noticesOf(application, chatId).filter(({ dueAt }) => dueAt > now)
}

function noticesOf(application: Application, chatId: number): readonly NewNotice[] {
  const { id, title, employer, place, state, appliedAt, nextAt } = application
  const key = (name: string) => `${noticePrefix(id)}${name}`
  const job = { id, title, employer }
  if (state === 'applied') {
    const dueAt = eveningOf(appliedAt, patience)
    return [notice(anyAnswer, { chatId, key: key('anyAnswer'), dueAt, values: job })]
  }
  if (nextAt === null) return []
  if (state === 'offer') {
    const values = { ...job, at: nextAt }
    return [
      notice(firstDay, {
        ...{
          chatId,
          key: key(`firstDay:${nextAt}`),
          dueAt: eveningOf(nextAt, -1),
          expiresAt: midnightOf(nextAt),
          values,
        },
      }),
    ]
  }
  if (state !== 'invited') return []
  const values = { ...job, place, at: nextAt }
  const soon = (when: 'evening' | 'hours', dueAt: number, expiresAt: number) =>
    notice(interviewSoon, {
      ...{ chatId, key: key(`soon:${when}:${nextAt}`), dueAt, expiresAt, values: { ...values, when } },
    })
  const evening = eveningOf(nextAt, 0)
  const after = evening >= nextAt + over ? evening : eveningOf(nextAt, 1)
  return [
    // It says "tomorrow", which is not true any more after midnight.
    soon('evening', eveningOf(nextAt, -1), Math.min(midnightOf(nextAt), nextAt - ahead)),
    soon('hours', nextAt - ahead, nextAt),
    notice(howWasIt, { chatId, key: key(`after:${nextAt}`), dueAt: after, expiresAt: after + stale, values: job }),
  ]
}

/** When the day of the moment begins, epoch ms. */
function midnightOf(moment: number): number {
  return toUtc({ ...toLocal(moment, zone), hour: 0, minute: 0 }, zone)
}

/** The evening of the day that lies so many days from that of the moment, epoch ms. */
function eveningOf(moment: number, days: number): number {
  return toUtc({ ...addDays(toLocal(moment, zone), days), hour: eveningHour, minute: 0 }, zone)
}
