import { addDays, type LocalDate, toLocal, toUtc, weekdayOf } from '../common/calendar.ts'

/** As soon as there is something, every day or every week at a chosen hour. */
export const rhythms = ['once', 'daily', 'weekly'] as const
/** Vacancies told on one day at most. */
export const perDays = [3, 5, 10] as const
/** Local hours a digest may come at. */
export const hours = [9, 12, 16, 18, 20] as const

/** How somebody wants to hear of what is new. */
export type Rhythm = {
  readonly rhythm: (typeof rhythms)[number]
  /** Local hour, and weekday (1 = Monday) of a weekly one. */
  readonly hour: number
  readonly weekday: number
}

/**
 * Daily at 16:00: lessons are over by then, and an employer still answers the telephone on the same day. At once would
 * ring in the middle of lessons, and in the evening nobody could be called any more.
 */
export const defaultRhythm: Rhythm & { readonly perDay: (typeof perDays)[number] } = {
  rhythm: 'daily',
  hour: 16,
  weekday: 1,
  perDay: 5,
}

/** When the next digest is due (epoch ms), always after `now`; null for what is told as soon as there is something. */
export function nextDigest(now: number, { rhythm, hour, weekday }: Rhythm): number | null {
  if (rhythm === 'once') return null
  const today = toLocal(now)
  const days = rhythm === 'daily' ? 0 : (weekday - weekdayOf(today) + 7) % 7
  const first = atHour(addDays(today, days), hour)
  return first > now ? first : atHour(addDays(today, days + (rhythm === 'daily' ? 1 : 7)), hour)
}

/** Local hour at which what was too much for one day is told on the next. */
const morning = 9

/** The morning after the local day of a moment, epoch ms. */
export function nextMorning(now: number): number {
  return atHour(addDays(toLocal(now), 1), morning)
}

function atHour(date: LocalDate, hour: number): number {
  return toUtc({ ...date, hour, minute: 0 })
}
