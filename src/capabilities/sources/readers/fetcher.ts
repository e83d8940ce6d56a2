import robotsLibrary from 'robots-parser'
import { createBounded } from '../../../base/bounded.ts'
import type { Clock } from '../../../base/clock.ts'
import { backOff, type Sleep } from '../../../base/sleep.ts'
import { type Resolve, systemResolve } from './addresses.ts'
import { type Failed, type Fetched, isHtml, isRiddle } from './fetched.ts'
import { decode } from './letters.ts'
import { createPace } from './pace.ts'
import { type Answer, getOnce, type Limits } from './transport.ts'

/** `rules`: a robots.txt, whatever its server calls it. */
export type Expected = 'page' | 'feed' | 'json' | 'rules'

export type GetOptions = {
  readonly expects: Expected
  /** Sent with it; left out when it is sent on to another host. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Off only for an interface that we are let into by a token: robots.txt speaks of pages. */
  readonly robots?: boolean
  readonly signal?: AbortSignal | undefined
}

/** Asks the net for something, politely and within limits. It never throws. */
export type Fetcher = { get(url: string, options: GetOptions): Promise<Fetched> }

export type FetcherOptions = {
  readonly clock: Clock
  readonly sleep: Sleep
  readonly random: () => number
  /** Waits until a limit of time is over; `sleep` unless a test lets the time pass. */
  readonly deadline?: Sleep
  /** Who asks, and where one reaches whoever runs it: a page or an address. */
  readonly agent: { readonly version: string; readonly contact: string }
  readonly resolve?: Resolve
  /** Hosts that may have private addresses, by name. */
  readonly privateHosts?: readonly string[]
  readonly limits?: Partial<Record<Expected, Partial<Limits>>>
  /** Least pause between two requests to a host, ms. */
  readonly pause?: number
}

const pageLimits: Limits = { connect: 10_000, silence: 20_000, whole: 60_000, bytes: 5_000_000 }

/** Limits unless the operator has others. */
export const standardLimits: Readonly<Record<Expected, Limits>> = {
  page: pageLimits,
  json: pageLimits,
  rules: { ...pageLimits, bytes: 2_000_000 },
  feed: { ...pageLimits, whole: 600_000, bytes: 50_000_000 },
}

// Its types speak of an ES module with a default export; it is a CommonJS function.
const robotsParser = robotsLibrary as unknown as typeof robotsLibrary.default

const second = 1_000
const hour = 3_600_000
const day = 24 * hour
/** Longest pause that a robots.txt may ask for. */
const longestDelay = 60 * second
const longestPatience = day
const mostRedirects = 5
const longestUrl = 2_000
const mostRobots = 500_000
/** How much is kept of what a host says when it does not give what it was asked for. */
const mostKept = 64 * 1024

type Robots = { readonly type: 'rules'; readonly isAllowed: (url: string) => boolean; readonly delay: number } | Failed

/** Why a host is left alone for a while. */
type Rest = { readonly until: number; readonly why: string; readonly times: number }

export function createFetcher(options: FetcherOptions): Fetcher {
  const { clock, sleep, random, agent, pause = 2 * second } = options
  const tools = {
    resolve: options.resolve ?? systemResolve,
    deadline: options.deadline ?? sleep,
    privateHosts: new Set(options.privateHosts?.map((name) => name.toLowerCase())),
  }
  const pace = createPace({ clock, sleep })
  const rests = createBounded<string, Rest>(1_000)
  const robots = createBounded<string, { readonly value: Promise<Robots>; readonly until: number }>(1_000)
  const userAgent = `Serik/${agent.version} (+${agent.contact.replace(/[^\x21-\x7e]/g, '')})`

  async function get(address: string, asked: GetOptions): Promise<Fetched> {
    const visited = new Set<string>()
    let next: string | undefined = address
    let from: URL | undefined
    let delay = pause
    while (next !== undefined) {
      const url = urlOf(next, from)
      const fault = faultIn(url, next)
      if (url === null || fault !== undefined) return refused(fault ?? 'no address')
      url.hash = ''
      if (visited.has(url.href)) return refused(`${brief(url)} is sent on in a loop`)
      if (visited.size > mostRedirects)
        return refused(`${address.slice(0, 200)} is sent on more than ${mostRedirects} times`)
      visited.add(url.href)
      if (asked.robots !== false) {
        const rules = await robotsOf(url, asked.signal)
        if (rules.type !== 'rules') return rules
        if (!rules.isAllowed(url.href))
          return { ...refused(`robots.txt of ${url.host} does not allow ${brief(url)}`), by: 'robots' }
        delay = rules.delay
      }
      const isForeign = from !== undefined && from.origin !== url.origin
      const answer = await ask(url, { ...asked, headers: isForeign ? undefined : asked.headers }, delay)
      const target = answer.type === 'answer' ? redirectOf(answer) : undefined
      if (target === undefined) return judged(url, answer, asked.expects)
      // Once away from its host, what was meant for it is not sent on, whoever comes next.
      if (isForeign) asked = { ...asked, headers: undefined }
      from = url
      next = target
    }
    return refused('no address')
  }

  /** Asks one host, at its pace; not while it rests. */
  async function ask(url: URL, { expects, headers, signal }: GetOptions, delay: number): Promise<Answer | Failed> {
    return await pace.run(
      url.host,
      delay,
      async () => {
        const rest = rests.get(url.host)
        if (rest !== undefined && clock.now() < rest.until)
          return { type: 'limited', until: rest.until, why: rest.why } as const
        const request = {
          headers: { 'user-agent': userAgent, accept: accepted[expects], ...headers },
          limits: { ...standardLimits[expects], ...options.limits?.[expects] },
          signal,
        }
        const answer = await getOnce(url, request, tools)
        return answer.type === 'answer' ? (restAfter(url, answer) ?? answer) : answer
      },
      signal,
    )
  }

  /** 429, and 503 that says for how long, ask for patience: each time longer where they do not say it. */
  function restAfter(url: URL, { status, headers }: Answer & { type: 'answer' }): Failed | undefined {
    const told = patienceIn(headers['retry-after'], clock.now())
    const times = rests.get(url.host)?.times ?? 0
    if (status !== 429 && !(status === 503 && told !== undefined)) {
      if (status < 400) rests.delete(url.host)
      return undefined
    }
    const wait = Math.min(told ?? backOff(times, random, 60 * second, 6 * hour), longestPatience)
    const until = clock.now() + wait
    const why = `${url.host} asks to wait until ${new Date(until).toISOString()} (${status})`
    rests.set(url.host, { until, why, times: times + 1 })
    return { type: 'limited', until, why }
  }

  async function robotsOf(url: URL, signal: AbortSignal | undefined): Promise<Robots> {
    const kept = robots.get(url.origin)
    if (kept !== undefined && clock.now() < kept.until) return await kept.value
    const value = readRobots(url, signal)
    robots.set(url.origin, { value, until: clock.now() + day })
    const read = await value
    if (read.type === 'limited') robots.set(url.origin, { value, until: read.until })
    else if (read.type !== 'rules') robots.delete(url.origin)
    return read
  }

  /** 4xx: there are no rules. No answer, or 5xx: nothing is asked for until there is one (RFC 9309, 2.3.1). */
  async function readRobots(page: URL, signal: AbortSignal | undefined): Promise<Robots> {
    const url = new URL('/robots.txt', page)
    const fetched = await get(url.href, { expects: 'rules', robots: false, signal })
    if (fetched.type === 'refused' || fetched.type === 'limited') return fetched
    if (fetched.type === 'ok') return rulesOf(url, fetched.text())
    // Many sites answer with a page of theirs to whatever they do not have.
    if (fetched.status !== null && fetched.status < 500) return rulesOf(url, '')
    if (signal?.aborted) return fetched
    const until = clock.now() + hour
    return {
      type: 'limited',
      until,
      why: `robots.txt of ${page.host} cannot be read: ${fetched.why}; it is tried again in an hour`,
    }
  }

  function rulesOf(url: URL, text: string): Robots {
    const rules = robotsParser(url.href, text.slice(0, mostRobots))
    const delay = Math.min((rules.getCrawlDelay('Serik') ?? 0) * second, longestDelay)
    return {
      type: 'rules',
      isAllowed: (href) => rules.isAllowed(href, 'Serik') !== false,
      delay: Math.max(pause, Number.isFinite(delay) ? delay : 0),
    }
  }

  return { get }
}

const accepted: Readonly<Record<Expected, string>> = {
  page: 'text/html, application/xhtml+xml',
  feed: 'application/xml, text/xml, text/plain, */*;q=0.5',
  json: 'application/json',
  rules: 'text/plain',
}

function refused(why: string): Extract<Failed, { type: 'refused' }> {
  return { type: 'refused', why }
}

function urlOf(text: string, base: URL | undefined): URL | null {
  return URL.canParse(text, base?.href) ? new URL(text, base) : null
}

function brief(url: URL): string {
  return url.href.slice(0, 200)
}

function faultIn(url: URL | null, address: string): string | undefined {
  if (url === null) return `"${address.slice(0, 200)}" is no address of the web`
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `${brief(url)} is neither http nor https`
  if (url.username !== '' || url.password !== '') return `an address on ${url.host} carries a name or password`
  return url.href.length > longestUrl ? `${brief(url)}… is longer than ${longestUrl} signs` : undefined
}

function redirectOf({ status, headers }: Answer & { type: 'answer' }): string | undefined {
  return [301, 302, 303, 307, 308].includes(status) ? headers.location : undefined
}

/** Retry-After is seconds or a date (RFC 9110, 10.2.3). Returns ms, undefined where it says nothing that can be read. */
function patienceIn(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text) * second
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

function judged(url: URL, answer: Answer | Failed, expects: Expected): Fetched {
  if (answer.type === 'silent') return { type: 'broken', status: null, text: '', why: `${url.host}: ${answer.why}` }
  if (answer.type !== 'answer') return answer
  const { status, body } = answer
  const contentType = answer.headers['content-type'] ?? ''
  const told = () => decode(body.subarray(0, mostKept), contentType)
  if (status === 304) return found(url, answer)
  if (status < 200 || status > 299) return failed(url, status, told())
  const fault = wrongKind(contentType, told, expects)
  if (fault === undefined) return found(url, answer)
  const text = told()
  if (isRiddle(text))
    return { type: 'blocked', status, text, why: `${url.host} wants proof that no program asks (captcha)` }
  return { type: 'broken', status, text, why: `${brief(url)}: ${fault}` }
}

function found(url: URL, { status, headers, body }: Answer & { type: 'answer' }): Fetched {
  const single = Object.entries(headers).map(([name, value]) => [name, [value].flat()[0]] as const)
  const text = () => decode(body, headers['content-type'])
  return { type: 'ok', url: url.href, status, headers: Object.fromEntries(single), body, text }
}

function failed(url: URL, status: number, text: string): Failed {
  if (isRiddle(text))
    return { type: 'blocked', status, text, why: `${url.host} wants proof that no program asks (captcha)` }
  if (status === 401 || status === 403 || status === 451)
    return { type: 'blocked', status, text, why: `${url.host} does not let us in (${status})` }
  return { type: 'broken', status, text, why: `${brief(url)} answers ${status}` }
}

const kinds: Readonly<Record<Expected, RegExp>> = {
  page: /^(?:text\/html|application\/xhtml\+xml)\b/,
  // Feeds are handed out by all kinds of servers; HTML alone they never are.
  feed: /^(?:text\/(?:xml|plain)|application\/(?:[\w.-]+\+)?xml|application\/(?:octet-stream|x-gzip|gzip))\b/,
  json: /^(?:(?:application|text)\/(?:[\w.-]+\+)?json|text\/plain)\b/,
  rules: /^/,
}

/** A type that is not said is looked for in what came. */
function wrongKind(contentType: string, begin: () => string, expects: Expected): string | undefined {
  const type = contentType.trim().toLowerCase()
  if (type !== '' && !kinds[expects].test(type))
    return `"${type.slice(0, 60)}" came where ${names[expects]} was expected`
  if (expects !== 'page' && isHtml(begin())) return `a page came where ${names[expects]} was expected`
  return undefined
}

const names: Readonly<Record<Expected, string>> = {
  page: 'a page',
  feed: 'a feed',
  json: 'JSON',
  rules: 'a robots.txt',
}
