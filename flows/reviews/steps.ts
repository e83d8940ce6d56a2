import { zone } from '../common/regions.ts'
import type { Fate } from '../offers/contract.ts'
import { longestAnswer } from '../offers/offer.ts'
import type { HeldVacancy } from '../vacancies/contract.ts'
import type { ReviewsContext as Context, On, Situation } from './context.ts'

type Change = Partial<Context>
type FoundOffer = On<'found.offers.waiting'>
type FoundVacancy = On<'found.vacancies.heldOne'>

/** Ids that are remembered of one sitting. */
const remembered = 100

/** What is looked for among the offers: the one that is looked at, as long as it is as it was. */
export function lookedFor({ context: { without, decided, item, page } }: Situation) {
  return { without, decided, at: item && { id: item.id, sentAt: item.sentAt }, page }
}

export function isMoved({ event }: FoundOffer): boolean {
  return event.data.fate !== null
}

export function isFate(what: Fate['what']) {
  return ({ event }: FoundOffer) => event.data.fate?.what === what
}

/** When it happened, for what is said of it. */
export function dayOfFate({ event }: FoundOffer) {
  return { day: dayOf(event.data.fate?.at ?? event.turn.at) }
}

export function seen({ event: { data } }: FoundOffer): Change {
  return { item: data.item, total: data.total, page: data.item?.reading.card.text.page ?? 0 }
}

export function isLong({ event }: On<'TEXT'>): boolean {
  return [...event.text].length > longestAnswer.reason
}

/** It is decided on, which the store does not know yet. */
export function settled({ context: { item, decided } }: Situation): Change {
  return { ...away, decided: item === null ? decided : [...decided, item.id].slice(-remembered) }
}

/** It is put off. */
export function passed({ context: { item, without } }: Situation): Change {
  return { ...away, without: item === null ? without : [...without, item.id].slice(-remembered) }
}

/** Nothing is looked at any more, and nothing of it kept. */
export const away: Change = { item: null, one: null, page: 0, reason: null, words: null }

export function isNoVacancy({ event }: FoundVacancy): boolean {
  return event.data === null
}

/** Another mentor has found something of it since it was looked at. */
export function isDecided({ context: { one }, event: { data } }: FoundVacancy): boolean {
  return one !== null && data !== null && data.review !== null && data.review.at !== one.review?.at
}

/** It says something else than what was looked at, or more people have reported it. */
export function isChanged({ context: { one }, event: { data } }: FoundVacancy): boolean {
  return one !== null && data !== null && stampOf(one) !== stampOf(data)
}

export function dayOfReview({ event }: FoundVacancy) {
  return { day: dayOf(event.data?.review?.at ?? event.turn.at) }
}

export function seenVacancy({ event: { data, turn } }: FoundVacancy): Change {
  return { one: data, page: data?.card.text.page ?? 0, now: turn.at }
}

/** What was decided of the vacancy that is looked at. */
export function reviewOf({ context: { one, verdict } }: Situation) {
  if (one === null || verdict === null) throw new Error('No vacancy is decided on')
  return { id: one.card.id, verdict, wording: one.wording, reviewedAt: one.review?.at ?? null }
}

export function withoutDecided({ context, event: { data } }: On<'found.vacancies.held'>): Change {
  const items = data.items.filter(({ id }) => !context.decided.includes(id))
  return { held: { ...data, items, total: Math.max(items.length, data.total - (data.items.length - items.length)) } }
}

export function nextHeld({ context: { held, wanted } }: Situation): Change {
  const at = held.items.findIndex(({ id }) => id === wanted)
  return { ...away, wanted: held.items[at + 1]?.id ?? null }
}

export function decided({ context }: Situation): Change {
  const { id } = reviewOf({ context })
  return { ...nextHeld({ context }), verdict: null, decided: [...context.decided, id].slice(-remembered) }
}

function stampOf({ wording, reports, review }: HeldVacancy): string {
  return JSON.stringify([wording, reports, review?.at])
}

function dayOf(moment: number) {
  return { moment, zone, style: 'datetime' as const }
}
