import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { type Language, languages } from '../../../../flows/kit/words.ts'
import type { Line } from './lines.ts'

/** Sentences of the project itself, in every language: what people read here, and what they may write. */
export function projectLines(files: URL): Line[] {
  return languages.flatMap((language) => {
    const texts = [
      ...readAll(new URL(`locales/${language}/`, files)).flatMap(textsIn),
      ...readAll(new URL('prisma/seed/professions/', files)).flatMap((data) => textsOf(data, language)),
      ...readAll(new URL('flows/campaigns/calendar/', files)).flatMap((data) => textsOf(data, language)),
    ]
    const said = [...new Set([...texts.flatMap(sentencesOf), ...reminders(language, files)])]
    return said.map((text) => ({ language, text, kind: 'harmless' as const }))
  })
}

/** What people ask to be reminded of, as the tests know it. */
function reminders(language: Language, files: URL): string[] {
  const lines = readFileSync(new URL(`test/flows/reminders/lines.${language}.tsv`, files), 'utf8').split('\n')
  return lines.flatMap((line) => (line.startsWith('#') || line === '' ? [] : (line.split('\t')[0] ?? [])))
}

function readAll(folder: URL): unknown[] {
  return readdirSync(folder)
    .filter((name) => /\.(json|yaml)$/.test(name))
    .sort()
    .map((name) => parse(readFileSync(new URL(name, folder), 'utf8')))
}

function textsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data]
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(textsIn) : []
}

/** What stands under the name of the language, however deep. */
function textsOf(data: unknown, language: Language): string[] {
  if (typeof data !== 'object' || data === null) return []
  return Object.entries(data).flatMap(([key, value]) => (key === language ? textsIn(value) : textsOf(value, language)))
}

function sentencesOf(text: string): string[] {
  const bare = text.replace(/<[^>]*>|\{\{[^}]*\}\}/g, ' ')
  return bare
    .split(/[.!?:;]\s|\n/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => /\p{L}{2}/u.test(part))
}
