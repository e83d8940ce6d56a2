import { readdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { ContentError } from '../../flows/kit/content-error.ts'
import { faultyFields, type Problem, readSource, type Source } from './content-source.ts'

/** What is wrong with one thing beside those read before it, such as a code that two of them use. */
export type Comparison<Value> = (value: Value, earlier: readonly Value[]) => readonly Problem[]

/**
 * Reads every `*.yaml` and `*.json` of a folder of content, by name: each is one thing whose `id` is the file's name.
 * Throws one ContentError that names file, line and field of every fault in all of them.
 */
export async function readFolder<Value extends { readonly id: string }>(
  folder: URL | string,
  schema: z.ZodType<Value>,
  compare: Comparison<Value> = () => [],
): Promise<Value[]> {
  const place = pathOf(folder)
  const values: Value[] = []
  const faults: string[] = []
  for (const name of await namesIn(place)) {
    const path = join(place, name)
    try {
      const source = await readSource(path)
      const value = checked(source, schema)
      const problems = [...idProblems(value.id, path, values), ...compare(value, values)]
      if (problems.length > 0) throw faultyFields(source, problems)
      values.push(value)
    } catch (error) {
      faults.push(wordsOf(error))
    }
  }
  if (faults.length > 0) throw new ContentError(faults.join('\n'))
  return values
}

/** Reads one YAML or JSON file of content. Throws a ContentError that names the file, and line and field of every fault. */
export async function readChecked<Value>(file: URL | string, schema: z.ZodType<Value>): Promise<Value> {
  return checked(await readSource(pathOf(file)), schema)
}

function pathOf(place: URL | string): string {
  return place instanceof URL ? fileURLToPath(place) : place
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: Error) => {
    throw new ContentError(`The folder ${folder} cannot be read: ${cause.message}. Put its files back`, { cause })
  })
  return names.filter((name) => ['.yaml', '.json'].includes(extname(name))).sort()
}

function checked<Value>(source: Source, schema: z.ZodType<Value>): Value {
  const result = schema.safeParse(source.data)
  if (result.success) return result.data
  throw faultyFields(source, result.error.issues.flatMap(problemsOf))
}

/** Fields that should not be there are told one by one: zod tells the place around them. */
function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code !== 'unrecognized_keys') return [issue]
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not a field here; take it out' }))
}

function idProblems(id: string, path: string, earlier: readonly { readonly id: string }[]): Problem[] {
  if (id !== basename(path, extname(path)))
    return [{ path: ['id'], message: `is "${id}" but the file has another name; make the two equal` }]
  if (earlier.some((other) => other.id === id))
    return [{ path: ['id'], message: `"${id}" stands in another file, too; keep one of them` }]
  return []
}

function wordsOf(error: unknown): string {
  if (error instanceof ContentError) return error.message
  throw error
}
