import { fieldsOfPosting } from '../../vacancies/files/posting.ts'
import { isOfCard, ofPage } from './card-links.ts'
import { type Fetched, isRiddle } from './fetched.ts'
import { type Posting, postingsIn } from './linked-data.ts'
import { marksOf } from './marks.ts'
import {
  type KnownSighting,
  lookedAt,
  type PageMarks,
  type SourceEvent,
  type SourceTools,
  type Trouble,
  troubleOf,
  vacancyOf,
} from './source.ts'

/** A card without its JobPosting so often in a row is over. */
const missedUntilGone = 2
/** So many cards of which none has a JobPosting any more are no accident. */
const strange = 5
/** After so many of them no more are looked at. */
const strangest = 20

type Card = KnownSighting & { readonly url: string }

type Options = {
  readonly isCard: (path: string) => boolean
  /** Whether a new card has had a JobPosting in this reading. */
  readonly newHadPosting: () => boolean
  /** Hears the address of each that is gone. */
  readonly onGone: (url: string) => void
}

/**
 * Looks at cards again that are known, that of longest ago first: one that is gone closes at once, one without its
 * JobPosting the second time, and only where another still has one: else the site has changed.
 */
export function createKnownCards(
  { fetcher, signal, known = [] }: SourceTools,
  { isCard, newHadPosting, onGone }: Options,
) {
  const waiting = known.flatMap((one): Card[] => (one.url === null ? [] : [{ ...one, url: one.url }]))
  let hadPosting = false
  let bare: Card[] = []

  function gone({ id, url }: Card): SourceEvent {
    onGone(url)
    return { type: 'gone', id, url }
  }

  async function* look(card: Card): AsyncGenerator<SourceEvent, Trouble | undefined> {
    const { url } = card
    const fetched = await fetcher.get(url, { expects: 'page', headers: headersOf(card), signal })
    if (fetched.type === 'broken' && (fetched.status === 404 || fetched.status === 410)) {
      yield gone(card)
      return undefined
    }
    if (fetched.type !== 'ok') return yield* unseen(card, fetched)
    const isElsewhere = fetched.url !== url && !isOfCard(fetched.url, isCard)
    if (fetched.status === 304 && !isElsewhere) {
      hadPosting = true
      yield lookedAt(card)
      return undefined
    }
    const text = fetched.text()
    const posting = ownOf(postingsIn(marksOf(text).scripts).postings, card, isElsewhere)
    if (posting !== undefined) {
      hadPosting = true
      yield lookedAt(card, { ...marksOfPage(fetched), missed: 0 })
      const event = vacancyOf({ ...fieldsOfPosting(posting), url }, url)
      yield event.type === 'vacancy' ? { ...event, isKnown: true } : event
      return undefined
    }
    // Without the marks of its server: that nothing has changed since would say nothing of a JobPosting.
    yield lookedAt(card, { etag: null, modified: null })
    if (isRiddle(text))
      return { type: 'trouble', trouble: 'captcha', until: null, why: `${url} wants proof that no program asks` }
    bare.push(card)
    yield { type: 'refused', where: url, why: 'its JobPosting is not in it any more' }
    return undefined
  }

  /** Counts the cards without one, once another has shown that the site is as it was. */
  function* count(): Generator<SourceEvent> {
    if (!hadPosting && !newHadPosting()) return
    for (const card of bare) {
      const missed = card.missed + 1
      if (missed >= missedUntilGone) yield gone(card)
      else yield lookedAt(card, { etag: null, modified: null, missed })
    }
    bare = []
  }

  return {
    areLeft: () => waiting.length > 0,
    async *next(): AsyncGenerator<SourceEvent, Trouble | undefined> {
      const card = waiting.shift()
      const trouble = card && (yield* look(card))
      yield* count()
      return trouble ?? (bare.length < strangest ? undefined : changedLayout(bare))
    },
    /** All that this reading looks at was looked at. */
    *end(): Generator<SourceEvent, Trouble | undefined> {
      yield* count()
      return bare.length < strange ? undefined : changedLayout(bare)
    },
  }
}

/** Trouble closes nothing. The card is noted all the same: one that always fails must not be the first of every run. */
function* unseen(card: Card, fetched: Exclude<Fetched, { type: 'ok' }>): Generator<SourceEvent, Trouble | undefined> {
  if (fetched.type !== 'limited') yield lookedAt(card)
  const isOfThisCard = fetched.type === 'refused' || (fetched.type === 'broken' && fetched.status !== null)
  if (!isOfThisCard) return troubleOf(fetched)
  yield { type: 'refused', where: card.url, why: fetched.why }
  return undefined
}

function headersOf({ etag, modified }: PageMarks): Record<string, string> {
  return {
    ...(etag !== null && { 'if-none-match': etag }),
    ...(modified !== null && { 'if-modified-since': modified }),
  }
}

/** What its server says of a page; what is too long to be sent back is left out. */
export function marksOfPage({ headers }: Extract<Fetched, { type: 'ok' }>): PageMarks {
  const { etag, 'last-modified': modified } = headers
  const short = (text: string | undefined) => (text !== undefined && text.length <= longestMark ? text : null)
  return { etag: short(etag), modified: short(modified) }
}

const longestMark = 200

/** Of a longer number no more is kept. */
const longestId = 200

/** The posting of this card: others stand on its page as well, and on a list it may have been sent on to. */
function ownOf(postings: readonly Posting[], { id, url }: Card, isElsewhere: boolean): Posting | undefined {
  const own = postings.filter((posting) => {
    const said = fieldsOfPosting(posting).id?.trim()
    return said ? said === id || said.slice(0, longestId) === id : !isElsewhere
  })
  return ofPage(own, url)
}

function changedLayout(bare: readonly Card[]): Trouble {
  const why = `The site has changed: of ${bare.length} cards that had a JobPosting none has one any more, the last one ${bare.at(-1)?.url}. Nothing was closed`
  return { type: 'trouble', trouble: 'changedLayout', until: null, why }
}
