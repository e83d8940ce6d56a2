import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { createDangerCheck } from '../../../flows/help/danger.ts'
import { ContentError } from '../../../flows/kit/content-error.ts'
import { languages } from '../../../flows/kit/words.ts'
import { readJson } from '../../i18n/load.ts'

const Phrases = z.object({ phrases: z.array(z.string()).min(1) })

/**
 * The check for words of despair or danger, made of the lists of all languages: people mix them. Throws a ContentError
 * naming the file and the phrase that cannot be used.
 */
export async function readDangerCheck(locales: URL): Promise<(text: string) => boolean> {
  const lists = await Promise.all(languages.map((language) => readPhrases(new URL(`${language}/danger.json`, locales))))
  return createDangerCheck(lists.flat())
}

async function readPhrases(file: URL): Promise<string[]> {
  const list = Phrases.safeParse(await readJson(file))
  const faults = list.success
    ? faultsOf(list.data.phrases)
    : list.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole file'}: ${message}`)
  if (list.success && faults.length === 0) return list.data.phrases
  throw new ContentError(`The file ${fileURLToPath(file)} needs correcting:\n- ${faults.join('\n- ')}`)
}

function faultsOf(phrases: readonly string[]): string[] {
  return phrases.flatMap((phrase) => {
    try {
      createDangerCheck([phrase])
      return []
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)]
    }
  })
}
