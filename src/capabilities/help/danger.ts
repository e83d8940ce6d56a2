import { z } from 'zod'
import { createDangerCheck } from '../../../flows/help/danger.ts'
import { languages } from '../../../flows/kit/words.ts'
import { readChecked } from '../../base/content-files.ts'

const phrase = z.string().superRefine((text, context) => {
  try {
    createDangerCheck([text])
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
  }
})
const dangerSchema = z.object({ phrases: z.array(phrase).min(1) })

/**
 * The check for words of despair or danger, made of the lists of all languages: people mix them. Throws a ContentError
 * naming the file, and line and field of each phrase that cannot be used.
 */
export async function readDangerCheck(locales: URL): Promise<(text: string) => boolean> {
  const files = languages.map((language) => new URL(`${language}/danger.json`, locales))
  const lists = await Promise.all(files.map((file) => readChecked(file, dangerSchema)))
  return createDangerCheck(lists.flatMap(({ phrases }) => phrases))
}
