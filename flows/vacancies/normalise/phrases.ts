import { plainText } from '../../common/letters.ts'

/** Words, figures and signs of a text one by one, in plain letters. A break is what ends a clause: `. , ; ! \n •`. */
export type Tokens = readonly string[]

/** Texts are looked through so far: nobody reads further, and whoever wrote more wanted something else. */
const longestRead = 20_000

export function tokensOf(text: string): string[] {
  return plainText(text.slice(0, longestRead)).match(/\p{L}+|\d+|\n|[^\s\p{L}\d]/gu) ?? []
}

const breaks = new Set(['.', ',', ';', '!', '?', '\n', '•', '…', '|'])

/** Whether a clause ends with this token. */
export function isBreak(token: string | undefined): boolean {
  return token === undefined || breaks.has(token)
}

/** A phrase that was found: its value, and its first token and the one behind its last. */
export type Found<Value extends string> = { readonly value: Value; readonly from: number; readonly to: number }

/**
 * Lists of phrases by what they mean. `опыт*` is any ending, `…` up to three words between within the clause. Of the
 * phrases that begin with a word the longest counts, of equal ones that with more letters.
 */
export type PhraseLists<Value extends string> = Readonly<Record<Value, readonly string[]>>

/** Finds phrases one behind the other, in a time that grows with the length of the text. */
export type Finder<Value extends string> = (tokens: Tokens) => Found<Value>[]

type Step = { readonly text: string; readonly open: boolean }
type Entry<Value> = { readonly value: Value; readonly steps: readonly Step[]; readonly letters: number }

export function createFinder<Value extends string>(lists: PhraseLists<Value>): Finder<Value> {
  const whole = new Map<string, Entry<Value>[]>()
  const beginnings = new Map<string, Entry<Value>[]>()
  for (const [value, phrases] of entriesOf(lists))
    for (const phrase of phrases) {
      const steps = stepsOf(phrase)
      const first = steps[0]
      if (first === undefined) continue
      const index = first.open ? beginnings : whole
      index.set(first.text, [...(index.get(first.text) ?? []), { value, steps, letters: phrase.length }])
    }
  const lengths = [...new Set([...beginnings.keys()].map((stem) => stem.length))].sort((one, other) => one - other)
  const startingWith = remembered((token: string): Entry<Value>[] => {
    const entries = [...(whole.get(token) ?? [])]
    for (const length of lengths) {
      if (length > token.length) break
      entries.push(...(beginnings.get(token.slice(0, length)) ?? []))
    }
    return entries
  })
  return (tokens) => {
    const found: Found<Value>[] = []
    for (let from = 0; from < tokens.length; ) {
      const longest = longestOf(startingWith(tokens[from] ?? ''), tokens, from)
      if (longest !== undefined) found.push(longest)
      from = longest?.to ?? from + 1
    }
    return found
  }
}

const mostRemembered = 20_000

/** A function of words that is asked for the same words over and over. */
export function remembered<Result>(work: (word: string) => Result): (word: string) => Result {
  const known = new Map<string, Result>()
  return (word) => {
    const before = known.get(word)
    if (before !== undefined) return before
    const result = work(word)
    if (known.size >= mostRemembered) known.clear()
    known.set(word, result)
    return result
  }
}

function entriesOf<Value extends string>(lists: PhraseLists<Value>): [Value, readonly string[]][] {
  // The keys of a record of values are these values.
  return Object.entries(lists) as [Value, readonly string[]][]
}

function stepsOf(phrase: string): Step[] {
  // Plain text has no "…" any more.
  const parts = phrase.split(/(…)/).flatMap((part) => (part === gap ? [gap] : (plainText(part).match(step) ?? [])))
  return parts.map((part) => ({
    text: part.length > 1 ? part.replace('*', '') : part,
    open: part.length > 1 && part.endsWith('*'),
  }))
}

const gap = '…'
const step = /\p{L}+\*?|\d+|[^\s\p{L}\d]/gu

function longestOf<Value extends string>(
  entries: readonly Entry<Value>[],
  tokens: Tokens,
  from: number,
): Found<Value> | undefined {
  let longest: Found<Value> | undefined
  let most = 0
  for (const { value, steps, letters } of entries) {
    const to = endOf(steps, 1, tokens, from + 1)
    if (to === undefined || to < (longest?.to ?? 0) || (to === longest?.to && letters <= most)) continue
    longest = { value, from, to }
    most = letters
  }
  return longest
}

const widestGap = 3

function endOf(steps: readonly Step[], step: number, tokens: Tokens, at: number): number | undefined {
  const next = steps[step]
  if (next === undefined) return at
  if (next.text !== gap) return fits(next, tokens[at]) ? endOf(steps, step + 1, tokens, at + 1) : undefined
  for (let skipped = 0; skipped <= widestGap; skipped++) {
    const end = endOf(steps, step + 1, tokens, at + skipped)
    if (end !== undefined) return end
    if (isBreak(tokens[at + skipped])) return undefined
  }
  return undefined
}

function fits({ text, open }: Step, token: string | undefined): boolean {
  return token === text || (open && token?.startsWith(text) === true)
}
