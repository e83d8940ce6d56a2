import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Language } from '../../../../flows/kit/words.ts'
import { fieldsOfPosting } from '../../vacancies/files/posting.ts'
import { createGlob, linksIn, ofPage } from './card-links.ts'
import { isRiddle } from './fetched.ts'
import { createKnownCards, marksOfPage } from './known-cards.ts'
import { postingsIn } from './linked-data.ts'
import { marksOf } from './marks.ts'
import {
  checkpointOf,
  readCheckpoint,
  type Source,
  type SourceEvent,
  type SourceTools,
  type Trouble,
  troubleOf,
  vacancyOf,
} from './source.ts'

export type PostingPages = {
  readonly name: string
  readonly language: Language | null
  /** The lists, newest first: an address with `{page}`, counted from 1. */
  readonly list: string
  /** Which links of a list lead to cards: a path in which `*` stands for anything. */
  readonly cards: string
  /** Cards and lists that one run reads at most; `depth` is how many cards back it goes over all runs, 4,000 unless said. */
  readonly most: { readonly cards: number; readonly lists: number; readonly depth?: number }
  /** The first list may have no cards at times; otherwise that means that the site has changed. */
  readonly mayBeEmpty?: boolean
}

/** Known cards are looked at again once a day; a run that begins a little early counts for one. */
const lookedAtAfter = 23 * 3_600_000
/** One card of so many that a run reads is a known one, where there are any to look at. */
const shareOfKnown = 5
/** So long after its beginning a run looks at nothing known any more, ms. */
const looksUntil = 5 * 60_000

/** What is remembered of a source of pages. */
const Progress = z.object({
  /** Cards that were read, the newest last, as short prints. */
  known: z.array(z.string()).max(20_000),
  /**
   * The list at which a run was interrupted, the last one that may have unread cards, and how many were read since the
   * last run that came to its end; null where all are known.
   */
  resume: z.object({ from: z.int().positive(), until: z.int().positive(), depth: z.int().nonnegative() }).nullable(),
  /** Whether cards had JobPostings before. */
  hadPostings: z.boolean(),
  /** Known cards without a JobPosting, or gone, the newest last: while lists have them they are looked at, one may come back. */
  bare: z.array(z.string()).max(1_000).default([]),
})
type Progress = z.infer<typeof Progress>

/** More cards than this are too old to be worth it. */
const standardDepth = 4_000
/** Cards that are remembered: twice as many, so that none of a long first reading is forgotten before it ends. */
const mostKnown = 2 * standardDepth
/** So many cards without a JobPosting are looked at again. */
const mostBare = 100
/** After so many ms within a list it is said how far it was read: a run that is ended begins there and not before it. */
const saidAfter = 30_000
/** So many cards in a row without a JobPosting are no accident. */
const bareInARow = 5

/**
 * A site whose cards carry JobPostings as linked data (https://schema.org/JobPosting), reached over its lists. A run
 * ends at the list which brings nothing new; one that was interrupted goes on where it was. Known cards are looked at
 * again in between, and with what is left of it when nothing new is.
 */
export function createPostingPages(options: PostingPages): Source {
  const { name, language } = options
  return {
    name,
    kind: 'pages',
    language,
    again: { after: lookedAtAfter, most: options.most.cards },
    read: (since, tools) => read(options, readCheckpoint(since, Progress), tools),
  }
}

async function* read(
  options: PostingPages,
  since: Progress | undefined,
  tools: SourceTools,
): AsyncGenerator<SourceEvent> {
  const startedAt = tools.clock.now()
  const isCard = createGlob(options.cards)
  const known = new Set(since?.known)
  const cards = createCards(tools, { known, hadPostings: since?.hadPostings ?? false, wasBare: new Set(since?.bare) })
  const { haveHadPosting: newHadPosting, noteGone: onGone } = cards
  const looks = createKnownCards(tools, { isCard, newHadPosting, onGone })
  const budget = { left: options.most.cards }
  let resume: Progress['resume'] = since?.resume ?? null
  const remember = (next: Progress['resume']) => {
    resume = next
    const bare = cards.bare().slice(-mostBare)
    return checkpointOf({ known: [...known].slice(-mostKnown), resume, hadPostings: cards.hadPostings(), bare })
  }
  let trouble = yield* readNews(options, since, { tools, isCard, known, cards, looks, budget, remember })
  const isTime = () => tools.clock.now() - startedAt < looksUntil
  while (trouble === undefined && looks.areLeft() && budget.left-- > 0 && isTime()) trouble = yield* looks.next()
  trouble ??= yield* looks.end()
  // What was found gone meanwhile is remembered, too.
  if (since !== undefined) yield remember(resume)
  if (trouble !== undefined) yield trouble
}

type Reading = {
  readonly tools: SourceTools
  readonly isCard: (path: string) => boolean
  /** Prints of the cards that were read. */
  readonly known: Set<string>
  readonly cards: ReturnType<typeof createCards>
  readonly looks: ReturnType<typeof createKnownCards>
  /** How many cards may still be asked for. */
  readonly budget: { left: number }
  /** Says how far it was read, and what is known by now. */
  readonly remember: (resume: Progress['resume']) => SourceEvent
}

/** Reads what is new, and looks at known cards in between; the trouble that ends the run is returned. */
async function* readNews(
  options: PostingPages,
  since: Progress | undefined,
  { tools, isCard, known, cards, looks, budget, remember }: Reading,
): AsyncGenerator<SourceEvent, Trouble | undefined> {
  const { from, until, ...before } = since?.resume ?? { from: 1, until: 1, depth: 0 }
  // Every list with something new on top may have pushed the rest down by one: too many is no harm.
  let fresh = 0
  let { depth } = before
  const progress = (at: number | null) =>
    remember(at === null ? null : { from: at, until: Math.max(at, until + fresh), depth })
  let asked = 0
  let page = 1
  let saidAt = tools.clock.now()
  for (let lists = 0; lists < options.most.lists; lists++) {
    const list = await readList(options.list.replaceAll('{page}', String(page)), page, { options, isCard, tools })
    if (list.type === 'trouble') return list
    const news = list.links.filter((link) => !known.has(printOf(link)))
    if (news.length > 0 && page < until + fresh) fresh++
    for (const link of news) {
      if (looks.areLeft() && asked++ % (shareOfKnown - 1) === 0 && budget.left-- > 0) {
        const trouble = yield* looks.next()
        if (trouble !== undefined) {
          yield progress(page)
          return trouble
        }
      }
      const trouble = budget.left-- > 0 ? yield* cards.read(link) : 'enough'
      if (trouble === undefined) {
        depth++
        if (tools.clock.now() - saidAt < saidAfter) continue
        saidAt = tools.clock.now()
        yield progress(page)
        continue
      }
      yield progress(page)
      return trouble === 'enough' ? undefined : trouble
    }
    // They are no news: a list of nothing else ends the run as any other does.
    for (const link of list.links.filter(cards.isToLookAt)) {
      const trouble = budget.left-- > 0 ? yield* cards.readAgain(link) : undefined
      if (trouble === undefined) continue
      yield progress(page)
      return trouble
    }
    const isEnd = list.links.length === 0 || depth >= (options.most.depth ?? standardDepth)
    if (isEnd || (news.length === 0 && page >= until + fresh)) {
      yield progress(null)
      return undefined
    }
    page = news.length === 0 && page < from ? from : page + 1
    yield progress(page)
  }
  return undefined
}

type List = { readonly type: 'links'; readonly links: readonly string[] } | Trouble

type ListReading = {
  readonly options: PostingPages
  readonly isCard: (path: string) => boolean
  readonly tools: SourceTools
}

/** The links of a list to cards: none where the lists are over. The first list must have some. */
async function readList(url: string, page: number, { options, isCard, tools }: ListReading): Promise<List> {
  const fetched = await tools.fetcher.get(url, { expects: 'page', signal: tools.signal })
  if (page > 1 && fetched.type === 'broken' && isGone(fetched.status)) return { type: 'links', links: [] }
  if (fetched.type !== 'ok') return troubleOf(fetched)
  const text = fetched.text()
  const links = linksIn(text, fetched.url, isCard)
  const isStrange = page === 1 && links.length === 0 && (options.mayBeEmpty !== true || isRiddle(text))
  return isStrange ? noLinks(text, fetched.url, options.cards) : { type: 'links', links }
}

function isGone(status: number | null): boolean {
  return status === 404 || status === 410
}

function noLinks(text: string, url: string, cards: string): Trouble {
  if (isRiddle(text))
    return { type: 'trouble', trouble: 'captcha', until: null, why: `${url} wants proof that no program asks` }
  return {
    type: 'trouble',
    trouble: 'changedLayout',
    until: null,
    why: `${url} has no link like ${cards}: look whether the site has changed, and at "list" and "cards" of the source`,
  }
}

/** Reads cards one by one; the trouble that ends the run is returned. */
function createCards(
  { fetcher, signal }: SourceTools,
  { known, hadPostings, wasBare }: { known: Set<string>; hadPostings: boolean; wasBare: ReadonlySet<string> },
) {
  let had = hadPostings
  let hasHadNow = false
  const left = new Set(wasBare)
  const bareOnes = new Set(wasBare)
  let bare: string[] = []

  async function* readCard(url: string): AsyncGenerator<SourceEvent, Trouble | undefined> {
    const fetched = await fetcher.get(url, { expects: 'page', signal })
    if (fetched.type === 'broken' && isGone(fetched.status)) {
      known.add(printOf(url))
      bareOnes.add(printOf(url))
      yield { type: 'gone', id: null, url }
      return
    }
    // Another card may be well: this one is tried again the next time.
    if (fetched.type === 'broken' && fetched.status !== null) {
      yield { type: 'refused', where: url, why: fetched.why }
      return
    }
    if (fetched.type === 'refused') {
      known.add(printOf(url))
      yield { type: 'refused', where: url, why: fetched.why }
      return
    }
    if (fetched.type !== 'ok') return troubleOf(fetched)
    const text = fetched.text()
    const { postings, broken } = postingsIn(marksOf(text).scripts)
    const posting = ofPage(postings, url)
    if (posting !== undefined) {
      had = true
      hasHadNow = true
      for (const one of bare) bareOnes.add(printOf(one))
      for (const one of [...bare, url]) known.add(printOf(one))
      bare = []
      const event = vacancyOf({ ...fieldsOfPosting(posting), url }, url)
      yield event.type === 'vacancy' ? { ...event, page: marksOfPage(fetched) } : event
      return
    }
    if (isRiddle(text))
      return { type: 'trouble', trouble: 'captcha', until: null, why: `${url} wants proof that no program asks` }
    bare.push(url)
    yield { type: 'refused', where: url, why: broken > 0 ? 'its linked data is broken' : 'no JobPosting in it' }
    return bare.length < bareInARow ? undefined : changedLayout(url, had)
  }

  /** A card that had none: it says something only where it has one now. */
  async function* readAgain(url: string): AsyncGenerator<SourceEvent, Trouble | undefined> {
    left.delete(printOf(url))
    const fetched = await fetcher.get(url, { expects: 'page', signal })
    if (fetched.type === 'blocked' || fetched.type === 'limited') return troubleOf(fetched)
    const posting =
      fetched.type === 'ok' ? ofPage(postingsIn(marksOf(fetched.text()).scripts).postings, url) : undefined
    if (posting === undefined) return undefined
    bareOnes.delete(printOf(url))
    yield vacancyOf({ ...fieldsOfPosting(posting), url }, url)
    return undefined
  }

  return {
    ...{ read: readCard, readAgain },
    /** It had one, and has none any more. */
    noteGone: (url: string) => void bareOnes.add(printOf(url)),
    /** It had none in an earlier run, and was not looked at again in this one. */
    isToLookAt: (url: string) => left.has(printOf(url)),
    bare: () => [...bareOnes],
    hadPostings: () => had,
    /** Whether one of them had a JobPosting in this reading. */
    haveHadPosting: () => hasHadNow,
  }
}

function changedLayout(url: string, had: boolean): Trouble {
  const why = had
    ? `The site has changed: ${bareInARow} cards in a row have no JobPosting where there was one before, the last one ${url}. Nothing was taken from them`
    : `${bareInARow} cards in a row have no JobPosting, the last one ${url}: look at "cards" of the source, and whether the site has linked data at all`
  return { type: 'trouble', trouble: 'changedLayout', until: null, why }
}

/** Short, so that ten thousand of them can be kept. */
function printOf(url: string): string {
  return createHash('sha256').update(url).digest('base64url').slice(0, 12)
}
