import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { englishLeadIn, englishRules } from '../../flows/reminders/phrases/english/index.ts'
import { kazakhLeadIn, kazakhRules } from '../../flows/reminders/phrases/kazakh/index.ts'
import { restPatterns } from '../../flows/reminders/phrases/rest.ts'
import { russianLeadIn, russianRules } from '../../flows/reminders/phrases/russian/index.ts'

/** Millions of steps of a plain loop that 4,096 letters may cost: some 10 ms on a small machine. */
export const budget = 10

/** Every pattern of our own that runs over a reminder's line. */
export const patterns: readonly RegExp[] = [
  ...[...kazakhRules, ...russianRules, ...englishRules].map((rule) => rule.pattern),
  kazakhLeadIn,
  russianLeadIn,
  englishLeadIn,
  ...restPatterns,
]

/** Signs that readers trip over: digits, marks, spaces, halves of letters, letters that grow, markup and commands. */
const signs = [
  ...['1', '1 ', '12', '00', '9:', '10.', '1-', '1/1/', '1.1.', '12:00 ', '12:00-', '١', '١ ', 'Ⅷ', '½'],
  ...['.', ',', ', ', '-', '–', '|', '(', '((', '( ', '(a', ')', '"', "'", '«', '…', '!', '?', ';', ':', '_', '*'],
  ...[' ', '  ', '\n', '\t', '\r\n', '\u00a0', '\u2028', '\u200b', '\u200d', '\u202e', '\ufeff', '\u0000', '\ue000'],
  ...['e\u0301', 'и\u0306', '\u0301\u0323', '\u0323\u0301', '\u0323\u200b\u0301', '\u0344', '\u0958', '\u{1d160}'],
  ...['🙂', '👨‍👩‍👧', '👍🏽', '🇰🇿', '\ud83d', '\ude42', '\ude42\ud83d', '𝐀', '\u{e0041}'],
  ...['a', 'я', 'ё', 'қ', 'ı', 'İ', 'ß', 'ǅ', 'ſ', 'ﬃ', 'ﷺ', 'ﷺ ', '㍿', '漢', 'ا', 'न\u093c', '각', 'ѫ'],
  ...['aб', 'aб ', 'p4п', 'п0', 'а б ', 'a b ', 'а б в г де ', 'аа', 'ааб'],
  ...[
    '<',
    '<a',
    '<b>',
    '</b>',
    '&',
    '&amp;',
    '&#',
    '{{',
    '{{text}}',
    '$t(',
    '$&',
    '__proto__',
    '\\',
    '/',
    '/a ',
    '/a@',
  ],
  ...['@', '@abcd', '#a ', '#', 'http://', 'http://a', 'https://a.b ', 'www.', 'n.', '1.1.', 'a;b;', '"a"'],
]

/** All words of the grammars of reminders in three languages, from their patterns. */
export function grammarWords(): string[] {
  return wordsOf(patterns.map(({ source }) => source))
}

/** Some of the many thousand words of the rules of danger, from all places of the files. */
export function dangerWords(): string[] {
  const files = ['kk', 'ru', 'en'].map((language) =>
    readFileSync(new URL(`../../flows/help/danger/rules/${language}.yaml`, import.meta.url), 'utf8'),
  )
  return wordsOf(files).filter((_, at) => at % 12 === 0)
}

/** Some of the words by which vacancies are read. */
export function vacancyWords(): string[] {
  const files = ['conditions', 'dates', 'pay', 'regions', 'titles', 'towns'].map((name) =>
    readFileSync(new URL(`../../flows/vacancies/terms/${name}.yaml`, import.meta.url), 'utf8'),
  )
  return wordsOf(files).filter((_, at) => at % 12 === 0)
}

function wordsOf(sources: readonly string[]): string[] {
  return [...new Set(sources.map(withoutOperators).flatMap((text) => text.match(/\p{L}+/gu) ?? []))]
}

/** Without escapes, the names of groups and other letters that are no part of a word. */
function withoutOperators(source: string): string {
  return source.replace(/\\[a-zA-Z](\{[^}]*\})?|\(\?<\w+>/g, ' ')
}

/** What hostile lines are made of by repeating: signs, words, and mixtures of two to four of them, always the same. */
export function hostileUnits(mixtures: number, words: readonly string[]): string[] {
  const single = [...signs, ...words.map((word) => `${word} `)]
  const mixture = fc
    .array(fc.constantFrom(...single, ...words), { minLength: 2, maxLength: 4 })
    .map((units) => units.join(''))
  return [...single, ...fc.sample(mixture, { seed: 6, numRuns: mixtures })]
}

/** A line of that many letters: the unit over and over, and behind it what makes a reader of repetitions go back. */
export function lineOf(unit: string, length: number): string {
  return `${unit.repeat(Math.ceil(length / unit.length)).slice(0, length - 2)}zж`
}
