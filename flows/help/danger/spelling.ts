/** Shorter words stay as they are: too many would be taken for one another. */
const shortest = { russian: 4, other: 5, slip: 6 }
const longest = 24
/** In Russian "о" and "а" sound alike, too; in Kazakh they tell wishing to die from wishing to take. */
export type Ear = 'russian' | 'other'
const sounds = new Map(['ыи', 'еи', 'йи', 'эи', 'юу', 'яа', 'щш'].map(([from = '', to = '']) => [from, to]))

/**
 * What a Cyrillic word sounds like, roughly: letters that are taken for one another are one, the soft sign is none. The
 * last letter, with which a word becomes another, stays unless the word is `open` to any ending.
 */
export function soundOf(word: string, ear: Ear, open = false): string {
  if (word.length < shortest[ear] || word.length > longest) return word
  const heard = word
    .replace(/т[ьъ]?ся/g, 'ца')
    .replace(/т[ьъ]?с/g, 'ц')
    .replace(/[ьъ]/g, '')
  const end = open ? heard.length : heard.length - 1
  return Array.from(heard, (letter, at) => soundOfLetter(letter, at < end, ear)).join('')
}

function soundOfLetter(letter: string, isWithin: boolean, ear: Ear): string {
  if (letter === 'о') return isWithin && ear === 'russian' ? 'а' : letter
  return isWithin || letter === 'ы' ? (sounds.get(letter) ?? letter) : letter
}

/** Whether a word is long enough to be known though a letter of it went wrong. */
export function mayHaveSlip(word: string): boolean {
  return word.length >= shortest.slip && word.length <= longest
}

/** The word with each of its letters taken out once, but the first and the last: with an ending it is another word. */
export function withoutOne(word: string): string[] {
  return Array.from({ length: Math.max(0, word.length - 2) }, (_, at) => word.slice(0, at + 1) + word.slice(at + 2))
}

/** The word with each two neighbours but the first letter in each other's place once. */
export function withSwap(word: string): string[] {
  return Array.from({ length: Math.max(0, word.length - 2) }, (_, before) => {
    const at = before + 1
    return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)
  })
}
