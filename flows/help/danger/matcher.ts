import type { Language } from '../../kit/words.ts'
import { type Compiled, isFound } from './found.ts'
import { type ClassEntry, lookedUp, type Message, messageOf, type Part, put } from './message.ts'
import { readingsOf, type Spellings } from './reading.ts'
import type { Level, PlacedRule, RuleFile } from './rule-file.ts'
import type { Step } from './syntax.ts'
import { createVocabulary, type Vocabulary } from './vocabulary.ts'

/** Finds rules in a message. The time it takes grows with the length of the message, whatever stands in it. */
export type Matcher = {
  readonly language: Language
  read(spellings: Spellings): ReadMessage
  /** Whether it is a word of the rules, or an ordinary one. */
  isKnown(word: string): boolean
}

export type ReadMessage = {
  /** The rules of that level which the message fits, as they are found; mostly only the first is asked for. */
  find(level: Level): Generator<PlacedRule>
}

/** Rules by what they begin with. */
type Beginnings<T> = { readonly byWord: Map<number, T[]>; readonly byClass: Map<number, T[]> }

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

function* matches(message: Message, { byWord, byClass }: Beginnings<Compiled>): Generator<PlacedRule> {
  for (const [number, starts] of message.places) {
    for (const rule of byWord.get(number) ?? []) if (isFound(rule, starts, message)) yield rule.rule
  }
  for (const [id, starts] of message.classes) {
    for (const rule of byClass.get(id) ?? []) if (isFound(rule, [...starts.keys()], message, id)) yield rule.rule
  }
}
