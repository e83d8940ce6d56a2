import { distance, foldText, soundsOf } from '../../flows/common/letters.ts'

/** Letters from which on a word may be mistyped by one. */
const forgiven = 5
/** The same where words may stand anywhere: «қайда» must not be taken for «қалай». */
const forgivenAlone = 6
/** How much of a message is looked at, in letters. */
const longest = 400

/** A phrase whose words are compared by their sounds. */
export type Phrase = readonly string[]

export function readPhrase(folded: string): Phrase {
  return folded.split(' ').map(soundsOf)
}

export function readMessage(text: string): Phrase {
  return readPhrase(foldText(text.slice(0, longest)))
}

/** Whether a message says the phrase and nothing else, give or take a letter in words of at least `from` letters. */
export function says(message: Phrase, phrase: Phrase, from = forgiven): boolean {
  return message.length === phrase.length && phrase.every((word, place) => isAlike(message[place] ?? '', word, from))
}

/** Whether a message says the phrase among other words. One short word may stand anywhere by chance. */
export function mentions(message: Phrase, phrase: Phrase): boolean {
  if (phrase.join('').length < forgiven) return false
  return message.some((_, start) => says(message.slice(start, start + phrase.length), phrase))
}

/** A phrase by whose words a text is known, whatever else stands in it. `isOpen`: with any ending. */
export type Pattern = readonly { readonly sound: string; readonly isOpen: boolean }[]

/** A phrase in which a star at the end of a word stands for any ending: "паспорт*". */
export function readPattern(written: string): Pattern {
  return written
    .trim()
    .split(/\s+/)
    .map((word) => ({ sound: soundsOf(foldText(word)), isOpen: word.endsWith('*') }))
}

/** Whether all words of the pattern stand in the message, in any order. */
export function holds(message: Phrase, pattern: Pattern): boolean {
  return pattern.every(({ sound, isOpen }) =>
    message.some((word) => isAlike(isOpen ? word.slice(0, sound.length) : word, sound, forgivenAlone)),
  )
}

/** A phrase without words that only lead up to what it says; as it is where too little would be left. */
export function withoutFillers(phrase: Phrase, fillers: ReadonlySet<string>): Phrase {
  const rest = phrase.filter((word) => !fillers.has(word))
  return rest.join('').length < forgiven ? phrase : rest
}

function isAlike(one: string, other: string, from: number): boolean {
  return one === other || (Math.min(one.length, other.length) >= from && distance(one, other, 1) <= 1)
}
