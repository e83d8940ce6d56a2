import type { Start } from '../kit/events.ts'
import type { ReviewsContext as Context, ReviewsInput } from './context.ts'

export const blank: Context = {
  ...{ begin: 'choosing', item: null, total: 0, without: [], decided: [], band: null, reason: null, words: null },
  ...{ page: 0, now: 0, wanted: null, one: null, verdict: null },
  held: { items: [], total: 0, page: 0, pages: 1 },
}

/** What the flow knows when it is opened. */
export function begin({ input }: Start<ReviewsInput>): Context {
  const wanted = input !== undefined && 'vacancy' in input ? input.vacancy : null
  return { ...blank, begin: beginOf(input), wanted }
}

function beginOf(input: ReviewsInput): Context['begin'] {
  if (input === undefined) return 'choosing'
  if ('waiting' in input) return 'waiting'
  return 'vacancy' in input ? 'one' : 'held'
}
