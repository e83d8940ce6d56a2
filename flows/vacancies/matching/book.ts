import type { Phrase } from './words.ts'

/**
 * Where words stand, as in the index of a book: by their stems the places that have them. A stem is kept once, as a
 * number for every place: sets of words for tens of thousands of vacancies would take most of the memory.
 */
export function createBook() {
  const numbers = new Map<string, number>()
  const names: string[] = []
  const free: number[] = []
  /** The places of each stem, and the stems of each place. */
  const places: number[][] = []
  const stems: Int32Array[] = []

  function put(place: number, said: ReadonlySet<string>): void {
    const own = Int32Array.from(said, numberOf)
    stems[place] = own
    for (const number of own) {
      const list = places[number]
      // Most stems stand at one place alone: a list that was made empty takes room for many at once.
      if (list === undefined || list.length === 0) places[number] = [place]
      else list.push(place)
    }
  }

  function numberOf(stem: string): number {
    const known = numbers.get(stem)
    if (known !== undefined) return known
    const number = free.pop() ?? names.length
    numbers.set(stem, number)
    names[number] = stem
    return number
  }

  function remove(place: number): void {
    for (const number of stems[place] ?? []) {
      const list = places[number] ?? []
      const last = list.pop()
      const at = last === place ? -1 : list.indexOf(place)
      if (last !== undefined && at !== -1) list[at] = last
      if (list.length > 0) continue
      numbers.delete(names[number] ?? '')
      free.push(number)
    }
    stems[place] = new Int32Array()
  }

  /** All places that have every word of a phrase: looked for under that of its words which the fewest have. */
  function saying(phrase: Phrase): readonly number[] {
    const words = phrase.map((forms) => forms.flatMap((stem) => numbers.get(stem) ?? []))
    const [fewest = [], ...others] = words.map(placesOf).sort((one, other) => one.length - other.length)
    if (others.length === 0) return fewest
    return fewest.filter((place) => words.every((forms) => forms.some((number) => stems[place]?.includes(number))))
  }

  /** `flat` is many times slower. */
  function placesOf(forms: readonly number[]): readonly number[] {
    const all: number[] = []
    for (const number of forms) for (const place of places[number] ?? []) all.push(place)
    return all
  }

  return { put, remove, saying }
}
