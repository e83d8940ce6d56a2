import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { urgentSubjects } from '../../../../flows/help/danger/rule-file.ts'
import { ContentError } from '../../../../flows/kit/content-error.ts'
import { type Language, languages } from '../../../../flows/kit/words.ts'

/** A message, and what it must bring. */
export type Case = {
  readonly language: Language
  readonly line: number
  readonly text: string
  /** `danger` must bring the help screen, `sad` a warm line, `harmless` neither. */
  readonly label: 'danger' | 'sad' | 'harmless'
  /** What it speaks of; for what is harmless, where it comes from. */
  readonly about: string
  /** How it is written: plain, misspelt, veiled. */
  readonly kind: string
}

const subjects: Readonly<Record<Case['label'], readonly string[] | undefined>> = {
  danger: urgentSubjects,
  sad: undefined,
  harmless: undefined,
}

/** The cases of all languages in a folder (`<language>.tsv`: text, label, kind). Throws a ContentError with every faulty line. */
export function readCases(folder: URL): Case[] {
  return languages.flatMap((language) => readCaseFile(new URL(`${language}.tsv`, folder), language))
}

/** One file of cases; its first line names the columns. */
export function readCaseFile(file: URL, language: Language): Case[] {
  const faults: string[] = []
  const cases = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, at) => {
      if (line.trim() === '' || line.startsWith('text\t')) return []
      const read = readCase(line, language, at + 1)
      if (typeof read !== 'string') return [read]
      faults.push(`line ${at + 1}: ${read}`)
      return []
    })
  if (faults.length > 0) throw new ContentError(`${fileURLToPath(file)} needs correcting:\n- ${faults.join('\n- ')}`)
  return cases
}

function readCase(written: string, language: Language, line: number): Case | string {
  const [text = '', placed = '', kind = 'plain'] = written.split('\t').map((field) => field.trim())
  const [label, about = ''] = placed.split(':')
  if (label !== 'danger' && label !== 'sad' && label !== 'harmless') {
    return `the second column is "${placed}": write danger:…, sad:… or harmless:…`
  }
  const known = subjects[label]
  if (about === '' || known?.includes(about) === false) {
    return `"${placed}" is none of ${known?.join(', ') ?? 'harmless:<where it comes from>'}`
  }
  return text === '' ? 'has no text' : { language, line, text, label, about, kind }
}
