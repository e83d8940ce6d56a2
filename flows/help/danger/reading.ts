import { foldText } from '../../common/letters.ts'
import { fromLatinKeys, isLatin, toCyrillic } from './latin.ts'

/** A message as words in one spelling, each with the number of its sentence. */
export type Reading = {
  readonly words: readonly string[]
  readonly sentences: readonly number[]
  /** Words are looked up as they sound, and with a slip of the finger. */
  readonly misspelt: boolean
}

/**
 * The ways a message can be read, the plainest first: as it stands; as it sounds; with what disguises letters taken out of
 * its words; with words that are glued together taken apart; and Latin letters as those of another alphabet or keyboard.
 */
export function* readingsOf(text: string, { split, isKnown }: Known): Generator<Reading> {
  const plain = readWords(text)
  yield plain
  yield* looser(plain, split)
  const bare = withoutDisguise(text)
  if (bare !== text) yield* looser(readWords(bare), split)
  if (!isLatin(text)) return
  yield* looser(readWords(toCyrillic(bare, isKnown)), split)
  yield readWords(fromLatinKeys(text))
}

/** What the rules know. */
type Known = {
  isKnown(word: string): boolean
  /** The words that one is made of, where somebody left out the spaces. */
  split(word: string): readonly string[] | undefined
}

function* looser(plain: Reading, split: Known['split']): Generator<Reading> {
  yield { ...plain, misspelt: true }
  const parts = plain.words.map((word) => split(word))
  if (parts.every((part) => part === undefined)) return
  const words = plain.words.flatMap((word, at) => parts[at] ?? [word])
  const sentences = plain.sentences.flatMap((sentence, at) => (parts[at] ?? ['']).map(() => sentence))
  yield { words, sentences, misspelt: true }
}

/** A sentence ends at a mark with a space behind it; several full stops are a pause. */
const sentenceEnd = /[!?]\s|(?<!\.)\.\s/

/** The words of a message in one spelling, sentence by sentence. */
export function readWords(text: string): Reading {
  const words: string[] = []
  const sentences: number[] = []
  for (const [sentence, part] of text.split(sentenceEnd).entries()) {
    for (const word of foldText(part).split(' ')) {
      if (word === '') continue
      words.push(word)
      sentences.push(sentence)
    }
  }
  return { words, sentences, misspelt: false }
}

/** What stands for a letter inside a word, or hides one ("su!cide", "с*ицид", "к.и.л.л"). */
const disguise = /(?<=[\p{L}\p{N}])[*#@$%_.•·|~=+^&!-](?=[\p{L}\p{N}])/gu
const meant: Readonly<Record<string, string>> = { '@': 'a', $: 's', '!': 'i', '|': 'l' }

function withoutDisguise(text: string): string {
  return text.replace(disguise, (mark) => meant[mark] ?? '')
}
