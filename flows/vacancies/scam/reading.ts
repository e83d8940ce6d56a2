import { foldText, soundsOf } from '../../common/letters.ts'

/** A word as it was written and as it sounds; `*` in a sound is a letter that was hidden. */
export type SpokenWord = {
  readonly text: string
  readonly sound: string
  readonly isLatin: boolean
  readonly sentence: number
}

export type ReadText = {
  readonly words: readonly SpokenWord[]
  /** In lower case. */
  readonly links: readonly string[]
}

/** No word of any language is longer, in letters. */
const longestWord = 40

const link =
  /(?:https?:\/\/|www\.)\S{1,2000}|(?<![\p{L}\p{N}@._-])[a-z\d-]{1,30}(?:\.[a-z\d-]{1,30})?\.[a-z]{2,6}\/\S{1,2000}/giu
/** Letters, perhaps with a hidden one or an apostrophe among them. */
const word = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|[*'’ʼ`](?=[\p{L}\p{N}*]))*/gu
const latin = /[a-z]/i
/** Where one sentence ends and another begins: lines of a list have no full stops. */
const sentenceEnd = /[!?;\n\r•●▪■✅✔📌🔹🔸]|\.(?!\d)/u

/** The words and links of a text, in a time that grows with its length. */
export function readText(text: string): ReadText {
  const links = text.match(link) ?? []
  const plain = withoutDisguise(withWholeSums(text.replace(link, ' . ')))
  const sounds = new Map<string, string>()
  const words: SpokenWord[] = []
  let [sentence, end] = [0, 0]
  for (const { 0: text, index } of plain.matchAll(word)) {
    if (sentenceEnd.test(plain.slice(end, index))) sentence++
    end = index + text.length
    const known = sounds.get(text) ?? soundOf(text)
    sounds.set(text, known)
    if (known !== '') words.push({ text, sound: known, isLatin: latin.test(text), sentence })
  }
  return { words, links: links.map((one) => one.toLowerCase()) }
}

/** A word in the one spelling in which words are compared, in whatever alphabet it was written. */
export function soundOf(written: string): string {
  const letters = written
    .slice(0, longestWord)
    .toLowerCase()
    .replace(/[şçjı]/g, (letter) => turkic[letter] ?? letter)
  // A short word is another one without its doubled letter: CVV is no CV.
  if (letters.length <= 3 && /(.)\1/u.test(letters))
    return Array.from(letters, (one) => soundsOf(foldText(one))).join('')
  if (!letters.includes('*')) return soundsOf(foldText(letters).replaceAll(' ', ''))
  return letters
    .split('*')
    .map((part) => soundsOf(foldText(part)))
    .join('*')
}

const turkic: Readonly<Record<string, string>> = { ş: 'sh', ç: 'ch', j: 'zh', ı: 'y' }

/** Sums as one word ("5 000"), with the sign of the tenge as a word. */
function withWholeSums(text: string): string {
  return text
    .replace(/(?<!\d)\d{1,3}(?:[ .,'\u00a0\u202f]\d{3})+(?!\d)/g, (sum) => sum.replace(/\D/g, ''))
    .replaceAll('₸', ' тг ')
}

/** Letters apart ("п р е д о п л а т а"), and signs for letters ("закл@дка") or between them ("о_б_н_а_л"). */
function withoutDisguise(text: string): string {
  return text
    .replace(apart, (letters) => letters.replace(/[^\p{L}]/gu, ''))
    .replace(/(?<=\p{L})[@$0_|~^·](?=\p{L})/gu, (sign) => meant[sign] ?? '')
}

const apart = /(?<![\p{L}\p{N}])(?:\p{L}[ .*_·•-]){3,}\p{L}(?![\p{L}\p{N}])/gu
const meant: Readonly<Record<string, string>> = { '@': 'а', $: 's', '0': 'о' }
