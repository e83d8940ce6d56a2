import type { Chrono } from 'chrono-node'
import type { Repeat } from '../repeat.ts'
import { applyChrono, englishChrono, russianChrono } from './chrono.ts'
import { englishLeadIn, englishRules } from './english.ts'
import { applyRules, type Flaw, fold, gap, type Progress, type Rule, usedCount } from './found.ts'
import { kazakhLeadIn, kazakhRules } from './kazakh.ts'
import { russianLeadIn, russianRules } from './russian.ts'
import { settle } from './settle.ts'

/** The languages in which a reminder may be written. */
export type Language = 'kk' | 'ru' | 'en'

/** Why a line is no reminder; `what` is what it would have been about, when that could be told. */
export type Reason = Flaw | 'empty' | 'too-long' | 'no-what'

/** What a line of free text means: `at` is epoch ms, the first time it is due; `zone` an IANA name. */
export type Understood =
  | {
      readonly type: 'understood'
      readonly what: string
      readonly at: number
      readonly repeat: Repeat
      readonly zone: string
    }
  | { readonly type: 'problem'; readonly reason: Reason; readonly what?: string }

/** `now` is epoch ms; `zone` an IANA name; `language` the person's own, which wins where several fit equally. */
export type PhraseContext = {
  readonly now: number
  readonly zone: string
  readonly language: Language
}

/** The longest line that is read, in characters. */
export const longestLine = 500

/**
 * Reads one line of free text as a reminder, in Kazakh, Russian, English or a mixture. A day without an hour is 09:00;
 * morning 09:00, midday 13:00, afternoon 15:00, evening 19:00, night 22:00; an hour from one to six said alone is
 * after noon; an hour that has passed today, with no day named, is tomorrow's; "next" weekdays are next calendar
 * week's, and next week alone is its Monday. Never throws for any text; throws RangeError for an unknown zone.
 */
export function understandReminder(text: string, context: PhraseContext): Understood {
  if (isTooLong(text)) return { type: 'problem', reason: 'too-long' }
  // One space for many: a pattern can then not split a run of them in many ways.
  const line = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  // Some signs are three after it.
  if (isTooLong(line)) return { type: 'problem', reason: 'too-long' }
  if (!hasWords(line)) return { type: 'problem', reason: 'empty' }
  const progress = read(line, context)
  const what = restOf(line, progress.line)
  if (progress.flaw) return problem(progress.flaw, what)
  const settled = settle(progress.found, context.now, context.zone)
  if (settled.type === 'flaw') return problem(settled.flaw, what)
  if (what === '') return { type: 'problem', reason: 'no-what' }
  return { type: 'understood', what, at: settled.at, repeat: settled.repeat, zone: context.zone }
}

function isTooLong(text: string): boolean {
  return text.length > longestLine && [...text.trim()].length > longestLine
}

type Reader = {
  readonly rules: readonly Rule[]
  readonly chrono?: Chrono
  readonly leadIn: RegExp
}

const readers: Readonly<Record<Language, Reader>> = {
  kk: { rules: kazakhRules, leadIn: kazakhLeadIn },
  ru: { rules: russianRules, chrono: russianChrono, leadIn: russianLeadIn },
  en: { rules: englishRules, chrono: englishChrono, leadIn: englishLeadIn },
}

/**
 * The language that explains most of the line reads first, the person's own before the others when equal. The others
 * then fill in what is still unknown, for "ертең в 6 вечера" is how people write.
 */
function read(text: string, context: PhraseContext): Progress {
  const start: Progress = { line: fold(text), found: {} }
  const order = [context.language, ...allLanguages.filter((language) => language !== context.language)]
  const ranked = order
    .map((language) => ({ language, progress: readIn(language, start, context) }))
    .sort((first, second) => usedCount(second.progress) - usedCount(first.progress))
  return ranked.slice(1).reduce((left, { language }) => readIn(language, left, context), ranked[0]?.progress ?? start)
}

const allLanguages: readonly Language[] = ['kk', 'ru', 'en']

function readIn(language: Language, start: Progress, { now, zone }: PhraseContext): Progress {
  const { rules, chrono } = readers[language]
  const progress = applyRules(start, rules)
  return chrono ? applyChrono(progress, chrono, now, zone) : progress
}

/** What the line says beside time, in the person's own letters. */
function restOf(text: string, line: string): string {
  const marked = allLanguages.reduce((left, language) => left.replace(readers[language].leadIn, gaps), line)
  const kept = Array.from({ length: text.length }, (_, place) =>
    marked.charAt(place) === gap ? ' ' : text.charAt(place),
  )
  const rest = kept
    .join('')
    .replace(/\( *\)/g, ' ')
    .replace(/ +/g, ' ')
    .replace(/ ([,.;:!?])/g, '$1')
  const trimmed = withoutEdges(withoutEdges(rest).replace(looseEnd, ''))
  return hasWords(trimmed) ? trimmed : ''
}

/** A preposition whose noun was the time. */
const looseEnd = /(?<= )(?:в|во|на|к|с|и|at|on|by|from|and)$/i
const edge = /[\s,.;:–—|-]/

function withoutEdges(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && edge.test(text.charAt(start))) start++
  while (start < end && edge.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function gaps(words: string): string {
  return gap.repeat(words.length)
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

function problem(reason: Reason, what: string): Understood {
  return what === '' ? { type: 'problem', reason } : { type: 'problem', reason, what }
}
