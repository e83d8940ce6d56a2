/** Number words of one language as a piece of a pattern (no groups in it) and their value. */
export type NumberWords = {
  readonly source: string
  /** The value of digits ("25", "1,5") or words ("twenty five"); undefined when it is neither. */
  readonly value: (text: string | undefined) => number | undefined
}

/** `units` are the words that stand alone or after a ten, `tens` those that may be followed by a unit. */
export function numberWords(units: Record<string, number>, tens: Record<string, number>): NumberWords {
  const { spelt, value } = spelling(units, tens)
  return {
    source: `(?:\\d{1,3}(?:[.,]5)?|${spelt})`,
    value: (text) => (text === undefined ? undefined : (digits(text) ?? value(text))),
  }
}

/** Number words alone, without digits. */
export function spelling(units: Record<string, number>, tens: Record<string, number>) {
  const known = new Map([...Object.entries(units), ...Object.entries(tens)])
  const unit = alternatives(Object.keys(units))
  const ten = Object.keys(tens).length === 0 ? '' : `(?:${alternatives(Object.keys(tens))})(?:[ -]+(?:${unit}))?|`
  return { spelt: `(?:${ten}${unit})`, value: (text: string) => sum(text, known) }
}

/** Alternatives of a pattern, the longest first, so that a word is not cut at another one that begins it. */
export function alternatives(sources: readonly string[]): string {
  return [...sources].sort((first, second) => second.length - first.length).join('|')
}

function digits(text: string): number | undefined {
  return /^\d+(?:[.,]\d)?$/.test(text) ? Number(text.replace(',', '.')) : undefined
}

function sum(text: string, known: ReadonlyMap<string, number>): number | undefined {
  const values = text.split(/[ -]+/).map((word) => known.get(word) ?? Number.NaN)
  const total = values.reduce((left, right) => left + right, 0)
  return Number.isNaN(total) ? undefined : total
}
