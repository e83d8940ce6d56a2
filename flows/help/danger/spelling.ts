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
  const heard = word.replace(/т[ьъ]?ся/g, 'ца').replace(/т[ьъ]?с|[ьъ]/g, (letters) => (letters[0] === 'т' ? 'ц' : ''))
  const end = open ? heard.length : heard.length - 1
  const within = heard.slice(0, end).replace(/[ыейэяющ]/g, (letter) => sounds.get(letter) ?? letter)
  const last = heard.slice(end).replace('ы', 'и')
  return (ear === 'russian' ? within.replaceAll('о', 'а') : within) + last
}

/** Whether a word is long enough to be known though a letter of it went wrong. */
export function mayHaveSlip(word: string): boolean {
  return word.length >= shortest.slip && word.length <= longest
}

/** Whether it is as long as such a word with a letter lost or added. */
export function mayBeSlip(word: string): boolean {
  return word.length >= shortest.slip - 1 && word.length <= longest + 1
}

/**
 * Whether the word is the one that was meant but for a letter lost, added, or before its neighbour; never the first, nor
 * the last: with another ending it is another word, and without its last letter an `open` one begins many others.
 */
export function isSlipOf(word: string, meant: string, open: boolean): boolean {
  const at = sameBeginning(word, meant)
  if (at === 0 || at >= meant.length) return false
  const goesOn = (rest: string, from: number) => (open ? word.startsWith(rest, from) : word.slice(from) === rest)
  const isLast = at >= Math.min(word.length, meant.length) - 1
  if (!isLast && (goesOn(meant.slice(at + 1), at) || goesOn(meant.slice(at), at + 1))) return true
  const isSwapped = word.charAt(at) === meant.charAt(at + 1) && word.charAt(at + 1) === meant.charAt(at)
  return isSwapped && goesOn(meant.slice(at + 2), at + 2)
}

function sameBeginning(one: string, other: string): number {
  let at = 0
  while (at < one.length && one.charAt(at) === other.charAt(at)) at++
  return at
}
