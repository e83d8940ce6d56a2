import { z } from 'zod'
import { minuteLength } from '../common/calendar.ts'
import { longestName } from '../common/names.ts'

/** What a question may be about. */
export const topics = ['study', 'work', 'life', 'feelings', 'other'] as const
export const Topic = z.enum(topics)
export type Topic = z.infer<typeof Topic>

/** Longest text of a question, an answer or a note, in signs. */
export const longestText = 1_000
/** Questions of one person that are not closed, and what one person may send to mentors within 24 hours, at most. */
export const most = { open: 3, aDay: 20 } as const

/** Given to a mentor who has not taken it yet; taken by one; closed. */
export const states = ['waiting', 'taken', 'closed'] as const
export type QuestionState = (typeof states)[number]

/** An urgent one speaks of danger. */
export const urgencies = ['usual', 'urgent'] as const

/** What was said of the waiting: nothing, a reminder to the mentor, word to the coordinators, where there were any. */
export const tellings = ['none', 'reminded', 'told', 'alone'] as const

/** A file that Telegram has. Its name is what the sender calls it. */
export const SentAlong = z.object({
  kind: z.enum(['photo', 'document']),
  fileId: z.string().min(1).max(512),
  name: z.string().max(400).nullable(),
})
export type SentAlong = z.infer<typeof SentAlong>

/** What somebody says: words, a file, or both. */
export const Said = z
  .object({
    text: z.string().refine((text) => [...text].length <= longestText, `must have ${longestText} signs at most`),
    file: SentAlong.nullable(),
  })
  .refine(({ text, file }) => text !== '' || file !== null, 'must say something')
export type Said = z.infer<typeof Said>

/** The name under which somebody asks; null for whoever asks without one. */
export const AskedAs = z.string().min(1).max(longestName).nullable()

/** A question as it was asked. */
export const Asked = z.object({ topic: Topic, name: AskedAs, said: Said })
export type Asked = z.infer<typeof Asked>

/** How long a mentor usually takes to answer, in words for it; the upper ends in hours. */
export const paces = ['hour', 'hours', 'day', 'days', 'later'] as const
export type Pace = (typeof paces)[number]
const ends: readonly (readonly [Pace, number])[] = [
  ['hour', 1],
  ['hours', 6],
  ['day', 24],
  ['days', 72],
]
/** So many answers must be known before anything is said of how long they take. */
export const fewest = 5

/** What is usual among waits (ms), by their median; null where too few are known. */
export function paceOf(waits: readonly number[]): Pace | null {
  if (waits.length < fewest) return null
  const sorted = [...waits].sort((one, other) => one - other)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  return ends.find(([, hours]) => middle <= hours * 60 * minuteLength)?.[0] ?? 'later'
}

/** Links, names of users and commands that somebody wrote, so that no client makes something to be pressed of them. */
export function unlinked(text: string): string {
  return text.replace(/(?<=\S)\.(?=\S)|:\/\/|[@/#]/gu, (sign) => `${sign}${joiner}`)
}

/** Seen by nobody; a word with it in it is no address. */
const joiner = '\u2060'
