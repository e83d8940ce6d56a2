/**
 * One spelling for the many a message can have: lower case, NFKC, no accents, Kazakh letters as on a Russian keyboard,
 * ё as е, look-alike letters of another alphabet set right, letters written apart joined, repeated letters and
 * everything that is not a letter or digit collapsed.
 */
export function foldText(text: string): string {
  const whole = text.replace(manyMarks, '$1').normalize('NFKC')
  const lower = whole.slice(0, mostGrowth * text.length).toLowerCase()
  const bare = lower
    .replace(/[\u00c0-\u024f]/g, (letter) => letter.normalize('NFD'))
    .replace(/[\p{M}\p{Cf}'’‘ʼ`´]/gu, '')
    .replaceAll('ı', 'i')
  // Most messages have no disguised words; looking first saves a third of the time.
  const readable = mixedWord.test(bare) ? bare.replace(/[\p{L}\p{N}]+/gu, oneAlphabet) : bare
  return readable
    .replace(/[әғқңөұүһіё]/g, (letter) => plainLetters[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/(?<!\S)(?:\p{L} ){3,}\p{L}(?!\S)/gu, (letters) => letters.replaceAll(' ', ''))
    .replace(/([a-zа-я])\1+/g, '$1')
}

/** NFKC makes eighteen letters of some signs; a text of words stays as long as it is. */
const mostGrowth = 4

/** More marks than any letter has: putting them in order takes a time that grows with the square of their number. */
const manyMarks = /(\p{M}{3})\p{M}+/gu

const mixedWord = /[a-z\d][\u0400-\u052f]|[\u0400-\u052f][a-z\d]|[a-z]\d|\d[a-z]/

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
