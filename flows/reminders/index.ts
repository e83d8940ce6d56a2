import { zone } from '../common/regions.ts'
import { defineFlow } from '../kit/flow.ts'
import { problems, type Reminder, RemindersContext, type RemindersEvent } from './context.ts'
import { emptyContext, machine } from './machine.ts'
import { due } from './notices.ts'
import { screens } from './screens.ts'

const exampleReminder: Reminder = {
  id: 'example',
  what: 'Example',
  repeat: { type: 'once' },
  zone,
  minute: 1080,
  nextAt: Date.UTC(2026, 0, 16, 13),
  state: 'active',
}
const weekly: Reminder = { ...exampleReminder, id: 'weekly', repeat: { type: 'weekly', days: [1, 3] } }
const rhythms: readonly Reminder[] = [
  weekly,
  { ...exampleReminder, id: 'daily', repeat: { type: 'daily' } },
  { ...exampleReminder, id: 'monthly', repeat: { type: 'monthly', day: 16 }, state: 'paused' },
  { ...exampleReminder, id: 'monthEnd', repeat: { type: 'monthly', day: 31 } },
]
const begun = emptyContext('kk', Date.UTC(2026, 0, 15, 5))
const over: Reminder = { ...exampleReminder, nextAt: null, state: 'done' }
const missed: Reminder = { ...exampleReminder, nextAt: 0, state: 'paused' }
const found = (reminder: Reminder, room = true) => ({ reminder, room })

/** What a person wants to be reminded of, by buttons or by a line in their own words. */
export const reminders = defineFlow<RemindersContext, RemindersEvent>({
  id: 'reminders',
  version: 1,
  context: RemindersContext,
  machine,
  screens,
  menu: { order: 40, label: { key: 'reminders:menu' } },
  notices: { due },
  examples: {
    inputs: [
      undefined,
      { id: 'example' },
      { id: 'example', told: true },
      { id: 'example', act: 'done' },
      { id: 'example', act: 'snooze', minutes: 10 },
      { id: 'example', act: 'tomorrow' },
      { text: 'ертең 18:00 сабақ' },
    ],
    texts: ['ертең 18:00 сабақ', 'сабақ', '25:00'],
    answers: {
      'reminder.list': [
        { items: [], total: 0, page: 0, pages: 1 },
        { items: [exampleReminder, ...rhythms], total: 9, page: 0, pages: 2 },
        { items: [exampleReminder], total: 50, page: 1, pages: 2 },
      ],
      'reminder.get': [found(exampleReminder), found(weekly), found(over, false), found(missed), null],
    },
    frames: [
      { value: 'loading', context: { ...begun, wanted: 'example', act: 'done' } },
      // Every problem as the question for the time shows it.
      ...problems.map((problem) => ({
        value: 'timing',
        context: { ...begun, problem, draft: { ...begun.draft, what: 'Example' } },
      })),
    ],
  },
})
