import type { Repeat } from '../repeat.ts'
import { englishLeadIn, englishRules } from './english/index.ts'
import { applyRules, type Flaw, fold, gap, type Progress, type Rule, usedCount } from './found.ts'
import { kazakhLeadIn, kazakhRules } from './kazakh/index.ts'
import { namesDay } from './moment.ts'
import { missesSomething } from './rest.ts'
import { russianLeadIn, russianRules } from './russian/index.ts'
import { settle } from './settle.ts'
import { respell, type Spelt } from './spelling.ts'
import { gaps, hasWords, titleOf, withoutScraps } from './title.ts'

/** The languages in which a reminder may be written. */
export type Language = 'kk' | 'ru' | 'en'

/** Why a line is no reminder; `what` is what it would have been about, when that could be told. */
export type Reason = Flaw | 'empty' | 'too-long' | 'no-what'

/**
 * What a line of free text means: `at` is epoch ms, the first time it is due; `zone` an IANA name. `unclear` where
 * something in it looks like a part of the time and was not understood: then `at` and `repeat` are what it would be
 * without that, and what is missing is asked for. `isSure` where more than a weekday or a part of the day is named.
 */
export type Understood =
  | (Timed & { readonly type: 'understood'; readonly what: string; readonly isSure: boolean })
  | (Timed & { readonly type: 'unclear'; readonly lacks: 'hour' | 'rest'; readonly what?: string })
  | { readonly type: 'problem'; readonly reason: Reason; readonly what?: string }

type Timed = { readonly at: number; readonly repeat: Repeat; readonly zone: string }

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
 * week's, and next week alone is its Monday; a part of today that has begun is its next full hour. Never throws for
 * any text; throws RangeError for an unknown zone.
 */
export function understandReminder(text: string, context: PhraseContext): Understood {
  if (isTooLong(text)) return { type: 'problem', reason: 'too-long' }
  // One space for many: a pattern can then not split a run of them in many ways.
  const line = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  // Some signs are three after it.
  if (isTooLong(line)) return { type: 'problem', reason: 'too-long' }
  if (!hasWords(line)) return { type: 'problem', reason: 'empty' }
  const spelt = respell(fold(line))
  const progress = read(spelt.line, context.language)
  const what = titleOf(line, keptOf(line, progress.line, spelt))
  if (progress.flaw) return problem(progress.flaw, what)
  const settled = settle(progress.found, context.now, context.zone)
  if (settled.type === 'flaw') return problem(settled.flaw, what)
  const timed = { at: settled.at, repeat: settled.repeat, zone: context.zone }
  if (settled.doubtful || missesSomething(progress, spelt.line)) {
    return { type: 'unclear', lacks: lackIn(progress.found, settled.doubtful), ...timed, ...(what !== '' && { what }) }
  }
  return what === ''
    ? { type: 'problem', reason: 'no-what' }
    : { type: 'understood', what, isSure: isSure(progress.found), ...timed }
}

/** What of a moment a line says. */
export type Halves = {
  readonly hour: boolean
  /** By a clock or counted from now, and not by a part of the day alone. */
  readonly isExact: boolean
  readonly day: boolean
}

/** Which half of a moment the line says: both where it counts from now, or repeats at an hour. */
export function halvesIn(text: string, language: Language): Halves {
  const { found } = read(respell(fold(text.normalize('NFC'))).line, language)
  const { clock, part, repeat, wait, sameTime, before, span, except, until } = found
  const fromElsewhere = (wait ?? sameTime ?? before) !== undefined
  return {
    hour: (clock ?? part) !== undefined || fromElsewhere,
    isExact: clock !== undefined || fromElsewhere,
    day: namesDay(found) || (repeat ?? span ?? except ?? until) !== undefined || fromElsewhere,
  }
}

function isSure({ clock, day, wait, repeat }: Progress['found']): boolean {
  return (clock ?? day ?? wait ?? repeat) !== undefined
}

function lackIn({ clock, wait }: Progress['found'], isDoubtful: boolean): 'hour' | 'rest' {
  return clock === undefined && wait === undefined && !isDoubtful ? 'hour' : 'rest'
}

function isTooLong(text: string): boolean {
  return text.length > longestLine && [...text.trim()].length > longestLine
}

type Reader = {
  readonly rules: readonly Rule[]
  readonly leadIn: RegExp
}

const readers: Readonly<Record<Language, Reader>> = {
  kk: { rules: kazakhRules, leadIn: kazakhLeadIn },
  ru: { rules: russianRules, leadIn: russianLeadIn },
  en: { rules: englishRules, leadIn: englishLeadIn },
}

/**
 * The language that explains most of the line reads first, the person's own before the others when equal. Those that
 * know something in it then fill in what is still unknown, for "ертең в 6 вечера" is how people write.
 */
function read(line: string, own: Language): Progress {
  const start: Progress = { line, found: {} }
  const [best, ...others] = languagesOf(line, own)
    .map((language) => ({ language, progress: applyRules(start, readers[language].rules) }))
    .sort((first, second) => usedCount(second.progress) - usedCount(first.progress))
  return others
    .filter(({ progress }) => usedCount(progress) > 0)
    .reduce((left, { language }) => applyRules(left, readers[language].rules), best?.progress ?? start)
}

/** Those whose letters are in the line, the person's own first; digits alone are read in that one. */
function languagesOf(line: string, own: Language): readonly Language[] {
  const order = [own, ...allLanguages.filter((language) => language !== own)]
  const written = order.filter((language) => letters[language].test(line))
  return written.length === 0 ? [own] : written
}

const letters: Readonly<Record<Language, RegExp>> = { kk: /[а-я]/, ru: /[а-я]/, en: /[a-z]/ }
const allLanguages: readonly Language[] = ['kk', 'ru', 'en']

/** The line as it was written, with gaps for what is no part of what to remember. */
function keptOf(text: string, line: string, { line: whole, origins }: Spelt): string {
  // Twice, for words beside those that are gone after the first time.
  const marked = [...allLanguages, ...allLanguages].reduce(
    (left, language) => left.replace(readers[language].leadIn, gaps),
    withoutScraps(line, whole),
  )
  // A word that was written longer than it is spelt goes as a whole.
  const gone = new Set(
    origins.flatMap((from, place) => {
      const end = Math.max(from + 1, origins[place + 1] ?? text.length)
      return marked.charAt(place) === gap ? Array.from({ length: end - from }, (_, step) => from + step) : []
    }),
  )
  return Array.from({ length: text.length }, (_, place) => (gone.has(place) ? gap : text.charAt(place))).join('')
}

function problem(reason: Reason, what: string): Understood {
  return what === '' ? { type: 'problem', reason } : { type: 'problem', reason, what }
}
