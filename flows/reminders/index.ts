import { defineFlow, stateName } from '../kit/flow.ts'
import { emptyContext, type Guess, type Problem, problems, RemindersContext, type RemindersEvent } from './context.ts'
import type { Reminder } from './contract.ts'
import { machine } from './machine.ts'
import { making } from './making.ts'
import { migrations } from './migrations.ts'
import { due } from './notices.ts'
import { screens } from './screens.ts'

const begun = emptyContext('kk', Date.UTC(2026, 0, 15, 5))
const guess: Guess = { at: Date.UTC(2026, 0, 16, 4), repeat: { type: 'daily' } }
const guessFor = (problem: Problem) => (problem === 'which-hour' || problem === 'partly' ? guess : null)
const daily: Reminder = {
  ...{ id: 'example', what: 'Example', repeat: { type: 'daily' }, zone: begun.draft.zone, minute: 540 },
  nextAt: guess.at,
  state: 'active',
}
/** A day was understood, its hour was not, and nothing was said of what to remember. */
const halfHeard = {
  problem: 'which-hour',
  guess,
  day: { year: 2026, month: 1, day: 16 },
  month: { year: 2026, month: 1 },
}

/** What a person wants to be reminded of, by buttons or by a line in their own words. */
export const reminders = defineFlow<RemindersContext, RemindersEvent>({
  id: 'reminders',
  version: 4,
  context: RemindersContext,
  migrations,
  machine,
  screens,
  called: { list: {} },
  commands: { reminders: { place: 40 } },
  menu: { order: 40, label: { key: 'reminders:menu' } },
  notices: [due],
  unsaved,
  examples: {
    inputs: [
      undefined,
      { id: 'example' },
      { id: 'example', told: true },
      { id: 'example', act: 'done' },
      { id: 'example', act: 'snooze', minutes: 10 },
      { id: 'example', act: 'tomorrow' },
      { text: 'ертең 18:00 сабақ' },
      { what: 'Example' },
    ],
    texts: ['ертең 18:00 сабақ', 'сабақ', '25:00', 'ертең 18 бе сабақ'],
    frames: [
      { value: 'loading', context: { ...begun, wanted: 'example', act: 'done' } },
      // Every problem as the question for the time shows it.
      ...problems.map((problem) => ({
        value: 'timing',
        context: { ...begun, problem, guess: guessFor(problem), draft: { ...begun.draft, what: 'Example' } },
      })),
      { value: 'finished', context: { ...begun, wanted: 'example', reminder: daily } },
      { value: 'hours', context: { ...begun, ...halfHeard } },
      {
        value: 'confirming',
        context: {
          ...begun,
          draft: { ...begun.draft, what: 'Example', at: guess.at, repeat: guess.repeat },
          aside: 'Other example',
        },
      },
      { value: 'timing', context: { ...begun, ...halfHeard, problem: 'partly' } },
      // One that is kept, being changed.
      {
        value: 'confirming',
        context: {
          ...begun,
          wanted: 'example',
          reminder: daily,
          draft: { ...begun.draft, id: 'example', what: 'Example', at: guess.at, repeat: guess.repeat, touched: true },
        },
      },
    ],
  },
})

/** A reminder on its way of which something is known. */
function unsaved({ value, context: { draft } }: { readonly value: unknown; readonly context: RemindersContext }) {
  if (!draft.touched || !Object.hasOwn(making, stateName(value))) return undefined
  return draft.id === null ? 'unsaved.new' : 'unsaved.change'
}
