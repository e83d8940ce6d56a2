/** Signs a name has at most, counted as a person counts them. */
export const longestName = 64
/** What 64 signs take at most, in UTF-16 units: an emoji of a whole family takes eleven. */
export const mostUnits = 1024

export type ReadName =
  | { readonly type: 'name'; readonly name: string }
  /** Nothing in it can be seen. */
  | { readonly type: 'empty' }
  | { readonly type: 'tooLong' }

/** A name as it is kept: one line of signs that are seen and do not turn the writing round, without surrounding space. */
export function readName(text: string): ReadName {
  const line = text
    .slice(0, 4 * mostUnits)
    .replace(unseen, '')
    .replace(manyMarks, '$1')
    .replace(/\s+/gu, ' ')
    .trim()
  const name = introduction.test(line) ? line.replace(introduction, '').replace(/[.!,;]+$/u, '') : line
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) return { type: 'empty' }
  return isShort(name) && text.length <= 4 * mostUnits ? { type: 'name', name } : { type: 'tooLong' }
}

/** Whether a name has no more signs than it may. */
export function isShort(name: string): boolean {
  if (name.length > mostUnits) return false
  let count = 0
  for (const _ of signs.segment(name)) if (++count > longestName) return false
  return true
}

/** What people say before their name. */
const introduction =
  /^(?:(?:сәлем|салем|привет|здравствуйте|hi|hello)[,.!]*\s+)?(?:(?:меня|мня)\s+зовут|мо[её]\s+имя|я\s*[-–—]|(?:менің|менин|мен[іи]ң?)\s+ат[ыi]м|ат[ыi]м|my\s+name\s+is|my\s+name['’]s|i\s*am|i['’]m|call\s+me)\s*[:,–—-]?\s+(?=\S)/iu

/** Controls and formats, but for the joiner within emoji; letters and signs that are blank; halves of a sign. */
const unseen = /(?!\u200d)[\p{Cf}\p{Cs}]|(?!\s)\p{Cc}|[\u115f\u1160\u2800\u3164\uffa0]/gu

/** More marks on one letter than any name has. */
const manyMarks = /(\p{M}{3})\p{M}+/gu

const signs = new Intl.Segmenter('kk', { granularity: 'grapheme' })
