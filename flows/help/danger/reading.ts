import { foldText } from '../../common/letters.ts'
import type { Language } from '../../kit/words.ts'
import { fromLatinKeys, isForeignInLatin, toCyrillic } from './latin.ts'

/** A message as words in one spelling, each with the number of its sentence. */
export type Reading = {
  readonly words: readonly string[]
  readonly sentences: readonly number[]
  readonly taken: Taken
}

/** Words are looked up as they are written, as they sound, or also with a slip of the finger. */
export type Taken = 'written' | 'heard' | 'slipped'

/** A message in the spellings that all languages look at. */
export type Spellings = {
  readonly plain: Reading
  /** Without what disguises letters, where there is such. */
  readonly bare: Reading | undefined
  /** Of Latin letters: as those of Cyrillic, and as the keys of a keyboard that was to be switched. */
  readonly latin: { readonly heard: Reading; readonly switched: Reading } | undefined
  /** The words that have letters no Russian word has. */
  readonly kazakh: ReadonlySet<string>
  /** With a word for its laughing faces, where it has such; the Kazakh rules know it. */
  readonly laughing: Spellings | undefined
}

/** `isEnglish` words are no Kazakh or Russian ones in Latin letters. */
export function spellingsOf(text: string, isEnglish: (word: string) => boolean): Spellings {
  const bare = withoutDisguise(text)
  const laughing = text.replace(laughingFaces, ' lol ')
  return {
    plain: readWords(text),
    bare: bare === text ? undefined : readWords(bare),
    latin: isForeignInLatin(text)
      ? { heard: readWords(toCyrillic(bare, isEnglish)), switched: readWords(fromLatinKeys(text)) }
      : undefined,
    kazakh: kazakhWords(text),
    laughing: laughing === text ? undefined : spellingsOf(laughing, isEnglish),
  }
}

const laughingFaces = /[😂🤣😹😆]+/gu

/**
 * The ways in which somebody who knows that language reads a message, the plainest first: as it stands; as it sounds;
 * with words that are glued together taken apart; and the same for its other spellings.
 */
export function* readingsOf(spellings: Spellings, language: Language, split: Split): Generator<Reading> {
  const { plain, bare, latin, kazakh } = (language === 'kk' ? spellings.laughing : undefined) ?? spellings
  const own = language === 'ru' ? without(plain, kazakh) : plain
  yield own
  yield* looser(own, 'slipped', split)
  if (bare !== undefined) yield* looser(language === 'ru' ? without(bare, kazakh) : bare, 'slipped', split)
  if (language === 'en' || latin === undefined) return
  // With a slip English words are Kazakh ones.
  yield* looser(latin.heard, 'heard', split)
  yield latin.switched
}

/** The words that one is made of, where somebody left out the spaces. */
type Split = (word: string) => readonly string[] | undefined

function* looser(plain: Reading, taken: Taken, split: Split): Generator<Reading> {
  yield { ...plain, taken }
  const parts = plain.words.map((word) => split(word))
  if (parts.every((part) => part === undefined)) return
  const words = plain.words.flatMap((word, at) => parts[at] ?? [word])
  const sentences = plain.sentences.flatMap((sentence, at) => (parts[at] ?? ['']).map(() => sentence))
  yield { words, sentences, taken }
}

/** Such words keep their places and are none. */
function without(reading: Reading, left: ReadonlySet<string>): Reading {
  if (left.size === 0) return reading
  return { ...reading, words: reading.words.map((word) => (left.has(word) ? '' : word)) }
}

function kazakhWords(text: string): ReadonlySet<string> {
  const kazakh = /[әғқңөұүһі]/iu
  if (!kazakh.test(text)) return new Set()
  const words = text.split(/\s+/).filter((word) => kazakh.test(word))
  return new Set(words.flatMap((word) => foldText(word).split(' ')))
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
  return { words, sentences, taken: 'written' }
}

/** What stands for a letter inside a word, or hides one ("su!cide", "с*ицид", "к.и.л.л"). */
const disguise = /(?<=[\p{L}\p{N}])[*#@$%_.•·|~=+^&!-](?=[\p{L}\p{N}])|(?<=[a-z])[457](?=[a-z])/giu
const meant: Readonly<Record<string, string>> = { '@': 'a', $: 's', '!': 'i', '|': 'l', '4': 'a', '5': 's', '7': 't' }
/** Three letters apart may be a word ("d i e"); more of them are one in any spelling. */
const apart = /(?<!\S)\p{L} \p{L} \p{L}(?!\S)/gu

function withoutDisguise(text: string): string {
  return text.replace(disguise, (mark) => meant[mark] ?? '').replace(apart, (letters) => letters.replaceAll(' ', ''))
}
