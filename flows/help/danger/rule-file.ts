import { z } from 'zod'
import type { Language } from '../../kit/words.ts'
import { type Entry, parseEntry, parseRule, type Rule, type Word } from './syntax.ts'

/** What may be spoken of: what brings the help screen at once, and what brings a warm line. */
const subjects = {
  danger: ['self', 'home', 'sexual', 'runaway', 'traffick', 'bully', 'threat', 'friend', 'hunger'],
  worry: ['sad', 'lonely', 'afraid', 'loss', 'orphan', 'weak'],
} as const
export const urgentSubjects = subjects.danger
/** The second level knows weaker signs of danger, too. */
export const warmSubjects = [...subjects.worry, ...subjects.danger] as const

export type Level = 'danger' | 'worry'
export type PlacedRule = Rule & {
  readonly level: Level
  readonly subject: string
  /** A message that it must find, where no case of the project does. */
  readonly example?: string
}
/** The rules of one language; classes are its own. */
export type RuleFile = WrittenRules & { readonly language: Language }
type WrittenRules = {
  /** Common words that are meant as they stand, though they look like a misspelt word of the rules ("была" and "била"). */
  readonly ordinary: readonly Word[]
  readonly classes: ReadonlyMap<string, readonly Entry[]>
  readonly rules: readonly PlacedRule[]
}

/** The words of a class, separated by commas; a list does as well. */
const WrittenClass = z.union([
  z.string().transform((words) => words.split(',')),
  z.array(z.union([z.string(), z.number()]).transform(String)),
])
const WrittenRule = z.union([z.string(), z.strictObject({ rule: z.string(), example: z.string() })])
const Rules = (names: readonly string[]) =>
  z.partialRecord(z.enum(names), z.array(WrittenRule).min(1, 'is empty: write a rule or take it out'))

const Written = z.strictObject({
  ordinary: z.string().default(''),
  words: z.record(z.string().regex(/^[\w-]+$/, 'must be a name of Latin letters'), WrittenClass),
  level_one: Rules(urgentSubjects),
  level_two: Rules(warmSubjects),
})
type Written = z.infer<typeof Written>
type Path = readonly (string | number)[]
type Report = (path: Path, message: string) => void

/** Reads a file of rules; each fault is told with its place and what to change. */
export const RuleFile = Written.transform((written, context): WrittenRules => {
  const report: Report = (path, message) => {
    context.issues.push({ code: 'custom', message, path: [...path], input: written })
  }
  const classes = readClasses(written, report)
  const rules = readRules(written, report)
  checkUse(rules, classes, report)
  return { ordinary: readOrdinary(written, report), classes, rules: rules.map(({ rule }) => rule) }
})

function readOrdinary({ ordinary }: Written, report: Report): Word[] {
  const read = ordinary.split(/[\s,]+/).filter((word) => word !== '')
  return read.flatMap((word) => attempt(() => parseEntry(word), ['ordinary'], report)).flatMap(wordsOf)
}

function wordsOf(entry: Entry): readonly Word[] {
  return entry.flatMap((part) => (part.type === 'words' ? part.words : []))
}

function readClasses({ words }: Written, report: Report): Map<string, readonly Entry[]> {
  const read = Object.entries(words).map(([name, entries]) => {
    if (entries.every((entry) => entry.trim() === '')) report(['words', name], 'is empty: write a word or take it out')
    return [name, entries.flatMap((entry) => attempt(() => parseEntry(entry), ['words', name], report))] as const
  })
  return new Map(read)
}

type Found = { readonly rule: PlacedRule; readonly path: Path }

function readRules(written: Written, report: Report): Found[] {
  const levels = { level_one: 'danger', level_two: 'worry' } as const
  const found = (['level_one', 'level_two'] as const).flatMap((key) =>
    Object.entries(written[key]).flatMap(([subject, rules = []]) =>
      rules.flatMap((one, at) => {
        const { rule, ...rest } = typeof one === 'string' ? { rule: one } : one
        const path = [key, subject, at]
        return attempt(
          () => ({ rule: { ...parseRule(rule), ...rest, level: levels[key], subject }, path }),
          path,
          report,
        )
      }),
    ),
  )
  const sources = new Set<string>()
  for (const { rule, path } of found) {
    if (sources.has(rule.source)) report(path, `"${rule.source}" stands twice: take one out`)
    sources.add(rule.source)
  }
  return found
}

function attempt<T>(read: () => T, path: Path, report: Report): T[] {
  try {
    return [read()]
  } catch (error) {
    report(path, error instanceof Error ? error.message : String(error))
    return []
  }
}

function checkUse(found: readonly Found[], classes: ReadonlyMap<string, unknown>, report: Report): void {
  for (const { rule, path } of found) {
    for (const name of classesOf(rule)) {
      if (!classes.has(name)) report(path, `there is no class "${name}": write it under "words", or mend the name`)
    }
    const hidden = needed(rule).find((name) => isExcused(rule, name))
    if (hidden !== undefined) report(path, `can never match: it needs "${hidden}" and is harmless with it`)
  }
  const used = new Set(found.flatMap(({ rule }) => classesOf(rule)))
  for (const name of classes.keys()) {
    if (!used.has(name)) report(['words', name], 'is used by no rule: use it or take it out')
  }
}

/** The classes a rule names. */
function classesOf(rule: Rule): string[] {
  return [...needed(rule), ...rule.excuses.flatMap(({ classes }) => classes)]
}

function needed({ pattern }: Rule): readonly string[] {
  if (pattern.type === 'together') return pattern.classes
  return pattern.steps.flatMap((step) => (step.type === 'class' ? [step.name] : []))
}

function isExcused({ excuses }: Rule, name: string): boolean {
  return excuses.some(({ where, classes }) => where !== 'after' && classes.includes(name))
}
