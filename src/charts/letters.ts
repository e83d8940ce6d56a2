/** The room that words have: width in pixels and the most lines. */
export type Room = { readonly size: number; readonly width: number; readonly most: number; readonly isBold?: boolean }

/** Lines that fit the room, words too wide for it broken; the last ends in «…» when there is more. */
export function wrap(text: string, { size, width, most, isBold }: Room): string[] {
  const fits = (line: string) => widthOf(line, size, isBold) <= width
  const lines: string[] = []
  for (const piece of text
    .trim()
    .split(/\s+/)
    .flatMap((word) => broken(word, fits))) {
    const longer = `${lines.at(-1)} ${piece}`
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer
    else lines.push(piece)
  }
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), shortened(lines[most - 1] ?? '', fits)]
}

/** The largest of the sizes, the largest first, at which no word is broken and nothing left out; else the last. */
export function largest(text: string, sizes: readonly number[], room: Omit<Room, 'size'>): Fitted {
  const fitted = sizes.map((size) => ({ size, lines: wrap(text, { ...room, size }) }))
  const whole = fitted.find(({ lines }) => lines.join(' ') === text.trim().replace(/\s+/g, ' '))
  return whole ?? fitted.at(-1) ?? { size: 0, lines: [] }
}

export type Fitted = { readonly size: number; readonly lines: readonly string[] }

/** Estimated width in pixels: Cyrillic capitals are about 0.7 of the size, small letters 0.6, Latin ones and signs less. */
export function widthOf(text: string, size: number, isBold = false): number {
  return [...text].reduce((sum, letter) => sum + shareOf(letter), 0) * size * (isBold ? 1.1 : 1)
}

type Fits = (line: string) => boolean

function broken(word: string, fits: Fits): string[] {
  if (fits(word)) return [word]
  const letters = [...word]
  const most = Math.max(
    1,
    letters.findIndex((_, end) => !fits(`${letters.slice(0, end + 1).join('')}-`)),
  )
  const end = syllableEnd(letters, most)
  return [`${letters.slice(0, end).join('')}-`, ...broken(letters.slice(end).join(''), fits)]
}

const syllable = /^[b-df-hj-np-tv-xz][aeiouy]|^[бвгғджзйкқлмнңпрстфхһцчшщ][аәеёиіоөуүұыэюя]/i

/** The last place where a syllable begins after at most so many letters; there, if none does. */
function syllableEnd(letters: readonly string[], most: number): number {
  for (let end = most; end > 1; end--) if (syllable.test(letters.slice(end, end + 2).join(''))) return end
  return most
}

function shortened(line: string, fits: Fits): string {
  const letters = [...line]
  while (letters.length > 0 && !fits(`${letters.join('')}…`)) letters.pop()
  return `${letters.join('').replace(/[\s-]+$/, '')}…`
}

function shareOf(letter: string): number {
  if (/[\s.,:;!'|()-]/.test(letter)) return 0.3
  if (/[жмшщюыфЖМШЩЮЫФmwMW]/.test(letter)) return 0.86
  if (/[—№%@]|\p{Extended_Pictographic}/u.test(letter)) return 1
  if (/\p{Lu}/u.test(letter)) return 0.68
  return 0.58
}
