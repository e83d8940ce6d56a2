import type { LocalDate } from '../common/calendar.ts'
import { toLocal } from '../common/calendar.ts'
import { zone } from '../common/regions.ts'
import { halvesIn, type Language, understandReminder } from '../reminders/phrases/index.ts'

/** What is wrong with a written time. */
export const whenProblems = ['noTime', 'noHour', 'badTime', 'past'] as const
export type WhenProblem = (typeof whenProblems)[number]

/** A written time: a moment (epoch ms), a day whose hour was not said, or nothing that can be used. */
export type When =
  | { readonly type: 'moment'; readonly at: number }
  | { readonly type: 'day'; readonly day: LocalDate }
  | { readonly type: 'problem'; readonly problem: WhenProblem }

export type WhenContext = {
  /** Epoch ms. */
  readonly now: number
  readonly language: Language
  /** The day that was chosen, where only the hour is asked. */
  readonly day: LocalDate | null
}

/** Stands for what a time belongs to, so that a line with nothing but a time can be read. */
const something = 'zzz'
/** Letters that are read: a time takes less, and up to three readings of a line must not hold others up. */
const longest = 1_000

/**
 * Reads "18:30", "ертең 10-да", "в пятницу в 15:00": for once, on the clocks of Kazakhstan. "In the afternoon" is no
 * hour: whoever invites has named one, and an hour of ours would be kept as theirs.
 */
export function readWhen(text: string, { now, language, day }: WhenContext): When {
  const line = text.slice(0, longest).trim()
  const understand = (said: string) => understandReminder(`${said} ${something}`, { now, zone, language })
  const { isExact, day: isDayNamed } = halvesIn(clockIn(line) ?? line, language)
  const onDay = day === null ? undefined : understand(`${clockIn(line) ?? line} ${isoOf(day)}`)
  if (onDay?.type === 'understood' && onDay.repeat.type === 'once') {
    return isExact ? { type: 'moment', at: onDay.at } : { type: 'problem', problem: 'noHour' }
  }
  // Said of the chosen day, it is not that hour of tomorrow.
  if (onDay?.type === 'problem' && onDay.reason === 'past' && !isDayNamed) return { type: 'problem', problem: 'past' }
  const read = understand(line)
  if (read.type === 'problem') return { type: 'problem', problem: problemOf(read.reason) }
  if (read.repeat.type !== 'once') return { type: 'problem', problem: 'noTime' }
  if (read.type === 'unclear' && read.lacks === 'rest') return { type: 'problem', problem: 'noTime' }
  if (read.type === 'understood' && isExact) return { type: 'moment', at: read.at }
  const { year, month, day: date } = toLocal(read.at, zone)
  return { type: 'day', day: { year, month, day: date } }
}

/** Figures alone are a clock: "18", "18.30". */
function clockIn(line: string): string | undefined {
  const said = /^(\d{1,2})(?:[:.\s-](\d{2}))?$/.exec(line)
  return said === null ? undefined : `${said[1]}:${said[2] ?? '00'}`
}

function isoOf({ year, month, day }: LocalDate): string {
  return [year, month, day].map((number) => String(number).padStart(2, '0')).join('-')
}

function problemOf(reason: string): WhenProblem {
  if (reason === 'past') return 'past'
  return reason === 'bad-date' || reason === 'bad-time' ? 'badTime' : 'noTime'
}
