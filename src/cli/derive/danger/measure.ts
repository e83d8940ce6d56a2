import type { DangerCheck } from '../../../../flows/help/danger/check.ts'
import { isMeant, type Models } from '../../../../flows/help/danger/classifier.ts'
import { readWords } from '../../../../flows/help/danger/reading.ts'
import type { Level } from '../../../../flows/help/danger/rule-file.ts'
import { type Language, languages } from '../../../../flows/kit/words.ts'
import type { Line } from './lines.ts'

/** Of so many lines, how many bring the help screen, and how many that or a warm line. */
export type Count = { readonly all: number; readonly danger: number; readonly either: number }
export type Counts = Readonly<Record<Language, Readonly<Record<Line['kind'], Count>>>>

type IsLearned = (level: Level, at: number) => boolean

const kinds = ['danger', 'sad', 'harmless', 'near'] as const

/** `rules` know nothing of the classifier; `isLearned` says whether that alone takes a line for one of the level. */
export function count(lines: readonly Line[], rules: DangerCheck, isLearned: IsLearned): Counts {
  const judged = lines.map((line, at) => {
    const danger = rules.isDanger(line.text) || isLearned('danger', at)
    return { ...line, danger, either: danger || rules.isWorry(line.text) || isLearned('worry', at) }
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
export function learnedBy(models: Models, lines: readonly Line[]): IsLearned {
  return (level, at) => isMeant(readWords(lines[at]?.text ?? '').words, models[level])
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
