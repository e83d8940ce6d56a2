import { parse } from 'csv-parse/sync'
import { interestScales } from '../../../flows/professions/match.ts'

/** How many activities the interest survey has for each scale. */
export const itemsPerScale = 8
/** R1, R2 … C8. */
export const itemNames = interestScales.flatMap((scale) =>
  Array.from({ length: itemsPerScale }, (_, index) => `${scale}${index + 1}`),
)

/** One person's answers (1..5) in the order of `itemNames`. */
export type Person = Uint8Array

/** Reads answer sets (columns R1..C8, answers 1..5). Throws an Error with the line and column of the first wrong cell. */
export function readSample(csv: string): Person[] {
  const rows: Record<string, string>[] = parse(csv, { columns: true, bom: true, skip_empty_lines: true, trim: true })
  const missing = itemNames.filter((item) => !(item in (rows[0] ?? {})))
  if (missing.length > 0) throw new Error(`The answers file lacks the columns ${missing.join(', ')}; it needs R1..C8.`)
  return rows.map((row, index) => Uint8Array.from(itemNames, (item) => cell(row[item], item, index + 2)))
}

function cell(text: string | undefined, item: string, line: number): number {
  if (text && /^[1-5]$/.test(text)) return Number(text)
  throw new Error(`Line ${line}, column ${item}: "${text ?? ''}" is not an answer from 1 to 5.`)
}

/** Deterministic numbers in [0, 1) from a 32-bit seed (a multiply-and-shift mixer of a counter). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}

/** A shuffled copy (Fisher and Yates). */
export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const copy = [...list]
  for (let last = copy.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [kept, moved] = [copy[other], copy[last]]
    if (kept !== undefined && moved !== undefined) [copy[last], copy[other]] = [kept, moved]
  }
  return copy
}

/** Scale number (0..5) of an item number (0..47). */
export function scaleOf(item: number): number {
  return Math.floor(item / itemsPerScale)
}

/** Means per scale of the items that `chosen` does not contain. */
export function unseenMeans(person: Person, chosen: ReadonlySet<number>): Float64Array {
  const sums = new Float64Array(interestScales.length)
  const counts = new Float64Array(interestScales.length)
  person.forEach((answer, item) => {
    if (chosen.has(item)) return
    const scale = scaleOf(item)
    sums[scale] = (sums[scale] ?? 0) + answer
    counts[scale] = (counts[scale] ?? 0) + 1
  })
  return sums.map((sum, scale) => sum / (counts[scale] ?? 1))
}

/** Which scales share the highest value (1) and which do not (0). */
export function strongest(means: Float64Array): Uint8Array {
  const highest = Math.max(...means)
  return Uint8Array.from(means, (mean) => Number(mean > highest - 1e-9))
}
