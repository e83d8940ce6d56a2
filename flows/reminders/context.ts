import { z } from 'zod'
import { zone } from '../common/regions.ts'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Stamp, Wrote } from '../kit/events.ts'
import { languages } from '../kit/words.ts'
import { type getReminder, type listReminders, Reminder, ReminderPage, states } from './contract.ts'
import { LocalDate, Repeat } from './repeat.ts'

/** What is wrong with what was written or chosen. */
export const problems = [
  ...(['empty', 'too-long', 'no-time', 'no-rhythm', 'bad-date', 'bad-time', 'past'] as const),
  /** The day was understood, the hour was not; or the time in part only. */
  ...(['which-hour', 'partly'] as const),
] as const
export type Problem = (typeof problems)[number]

/** A reminder on its way: what is still null is asked for. */
const Draft = z.object({
  /** null for a new one. */
  id: z.string().nullable(),
  what: z.string().nullable(),
  /** First time it is due, epoch ms. */
  at: z.int().nullable(),
  repeat: Repeat.nullable(),
  zone: z.string(),
  /** What it will be when saved. */
  state: z.enum(states),
  /** Something of it was changed since it was begun. */
  touched: z.boolean(),
})
export type Draft = z.infer<typeof Draft>

/** What a line means as far as it was understood. */
const Guess = z.object({ at: z.int(), repeat: Repeat })
export type Guess = z.infer<typeof Guess>

export const RemindersContext = z.object({
  language: z.enum(languages),
  list: ReminderPage,
  /** Id of the reminder to look at, or from a notice. */
  wanted: z.string().nullable(),
  reminder: Reminder.nullable(),
  /** There is room for one more. */
  room: z.boolean(),
  /** Opened from the notice of it, so that putting off makes sense. */
  told: z.boolean(),
  /** What the pressed notice asks for at once. */
  act: z.enum(['done', 'snooze', 'tomorrow']).nullable(),
  minutes: z.int(),
  /** Opened only to do that, with a word: the dialogue underneath goes on. */
  passing: z.boolean(),
  /** A reminder of something that was read elsewhere is being made: the way back leads there. */
  planned: z.boolean(),
  draft: Draft,
  /** Another text for it, from a line of which only the time was taken: it may be put in place of the first. */
  aside: z.string().nullable(),
  guess: Guess.nullable(),
  /** What this turn saves: the store does not list it yet. */
  saved: z.object({ reminder: Reminder, isNew: z.boolean() }).nullable(),
  problem: z.enum(problems).nullable(),
  /** Time of the newest turn, by which screens know what is past. */
  now: z.int(),
  /** Month of the date picker, its chosen day, and the chosen hour. */
  month: z.object({ year: z.int(), month: z.int().min(1).max(12) }),
  day: LocalDate.nullable(),
  hour: z.int().min(0).max(23).nullable(),
  /** Weekdays chosen so far, 1 = Monday … 7 = Sunday. */
  days: z.array(z.int().min(1).max(7)),
})
export type RemindersContext = z.infer<typeof RemindersContext>

export type RemindersEvent =
  | (Stamp & { readonly type: 'ADD' | 'BACK' | 'SAVE' | 'CANCEL' | 'UNDO' | 'PASS' | 'GUESS' | 'REWORD' })
  | (Stamp & { readonly type: 'EDIT_WHAT' | 'EDIT_TIME' | 'EDIT_REPEAT' })
  | (Stamp & { readonly type: 'PAUSE' | 'RESUME' | 'DONE' | 'DELETE' })
  | (Stamp & { readonly type: 'OPEN'; readonly id: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | (Stamp & { readonly type: 'WAIT' | 'SNOOZE'; readonly minutes: number })
  | (Stamp & { readonly type: 'EVENING' | 'TOMORROW' | 'DATE' | 'SNOOZE_DAY' })
  | (Stamp & { readonly type: 'MONTH'; readonly year: number; readonly month: number })
  | (Stamp & { readonly type: 'DAY'; readonly day: number })
  | (Stamp & { readonly type: 'HOUR'; readonly hour: number })
  | (Stamp & { readonly type: 'MINUTE'; readonly minute: number })
  | (Stamp & { readonly type: 'REPEAT'; readonly repeat: 'once' | 'daily' | 'monthly' })
  | (Stamp & { readonly type: 'WEEKDAYS' | 'WEEKDAYS_DONE' })
  | (Stamp & { readonly type: 'WEEKDAY'; readonly day: number })
  | Found<typeof listReminders | typeof getReminder>
  | Wrote

/** What is at hand wherever the dialogue stands. */
export type Situation = { readonly context: RemindersContext }
/** What is at hand where an event of the type leads. */
export type On<Type extends RemindersEvent['type']> = Arguments<RemindersContext, EventOf<RemindersEvent, Type>>

/**
 * What the flow opens with: nothing for the list, or a reminder, perhaps with what to do
 * with it at once (`minutes` for `snooze`; `tomorrow` is the same time the next day); `told` when it has just come.
 */
export type RemindersInput =
  | {
      readonly id: string
      readonly told?: boolean
      readonly act?: 'done' | 'snooze' | 'tomorrow'
      readonly minutes?: number
    }
  /** A line written elsewhere that speaks of a time. */
  | { readonly text: string }
  /** What is to be remembered, from where it was read of; its time is asked for. */
  | { readonly what: string }
  | undefined

/** A new reminder of which nothing is known. */
export const emptyDraft: Draft = {
  id: null,
  what: null,
  at: null,
  repeat: null,
  zone,
  state: 'active',
  touched: false,
}

/** The dialogue before anything is known or chosen. */
export function emptyContext(language: RemindersContext['language'], now: number): RemindersContext {
  return {
    language,
    list: { items: [], total: 0, page: 0, pages: 1 },
    wanted: null,
    reminder: null,
    room: true,
    told: false,
    act: null,
    minutes: 10,
    passing: false,
    planned: false,
    draft: emptyDraft,
    aside: null,
    guess: null,
    saved: null,
    problem: null,
    now,
    month: { year: 1970, month: 1 },
    day: null,
    hour: null,
    days: [],
  }
}
