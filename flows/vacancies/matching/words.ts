import { foldText } from '../../common/letters.ts'

/** A word or phrase somebody looks for: of each of its words the stems, one of which has to be there. */
export type Phrase = readonly (readonly string[])[]

/** The stems of all words of a text, each once. */
export function stemsOf(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).flatMap(stemsOfWord))
}

/** Phrases as stems, each once and in one order; what has neither letter nor digit is none. */
export function phrasesOf(texts: readonly string[]): readonly Phrase[] {
  const folded = texts.map((text) => [...new Set(wordsOf(text))].sort()).filter((words) => words.length > 0)
  const byKey = new Map(folded.map((words) => words.map(stemsOfWord)).map((phrase) => [keyOf(phrase), phrase]))
  return [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, phrase]) => phrase)
}

/** Whether all words of a phrase are among these stems, wherever they stand. */
export function isSaid(phrase: Phrase, stems: ReadonlySet<string>): boolean {
  return phrase.every((forms) => forms.some((stem) => stems.has(stem)))
}

/**
 * A folded word without its endings, only for comparing: "drivers" as "driver", «продавца» as «продавец»,
 * «аспазшыларға» as «аспазшы». Two of them where it may be Kazakh or Russian: «складе» ends as «қаладе» would.
 */
export function stemsOfWord(word: string): readonly string[] {
  // No ending stands so far behind, and hostile words are long.
  const known = word.slice(0, longestWord)
  if (/^[a-z]+$/.test(known)) return [withoutEnding(known, english)]
  const stems = [russian, kazakh].map((endings) => plainEnd(endings.reduce(withoutEnding, known)))
  return [...new Set(stems)]
}

function wordsOf(text: string): string[] {
  return foldText(text)
    .split(' ')
    .filter((word) => word !== '')
}

function keyOf(phrase: Phrase): string {
  return phrase.map((forms) => forms.join('/')).join(' ')
}

const longestWord = 40
/** Letters that are left of a word at least; «касса» is folded to «каса». */
const shortest = 3

function withoutEnding(word: string, ending: RegExp): string {
  const end = word.search(ending)
  return end < shortest ? word : word.slice(0, end)
}

// All endings are spelt as `foldText` leaves them, the longest first.
const english = /(?:(?<=ch|sh|x)es|(?<=[^s])s)$/
const russian = [
  /(?:иями|ями|ами|ому|ему|ого|его|ыми|ими|иях|ях|ах|ов|ев|ью|ей|ой|ий|ый|ая|яя|ое|ее|ые|ие|ую|юю|ых|их|ым|им|ам|ям|ом|ем|ия|ии|ию|а|я|ы|и|у|ю|о|е|ь|й)$/,
]
/** Of each one at most, in the order a word has them from its end: case, whose it is, plural, and the last vowel. */
const kazakh = [
  /(?:[ндт][ыи]н|[ндт][ае]н|[мбп]ен|[гк][ае]|[ндт][ыи]|[дт][ае])$/,
  /(?:[ыи]м|[ыи]н|с[ыи]|[ыи])$/,
  /[лдт][ае]р$/,
  /[ыи]$/,
]

/** Kazakh consonants that soften («көмек», «көмегі»), and Russian vowels that come and go («продавец», «продавца»). */
function plainEnd(stem: string): string {
  return stem
    .replace(/г$/, 'к')
    .replace(/б$/, 'п')
    .replace(/(?<=.{3})[ео](?=[цк]$)/, '')
}
