import { foldText } from '../../../flows/common/letters.ts'
import { isQuestion } from '../../../flows/common/questions.ts'
import { mayUse } from '../../../flows/kit/access.ts'
import { translator } from '../../../flows/kit/words.ts'
import type { Hit } from '../../../flows/search/contract.ts'
import type { VacanciesInput } from '../../../flows/vacancies/context.ts'
import { filterName } from '../../../flows/vacancies/filter-lines.ts'
import { Filter } from '../../../flows/vacancies/matching/filter.ts'
import type { World } from '../../engine/ports.ts'
import { phrasesOf } from '../../i18n/lists.ts'
import type { WordsBook } from '../../i18n/words.ts'
import type { Finder } from '../capability.ts'
import { regionsOf } from './defaults.ts'
import type { NamesOf } from './filter-names.ts'
import { type ReadSought, withSought } from './said.ts'
import { ageOf } from './shown.ts'

const t = translator('vacancies')

/** A longer text was not written to be looked for. */
const longest = 120

/** Folded words by which a text asks for vacancies. */
export type SeekingWords = {
  /** For a job itself ("vacancy"): a profession beside one, a place or pay makes a search. */
  readonly work: ReadonlySet<string>
  /** For wanting one ("needed", "to work"), which may be a wish: a place or pay must be named, too. */
  readonly wanting: ReadonlySet<string>
  /** What may stand beside without changing what is looked for ("without experience"). */
  readonly beside: ReadonlySet<string>
}

export function seekingWordsIn(words: Pick<WordsBook, 'plain'>): SeekingWords {
  return {
    work: new Set(phrasesOf('vacancies:seeking.work', words)),
    wanting: new Set(phrasesOf('vacancies:seeking.wanting', words)),
    beside: new Set(phrasesOf('vacancies:seeking.beside', words)),
  }
}

/** Work that no profession is known for is called by so many words at most. */
const mostWords = 3

/**
 * A search for work that is written as one: which work, where, for how much, and nothing else. Work that the catalogue
 * does not know ("a waiter's job") is offered by its words, where open vacancies have them.
 */
export function findVacancies(
  readSought: ReadSought,
  names: NamesOf,
  { work, wanting, beside }: SeekingWords,
  count: (filter: Filter, world: World) => Promise<number>,
): Finder {
  return async (text, world) => {
    const { person } = world
    if (text.length > longest || isQuestion(text)) return []
    const said = foldText(text).split(' ')
    const isWish = said.some((word) => wanting.has(word))
    const isJob = said.some((word) => work.has(word))
    const isAsked = isWish || isJob
    const sought = readSought(text)
    if (sought === undefined) return []
    const { region, town, pay, left } = sought
    // "For students" shares its letters with the name of some work.
    const professions = readSought(said.filter((word) => !beside.has(word)).join(' '))?.professions ?? []
    const isPlaced = region !== null || town !== null || pay !== null
    const isNamed = professions.length > 0
    // "Nurse, Kyzylorda" asks for work, too, but less surely.
    const isSought = isAsked ? isPlaced || (isNamed && !isWish) : isPlaced && isNamed
    // "Work with children" or "the card for work in Almaty" asks for something else as well.
    const others = left.filter((word) => !work.has(word) && !wanting.has(word) && !beside.has(word))
    const own = Filter.parse({ regions: regionsOf(person), ageBand: ageOf(person) })
    if (others.length === 0)
      return isSought
        ? hitOf(withSought(own, { ...sought, professions, words: null }), isAsked ? 'whole' : 'exact')
        : []
    const isWork = (isJob || (isWish && isPlaced)) && !isNamed && others.length <= mostWords
    if (!isWork || !mayUse('met', person)) return []
    const filter = withSought(own, { ...sought, professions: [], words: others.join(' ') })
    return (await count(filter, world)) > 0 ? hitOf(filter, 'word') : []
  }

  function hitOf(filter: Filter, fit: Hit['fit']): Hit[] {
    const label = t('seeking.found', { name: filterName(t, filter, names(filter)) })
    return [{ kind: 'vacancies', label, flow: 'vacancies', input: { filter } satisfies VacanciesInput, fit }]
  }
}
