import { readdir, readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import type { z } from 'zod'
import { ContentError } from '../../flows/kit/content-error.ts'

/** Reads a YAML file of content and checks it. Throws an error that names the file and every faulty field. */
export async function readChecked<Value>(path: string, schema: z.ZodType<Value>): Promise<Value> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw fault(path, [`cannot be read: ${error.message}`])
  })
  const result = schema.safeParse(parseYaml(path, text))
  if (result.success) return result.data
  throw fault(
    path,
    result.error.issues.map((issue) => `${issue.path.join('.') || 'the whole file'}: ${issue.message}`),
  )
}

/** The names of the YAML files in a folder of content, in order. */
export async function yamlFilesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: Error) => {
    throw new ContentError(`The folder ${folder} cannot be read: ${error.message}. Put its files back`)
  })
  return names.filter((name) => name.endsWith('.yaml')).sort()
}

/** What is wrong with a file of content, a line each. */
export function fault(path: string, lines: readonly string[]): Error {
  return new ContentError(`The file ${path} needs correcting:\n- ${lines.join('\n- ')}`)
}

function parseYaml(path: string, text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    throw fault(path, [`not readable as YAML: ${error instanceof Error ? error.message : String(error)}`])
  }
}
