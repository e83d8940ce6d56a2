import { foldText } from '../common/letters.ts'

/**
 * Recognises words of despair, self-harm, violence, or being in danger, as young people write them.
 * A phrase is words separated by spaces; it starts at a word's start and may use these marks:
 * `стем*` any ending, `a|b` either word, `~` up to four words between, `^` and `$` the message's start and end,
 * and `!` before a phrase that is harmless: what it covers is not looked at ("!не хочу жить в общежит*").
 */

type Stem = { readonly text: string; readonly open: boolean }
type Word = { readonly type: 'word'; readonly whole: ReadonlySet<string>; readonly beginnings: readonly string[] }
type Step = Word | { readonly type: 'gap' }
type Pattern = { readonly steps: readonly Step[]; readonly atStart: boolean; readonly atEnd: boolean }
type Index = ReadonlyMap<string, readonly Pattern[]>

const longestGap = 4

/**
 * Compiles the phrases of all languages into one check of a message; the check answers true when a phrase is found.
 * Throws when a phrase cannot be read, naming the phrase and what to change.
 */
export function createDangerCheck(phrases: readonly string[]): (text: string) => boolean {
  const harmless = indexed(
    phrases.filter((phrase) => phrase.startsWith('!')).map((phrase) => compiled(phrase.slice(1))),
  )
  const dangerous = indexed(phrases.filter((phrase) => !phrase.startsWith('!')).map(compiled))
  return (text) => {
    const words = foldText(text).split(' ')
    return occursIn(words, dangerous) && occursIn(withoutHarmless(words, harmless), dangerous)
  }
}

function compiled(phrase: string): Pattern {
  const parts = phrase.trim().split(/\s+/)
  const atStart = parts[0] === '^'
  const atEnd = parts.at(-1) === '$'
  const steps = parts.slice(atStart ? 1 : 0, atEnd ? -1 : undefined).map((part) => step(part, phrase))
  if (steps[0]?.type !== 'word' || steps.at(-1)?.type !== 'word') {
    throw new Error(`Danger phrase "${phrase}" must begin and end with a word: move or remove its "~".`)
  }
  return { steps, atStart, atEnd }
}

function step(part: string, phrase: string): Step {
  if (part === '~') return { type: 'gap' }
  const stems = part.split('|').map((stem) => readStem(stem, phrase))
  const texts = (open: boolean) => stems.filter((stem) => stem.open === open).map((stem) => stem.text)
  return { type: 'word', whole: new Set(texts(false)), beginnings: texts(true) }
}

function readStem(written: string, phrase: string): Stem {
  const open = written.endsWith('*')
  const text = foldText(open ? written.slice(0, -1) : written)
  if (text === '' || text.includes(' ') || (open && text.length < 2)) {
    throw new Error(`Danger phrase "${phrase}": "${written}" must be one word, and at least two letters before "*".`)
  }
  return { text, open }
}

/** Patterns by their whole first word, or by the two letters it begins with, so that few are tried at each word. */
function indexed(patterns: readonly Pattern[]): Index {
  const index = new Map<string, Pattern[]>()
  for (const pattern of patterns) {
    const first = pattern.steps[0]
    const keys = first?.type === 'word' ? [...first.whole, ...first.beginnings.map(beginningKey)] : []
    for (const key of new Set(keys)) index.set(key, [...(index.get(key) ?? []), pattern])
  }
  return index
}

function beginningKey(word: string): string {
  return `${word.slice(0, 2)}*`
}

function occursIn(words: readonly string[], index: Index): boolean {
  return words.some((_, at) => endOfMatch(index, words, at) !== undefined)
}

/** Harmless words become empty: they match nothing, but keep their place. */
function withoutHarmless(words: readonly string[], index: Index): readonly string[] {
  const kept = [...words]
  for (const at of words.keys()) {
    const end = endOfMatch(index, words, at)
    if (end !== undefined) kept.fill('', at, end)
  }
  return kept
}

function endOfMatch(index: Index, words: readonly string[], at: number): number | undefined {
  const word = words[at] ?? ''
  for (const key of [word, beginningKey(word)]) {
    for (const pattern of index.get(key) ?? []) {
      const end = pattern.atStart && at > 0 ? undefined : follow(pattern, 0, words, at)
      if (end !== undefined) return end
    }
  }
  return undefined
}

/** The place after the last matched word, or undefined. */
function follow(pattern: Pattern, done: number, words: readonly string[], at: number): number | undefined {
  const next = pattern.steps[done]
  if (next === undefined) return pattern.atEnd && at < words.length ? undefined : at
  if (next.type === 'word') return fits(next, words[at]) ? follow(pattern, done + 1, words, at + 1) : undefined
  for (let skipped = 0; skipped <= longestGap && at + skipped < words.length; skipped++) {
    const end = follow(pattern, done + 1, words, at + skipped)
    if (end !== undefined) return end
  }
  return undefined
}

function fits(step: Word, word: string | undefined): boolean {
  if (word === undefined) return false
  return step.whole.has(word) || step.beginnings.some((beginning) => word.startsWith(beginning))
}
