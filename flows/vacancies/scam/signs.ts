import { longest, type Vacancy } from '../vacancy.ts'
import { fewestWords, type Likeness, likenessOf, worstSentence } from './likeness.ts'
import { type Classes, createFinder, type Finder, type Pattern, type Span } from './patterns.ts'
import { monthlyOf, monthlyPayIn, type PayWords } from './pay.ts'
import { type ReadText, readText, type SpokenWord } from './reading.ts'

/** One of these is enough to hold a vacancy back. */
export const hardKinds = ['fee', 'ownName', 'passingMoney', 'secrets', 'hiding', 'papersOrDebt', 'intimate'] as const
/** Of these two together are. */
export const softKinds = [
  'highPay',
  'abroad',
  'namelessCourier',
  'link',
  'messenger',
  'paidTraining',
  'unpaidTrial',
  'network',
  'easyMoney',
] as const
/** The words as a whole are like those of offers that cheat: hard or soft, by how much they are. */
const alike = 'alike'
export type SignKind = (typeof hardKinds)[number] | (typeof softKinds)[number] | typeof alike
export const signKinds = [...hardKinds, ...softKinds, alike] as const

/** A sign of a scam, with the words or links that showed it, as they were written. */
export type Sign = {
  readonly kind: SignKind
  readonly weight: 'hard' | 'soft'
  readonly words: string
}

/**
 * By what a sign is known: `surely` by any words, `said` but where words of `unless` stand on them, `nameless` the same
 * and only where no employer is named. Where there is an `and`, it must stand somewhere in the offer too.
 */
export type SignWords = Readonly<Record<'surely' | 'said' | 'nameless' | 'unless' | 'and', readonly Pattern[]>>

export type ScamWords = {
  readonly classes: Classes
  readonly signs: ReadonlyMap<SignKind, SignWords>
  /** What makes words of a hard sign harmless where it stands on them: "без предоплаты", "форма за счёт компании". */
  readonly honest: readonly Pattern[]
  /** Legal forms as they are written, by which an offer names its employer in its text. */
  readonly named: readonly string[]
  /** Words by which somebody offers work, not asks or reminds himself of something. */
  readonly offer: readonly Pattern[]
  /** Words for work that needs no experience. */
  readonly inexperienced: readonly Pattern[]
  /** Hosts of forms and of shortened links; those of messengers count only where no employer is named. */
  readonly links: { readonly forms: readonly string[]; readonly messengers: readonly string[] }
  readonly pay: PayWords
  /** What was learned from whole offers; without it they are known by signs alone. */
  readonly likeness?: Likeness
}

/** What signs are looked for in: a vacancy, or an offer that somebody passed on, of which there is the text only. */
export type Offer = Pick<Vacancy, 'title' | 'description' | 'employer' | 'bin' | 'pay' | 'experience'>

/**
 * The signs of a scam in an offer, the hard ones first; one of each kind at most. None in an offer that is very unlike
 * those that cheat: its words are meant otherwise.
 */
export function signsOf(offer: Offer, words: ScamWords): readonly Sign[] {
  const title = offer.title.slice(0, longest.title)
  const read = readText(`${title}\n${offer.description.slice(0, longest.description)}`)
  const { likeness } = words
  const signs = namedSigns(offer, read, words)
  if (likeness === undefined || read.words.length < fewestWords.like) return signs
  const score = likenessOf(read.words, likeness)
  if (score < likeness.doubt && read.words.length >= fewestWords.unlike) return []
  // Named signs say more.
  if (isHeld(signs)) return signs
  if (score > likeness.hard) return [alikeSign('hard', read.words, likeness), ...signs]
  return signs.length > 0 && score > likeness.soft ? [...signs, alikeSign('soft', read.words, likeness)] : signs
}

function alikeSign(weight: Sign['weight'], said: readonly SpokenWord[], likeness: Likeness): Sign {
  return { kind: alike, weight, words: wordsOf(worstSentence(said, likeness), { start: 0, end: mostShown }) }
}

/** So many words of a sentence are shown: enough to find the place again. */
const mostShown = 12

function namedSigns(offer: Offer, read: ReadText, words: ScamWords): readonly Sign[] {
  const find = createFinder(read.words, words.classes)
  const isNamed =
    offer.employer !== null || offer.bin !== null || read.words.some(({ text }) => words.named.includes(text))
  const isHonest = coverOf(find(words.honest))
  const spanOf = (kind: SignKind): Span | undefined => {
    const known = words.signs.get(kind)
    if (known === undefined || (known.and.length > 0 && find(known.and).length === 0)) return undefined
    const isExcused = coverOf(find(known.unless))
    const said = find(isNamed ? known.said : [...known.said, ...known.nameless]).filter((span) => !isExcused(span))
    return [...find(known.surely), ...said].find((span) => !isHard(kind) || !isHonest(span))
  }
  const shown = (kind: SignKind): string | undefined => {
    const span = spanOf(kind)
    if (span !== undefined) return wordsOf(read.words, span)
    if (kind === 'highPay') return highPay(offer, read.words, find, words)
    return kind === 'link' ? linkOf(read.links, isNamed, words) : undefined
  }
  const signs = (kinds: readonly SignKind[], weight: Sign['weight']): Sign[] =>
    kinds.flatMap((kind) => {
      const said = shown(kind)
      return said === undefined ? [] : [{ kind, weight, words: said }]
    })
  return [...signs(hardKinds, 'hard'), ...signs(softKinds, 'soft')]
}

/**
 * The signs of a scam in a text that may be anything somebody wrote or passed on. None unless it would be held back and
 * offers work: by its words, or by several signs at once. "Pay for the course on Friday" is no offer.
 */
export function signsIn(text: string, words: ScamWords): readonly Sign[] {
  const offer = { title: '', description: text, employer: null, bin: null, pay: null, experience: null }
  const signs = signsOf(offer, words)
  if (!isHeld(signs)) return []
  const named = signs.filter(({ kind }) => kind !== alike)
  if (named.length > 1) return signs
  const read = readText(text.slice(0, longest.description)).words
  const isOffer = createFinder(read, words.classes)(words.offer).length > 0
  return isOffer && (named.length > 0 || read.length >= fewestWords.unlike) ? signs : []
}

/** Whether a vacancy with these signs is held back: one hard sign, or two soft ones. */
export function isHeld(signs: readonly Sign[]): boolean {
  return signs.some(({ weight }) => weight === 'hard') || signs.length >= 2
}

function isHard(kind: SignKind): boolean {
  return hardKinds.some((hard) => hard === kind)
}

/** Whether a span shares a word with one of these. */
function coverOf(spans: readonly Span[]): (span: Span) => boolean {
  const covered = new Set(spans.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at)))
  return ({ start, end }) => Array.from({ length: end - start }).some((_, at) => covered.has(start + at))
}

function wordsOf(words: readonly SpokenWord[], { start, end }: Span): string {
  return words
    .slice(start, end)
    .map(({ text }) => text)
    .join(' ')
}

/** Very much pay for work that needs no experience; the sum as it was offered. */
function highPay(offer: Offer, said: readonly SpokenWord[], find: Finder, words: ScamWords): string | undefined {
  const span = find(words.inexperienced)[0]
  if (offer.experience !== 'none' && span === undefined) return undefined
  const pay = offer.pay === null ? monthlyPayIn(said, find, words.pay) : monthlyOf(offer.pay)
  if (pay === undefined || pay.monthly < words.pay.high * words.pay.minimumWage) return undefined
  return pay.words
}

function linkOf(links: readonly string[], isNamed: boolean, { links: known }: ScamWords): string | undefined {
  const hosts = isNamed ? known.forms : [...known.forms, ...known.messengers]
  return links.find((link) => hosts.some((host) => link.replace(/^https?:\/\/|^www\./, '').startsWith(host)))
}
