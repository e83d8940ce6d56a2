import type { Language } from '../../kit/words.ts'
import { type Reading, readingsOf, type Spellings } from './reading.ts'
import type { Level, PlacedRule, RuleFile } from './rule-file.ts'
import type { Excuse, Step } from './syntax.ts'
import { createVocabulary, type Vocabulary } from './vocabulary.ts'

/** Finds rules in a message. The time it takes grows with the length of the message, whatever stands in it. */
export type Matcher = {
  readonly language: Language
  read(spellings: Spellings): ReadMessage
  /** Whether it is a word of the rules. */
  isKnown(word: string): boolean
}

export type ReadMessage = {
  /** The rules of that level which the message fits, as they are found; mostly only the first is asked for. */
  find(level: Level): Generator<PlacedRule>
}

/** A harmless word counts so many words away from what it excuses. */
const beside = { around: 3, after: 1 }

type Part =
  | { readonly type: 'words'; readonly numbers: ReadonlySet<number> }
  | { readonly type: 'gap'; readonly most: number }
  | { readonly type: 'class'; readonly id: number }
type Excusing = { readonly where: Excuse['where']; readonly ids: readonly number[] }
type Compiled = { readonly rule: PlacedRule; readonly excuses: readonly Excusing[] } & (
  | { readonly type: 'together'; readonly ids: readonly number[]; readonly width: number }
  | { readonly type: 'in-order'; readonly parts: readonly Part[]; readonly atStart: boolean; readonly atEnd: boolean }
)
type Beginnings<T> = { readonly byWord: Map<number, T[]>; readonly byClass: Map<number, T[]> }
type ClassEntry = { readonly id: number; readonly parts: readonly Part[] }

/** Where a class stands in a message: the ends of what begins at a word, by that word. */
type Places = ReadonlyMap<number, readonly number[]>
type Message = Reading & {
  /** The numbers of each word in the vocabulary. */
  readonly numbers: readonly (readonly number[])[]
  readonly foreign: (word: string) => boolean
  /** The words at which each of these numbers stands. */
  readonly places: ReadonlyMap<number, readonly number[]>
  readonly classes: Map<number, Map<number, number[]>>
}
type Span = { readonly start: number; readonly end: number }

/**
 * Compiles the rules of one language. What is found and consists of `foreign` words alone is left to the rules of their
 * language, which know what is harmless there.
 */
export function createMatcher(file: RuleFile, foreign: (word: string) => boolean = () => false): Matcher {
  const vocabulary = createVocabulary(file.language === 'ru' ? 'russian' : 'other', file.ordinary)
  const ids = new Map([...file.classes.keys()].map((name, id) => [name, id] as const))
  const entries = new Map<number, ClassEntry[]>()
  for (const [name, list] of file.classes) {
    for (const entry of list) addEntry(entries, { id: idOf(name, ids), parts: partsOf(entry, ids, vocabulary) })
  }
  const rules = { danger: beginnings<Compiled>(), worry: beginnings<Compiled>() }
  const sizes = [...file.classes.values()].map((list) => list.length)
  for (const rule of file.rules) addRule(rules[rule.level], compile(rule, ids, vocabulary), sizes)
  return {
    language: file.language,
    read(spellings) {
      const looked = [...lookedUp(readingsOf(spellings, file.language, vocabulary.split), vocabulary)]
      const messages = looked.map((one) => messageOf(one, entries, foreign))
      return {
        *find(level) {
          for (const message of messages) yield* matches(message, rules[level])
        },
      }
    },
    isKnown: vocabulary.isKnown,
  }
}

function beginnings<T>(): Beginnings<T> {
  return { byWord: new Map(), byClass: new Map() }
}

function put<T>(map: Map<number, T[]>, key: number, value: T): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}

function addEntry(entries: Map<number, ClassEntry[]>, entry: ClassEntry): void {
  const [first] = entry.parts
  if (first?.type === 'words') for (const number of first.numbers) put(entries, number, entry)
}

/** Under the words it begins with, or under that of its classes which has the fewest. */
function addRule(to: Beginnings<Compiled>, rule: Compiled, sizes: readonly number[]): void {
  if (rule.type === 'together') {
    const [rarest] = [...rule.ids].sort((one, other) => (sizes[one] ?? 0) - (sizes[other] ?? 0))
    if (rarest !== undefined) put(to.byClass, rarest, rule)
    return
  }
  const [first] = rule.parts
  if (first?.type === 'words') for (const number of first.numbers) put(to.byWord, number, rule)
  if (first?.type === 'class') put(to.byClass, first.id, rule)
}

function compile(rule: PlacedRule, ids: ReadonlyMap<string, number>, vocabulary: Vocabulary): Compiled {
  const { pattern } = rule
  const excuses = rule.excuses.map(({ where, classes }) => ({ where, ids: classes.map((name) => idOf(name, ids)) }))
  if (pattern.type === 'in-order') {
    return { ...pattern, rule, excuses, parts: partsOf(pattern.steps, ids, vocabulary) }
  }
  return { ...pattern, rule, excuses, ids: pattern.classes.map((name) => idOf(name, ids)) }
}

function idOf(name: string, ids: ReadonlyMap<string, number>): number {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`There is no class "${name}"`)
  return id
}

function partsOf(steps: readonly Step[], ids: ReadonlyMap<string, number>, vocabulary: Vocabulary): Part[] {
  return steps.map((step) => {
    if (step.type === 'gap') return step
    if (step.type === 'class') return { type: 'class', id: idOf(step.name, ids) }
    return { type: 'words', numbers: new Set(step.words.map((word) => vocabulary.number(word))) }
  })
}

type LookedUp = Reading & { readonly numbers: readonly (readonly number[])[] }

/** Readings with the numbers of their words; one in which a looser spelling has brought no word more is left out. */
function* lookedUp(readings: Iterable<Reading>, vocabulary: Vocabulary): Generator<LookedUp> {
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

function messageOf(looked: LookedUp, entries: ReadonlyMap<number, ClassEntry[]>, foreign: Message['foreign']): Message {
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
      addPlace(message.classes, id, { start, end })
  }
}

/** Whether all that the parts need is in the message at all; mostly it is not. */
function isPossible(parts: readonly Part[], { places, classes }: Message): boolean {
  return parts.every((part) => {
    if (part.type === 'gap') return true
    return part.type === 'class' ? classes.has(part.id) : anyOf(part.numbers, places)
  })
}

function anyOf(numbers: ReadonlySet<number>, places: ReadonlyMap<number, unknown>): boolean {
  for (const number of numbers) if (places.has(number)) return true
  return false
}

function addPlace(classes: Map<number, Map<number, number[]>>, id: number, { start, end }: Span): void {
  const places = classes.get(id) ?? new Map<number, number[]>()
  classes.set(id, places)
  put(places, start, end)
}

/** Where the parts can end when they begin at that word; all ways at once, so that no line makes it go back. */
function endsOf(parts: readonly Part[], start: number, message: Message): readonly number[] {
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

function* matches(message: Message, { byWord, byClass }: Beginnings<Compiled>): Generator<PlacedRule> {
  for (const [number, starts] of message.places) {
    for (const rule of byWord.get(number) ?? []) if (isFound(rule, starts, message)) yield rule.rule
  }
  for (const [id, starts] of message.classes) {
    for (const rule of byClass.get(id) ?? []) if (isFound(rule, [...starts.keys()], message, id)) yield rule.rule
  }
}

/** Whether the rule fits where it, or its rarest class, begins at one of these words. */
function isFound(rule: Compiled, starts: readonly number[], message: Message, rarest?: number): boolean {
  if (rule.type === 'in-order') return isInOrder(rule, starts, message)
  if (rarest === undefined || !rule.ids.every((id) => message.classes.has(id))) return false
  return starts.some((start) => isTogether(rule, start, message, rarest))
}

type InOrder = Extract<Compiled, { type: 'in-order' }>

function isInOrder({ parts, atStart, atEnd, excuses }: InOrder, starts: readonly number[], message: Message): boolean {
  if (!isPossible(parts, message)) return false
  const allowed = atStart ? starts.filter((start) => start === 0) : starts
  return allowed.some((start) =>
    endsOf(parts, start, message).some(
      (end) => (!atEnd || end === message.words.length) && counts({ start, end }, excuses, message),
    ),
  )
}

function isTogether(
  { ids, width, excuses }: Extract<Compiled, { type: 'together' }>,
  at: number,
  message: Message,
  rarest: number,
): boolean {
  const others = ids.flatMap((id) => (id === rarest ? [] : (message.classes.get(id) ?? [])))
  const complete = (spans: readonly Span[], left: readonly Places[]): boolean => {
    const [next, ...rest] = left
    const whole = around(spans)
    if (next === undefined) return counts(whole, excuses, message)
    return spansIn(next, { start: whole.end - width, end: whole.start + width }).some(
      (span) => isApart(span, spans) && inOneSentence(span, whole, message) && complete([...spans, span], rest),
    )
  }
  return (message.classes.get(rarest)?.get(at) ?? []).some((end) => complete([{ start: at, end }], others))
}

function around(spans: readonly Span[]): Span {
  return { start: Math.min(...spans.map(({ start }) => start)), end: Math.max(...spans.map(({ end }) => end)) }
}

function spansIn(places: Places, within: Span): Span[] {
  const spans: Span[] = []
  for (let start = Math.max(0, within.start); start < within.end; start++) {
    for (const end of places.get(start) ?? []) if (end <= within.end) spans.push({ start, end })
  }
  return spans
}

/** Words of its own; it may stand in the gap of another ("дал мне по лицу"). */
function isApart(span: Span, others: readonly Span[]): boolean {
  return others.every((other) => isBeside(span, other) || isInside(span, other) || isInside(other, span))
}

function isBeside(one: Span, other: Span): boolean {
  return one.end <= other.start || other.end <= one.start
}

function isInside(one: Span, other: Span): boolean {
  return one.start > other.start && one.end < other.end
}

function inOneSentence(one: Span, other: Span, { sentences }: Message): boolean {
  const { start, end } = around([one, other])
  return sentences[start] === sentences[end - 1]
}

/** Whether what has been found is neither harmless nor for another language to judge. */
function counts(match: Span, excuses: readonly Excusing[], message: Message): boolean {
  return !isExcused(excuses, match, message) && !isForeign(match, message)
}

function isForeign({ start, end }: Span, { words, numbers, foreign }: Message): boolean {
  return words.slice(start, end).every((word, at) => numbers[start + at]?.length === 0 || foreign(word))
}

function isExcused(excuses: readonly Excusing[], match: Span, message: Message): boolean {
  return excuses.some(({ where, ids }) =>
    ids.some((id) => {
      const places = message.classes.get(id)
      return places !== undefined && (where === 'after' ? isAfter : isAround)(places, match, message)
    }),
  )
}

function isAfter(places: Places, { end }: Span, { sentences }: Message): boolean {
  const starts = Array.from({ length: beside.after + 1 }, (_, skipped) => end + skipped)
  return starts.some((start) => places.has(start) && sentences[start] === sentences[end - 1])
}

function isAround(places: Places, { start, end }: Span, { sentences }: Message): boolean {
  const from = Math.max(0, start - beside.around)
  for (let at = from; at < end + beside.around; at++) {
    const isInSentence = sentences[at] === sentences[start] || sentences[at] === sentences[end - 1]
    if (isInSentence && places.has(at)) return true
  }
  return false
}
