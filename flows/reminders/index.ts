import { defineFlow } from '../kit/flow.ts'
import { emptyContext, problems, RemindersContext, type RemindersEvent } from './context.ts'
import { machine } from './machine.ts'
import { due } from './notices.ts'
import { screens } from './screens.ts'

const begun = emptyContext('kk', Date.UTC(2026, 0, 15, 5))

/** What a person wants to be reminded of, by buttons or by a line in their own words. */
export const reminders = defineFlow<RemindersContext, RemindersEvent>({
  id: 'reminders',
  version: 1,
  context: RemindersContext,
  machine,
  screens,
  commands: { reminders: { place: 40 } },
  menu: { order: 40, label: { key: 'reminders:menu' } },
  notices: [due],
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
