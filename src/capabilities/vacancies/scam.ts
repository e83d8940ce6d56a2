import { z } from 'zod'
import type { Likeness } from '../../../flows/vacancies/scam/likeness.ts'
import { classesOf, type Pattern, parsePattern } from '../../../flows/vacancies/scam/patterns.ts'
import { hardKinds, type ScamWords, type SignKind, softKinds } from '../../../flows/vacancies/scam/signs.ts'
import { readChecked } from '../../base/content-files.ts'
import { checkWeights, storedWeights, toStored } from '../../base/stored-weights.ts'

const Patterns = z.array(z.string()).transform((written, context): readonly Pattern[] =>
  written.flatMap((one, at) => {
    try {
      return parsePattern(one)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      context.issues.push({ code: 'custom', message, path: [at], input: one })
      return []
    }
  }),
)
const ClassName = z.string().regex(/^[\w-]+$/, 'must be a name of Latin letters')
/** The entries of a class, separated by commas. */
const Entries = z
  .string()
  .transform((written) =>
    written
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  )
  .pipe(Patterns)
const Sum = z.number().positive()
const Hosts = z.array(z.string().regex(/^[a-z\d./-]+$/, 'must be a host, perhaps with the beginning of a path'))
const Some = Patterns.default([])
const Sign = z.strictObject({ surely: Some, said: Some, nameless: Some, unless: Some, and: Some })

/** The words by which scams are known, as `flows/vacancies/terms/scam.yaml` holds them. */
export const ScamFile = z
  .strictObject({
    classes: z.record(ClassName, Entries),
    signs: z.strictObject(keyed([...hardKinds, ...softKinds], Sign)),
    honest: Patterns,
    named: z.array(z.string().min(2)),
    offer: Patterns,
    inexperienced: Patterns,
    links: z.strictObject({ forms: Hosts, messengers: Hosts }),
    pay: z.strictObject({
      minimumWage: Sum,
      high: Sum,
      thousand: Patterns,
      million: Patterns,
      foreign: Patterns,
      periods: z.strictObject({ day: Patterns, week: Patterns, month: Patterns }),
    }),
  })
  .superRefine(({ classes, signs, honest, offer, inexperienced }, context) => {
    const report = (path: PropertyKey[], patterns: readonly Pattern[]) => {
      const unknown = patterns.flatMap(classesOf).find((name) => !Object.hasOwn(classes, name))
      if (unknown === undefined) return
      context.addIssue({ code: 'custom', message: `there is no class "${unknown}": write it under "classes"`, path })
    }
    for (const [name, entries] of Object.entries(classes)) {
      if (entries.some((entry) => classesOf(entry).length > 0))
        context.addIssue({ code: 'custom', message: 'must name no other class', path: ['classes', name] })
    }
    for (const [kind, sign] of Object.entries(signs)) report(['signs', kind], Object.values(sign).flat())
    report(['honest'], honest)
    report(['offer'], offer)
    report(['inexperienced'], inexperienced)
  })
  .transform(
    ({ classes, signs, ...rest }): ScamWords => ({
      ...rest,
      classes: new Map(Object.entries(classes)),
      signs: new Map([...hardKinds, ...softKinds].map((kind) => [kind, signs[kind]])),
    }),
  )

/** Reads the words by which scams are known. Throws a ContentError that names file, line and field of every fault. */
export async function readScamWords(files: URL): Promise<ScamWords> {
  return readChecked(new URL('flows/vacancies/terms/scam.yaml', files), ScamFile)
}

const StoredLikeness = z
  .strictObject({ ...storedWeights, hard: z.number(), soft: z.number(), doubt: z.number() })
  .superRefine(checkWeights('derive:scam'))

/** Where what was learned from whole offers stands. */
export const likenessFile = 'flows/vacancies/scam/weights.json'

/** Reads all by which scams are known: words, and what was learned from whole offers. Throws as `readScamWords` does. */
export async function readScam(files: URL): Promise<ScamWords> {
  const [words, likeness] = await Promise.all([
    readScamWords(files),
    readChecked(new URL(likenessFile, files), StoredLikeness),
  ])
  return { ...words, likeness }
}

/** The text of the file of what was learned. */
export function writtenLikeness(likeness: Likeness): string {
  return `${JSON.stringify(toStored(likeness), null, 2)}\n`
}

function keyed<Value>(kinds: readonly SignKind[], value: Value): Record<SignKind, Value> {
  return Object.fromEntries(kinds.map((kind) => [kind, value])) as Record<SignKind, Value>
}
