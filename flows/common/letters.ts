/**
 * One spelling for the many a message can have: lower case, NFKC, no accents, Kazakh letters as on a Russian keyboard,
 * ё as е, look-alike letters of another alphabet set right, letters written apart joined, repeated letters and
 * everything that is not a letter or digit collapsed.
 */
export function foldText(text: string): string {
  const bare = bareText(text)
  // Most messages have no disguised words; looking first saves a third of the time.
  const readable = mixedWord.test(bare) ? bare.replace(/[\p{L}\p{N}]+/gu, oneAlphabet) : bare
  return withPlainLetters(readable)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/(?<!\S)(?:\p{L} ){3,}\p{L}(?!\S)/gu, (letters) => letters.replaceAll(' ', ''))
    .replace(/([a-zа-я])\1+/g, '$1')
}

/** As `foldText` for letters alone: figures, signs, spaces and repeated letters stay as they were written. */
export function plainText(text: string): string {
  const bare = bareText(text)
  return withPlainLetters(mixedLetters.test(bare) ? bare.replace(/\p{L}+/gu, oneAlphabet) : bare)
}

function bareText(text: string): string {
  // Most long texts are of letters and signs that stay as they are.
  if (plainSigns.test(text)) return text.toLowerCase()
  const whole = text.replace(manyMarks, '$1').normalize('NFKC')
  const lower = whole.slice(0, mostGrowth * text.length).toLowerCase()
  return lower
    .replace(/[\u00c0-\u024f]/g, (letter) => letter.normalize('NFD'))
    .replace(/[\p{M}\p{Cf}'’‘ʼ`´]/gu, '')
    .replaceAll('ı', 'i')
}

function withPlainLetters(text: string): string {
  return text.replace(/[әғқңөұүһіё]/g, (letter) => plainLetters[letter] ?? letter)
}

/** Signs without marks, accents or apostrophes, which NFKC does not change. */
const plainSigns = /^[\t\n\r -&(-_a-~\u0400-\u0482\u048a-\u04ff«»–—•₸]*$/

/** NFKC makes eighteen letters of some signs; a text of words stays as long as it is. */
const mostGrowth = 4

/** More marks than any letter has: putting them in order takes a time that grows with the square of their number. */
const manyMarks = /(\p{M}{3})\p{M}+/gu

const mixedWord = /[a-z\d][\u0400-\u052f]|[\u0400-\u052f][a-z\d]|[a-z]\d|\d[a-z]/

const mixedLetters = /[a-z][\u0400-\u052f]|[\u0400-\u052f][a-z]/

const plainLetters: Readonly<Record<string, string>> = {
  ә: 'а',
  ғ: 'г',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
  ё: 'е',
}

const lookAlikes = { latin: 'aceopxykmtbhi', cyrillic: 'асеорхукмтвні' }
const digitAlikes = { digits: '0136', latin: 'oieb', cyrillic: 'оізб' }

const toCyrillic = letterMap(lookAlikes.latin + digitAlikes.digits, lookAlikes.cyrillic + digitAlikes.cyrillic)
const toLatin = letterMap(lookAlikes.cyrillic + digitAlikes.digits, lookAlikes.latin + digitAlikes.latin)

function letterMap(from: string, to: string): ReadonlyMap<string, string> {
  const target = [...to]
  return new Map([...from].map((letter, at) => [letter, target[at] ?? letter]))
}

function oneAlphabet(word: string): string {
  if (!mixedWord.test(word)) return word
  const cyrillic = word.match(/\p{Script=Cyrillic}/gu)?.length ?? 0
  const latin = word.match(/\p{Script=Latin}/gu)?.length ?? 0
  // Short words with digits are school classes and numbers ("9а", "5б"), not disguised words.
  if (cyrillic + latin < 3) return word
  const map = cyrillic >= latin ? toCyrillic : toLatin
  return Array.from(word, (letter) => map.get(letter) ?? letter).join('')
}

/**
 * How a folded text sounds, in one spelling for Cyrillic and Latin letters: "mugalim" as «мугалим», «сваршик» as
 * «сварщик». Only for comparing.
 */
export function soundsOf(folded: string): string {
  return folded
    .replace(/shch|sh|ch|zh|kh|ts|y[auo]/g, (letters) => pairs[letters] ?? letters)
    .replace(/[a-zйыщъьэюяц]/g, (letter) => sounds[letter] ?? letter)
    .replace(/(.)\1+/g, '$1')
}

const pairs: Readonly<Record<string, string>> = {
  shch: 'ш',
  sh: 'ш',
  ch: 'ч',
  zh: 'ж',
  kh: 'х',
  ts: 'тс',
  ya: 'иа',
  yu: 'иу',
  yo: 'ио',
}

const sounds: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Array.from('abcdefghijklmnopqrstuvwxyz', (latin, at) => [latin, 'абкдефгхижклмнопкрстуввхиз'[at] ?? latin]),
  ),
  й: 'и',
  ы: 'и',
  щ: 'ш',
  ъ: '',
  ь: '',
  э: 'е',
  ю: 'иу',
  я: 'иа',
  ц: 'тс',
}

/**
 * How many letters must be changed, left out, put in or exchanged with their neighbour to make one word of another; a
 * number beyond `most` where that is more.
 */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let [before, last]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, place) => place)]
  for (let row = 1; row <= one.length; row++) {
    const next = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      const steps = Math.min(at(last, column) + 1, at(next, column - 1) + 1, at(last, column - 1) + (isSame ? 0 : 1))
      next.push(isSwapped ? Math.min(steps, at(before, column - 2) + 1) : steps)
    }
    if (Math.min(...next) > most) return most + 1
    ;[before, last] = [last, next]
  }
  return at(last, other.length)
}

function at(numbers: readonly number[], place: number): number {
  return numbers[place] ?? 0
}
