import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { ConfigError } from './config-error.ts'
import { nearestName } from './nearest-name.ts'

export type Variables = Readonly<Record<string, string | undefined>>

/** The variables in force, and which of them a file brought: names only, values may be secrets. */
export type Settings = {
  readonly variables: Variables
  /** The file that was read; undefined when there is none. */
  readonly file: string | undefined
  /** Settings of ours that it brought. */
  readonly brought: readonly string[]
  /** Names in it that Serik does not know: of other programs. */
  readonly unknown: readonly string[]
}

/**
 * The environment, and where it says nothing the file `.env` in the folder, or else in the program's. A variable that is
 * set wins even when it is empty. SERIK_ENV_FILE names another file, or none (/dev/null). Throws ConfigError for a file
 * that cannot be read as it was meant.
 */
export function readEnvFile(
  environment: Variables,
  { folder, program, known }: { readonly folder: string; readonly program: string; readonly known: readonly string[] },
): Settings {
  const file = placeOf(environment, folder, program)
  const text = readText(file, environment.SERIK_ENV_FILE !== undefined)
  if (text === undefined) return { variables: environment, file: undefined, brought: [], unknown: [] }
  checkLines(text, file)
  const parsed = parseEnv(text)
  const unknown = Object.keys(parsed).filter((name) => !known.includes(name))
  checkNames(unknown, known, file)
  const names = Object.keys(parsed).filter((name) => environment[name] === undefined)
  return {
    variables: { ...parsed, ...environment },
    file,
    brought: names.filter((name) => known.includes(name) && parsed[name]?.trim() !== ''),
    unknown,
  }
}

/** From another folder, too, the operator's tool must work with the bot's database and not with the playground's. */
function placeOf({ SERIK_ENV_FILE: named }: Variables, folder: string, program: string): string {
  const here = resolve(folder, named ?? '.env')
  return named !== undefined || existsSync(here) ? here : resolve(program, '.env')
}

/** Without the mark some editors put at the beginning; undefined when there is no file and none was asked for. */
function readText(file: string, isNamed: boolean): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code === 'ENOENT' && !isNamed) return undefined
    throw new ConfigError(
      `${file} cannot be read (${code}). ${remedies[code] ?? 'Give this user the right to read it.'}`,
    )
  }
}

const remedies: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file: name the right one in SERIK_ENV_FILE, or leave that out.',
  EISDIR: 'It is a folder: settings stand in a file, one NAME=value a line.',
}

const comment = /^\s*(#.*)?$/
const assignment = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)$/

/** Node passes over what it does not understand; a setting that was meant would be missing without a word. */
function checkLines(text: string, file: string): void {
  if (/[\0\uFFFD]/.test(text)) throw new ConfigError(`${file} is no UTF-8 text. Save it once more as UTF-8.`)
  const lineOf = new Map<string, number>()
  const problems = text.split(/\r\n|\n|\r/).flatMap((line, index) => {
    if (comment.test(line)) return []
    const [, name, value = ''] = assignment.exec(line) ?? []
    if (name === undefined) return [`line ${index + 1} is not NAME=value`]
    const before = lineOf.get(name)
    lineOf.set(name, index + 1)
    if (before !== undefined) return [`line ${index + 1} sets ${name} once more (see line ${before})`]
    return isOpen(value) ? [`line ${index + 1}: the quotation mark after ${name}= is not closed`] : []
  })
  if (problems.length > 0) throw new ConfigError(`${file} cannot be used:\n- ${problems.join('\n- ')}`)
}

/** With a mistyped BOT_TOKEN the playground would start in the place of the bot. */
function checkNames(unknown: readonly string[], known: readonly string[], file: string): void {
  const problems = unknown.flatMap((name) => {
    const meant = nearestName(name, known)
    return meant === undefined ? [] : [`${name} is no setting; write ${meant}, or delete the line`]
  })
  if (problems.length > 0) throw new ConfigError(`${file} cannot be used:\n- ${problems.join('\n- ')}`)
}

function isOpen(value: string): boolean {
  const [quote = ''] = value
  return ['"', "'", '`'].includes(quote) && !value.includes(quote, 1)
}
