import { type SpokenWord, soundOf } from './reading.ts'

/**
 * How a pattern is written: words in this order, where `стем*` is any ending, `a|b` either word, `_` at most one word
 * between, `~` at most four, `#` a number, `{class}` any entry of a class; `a + b` is a and b in any order with at most four words
 * between. All of it stands in one sentence. Words are compared by their sound, so one
 * spelling of each is enough; those in Latin letters are English, and stand for no word in others ("no" and «но»).
 */
export type Part =
  | { readonly type: 'words'; readonly words: readonly Stem[] }
  | { readonly type: 'gap'; readonly most: number }
  | { readonly type: 'class'; readonly name: string }
export type Stem = {
  readonly sound: string
  /** Letters it begins with, by which the words it may stand for are found. */
  readonly beginning: string
  readonly isOpen: boolean
  readonly isLatin: boolean
}
export type Pattern = readonly Part[]
export type Classes = ReadonlyMap<string, readonly Pattern[]>

/** From which word to which, the latter not included. */
export type Span = { readonly start: number; readonly end: number }

const aNumber = '#'
const gaps: Readonly<Record<string, number>> = { _: 1, '~': 4 }

/** Reads a pattern; those in any order are two. Throws an error that says what to change. */
export function parsePattern(written: string): readonly Pattern[] {
  const sides = written.split(' + ').map(parseSide)
  const [one, other] = sides
  if (one === undefined || sides.length > 2) throw new Error(`"${written}" has more than one "+": write two patterns`)
  if (other === undefined) return [one]
  const gap: Part = { type: 'gap', most: gaps['~'] ?? 0 }
  return [
    [...one, gap, ...other],
    [...other, gap, ...one],
  ]
}

function parseSide(written: string): Pattern {
  const parts = written.trim().split(/\s+/).map(parsePart)
  if (parts.at(0)?.type === 'gap' || parts.at(-1)?.type === 'gap')
    throw new Error(`"${written}" must begin and end with a word: move or remove its gap`)
  return parts
}

function parsePart(written: string): Part {
  const most = gaps[written]
  if (most !== undefined) return { type: 'gap', most }
  const name = /^\{([\w-]+)\}$/.exec(written)?.[1]
  if (name !== undefined) return { type: 'class', name }
  return { type: 'words', words: written.split('|').map(parseStem) }
}

function parseStem(written: string): Stem {
  if (written === aNumber) return { sound: aNumber, beginning: aNumber, isOpen: false, isLatin: false }
  const isOpen = written.endsWith('*')
  const bare = isOpen ? written.slice(0, -1) : written
  const sound = soundOf(bare)
  if (sound === '' || /[*{}]/.test(bare)) throw new Error(`"${written}" must be a word, perhaps with "*" at its end`)
  if (isOpen && sound.length < 2) throw new Error(`"${written}" is too short: at least two letters before "*"`)
  return { sound, beginning: beginningOf(sound), isOpen, isLatin: /[a-z]/i.test(bare) }
}

/** The names of the classes that a pattern asks for. */
export function classesOf(pattern: Pattern): readonly string[] {
  return pattern.flatMap((part) => (part.type === 'class' ? [part.name] : []))
}

/** Finds patterns in the words of one text. */
export type Finder = (patterns: readonly Pattern[]) => readonly Span[]

export function createFinder(words: readonly SpokenWord[], classes: Classes): Finder {
  const stands = standsIn(words)
  const placesOf = new Map<string, ReadonlyMap<number, readonly number[]>>()

  /** Where a part leads from any of these places, each once. */
  const onward = (part: Part, from: readonly number[]): readonly number[] => {
    const reached: number[] = []
    const reach = (end: number) => {
      if (end <= words.length && !reached.includes(end)) reached.push(end)
    }
    for (const at of from) {
      if (part.type === 'gap') for (let skipped = 0; skipped <= part.most; skipped++) reach(at + skipped)
      else if (part.type === 'class') places(part.name).get(at)?.forEach(reach)
      else if (part.words.some((stem) => stands(stem).has(at))) reach(at + 1)
    }
    return reached
  }
  const spansFrom = (pattern: Pattern, start: number): readonly Span[] => {
    let reached: readonly number[] = [start]
    for (const part of pattern) {
      reached = onward(part, reached)
      if (reached.length === 0) return []
    }
    const spans = reached.map((end) => ({ start, end }))
    return spans.filter(({ end }) => words[start]?.sentence === words[end - 1]?.sentence)
  }
  const starts = (pattern: Pattern): ReadonlySet<number> => {
    const [first] = pattern
    if (first?.type === 'class') return new Set(places(first.name).keys())
    return first?.type === 'words' ? unionOf(first.words, stands) : nowhere
  }
  // Hundreds of patterns are looked for in every text, and most begin with a word that is not there.
  const find: Finder = (patterns) => {
    const found: Span[] = []
    for (const pattern of patterns) for (const start of starts(pattern)) found.push(...spansFrom(pattern, start))
    return found
  }
  const places = (name: string): ReadonlyMap<number, readonly number[]> => {
    const known = placesOf.get(name)
    if (known !== undefined) return known
    const made = new Map<number, number[]>()
    placesOf.set(name, made)
    for (const { start, end } of find(classes.get(name) ?? [])) made.set(start, [...(made.get(start) ?? []), end])
    return made
  }
  return find
}

const nowhere: ReadonlySet<number> = new Set()

/** Wherever one of the stems stands. */
function unionOf(stems: readonly Stem[], stands: (stem: Stem) => ReadonlySet<number>): ReadonlySet<number> {
  let all = nowhere
  for (const stem of stems) {
    const places = stands(stem)
    if (places.size > 0) all = all.size === 0 ? places : new Set([...all, ...places])
  }
  return all
}

/** Letters of the beginnings by which words are sorted: a stem may have no more than the fewer. */
const sorted = { fewer: 2, more: 3 }

/** At which words a stem stands; looked for once. */
function standsIn(words: readonly SpokenWord[]): (stem: Stem) => ReadonlySet<number> {
  const byBeginning = new Map<string, number[]>()
  const masked: number[] = []
  const add = (beginning: string, at: number) => {
    const places = byBeginning.get(beginning)
    if (places === undefined) byBeginning.set(beginning, [at])
    else places.push(at)
  }
  for (const [at, { sound }] of words.entries()) {
    if (sound.includes('*')) masked.push(at)
    else for (const beginning of beginningsOf(sound)) add(beginning, at)
  }
  const known = new Map<Stem, ReadonlySet<number>>()
  const fits = (at: number, { sound, isOpen, isLatin }: Stem) => {
    const one = words[at]
    if (one === undefined || (isLatin && !one.isLatin)) return false
    return sound === aNumber || isSaid(one.sound, sound, isOpen)
  }
  const look = (stem: Stem, near: readonly number[]): ReadonlySet<number> => {
    const places = near.filter((at) => fits(at, stem))
    const hidden = stem.sound === aNumber ? [] : masked.filter((at) => fits(at, stem))
    return places.length + hidden.length === 0 ? nowhere : new Set([...places, ...hidden])
  }
  return (stem) => {
    const near = byBeginning.get(stem.beginning)
    // Most of thousands begin as no word does: to remember each would take longer than all the rest.
    if (near === undefined && masked.length === 0) return nowhere
    const found = known.get(stem) ?? look(stem, near ?? [])
    known.set(stem, found)
    return found
  }
}

/** Of a stem, so that only those words are compared that begin alike. */
function beginningOf(sound: string): string {
  return /^\d/.test(sound) ? aNumber : sound.slice(0, sorted.more)
}

/** Of a word, whatever stem may be looked for. */
function beginningsOf(sound: string): readonly string[] {
  const [long, short] = [beginningOf(sound), sound.slice(0, sorted.fewer)]
  return long === aNumber || long === short ? [long] : [long, short]
}

function isSaid(said: string, sound: string, isOpen: boolean): boolean {
  if (!said.includes('*')) return isOpen ? said.startsWith(sound) : said === sound
  const bare = said.replaceAll('*', '')
  if (isOpen ? bare.startsWith(sound) : bare === sound) return true
  // A hidden letter is known only where enough of the others are seen.
  if (bare.length < 4 || said.length < sound.length || (!isOpen && said.length !== sound.length)) return false
  return Array.from(sound).every((letter, at) => said[at] === letter || said[at] === '*')
}
