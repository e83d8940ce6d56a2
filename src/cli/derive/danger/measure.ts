import type { DangerCheck } from '../../../../flows/help/danger/check.ts'
import type { Level } from '../../../../flows/help/danger/rule-file.ts'
import { type Language, languages } from '../../../../flows/kit/words.ts'
import type { Line } from './lines.ts'

/** Of so many lines, how many bring the help screen, and how many that or a warm line. */
export type Count = { readonly all: number; readonly danger: number; readonly either: number }
export type Counts = Readonly<Record<Language, Readonly<Record<Line['kind'], Count>>>>

/** Whether a line is found on a level, by its place among the lines. */
export type IsFound = (level: Level, at: number) => boolean

const kinds = ['danger', 'sad', 'harmless', 'near'] as const

/** Counts what is found, by language and kind. */
export function count(lines: readonly Line[], isFound: IsFound): Counts {
  const judged = lines.map((line, at) => {
    const danger = isFound('danger', at)
    return { ...line, danger, either: danger || isFound('worry', at) }
  })
  const countOf = (language: Language, kind: Line['kind']): Count => {
    const own = judged.filter((line) => line.language === language && line.kind === kind)
    return {
      all: own.length,
      danger: own.filter(({ danger }) => danger).length,
      either: own.filter(({ either }) => either).length,
    }
  }
  const byKind = (language: Language) => Object.fromEntries(kinds.map((kind) => [kind, countOf(language, kind)]))
  return Object.fromEntries(languages.map((language) => [language, byKind(language)])) as Counts // one entry for each
}

/** For lines that nothing was learned from. */
export function foundBy(check: DangerCheck, lines: readonly Line[]): IsFound {
  const texts = lines.map(({ text }) => text)
  return (level, at) => (level === 'danger' ? check.isDanger : check.isWorry)(texts[at] ?? '')
}

/** A table to read, a row for each language and kind. */
export function table(counts: Counts): string[] {
  const rows = languages.flatMap((language) =>
    kinds.map((kind) => {
      const { all, danger, either } = counts[language][kind]
      return `| ${language} | ${kind} | ${all} | ${share(danger, all)} | ${share(either, all)} |`
    }),
  )
  return ['| language | lines | number | help screen | help screen or warm line |', '|---|---|---|---|---|', ...rows]
}

function share(part: number, all: number): string {
  return all === 0 ? '–' : `${((100 * part) / all).toFixed(1)} %`
}
