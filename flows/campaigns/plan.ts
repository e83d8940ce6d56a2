import { dayLength as day, toLocal, toUtc } from '../common/calendar.ts'
import type { AgeBand, Plan } from '../common/person.ts'
import { zone } from '../common/regions.ts'
import { type NewNotice, notice } from '../kit/notice.ts'
import type { CalendarDate } from './dates.ts'
import {
  age,
  type CalendarKind,
  calendar as calendarNotice,
  consent,
  type PublicDate,
  paused,
  repeat,
} from './notices.ts'

/** What decides which campaigns concern a person. */
export type Candidate = {
  readonly chatId: number
  readonly ageBand: AgeBand | undefined
  readonly plan: Plan | undefined
  /** Epoch ms of the present consent, and whether it is the person's own. */
  readonly consentAt: number
  readonly byOneself: boolean
  readonly muted: readonly string[]
}

/** The newest attempt of each of the person's surveys. */
export type LatestAttempt = {
  readonly id: string
  readonly chatId: number
  readonly instrument: string
  readonly updatedAt: number
  readonly finishedAt: number | undefined
}

/** What is known of a person's matters at `now` (epoch ms). */
export type Situation = {
  readonly attempts: readonly LatestAttempt[]
  /** They were asked for a consent of their own not long ago. */
  readonly isAskedLately: boolean
  readonly calendar: readonly CalendarDate[]
  readonly now: number
}

/** All that a person is to be told on their own, but for what they have switched off. */
export function planCampaigns(person: Candidate, { attempts, isAskedLately, calendar, now }: Situation): NewNotice[] {
  const planned = [
    ...attempts.flatMap((attempt) => planSurvey(attempt, now)),
    ...planAge(person, now),
    ...(isAskedLately ? [] : planConsent(person, now)),
    ...planCalendar(person, calendar, now),
  ]
  return planned.filter(({ kind }) => !person.muted.includes(kind))
}

const nudgeLasts = 12 * 60 * 60 * 1000

/** A survey left after 1 day and after 4, never more; a result between six and eight months old, once. */
export function planSurvey({ id, chatId, instrument, updatedAt, finishedAt }: LatestAttempt, now: number): NewNotice[] {
  const common = { chatId, dueAt: now, expiresAt: now + nudgeLasts }
  if (finishedAt !== undefined) {
    const isOld = now >= monthsAfter(finishedAt, 6) && now < monthsAfter(finishedAt, 8)
    const values = { instrument, finishedAt }
    return isOld ? [notice(repeat, { ...common, key: `campaigns:repeat:${id}`, values })] : []
  }
  const age = now - updatedAt
  if (age < day || age >= 8 * day) return []
  const which = age < 4 * day ? 1 : 2
  return [notice(paused, { ...common, key: `campaigns:paused:${id}:${which}`, values: { instrument } })]
}

function monthsAfter(at: number, months: number): number {
  const date = toLocal(at, zone)
  return toUtc({ ...date, month: date.month + months }, zone)
}

/**
 * No birthday is kept, only a band, so nobody can know the day somebody turns 18. People under age are asked whether
 * their band still is right: each year after they agreed (and said their age), at 16 and 17 each half-year, since there
 * the answer decides who consents. Nothing is concluded from time alone.
 */
export function planAge({ chatId, ageBand, consentAt }: Candidate, now: number): NewNotice[] {
  if (ageBand === undefined || ageBand === '18+') return []
  const period = ageBand === '16-17' ? 182 : 365
  const passed = (now - consentAt) / day
  const times = Math.floor(passed / period)
  // Within two weeks of the anniversary: after downtime it is still asked, and not all at once the day this begins.
  if (times < 1 || passed - times * period >= 14) return []
  const key = `campaigns:age:${chatId}:${consentAt}:${times * period}`
  return [notice(age, { chatId, key, dueAt: now, expiresAt: now + 7 * day, values: {} })]
}

/** Of age by their own word, while the consent is still a guardian's: from now on it must be their own. */
export function planConsent(person: Candidate, now: number): NewNotice[] {
  if (!isAskedForConsent(person)) return []
  const { chatId } = person
  const key = `campaigns:consent:${chatId}:${dayOf(now)}`
  return [notice(consent, { chatId, key, dueAt: now, expiresAt: now + 7 * day, values: {} })]
}

/** Whether the consent has to become their own. */
export function isAskedForConsent({ ageBand, byOneself }: Candidate): boolean {
  return ageBand === '18+' && !byOneself
}

const plansOf: Readonly<Record<CalendarKind, readonly Plan[]>> = {
  test: ['university', 'undecided'],
  grants: ['university', 'undecided'],
  college: ['college', 'undecided'],
}

/** Public dates of this year that begin within a week or are under way, for those whose plan they concern. */
export function planCalendar(person: Candidate, calendar: readonly CalendarDate[], now: number): NewNotice[] {
  const { chatId, plan, ageBand } = person
  if (plan === undefined || ageBand === '12-13') return []
  const [today, inAWeek] = [dayOf(now), dayOf(now + 7 * day)]
  return calendar
    .filter(({ kind, validYear }) => plansOf[kind].includes(plan) && today.startsWith(`${validYear}-`))
    .filter(({ from, until }) => until >= today && from <= inAWeek)
    .map((date) => {
      const stage = date.from > today ? 'soon' : 'open'
      const values: PublicDate = {
        stage,
        name: date.words,
        from: noonOf(date.from),
        until: noonOf(date.until),
        source: date.source,
        checkedOn: noonOf(date.checkedOn),
      }
      return notice(calendarNotice, {
        chatId,
        key: `campaigns:calendar:${date.id}:${stage}:${chatId}`,
        dueAt: now,
        // "Soon" is over when it begins, and "open" with its last day.
        expiresAt: stage === 'soon' ? noonOf(date.from) - day / 2 : noonOf(date.until) + day / 2,
        values,
      })
    })
}

/** The day in Kazakhstan, `YYYY-MM-DD`. */
function dayOf(at: number): string {
  const { year, month, day: date } = toLocal(at, zone)
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}

function noonOf(date: string): number {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number)
  return toUtc({ year, month, day: dayOfMonth, hour: 12, minute: 0 }, zone)
}
