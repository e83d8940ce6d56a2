import { isQuestion } from '../common/questions.ts'
import { effects } from '../kit/effects.ts'
import type { Change, VacanciesContext as Context, VacanciesEvent as Event, On } from './context.ts'

const { open } = effects<Context, Event>()

/** A question, or a word of sadness, is nothing to look for in vacancies. */
export const forSearch = [
  {
    guard: ({ event }: On<'TEXT'>) => event.worry === true || isQuestion(event.text),
    actions: open<On<'TEXT'>['event']>('search', ({ event: { text, worry = false } }) => ({ text, worry })),
  },
]

/** Anything else is what the list shall show. */
export function toSearch({ event }: On<'TEXT'>): Change {
  return { said: event.text, hearing: 'list', from: 'list' }
}
