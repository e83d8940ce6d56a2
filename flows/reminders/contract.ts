import { z } from 'zod'
import { zone } from '../common/regions.ts'
import { defineAsk, defineTell } from '../kit/contract.ts'
import { longestLine } from './phrases/index.ts'
import { Repeat } from './repeat.ts'

/** How many reminders a person may keep at once, paused ones among them. */
export const reminderLimit = 50
/** Reminders on one page of the list. */
export const pageSize = 8

export const states = ['active', 'paused', 'done'] as const

/** A reminder as the store keeps it: `nextAt` in epoch ms, `minute` after midnight on the clocks of `zone`. */
export const Reminder = z.object({
  id: z.string().min(1).max(100),
  what: z
    .string()
    .min(1)
    .refine((text) => [...text].length <= longestLine, 'is too long'),
  repeat: Repeat,
  zone: z.string().min(1).max(64),
  minute: z.int().min(0).max(1439),
  nextAt: z.int().nullable(),
  state: z.enum(states),
})
export type Reminder = z.infer<typeof Reminder>

/** One page of the list, the soonest first. `total` counts those on all pages. */
export const ReminderPage = z.object({ items: z.array(Reminder), total: z.int(), page: z.int(), pages: z.int() })
export type ReminderPage = z.infer<typeof ReminderPage>

const exampleReminder: Reminder = {
  id: 'example',
  what: 'Example',
  repeat: { type: 'once' },
  zone,
  minute: 1080,
  nextAt: Date.UTC(2026, 0, 16, 13),
  state: 'active',
}
const since = { year: 2026, month: 1, day: 16 }
const weekly: Reminder = { ...exampleReminder, id: 'weekly', repeat: { type: 'weekly', days: [1, 3] } }
const rhythms: readonly Reminder[] = [
  weekly,
  { ...exampleReminder, id: 'daily', repeat: { type: 'daily' } },
  { ...exampleReminder, id: 'monthly', repeat: { type: 'monthly', day: 16 }, state: 'paused' },
  { ...exampleReminder, id: 'monthEnd', repeat: { type: 'monthly', day: 31 } },
  { ...exampleReminder, id: 'otherDay', repeat: { type: 'daily', step: { every: 2, since }, until: since } },
  { ...exampleReminder, id: 'otherWeek', repeat: { type: 'weekly', days: [5], step: { every: 2, since } } },
  { ...exampleReminder, id: 'monthlyWeekday', repeat: { type: 'monthlyWeekday', place: -1, weekday: 5 } },
  { ...exampleReminder, id: 'yearly', repeat: { type: 'yearly', month: 1, day: 16 } },
]
const over: Reminder = { ...exampleReminder, nextAt: null, state: 'done' }
const missed: Reminder = { ...exampleReminder, nextAt: 0, state: 'paused' }
const found = (reminder: Reminder, room = true) => ({ reminder, room })

/** One page of what is active or paused; the last one where there are fewer. */
export const listReminders = defineAsk('reminder.list', {
  who: 'self',
  data: z.object({ page: z.int().min(0) }),
  reply: ReminderPage,
  examples: [
    { items: [], total: 0, page: 0, pages: 1 },
    { items: [exampleReminder, ...rhythms], total: 9, page: 0, pages: 2 },
    { items: [exampleReminder], total: 50, page: 1, pages: 2 },
  ],
})

/** One reminder, and whether there is room for another; null where there is none of this id. */
export const getReminder = defineAsk('reminder.get', {
  who: 'self',
  data: z.object({ id: z.string() }),
  reply: z.object({ reminder: Reminder, room: z.boolean() }).nullable(),
  examples: [found(exampleReminder), found(weekly), found(over, false), found(missed), null],
})

/** A reminder as a whole, new or changed. */
export const saveReminder = defineTell('reminder.save', { who: 'self', data: Reminder })

/** Paused, put off, taken up again, done. */
export const changeReminder = defineTell('reminder.state', {
  who: 'self',
  data: Reminder.pick({ id: true, state: true, nextAt: true }),
})

export const deleteReminder = defineTell('reminder.delete', { who: 'self', data: z.object({ id: z.string() }) })
