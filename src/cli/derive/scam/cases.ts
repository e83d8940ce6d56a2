import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ContentError } from '../../../../flows/kit/content-error.ts'
import { type Language, languages } from '../../../../flows/kit/words.ts'
import { readChecked } from '../../../base/content-files.ts'

/** An offer of work, and whether it must be held back. */
export type Case = {
  readonly language: Language
  readonly text: string
  readonly isHeld: boolean
  /** By what it cheats; of honest ones `near` uses the words of cheats for something else. */
  readonly kind: string
}

/**
 * The offers of a folder (`<language>.tsv`: held or honest, kind, text, with " / " for a new line). Throws a ContentError
 * with every faulty line.
 */
export function readCases(folder: URL): Case[] {
  return languages.flatMap((language) => readCaseFile(new URL(`${language}.tsv`, folder), language))
}

function readCaseFile(file: URL, language: Language): Case[] {
  const faults: string[] = []
  const cases = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, at): Case[] => {
      if (line.trim() === '') return []
      const [label, kind, text, ...more] = line.split('\t')
      const isKnown = label === 'held' || label === 'honest'
      if (isKnown && kind && text && more.length === 0)
        return [{ language, isHeld: label === 'held', kind, text: text.replaceAll(' / ', '\n') }]
      faults.push(`line ${at + 1}: write held or honest, a kind and the text, with tabs between`)
      return []
    })
  if (faults.length > 0) throw new ContentError(`${fileURLToPath(file)} needs correcting:\n- ${faults.join('\n- ')}`)
  return cases
}

const Offers = z.strictObject({ held: z.array(z.string()), honest: z.array(z.string()) })
const Table = z.strictObject({ kk: Offers, ru: Offers, en: Offers })

/** The offers of the tables of the tests, by whose like the signs were written. */
export async function readTables(files: URL): Promise<Case[]> {
  const names = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']
  const tables = await Promise.all(
    names.map((name) => readChecked(new URL(`test/flows/vacancies/scam/${name}.yaml`, files), Table)),
  )
  return tables.flatMap((table) =>
    languages.flatMap((language) =>
      (['held', 'honest'] as const).flatMap((label) =>
        table[language][label].map((text) => {
          return { language, isHeld: label === 'held', kind: 'table', text: text.replace(/\[.+?\] ?/, '') }
        }),
      ),
    ),
  )
}
