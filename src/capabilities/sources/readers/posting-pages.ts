import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Language } from '../../../../flows/kit/words.ts'
import { fieldsOfPosting } from '../../vacancies/files/posting.ts'
import { isRiddle } from './fetched.ts'
import { type Posting, postingsIn } from './linked-data.ts'
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
  /** Those of the known cards that had no JobPosting, the newest last: they are looked at again, one may come back. */
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
 * ends at the list which brings nothing new; one that was interrupted goes on where it was.
 */
export function createPostingPages(options: PostingPages): Source {
  const { name, language } = options
  return {
    name,
    kind: 'pages',
    language,
    read: (since, tools) => read(options, readCheckpoint(since, Progress), tools),
  }
}

async function* read(
  options: PostingPages,
  since: Progress | undefined,
  tools: SourceTools,
): AsyncGenerator<SourceEvent> {
  const known = new Set(since?.known)
  const { from, until, ...before } = since?.resume ?? { from: 1, until: 1, depth: 0 }
  const isCard = createGlob(options.cards)
  const cards = createCards(tools, { known, hadPostings: since?.hadPostings ?? false, wasBare: new Set(since?.bare) })
  // Every list with something new on top may have pushed the rest down by one: too many is no harm.
  let fresh = 0
  let { depth } = before
  const progress = (at: number | null) => {
    const resume = at === null ? null : { from: at, until: Math.max(at, until + fresh), depth }
    const bare = cards.bare().slice(-mostBare)
    return checkpointOf({ known: [...known].slice(-mostKnown), resume, hadPostings: cards.hadPostings(), bare })
  }
  let left = options.most.cards
  let page = 1
  let saidAt = tools.clock.now()
  for (let lists = 0; lists < options.most.lists; lists++) {
    const list = await readList(options.list.replaceAll('{page}', String(page)), page, { options, isCard, tools })
    if (list.type === 'trouble') {
      yield list
      return
    }
    const news = list.links.filter((link) => !known.has(printOf(link)))
    if (news.length > 0 && page < until + fresh) fresh++
    for (const link of news) {
      const trouble = left-- > 0 ? yield* cards.read(link) : 'enough'
      if (trouble === undefined) {
        depth++
        if (tools.clock.now() - saidAt < saidAfter) continue
        saidAt = tools.clock.now()
        yield progress(page)
        continue
      }
      yield progress(page)
      if (trouble !== 'enough') yield trouble
      return
    }
    // They are no news: a list of nothing else ends the run as any other does.
    for (const link of list.links.filter(cards.isToLookAt)) {
      const trouble = left-- > 0 ? yield* cards.readAgain(link) : undefined
      if (trouble === undefined) continue
      yield progress(page)
      yield trouble
      return
    }
    const isEnd = list.links.length === 0 || depth >= (options.most.depth ?? standardDepth)
    if (isEnd || (news.length === 0 && page >= until + fresh)) {
      yield progress(null)
      return
    }
    page = news.length === 0 && page < from ? from : page + 1
    yield progress(page)
  }
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
    return { type: 'trouble', trouble: 'blocked', until: null, why: `${url} wants proof that no program asks` }
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
  const left = new Set(wasBare)
  const bareOnes = new Set(wasBare)
  let bare: string[] = []

  async function* readCard(url: string): AsyncGenerator<SourceEvent, Trouble | undefined> {
    const fetched = await fetcher.get(url, { expects: 'page', signal })
    if (fetched.type === 'broken' && isGone(fetched.status)) {
      known.add(printOf(url))
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
      for (const one of bare) bareOnes.add(printOf(one))
      for (const one of [...bare, url]) known.add(printOf(one))
      bare = []
      yield vacancyOf({ ...fieldsOfPosting(posting), url }, url)
      return
    }
    if (isRiddle(text))
      return { type: 'trouble', trouble: 'blocked', until: null, why: `${url} wants proof that no program asks` }
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
    /** It had none in an earlier run, and was not looked at again in this one. */
    isToLookAt: (url: string) => left.has(printOf(url)),
    bare: () => [...bareOnes],
    hadPostings: () => had,
  }
}

function changedLayout(url: string, had: boolean): Trouble {
  const why = had
    ? `The site has changed: ${bareInARow} cards in a row have no JobPosting where there was one before, the last one ${url}. Nothing was taken from them`
    : `${bareInARow} cards in a row have no JobPosting, the last one ${url}: look at "cards" of the source, and whether the site has linked data at all`
  return { type: 'trouble', trouble: 'changedLayout', until: null, why }
}

/** Cards may show others like them: the one that names the page as its own, else the first. */
function ofPage(postings: readonly Posting[], url: string): Posting | undefined {
  return postings.find((posting) => plainUrl(fieldsOfPosting(posting).url, url) === url) ?? postings[0]
}

/** Links of a page to cards on the same host, each once, in their order. */
function linksIn(page: string, base: string, isCard: (path: string) => boolean): string[] {
  const { host } = new URL(base)
  const urls = marksOf(page).links.map((link) => plainUrl(link, base))
  const cards = urls.filter((url) => {
    if (url === undefined) return false
    const parsed = new URL(url)
    return (
      parsed.host === host && (isCard(decoded(parsed.pathname)) || isCard(decoded(parsed.pathname + parsed.search)))
    )
  })
  return [...new Set(cards.filter((url) => url !== undefined))]
}

/** An address without what only tells where one came from. */
function plainUrl(link: string | null | undefined, base: string): string | undefined {
  if (!link || link.length > 2_000 || !URL.canParse(link, base)) return undefined
  const url = new URL(link, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  url.hash = ''
  for (const name of [...url.searchParams.keys()]) if (/^utm_/i.test(name)) url.searchParams.delete(name)
  return url.href
}

function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

/** Short, so that ten thousand of them can be kept. */
function printOf(url: string): string {
  return createHash('sha256').update(url).digest('base64url').slice(0, 12)
}

/** A pattern in which `*` stands for anything, at least one sign: no regular expression, which one could make slow. */
export function createGlob(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*')
  const [head = '', ...rest] = parts
  const tail = rest.pop()
  return (text) => {
    if (tail === undefined) return text === head
    if (!text.startsWith(head)) return false
    let at = head.length
    for (const part of rest) {
      const found = text.indexOf(part, at + 1)
      if (found < 0) return false
      at = found + part.length
    }
    return text.length - tail.length > at && text.endsWith(tail)
  }
}
