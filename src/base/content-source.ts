import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { ContentError } from '../../flows/kit/content-error.ts'

/** A file of content as data that nobody has checked yet, with the text it was read from. */
export type Source = { readonly path: string; readonly text: string; readonly data: unknown }

/** What is wrong with a field; `path` leads to it from the top of the file. */
export type Problem = { readonly path: readonly PropertyKey[]; readonly message: string }

/** Reads a JSON file, or a YAML file by any other name. Throws a ContentError naming the file, and the line it breaks at. */
export async function readSource(path: string): Promise<Source> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new ContentError(`The file ${path} cannot be read: ${cause.message}`, { cause })
  })
  return { path, text, data: extname(path) === '.json' ? parseJson(path, text) : parseYaml(path, text) }
}

/** An error that tells each problem with its line and field. A field that is missing has the line of what lacks it. */
export function faultyFields({ path, text }: Source, problems: readonly Problem[]): ContentError {
  const { document, lineAt } = documentOf(text)
  const lines = problems.map((problem) => {
    const line = lineAt(offsetOf(document.contents, problem.path))
    return `line ${line}, ${problem.path.join('.') || 'the whole file'}: ${problem.message}`
  })
  return faulty(path, lines)
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause)
    throw faulty(path, [`line ${jsonLine(text, what)}: not readable as JSON: ${what}`], cause)
  }
}

/** Some messages of JSON.parse tell the position. JSON is YAML as well, whose errors always do. */
function jsonLine(text: string, what: string): number {
  const { document, lineAt } = documentOf(text)
  const position = /position (\d+)/.exec(what)?.[1]
  return lineAt(position === undefined ? (document.errors[0]?.pos[0] ?? text.length) : Number(position))
}

function parseYaml(path: string, text: string): unknown {
  const { document, lineAt } = documentOf(text)
  const [error] = document.errors
  if (error) throw faulty(path, [`line ${lineAt(error.pos[0])}: not readable as YAML: ${error.message}`], error)
  try {
    return document.toJS()
  } catch (cause) {
    // Such as the alias of an anchor that is nowhere.
    throw faulty(path, [`not readable as YAML: ${cause instanceof Error ? cause.message : String(cause)}`], cause)
  }
}

function documentOf(text: string) {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false })
  return { document, lineAt: (offset: number) => Math.max(1, lineCounter.linePos(offset).line) }
}

/** Where the field stands, or the nearest thing around it that is there. */
function offsetOf(node: unknown, [key, ...rest]: readonly PropertyKey[], around = 0): number {
  const here = isNode(node) ? (node.range?.[0] ?? around) : around
  if (key === undefined) return here
  if (isSeq(node) && node.items[Number(key)] !== undefined) return offsetOf(node.items[Number(key)], rest, here)
  const pair = isMap(node) && node.items.find((one) => isScalar(one.key) && String(one.key.value) === String(key))
  if (!pair || !isScalar(pair.key)) return here
  const named = pair.key.range?.[0] ?? here
  return rest.length === 0 ? named : offsetOf(pair.value, rest, named)
}

function faulty(path: string, lines: readonly string[], cause?: unknown): ContentError {
  return new ContentError(`The file ${path} needs correcting:\n- ${lines.join('\n- ')}`, { cause })
}
