import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { createDangerCheck } from '../flows/help/danger.ts'
import { languages } from '../flows/kit/words.ts'

const Phrases = z.object({ phrases: z.array(z.string()).min(1) })

/** The check for words of despair or danger, made of the lists of all languages: people mix them. */
export async function readDangerCheck(locales: URL): Promise<(text: string) => boolean> {
  const lists = await Promise.all(
    languages.map(async (language) => {
      const file = new URL(`${language}/danger.json`, locales)
      return Phrases.parse(JSON.parse(await readFile(file, 'utf8'))).phrases
    }),
  )
  return createDangerCheck(lists.flat())
}
