import type { Start } from '../kit/events.ts'
import type { OffersContext, OffersInput } from './context.ts'
import { emptyDraft } from './offer.ts'

export const blank: OffersContext = {
  list: { items: [], total: 0, page: 0, pages: 1, room: true },
  ...{ wanted: null, own: null, changed: null, id: null, touched: false, next: null, mending: false },
  ...{ reading: null, page: 0, band: null, said: '', begin: 'listing', vacancy: null },
  draft: emptyDraft,
}

/** What the flow knows when it is opened. */
export function begin({ input }: Start<OffersInput>): OffersContext {
  if (input === undefined) return blank
  if ('new' in input) return { ...blank, begin: 'new' }
  if ('id' in input) return { ...blank, begin: 'one', wanted: input.id }
  if ('waiting' in input) return { ...blank, begin: 'waiting' }
  return { ...blank, begin: 'held', vacancy: 'vacancy' in input ? input.vacancy : null }
}
