import { z } from 'zod'
import { plainText } from '../../common/letters.ts'
import { languages } from '../../kit/words.ts'
import { longest } from '../vacancy.ts'
import { lineOf } from './text.ts'

const words = z.array(z.string().min(1))

/** Words around the name of a job; see `terms/titles.yaml`. */
export const TitleWords = z.strictObject({
  calls: words,
  capitals: words,
  languages: z.record(z.enum(languages), words),
})
export type TitleWords = z.infer<typeof TitleWords>

/** Makes of «СРОЧНО!!! Требуется ПОВАР» what a person would write: «Повар». Empty where no word is in it. */
export type TitleReader = (text: string) => string

export function createTitleReader({ calls, capitals }: TitleWords): TitleReader {
  const called = new Set(calls.map((call) => plainText(call)))
  const widest = Math.max(...calls.map((call) => call.split(' ').length))
  const kept = new Map(capitals.map((word) => [word.toUpperCase(), word]))

  const isCall = (parts: readonly string[]) =>
    called.has(
      plainText(parts.join(' '))
        .replace(/[^\p{L}\d ]+/gu, '')
        .trim(),
    )

  /** Calls at either end are left out, one by one; never the last word. */
  const withoutCalls = (title: string): string => {
    let parts = title.split(' ')
    for (let before = -1; before !== parts.length; ) {
      before = parts.length
      for (let size = Math.min(widest, parts.length - 1); size > 0; size--) {
        if (isCall(parts.slice(0, size))) parts = parts.slice(size)
        else if (isCall(parts.slice(-size)) && !/\d/.test(parts.at(-1) ?? '')) parts = parts.slice(0, -size)
        else continue
        break
      }
    }
    return trimmed(parts.join(' '))
  }

  const calm = (title: string): string => {
    const letters = title.match(/\p{L}/gu)?.length ?? 0
    if (letters < 4 || /\p{Ll}/u.test(title)) return title
    return title
      .toLowerCase()
      .replace(/[\p{L}\d]+/gu, (word) => kept.get(word.toUpperCase()) ?? word)
      .replace(/(?<=[«"“])\p{L}/gu, (letter) => letter.toUpperCase())
  }

  return (text) => {
    const line = lineOf(text, longest.title).replace(/\p{Extended_Pictographic}|[\u200d\ufe0f]/gu, (sign) =>
      /[\d#*]/.test(sign) ? sign : ' ',
    )
    const bare = line.replace(/(?<!\S)#[\p{L}_]\S*/gu, ' ')
    const title = calm(
      withoutCalls(
        trimmed((/\p{L}/u.test(bare) ? bare : line).replace(/([!?.*=_~#-])\1+/g, '$1').replace(/\s+/g, ' ')),
      ),
    )
    return /\p{L}/u.test(title) ? title.charAt(0).toUpperCase() + title.slice(1) : ''
  }
}

/** Signs at the ends that belong to nothing; brackets stay. */
function trimmed(text: string): string {
  return text
    .replace(/^[^\p{L}\d("«[]+/u, '')
    .replace(/[\s!?.,;:*|/=_~#«"([–—-]+$/u, '')
    .trim()
}
