import { foldText } from '../../common/letters.ts'

/**
 * How a rule is written. `family + hits + me` is classes of words in any order, close to one another; `within 4` says how
 * close. `"не хочу {more} жить"` is words in this order, where `стем*` is any ending, `a|b` either word, `~` up to four
 * words between, `{class}` any of a class, `^` and `$` the start and end of the message. Behind either may stand
 * `unless game, sport` (harmless with such a word in it or beside it), `unless after place` (right behind it), and
 * `unless anywhere novel` (in the same sentence).
 */
export type Rule = {
  readonly source: string
  readonly pattern: Together | InOrder
  readonly excuses: readonly Excuse[]
}
/** Classes in any order, all within so many words. */
export type Together = { readonly type: 'together'; readonly classes: readonly string[]; readonly width: number }
export type InOrder = { readonly type: 'in-order'; readonly steps: readonly Step[] } & Edges
/** Whether it must begin and end with the message. */
type Edges = { readonly atStart: boolean; readonly atEnd: boolean }
export type Excuse = { readonly where: 'around' | 'after' | 'anywhere'; readonly classes: readonly string[] }

export type Step = OneOf | Gap | { readonly type: 'class'; readonly name: string }
export type OneOf = { readonly type: 'words'; readonly words: readonly Word[] }
/** Up to so many words of any kind. */
export type Gap = { readonly type: 'gap'; readonly most: number }
/** A folded word; an open one may have any ending. */
export type Word = { readonly text: string; readonly open: boolean }
/** What a class is made of: a word, or several that follow one another. */
export type Entry = readonly (OneOf | Gap)[]

const usualWidth = 8
const gapInRule = 4
const gapInEntry = 3
const name = '[\\w-]+'
const head = new RegExp(`^(?:"([^"]*)"|(${name}(?:\\s*\\+\\s*${name})*))`)
const within = /^\s+within\s+(\d+)/
const unless = new RegExp(`^\\s+unless\\s+(?:(after|anywhere)\\s+)?(${name}(?:\\s*,\\s*${name})*)`)

/** Throws an error that says what to change. */
export function parseRule(source: string): Rule {
  const [whole, phrase, classes] = head.exec(source.trim()) ?? []
  if (whole === undefined) throw new Error(`cannot be read: write classes (a + b) or words in quotes ("a b")`)
  const { width, excuses } = parseClauses(source.trim().slice(whole.length))
  if (classes !== undefined) return { source, pattern: parseTogether(classes, width ?? usualWidth), excuses }
  if (width !== undefined) throw new Error('has a width, which words in quotes do not: take "within" out')
  return { source, pattern: parseInOrder(phrase ?? ''), excuses }
}

function parseClauses(written: string): { width?: number; excuses: Excuse[] } {
  let rest = written.trimEnd()
  let width: number | undefined
  const excuses: Excuse[] = []
  while (rest !== '') {
    const wide = within.exec(rest)
    const excuse = unless.exec(rest)
    if (wide === null && excuse === null) {
      throw new Error(
        `"${rest.trim()}" cannot be read: write "within 4", "unless a, b", "unless after a" or "unless anywhere a"`,
      )
    }
    if (wide !== null) width = Number(wide[1])
    else excuses.push({ where: placeOf(excuse?.[1]), classes: listed(excuse?.[2], ',') })
    rest = rest.slice((wide ?? excuse)?.[0].length)
  }
  return width === undefined ? { excuses } : { width, excuses }
}

function placeOf(written?: string): Excuse['where'] {
  return written === 'after' || written === 'anywhere' ? written : 'around'
}

function listed(written = '', separator: string): string[] {
  return written.split(separator).map((one) => one.trim())
}

function parseTogether(written: string, width: number): Together {
  const classes = listed(written, '+')
  if (new Set(classes).size < classes.length) throw new Error('names a class twice: take one out')
  if (width < classes.length) throw new Error(`can never match: ${classes.length} words are not within ${width}`)
  return { type: 'together', classes, width }
}

function parseInOrder(written: string): InOrder {
  if (written.trim() === '') throw new Error('has nothing in its quotes: write words')
  const parts = written.trim().split(/\s+/)
  const atStart = parts[0] === '^'
  const atEnd = parts.length > 1 && parts.at(-1) === '$'
  const steps = parts.slice(atStart ? 1 : 0, atEnd ? -1 : undefined).map(parseStep)
  return { type: 'in-order', steps: bounded(steps), atStart, atEnd }
}

function parseStep(part: string): Step {
  const className = /^\{(.+)\}$/.exec(part)?.[1]
  return className === undefined ? parseWords(part, gapInRule) : { type: 'class', name: className }
}

/** An entry of a class. Throws an error that says what to change. */
export function parseEntry(written: string): Entry {
  return bounded(
    written
      .trim()
      .split(/\s+/)
      .map((part) => parseWords(part, gapInEntry)),
  )
}

function parseWords(part: string, gap: number): OneOf | Gap {
  if (part === '~') return { type: 'gap', most: gap }
  if (part === '^' || part === '$') throw new Error(`"${part}" stands at the start or end of a rule in quotes only`)
  return { type: 'words', words: part.split('|').map((word) => parseWord(word, part)) }
}

function parseWord(written: string, part: string): Word {
  if (written === '') throw new Error(`"${part}" lacks a word beside "|": alternatives stand without spaces, a|b`)
  const open = written.endsWith('*')
  const text = folded(open ? written.slice(0, -1) : written)
  if (text === '' || text.includes(' ') || written.slice(0, -1).includes('*')) {
    throw new Error(`"${written}" must be one word, perhaps with "*" at its end`)
  }
  if (open && text.length < 2) throw new Error(`"${written}" is too short: at least two letters before "*"`)
  return { text, open }
}

/** Most of the many thousand words are in the one spelling already. */
function folded(word: string): string {
  return /^[a-zа-я]+$/.test(word) && !/(.)\1/.test(word) ? word : foldText(word)
}

function bounded<S extends Step>(steps: readonly S[]): readonly S[] {
  if (steps[0]?.type === 'gap' || steps.at(-1)?.type === 'gap') {
    throw new Error('must begin and end with a word: move or remove its "~"')
  }
  return steps
}
