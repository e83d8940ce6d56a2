import type { Reading } from './reading.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A message in one reading: where the words and classes of a language stand in it. */
export type Message = Reading & {
  /** The numbers of each word in the vocabulary. */
  readonly numbers: readonly (readonly number[])[]
  /** Whether a word is one of another language, which judges it. */
  readonly foreign: (word: string) => boolean
  /** The words at which each of these numbers stands. */
  readonly places: ReadonlyMap<number, readonly number[]>
  readonly classes: Map<number, Map<number, number[]>>
}

/** Where a class stands in a message: the ends of what begins at a word, by that word. */
export type Places = ReadonlyMap<number, readonly number[]>

/** What is looked for, word by word. */
export type Part =
  | { readonly type: 'words'; readonly numbers: ReadonlySet<number> }
  | { readonly type: 'gap'; readonly most: number }
  | { readonly type: 'class'; readonly id: number }
/** An entry of a class. */
export type ClassEntry = { readonly id: number; readonly parts: readonly Part[] }

/** A reading with the numbers of its words. */
export type LookedUp = Reading & { readonly numbers: readonly (readonly number[])[] }

/** Looks up the words of readings; a reading in which a looser spelling has brought no word more is left out. */
export function* lookedUp(readings: Iterable<Reading>, vocabulary: Vocabulary): Generator<LookedUp> {
  let before: LookedUp | undefined
  for (const reading of readings) {
    const numbers = numbersOf(reading, vocabulary)
    const isNew = before?.words !== reading.words || sizeOf(numbers) > sizeOf(before.numbers)
    before = { ...reading, numbers }
    if (isNew) yield before
  }
}

function numbersOf({ words, taken }: Reading, vocabulary: Vocabulary): readonly (readonly number[])[] {
  const known = new Map<string, readonly number[]>()
  return words.map((word) => {
    const found = known.get(word) ?? vocabulary.lookUp(word, taken)
    known.set(word, found)
    return found
  })
}

function sizeOf(numbers: readonly (readonly number[])[]): number {
  return numbers.reduce((sum, here) => sum + here.length, 0)
}

/** Finds where the classes stand. */
export function messageOf(
  looked: LookedUp,
  entries: ReadonlyMap<number, ClassEntry[]>,
  foreign: Message['foreign'],
): Message {
  const { numbers } = looked
  const places = new Map<number, number[]>()
  for (const [at, here] of numbers.entries()) for (const number of here) put(places, number, at)
  const message = { ...looked, foreign, places, classes: new Map<number, Map<number, number[]>>() }
  for (const [number, starts] of places) {
    for (const { id, parts } of entries.get(number) ?? []) addPlaces(message, id, parts, starts)
  }
  return message
}

function addPlaces(message: Message, id: number, parts: readonly Part[], starts: readonly number[]): void {
  if (!isPossible(parts, message)) return
  for (const start of starts) {
    // Most are one word, whose end is known.
    for (const end of parts.length === 1 ? [start + 1] : endsOf(parts, start, message))
      addPlace(message.classes, id, start, end)
  }
}

function addPlace(classes: Map<number, Map<number, number[]>>, id: number, start: number, end: number): void {
  const places = classes.get(id) ?? new Map<number, number[]>()
  classes.set(id, places)
  put(places, start, end)
}

/** Whether all that the parts need is in the message at all; mostly it is not. */
export function isPossible(parts: readonly Part[], { places, classes }: Message): boolean {
  return parts.every((part) => {
    if (part.type === 'gap') return true
    return part.type === 'class' ? classes.has(part.id) : anyOf(part.numbers, places)
  })
}

function anyOf(numbers: ReadonlySet<number>, places: ReadonlyMap<number, unknown>): boolean {
  for (const number of numbers) if (places.has(number)) return true
  return false
}

/** Where the parts can end when they begin at that word; all ways at once, so that no line makes it go back. */
export function endsOf(parts: readonly Part[], start: number, message: Message): readonly number[] {
  let ends: readonly number[] = [start]
  for (const part of parts) {
    if (ends.length === 0) return ends
    ends =
      part.type === 'gap' ? beyondGap(ends, part.most, message) : ends.flatMap((at) => endsOfPart(part, at, message))
  }
  return ends
}

function beyondGap(ends: readonly number[], most: number, { words }: Message): readonly number[] {
  const beyond = new Set<number>()
  for (const end of ends) {
    for (let at = end; at <= Math.min(end + most, words.length); at++) beyond.add(at)
  }
  return [...beyond]
}

function endsOfPart(part: Exclude<Part, { type: 'gap' }>, at: number, message: Message): readonly number[] {
  if (part.type === 'class') return message.classes.get(part.id)?.get(at) ?? []
  return message.numbers[at]?.some((number) => part.numbers.has(number)) ? [at + 1] : []
}

/** Puts a value beside the others of its key. */
export function put<T>(map: Map<number, T[]>, key: number, value: T): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}
