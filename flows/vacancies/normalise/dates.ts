import { z } from 'zod'
import { createFinder, tokensOf } from './phrases.ts'

const names = z.array(z.string().min(1))

/** How dates are written in words; see `terms/dates.yaml`. */
export const DateWords = z.strictObject({
  months: z.array(names).length(12),
  days: z.array(z.strictObject({ back: z.int(), names })),
  ago: names,
  units: z.array(z.strictObject({ days: z.int(), names })),
})
export type DateWords = z.infer<typeof DateWords>

/** A day alone is its beginning or its end, by the clocks of Kazakhstan. */
export type Edge = 'start' | 'end'

/** Reads a moment out of a text, epoch ms; null where none can be meant. */
export type DateReader = (text: string, edge: Edge, now: number) => number | null

const day = 86_400_000
/** Kazakhstan has been at UTC+5 since 2024-03-01. */
const offset = 5 * 3_600_000
/** Vacancies are of our days; what is read as another year was no date. */
const years = { first: 2000, last: 2100 }
const longestDate = 100

export function createDateReader(words: DateWords): DateReader {
  const findMonth = createFinder(Object.fromEntries(words.months.map((list, at) => [String(at + 1), list])))
  const findDay = createFinder(Object.fromEntries(words.days.map(({ back, names }) => [String(back), names])))
  const findAgo = createFinder({ ago: words.ago })
  const findUnit = createFinder(Object.fromEntries(words.units.map(({ days, names }) => [String(days), names])))

  const inWords = (text: string, edge: Edge, now: number): number | null => {
    const tokens = tokensOf(text)
    const [relative] = findDay(tokens)
    if (relative !== undefined) return edgeOf(dayOf(now) - Number(relative.value), edge)
    if (findAgo(tokens).length > 0) return ago(tokens, edge, now)
    const [month] = findMonth(tokens)
    if (month === undefined) return null
    const numbers = tokens.map(Number)
    const before = numbers[month.from - 1] ?? 0
    const behind = numbers.slice(month.to, month.to + 3).filter((number) => number > 0)
    const isDay = before > 0 && before <= 31
    const date = isDay ? before : (behind.shift() ?? Number.NaN)
    // "2027 ж. 1 қаңтар": in Kazakh the year stands in front.
    const inFront = numbers.slice(Math.max(0, month.from - 4), month.from).find(isYear)
    const year = behind.find((number) => number > 31) ?? inFront
    return moment(year ?? nearestYear(Number(month.value), date, now), Number(month.value), date, edge)
  }

  function ago(tokens: readonly string[], edge: Edge, now: number): number | null {
    const [unit] = findUnit(tokens)
    if (unit === undefined) return null
    const count = Number(tokens[unit.from - 1] ?? 1)
    return edgeOf(dayOf(now) - Number(unit.value) * (Number.isFinite(count) && count < 1_000 ? count : 1), edge)
  }

  return (text, edge, now) => {
    const short = text.trim().slice(0, longestDate)
    if (short === '') return null
    return exact(short) ?? numeric(short, edge) ?? serial(short, edge) ?? inWords(short, edge, now)
  }
}

/** ISO 8601 with a time; without a zone it is ours. */
function exact(text: string): number | null {
  const found =
    /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i.exec(
      text,
    )
  if (found === null) return null
  const [, year, month, date, hour, minute, second = '0', zone] = found
  const start = moment(Number(year), Number(month), Number(date), 'start')
  if (start === null || Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return null
  const local = start + offset + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000
  return local - zoneOf(zone)
}

function zoneOf(zone: string | undefined): number {
  if (zone === undefined) return offset
  if (/z/i.test(zone)) return 0
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** 2026-11-20, 2026/11/20, 20.11.2026, 20.11.26, 20/11/2026, 20112026 not. Behind it a time of the day may stand. */
function numeric(text: string, edge: Edge): number | null {
  const begun = /(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)/.exec(text)
  if (begun !== null) return moment(Number(begun[1]), Number(begun[2]), Number(begun[3]), edge)
  const ended = /(?<!\d)(\d{1,2})[-./](\d{1,2})[-./](\d{4}|\d{2})(?!\d)/.exec(text)
  if (ended === null) return null
  const [one, two, year] = [Number(ended[1]), Number(ended[2]), Number(ended[3])]
  const full = year < 100 ? 2_000 + year : year
  // Day first, as everybody here writes; where that is no date, month first.
  return moment(full, two, one, edge) ?? moment(full, one, two, edge)
}

/** Days of Excel since 1899-12-30, or seconds or milliseconds of the epoch. */
function serial(text: string, edge: Edge): number | null {
  if (!/^\d{5}(?:[.,]\d+)?$|^\d{10}(?:\.\d+)?$|^\d{13}$/.test(text)) return null
  const value = Number(text.replace(',', '.'))
  if (value < 100_000) return within(edgeOf(Math.floor(value) - 25_569, edge))
  return within(Math.round(value < 1e11 ? value * 1_000 : value))
}

function isYear(number: number): boolean {
  return number >= years.first && number < years.last
}

function within(at: number): number | null {
  const year = new Date(at + offset).getUTCFullYear()
  return year >= years.first && year < years.last ? at : null
}

function moment(year: number, month: number, date: number, edge: Edge): number | null {
  const at = Date.UTC(year, month - 1, date)
  const isReal = new Date(at).getUTCMonth() === month - 1 && new Date(at).getUTCDate() === date
  return isReal && year >= years.first && year < years.last ? edgeOf(at / day, edge) : null
}

/** The number of a day by our clocks. */
function dayOf(at: number): number {
  return Math.floor((at + offset) / day)
}

function edgeOf(number: number, edge: Edge): number {
  return number * day - offset + (edge === 'end' ? day - 1 : 0)
}

/** "20 ноября" of no year is the one nearest to now. */
function nearestYear(month: number, date: number, now: number): number {
  const year = new Date(now + offset).getUTCFullYear()
  const away = (one: number) => Math.abs(Date.UTC(one, month - 1, date) - now)
  return [year, year - 1, year + 1].sort((one, other) => away(one) - away(other))[0] ?? year
}
