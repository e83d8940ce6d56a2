import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const forLanguage = z.object({ patterns: z.array(z.string()).min(1), finds: z.array(z.string()).min(1) })
const rulesFile = z.record(z.string(), z.object({ why: z.string(), kk: forLanguage, ru: forLanguage, en: forLanguage }))

/** The languages the wording rules are written for. */
export type WordingLanguage = 'kk' | 'ru' | 'en'

/** The rules of test/locales/wording-rules.yaml by name. */
export const wordingRules = rulesFile.parse(
  parse(readFileSync(new URL('../locales/wording-rules.yaml', import.meta.url), 'utf8')),
)

const compiled = Object.entries(wordingRules).flatMap(([rule, { why, ...languages }]) =>
  (['kk', 'ru', 'en'] as const).map((language) => ({
    rule,
    why,
    language,
    patterns: languages[language].patterns.map((pattern) => new RegExp(`(?<!\\p{L})(?:${pattern})`, 'iu')),
  })),
)

/**
 * What a text about a person's results may not say (labels, verdicts, comparisons, forecasts, urgency…):
 * one line a broken rule with the words found, an empty list when the text is well worded.
 */
export function wordingProblems(language: WordingLanguage, text: string): string[] {
  const plain = text.replace(/<\/?[bi]>/g, '').replaceAll('’', "'")
  return compiled
    .filter((rule) => rule.language === language)
    .flatMap(({ rule, why, patterns }) =>
      patterns.flatMap((pattern) => {
        const found = pattern.exec(plain)
        return found ? [`${rule}: "${found[0]}" ${why}`] : []
      }),
    )
}

/** Every string of a locale namespace with its dotted key, arrays included. */
export function localeTexts(value: unknown, key = ''): { key: string; text: string }[] {
  if (typeof value === 'string') return [{ key, text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => localeTexts(inner, key === '' ? name : `${key}.${name}`))
}
