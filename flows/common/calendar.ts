import { zone as homeZone } from './regions.ts'

/** A wall-clock moment in some zone: month 1–12, day 1–31, hour 0–23, minute 0–59. */
export type LocalTime = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

/** A calendar day: month 1–12, day 1–31. */
export type LocalDate = Pick<LocalTime, 'year' | 'month' | 'day'>

/** Lengths of time, in ms. */
export const minuteLength = 60_000
export const dayLength = 24 * 60 * minuteLength

/**
 * The instant (epoch ms) of a wall-clock moment in an IANA zone. A time that a clock change skips moves forward by
 * the length of the gap; one that happens twice is the earlier. Throws RangeError when the zone is unknown.
 */
export function toUtc(local: LocalTime, zone: string = homeZone): number {
  const wall = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute)
  const before = offset(wall - dayLength, zone)
  const after = offset(wall + dayLength, zone)
  const fits = [wall - before, wall - after].filter((instant) => instant + offset(instant, zone) === wall)
  return fits.length > 0 ? Math.min(...fits) : wall - before
}

/** The wall-clock moment of an instant (epoch ms) in an IANA zone, seconds dropped. Throws RangeError as toUtc does. */
export function toLocal(instant: number, zone: string = homeZone): LocalTime {
  return fields(instant + offset(instant, zone))
}

/** Minutes by which the zone's clocks are ahead of UTC at an instant (epoch ms). */
export function offsetMinutes(instant: number, zone: string = homeZone): number {
  return Math.round(offset(instant, zone) / minuteLength)
}

/** Whether the day exists: 29 February only in leap years, no 31 June, no 32nd. */
export function isValidDate({ year, month, day }: LocalDate): boolean {
  return (
    Number.isInteger(year) &&
    Number.isInteger(month) &&
    Number.isInteger(day) &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  )
}

/** How many days a month (1–12) has. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** The day that comes `count` days later (earlier when negative). */
export function addDays({ year, month, day }: LocalDate, count: number): LocalDate {
  return dateOf(Date.UTC(year, month - 1, day + count))
}

/** The same day `count` months later, or the last of the month where that day is missing. */
export function addMonths({ year, month, day }: LocalDate, count: number): LocalDate {
  const first = dateOf(Date.UTC(year, month - 1 + count, 1))
  return { ...first, day: Math.min(day, daysInMonth(first.year, first.month)) }
}

/** Day of the week, 1 = Monday … 7 = Sunday. */
export function weekdayOf({ year, month, day }: LocalDate): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7
}

/** Negative when the first day is earlier, 0 when they are the same, positive when it is later. */
export function compareDates(first: LocalDate, second: LocalDate): number {
  return first.year - second.year || first.month - second.month || first.day - second.day
}

function dateOf(wall: number): LocalDate {
  const { year, month, day } = fields(wall)
  return { year, month, day }
}

function fields(wall: number): LocalTime {
  const date = new Date(wall)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  }
}

/** Milliseconds between the zone's wall clock, read as if it were UTC, and the instant itself. */
function offset(instant: number, zone: string): number {
  return zone === homeZone ? homeOffset(instant) : offsetBy(formatOf(zone), instant)
}

function offsetBy(format: Intl.DateTimeFormat, instant: number): number {
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  const wholeSecond = Math.floor(instant / 1000) * 1000
  return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSecond
}

/**
 * Asks the format twice a day of the calendar and not for each moment, which takes a hundred times as long: where both
 * ends of a day have the same offset, so has all of it, since no clocks are changed twice within a day.
 */
function createOffsets(format: Intl.DateTimeFormat): (instant: number) => number {
  const known = new Map<number, number>()
  const at = (instant: number) => {
    const kept = known.get(instant) ?? offsetBy(format, instant)
    if (known.size >= mostKnown) known.clear()
    known.set(instant, kept)
    return kept
  }
  return (instant) => {
    const begun = Math.floor(instant / dayLength) * dayLength
    const first = at(begun)
    return first === at(begun + dayLength) ? first : offsetBy(format, instant)
  }
}

/** Some years of days. */
const mostKnown = 2_000

function formatOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
}

/** Made once: making a format takes about a hundred times as long as using it. */
const homeOffset = createOffsets(formatOf(homeZone))
