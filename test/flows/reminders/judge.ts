import { readFileSync } from 'node:fs'
import { minuteLength, toLocal } from '../../../flows/common/calendar.ts'
import type { Language } from '../../../flows/kit/words.ts'
import { type Understood, understandReminder } from '../../../flows/reminders/phrases/index.ts'
import type { Repeat } from '../../../flows/reminders/repeat.ts'

export const zone = 'Asia/Almaty'
/** When all lines are said: Wednesday 18 November 2026, 15:20. */
export const now = Date.parse('2026-11-18T15:20:00+05:00')

/**
 * A line with what it means, of a table whose columns are the line, what is expected, and perhaps the title and the kind
 * of line. Expected is one of several parted by `|`: `T:` a time, `D:` a day at any hour from 6 to 22, `P:` a part of a
 * day, `A:` minutes from now, `R:` a rhythm and its hour, `X` that it is asked for.
 */
export type Line = { readonly line: string; readonly expected: string; readonly title?: string; readonly kind: string }

export function readLines(file: URL): Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((row) => row !== '' && !row.startsWith('#'))
    .map((row) => {
      const [line = '', expected = '', title, kind = ''] = row.split('\t')
      return { line, expected, kind, ...(title && { title }) }
    })
}

export type Verdict = 'right' | 'wrong' | 'asked'

/** What became of a line: `asked` where a time that was there is asked for. */
export function judge({ line, expected }: Line, language: Language): Verdict {
  const read = understandReminder(line, { now, zone, language })
  const wanted = expected.split('|')
  if (read.type !== 'understood') return wanted.includes('X') ? 'right' : 'asked'
  return wanted.some((one) => isMeant(read, one)) ? 'right' : 'wrong'
}

type Heard = Extract<Understood, { type: 'understood' }>

function isMeant(read: Heard, wanted: string): boolean {
  const [what = '', ...rest] = wanted.split(':')
  const value = rest.join(':')
  if (what === 'R') return isRhythm(rhythmOf(read), value)
  if (read.repeat.type !== 'once') return false
  const { hour } = toLocal(read.at, zone)
  switch (what) {
    case 'T':
      return iso(read.at) === value
    case 'D':
      return iso(read.at).startsWith(value) && hour >= 6 && hour <= 22
    case 'P':
      return isInPart(read.at, value)
    case 'A':
      return isAfter(Math.round((read.at - now) / minuteLength), value)
    default:
      return false
  }
}

/** The last day counts where the table names one. */
function isRhythm(rhythm: string, wanted: string): boolean {
  return wanted.includes('<') ? rhythm === wanted : rhythm.replace(/<.*/, '') === wanted
}

function isAfter(minutes: number, range: string): boolean {
  const [least = 0, most = least] = range.split('-').map(Number)
  return minutes >= least && minutes <= most
}

const parts: Readonly<Record<string, readonly [from: number, to: number]>> = {
  morning: [5, 11],
  noon: [11, 14],
  afternoon: [12, 18],
  evening: [17, 22],
  night: [20, 24],
}

function isInPart(at: number, value: string): boolean {
  const [day = '', part = ''] = value.split('/')
  const [from, to] = parts[part] ?? [0, 0]
  const { hour } = toLocal(at, zone)
  if (part === 'night' && hour < 5) return iso(at - 12 * 60 * minuteLength).startsWith(day) || iso(at).startsWith(day)
  return iso(at).startsWith(day) && hour >= from && hour <= to
}

/** As the tables write it: `weekly:1,3@09:00`, `2weeks:5@18:00`, `nth:1:1@09:00`, `monthly:last@10:00`. */
export function rhythmOf({ repeat, at }: Pick<Heard, 'repeat' | 'at'>): string {
  const until = repeat.type !== 'once' && repeat.until !== undefined ? `<${dateOf(repeat.until)}` : ''
  return `${nameOf(repeat)}@${iso(at).slice(11)}${until}`
}

function nameOf(repeat: Repeat): string {
  switch (repeat.type) {
    case 'once':
      return 'once'
    case 'daily':
      return repeat.step === undefined ? 'daily' : `${repeat.step.every}days`
    case 'weekly':
      return `${repeat.step === undefined ? 'weekly' : `${repeat.step.every}weeks`}:${repeat.days.join(',')}`
    case 'monthly':
      return `monthly:${repeat.day === 31 ? 'last' : repeat.day}`
    case 'monthlyWeekday':
      return `nth:${repeat.place}:${repeat.weekday}`
    case 'yearly':
      return `yearly:${two(repeat.month)}-${two(repeat.day)}`
  }
}

/** A moment on the clocks of the zone: 2026-11-18T15:20. */
export function iso(at: number): string {
  const { hour, minute, ...date } = toLocal(at, zone)
  return `${dateOf(date)}T${two(hour)}:${two(minute)}`
}

function dateOf({ year, month, day }: { year: number; month: number; day: number }): string {
  return `${year}-${two(month)}-${two(day)}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
