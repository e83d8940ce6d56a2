import { foldText } from '../../../flows/common/letters.ts'
import { languages } from '../../../flows/kit/words.ts'
import { readAnswer } from '../../../flows/survey/contract.ts'
import { answerRange, type Instrument, rangeOf } from '../../../flows/survey/instrument.ts'
import { readTyped, signsFor, type Vocabulary } from '../../../flows/survey/typed.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import { phrasesOf, questionWordsIn } from '../../i18n/lists.ts'
import type { WordsBook } from '../../i18n/words.ts'
import type { Finder } from '../capability.ts'

type Words = Pick<WordsBook, 'plain'>

/**
 * Reads answers that are written, by the words of the survey itself in whatever language. What is none, and of which
 * `find` knows nothing either, is told apart: it must not take the question away.
 */
export function typedReply(instruments: readonly Instrument[], words: Words, find: Finder): Reply {
  const vocabularies = new Map<string, Vocabulary>()
  const { asking } = questionWordsIn(words)
  // Whoever asks is told whom to ask.
  const isQuestion = (text: string) =>
    foldText(text)
      .split(' ')
      .some((word) => asking.has(word))
  return reply(readAnswer, async ({ instrument: id, item, text, worry }, world) => {
    const instrument = instruments.find((one) => one.id === id)
    const other = { type: 'other', text, worry } as const
    if (instrument === undefined) return other
    const key = instrument.scoring === 'rating' ? id : `${id} ${item}`
    const vocabulary = vocabularies.get(key) ?? vocabularyOf(instrument, item, words)
    vocabularies.set(key, vocabulary)
    const read = readTyped(text, vocabulary)
    if (read.type !== 'other') return read
    const isAnother = worry || isQuestion(text) || (await find(text, world)).length > 0
    return isAnother ? other : { type: 'unread' as const }
  })
}

function vocabularyOf(instrument: Instrument, item: string, words: Words): Vocabulary {
  const range = answerRange(instrument, item)
  const isRating = instrument.scoring === 'rating'
  const said = isRating ? degreeWords : optionWords
  const label = (value: number) => words.plain({ key: `${instrument.id}:rate.${value}` }, languages[0])
  return {
    range,
    isRating,
    phrases: rangeOf(range).map((value) => ({ value, said: said(instrument.id, item, value, words) })),
    signs: isRating ? signsFor(new Map(rangeOf(range).map((value) => [value, label(value)]))) : new Map(),
    places: placesIn(['survey:said.numbers', ...(isRating ? [] : ['survey:said.letters'])], words),
    unsure: new Set(phrasesOf('survey:said.unsure', words)),
    or: new Set(phrasesOf('survey:said.or', words)),
    fillers: new Set(phrasesOf('survey:said.fillers', words)),
  }
}

function degreeWords(id: string, _: string, value: number, words: Words): readonly string[] {
  return ['said', 'meaning', 'rate'].flatMap((part) => phrasesOf(`${id}:${part}.${value}`, words))
}

/** An option is named by its own text, commas and all. */
function optionWords(id: string, item: string, value: number, words: Words): readonly string[] {
  return languages.map((language) => foldText(words.plain({ key: `${id}:options.${item}.${value}` }, language)))
}

/** What stands in the first place of a list stands for 1. */
function placesIn(keys: readonly string[], words: Words): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (const key of keys)
    for (const language of languages)
      for (const [place, word] of words.plain({ key }, language).split(',').entries()) {
        const folded = foldText(word)
        places.set(folded, [...new Set([...(places.get(folded) ?? []), place + 1])])
      }
  return places
}
