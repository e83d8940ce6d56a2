import { scoreOfPiece, type Weights } from '../../common/classifier.ts'
import type { SpokenWord } from './reading.ts'

/** What was learned from offers that cheat and from honest ones, and by how much it is believed. */
export type Likeness = Weights & {
  /** An offer that scores more is held back by that alone. */
  readonly hard: number
  /** One that scores more is held back together with another sign. */
  readonly soft: number
  /** In one that scores less no sign is believed: its words are meant otherwise. */
  readonly doubt: number
}

/** Of fewer words nobody can tell whether an offer cheats (a title alone, a name and a telephone), or surely does not. */
export const fewestWords = { like: 9, unlike: 15 } as const
/** Longer offers are read in parts of so many words, each beginning in the middle of the one before. */
const partLength = 60

/** The parts in which an offer is read, at least one. */
export function partsOf<Word>(words: readonly Word[]): readonly (readonly Word[])[] {
  if (words.length <= 1.5 * partLength) return [words]
  const count = Math.ceil((2 * words.length) / partLength) - 1
  return Array.from({ length: count }, (_, at) => words.slice((at * partLength) / 2, (at / 2 + 1) * partLength))
}

/** How much an offer is like those that cheat, by the worst of its parts. */
export function likenessOf(words: readonly SpokenWord[], model: Weights): number {
  return scored(partsOf(words), model).score
}

/** The sentence that is most like those of offers that cheat. */
export function worstSentence(words: readonly SpokenWord[], model: Weights): readonly SpokenWord[] {
  const sentences: SpokenWord[][] = []
  for (const word of words) {
    const last = sentences.at(-1)
    if (last?.[0]?.sentence === word.sentence) last.push(word)
    else sentences.push([word])
  }
  return scored(sentences, model).part
}

function scored(parts: readonly (readonly SpokenWord[])[], model: Weights) {
  let [part, score]: [readonly SpokenWord[], number] = [[], Number.NEGATIVE_INFINITY]
  for (const one of parts) {
    const own = scoreOfPiece(
      one.map(({ sound }) => sound),
      model,
    )
    if (own > score) [part, score] = [one, own]
  }
  return { part, score }
}
