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
type Entry = {
  readonly kind: string
  readonly value: string
  readonly steps: readonly [Step, ...Step[]]
  readonly letters: number
}

export function createFinder<Value extends string>(lists: PhraseLists<Value>): Finder<Value> {
  const find = createFinders({ only: lists })
  return (tokens) => find(tokens).only
}

/** Several kinds of phrases, each found as if alone, with one look at every word. */
export function createFinders<Kinds extends Readonly<Record<string, PhraseLists<string>>>>(
  kinds: Kinds,
): (tokens: Tokens) => { [Kind in keyof Kinds]: Found<keyof Kinds[Kind] & string>[] } {
  const whole = new Map<string, Entry[]>()
  const beginnings = new Map<string, Entry[]>()
  for (const entry of entriesOf(kinds)) {
    const [first] = entry.steps
    const index = first.open ? beginnings : whole
    index.set(first.text, [...(index.get(first.text) ?? []), entry])
  }
  const lengths = [...new Set([...beginnings.keys()].map((stem) => stem.length))].sort((one, other) => one - other)
  const startingWith = remembered((token: string): Map<string, Entry[]> | undefined => {
    const entries = [
      ...(whole.get(token) ?? []),
      ...lengths.flatMap((length) => (length > token.length ? [] : (beginnings.get(token.slice(0, length)) ?? []))),
    ]
    const byKind = new Map<string, Entry[]>()
    for (const entry of entries) byKind.set(entry.kind, [...(byKind.get(entry.kind) ?? []), entry])
    return byKind.size === 0 ? undefined : byKind
  })
  return (tokens) => {
    const found = Object.fromEntries(Object.keys(kinds).map((kind): [string, Found<string>[]] => [kind, []]))
    for (const [from, token] of tokens.entries())
      for (const [kind, entries] of startingWith(token) ?? []) {
        const before = found[kind]?.at(-1)
        if (before !== undefined && before.to > from) continue
        const longest = longestOf(entries, tokens, from)
        if (longest !== undefined) found[kind]?.push(longest)
      }
    // Each kind has its list, and only values of its own are in it.
    return found as { [Kind in keyof Kinds]: Found<keyof Kinds[Kind] & string>[] }
  }
}

const mostRemembered = 20_000

/** A function of words that is asked for the same words over and over. */
export function remembered<Result>(work: (word: string) => Result): (word: string) => Result {
  const known = new Map<string, { readonly result: Result }>()
  return (word) => {
    const before = known.get(word)
    if (before !== undefined) return before.result
    const result = work(word)
    if (known.size >= mostRemembered) known.clear()
    known.set(word, { result })
    return result
  }
}

function entriesOf(kinds: Readonly<Record<string, PhraseLists<string>>>): Entry[] {
  return Object.entries(kinds).flatMap(([kind, lists]) =>
    Object.entries(lists).flatMap(([value, phrases]) =>
      phrases.flatMap((phrase) => {
        const [first, ...rest] = stepsOf(phrase)
        return first === undefined ? [] : [{ kind, value, steps: [first, ...rest] as const, letters: phrase.length }]
      }),
    ),
  )
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

function longestOf(entries: readonly Entry[], tokens: Tokens, from: number): Found<string> | undefined {
  let longest: Found<string> | undefined
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
