import { createFlows } from '../../flows/index.ts'
import { menuCommands } from '../../flows/kit/commands.ts'
import { walkFlows } from '../../flows/kit/compile.ts'
import { ContentError } from '../../flows/kit/content-error.ts'
import { messagesIn } from '../../flows/kit/picture.ts'
import type { Screen } from '../../flows/kit/screen.ts'
import { buttonsOf } from '../../flows/kit/screen.ts'
import { type Language, languages, type Message, type Value } from '../../flows/kit/words.ts'
import { instrumentWords } from '../../flows/survey/instrument.ts'
import type { ReadOnce } from '../base/read-once.ts'
import { unknownMakers } from '../charts/charts.ts'
import { checkWords } from '../i18n/check.ts'
import { type Locales, ownLocales } from '../i18n/load.ts'
import { wordsOf } from '../i18n/words.ts'
import { capabilities } from './index.ts'
import { makersOf } from './open.ts'
import { ownInstruments } from './survey/instruments.ts'

/**
 * Looks through all that is written for the bot, before the program opens anything: what each capability reads, words of
 * every language, every path of the flows. Says in some words what there is; throws a ContentError that names each file
 * and field, and what to do.
 */
export async function checkContent(read: ReadOnce, flowsOf = createFlows): Promise<readonly string[]> {
  const locales = await read(ownLocales)
  const found = await Promise.all(capabilities.map(({ check }) => check?.(read)))
  const instruments = await read(ownInstruments)
  const flows = flowsOf({ instruments })
  const { problems, screens } = walkFlows(flows)
  const sought = [
    ...instruments.flatMap(instrumentWords),
    ...screens.flatMap(messagesOf).flatMap(keysOf),
    ...menuCommands(flows).map(({ description }) => description.key),
    ...flows.flatMap(({ id, called = {} }) => Object.keys(called).map((name) => `${id}:called.${name}`)),
  ]
  const undrawn = unknownMakers(
    screens.flatMap(({ picture }) => picture ?? []),
    makersOf(capabilities),
  )
  const faults = new Set([...missingWords(sought, locales), ...faultyWords(locales), ...problems, ...undrawn])
  if (faults.size > 0) throw new ContentError(told([...faults]))
  return [...found.filter((words) => words !== undefined), `languages: ${languages.length}`]
}

/** So many faults are told at once; the others are seen when these are mended. */
const most = 20

function told(faults: readonly string[]): string {
  const rest = faults.length > most ? [`and ${faults.length - most} more`] : []
  return `The content cannot be used; correct it and start again:\n- ${[...faults.slice(0, most), ...rest].join('\n- ')}`
}

function faultyWords(locales: Locales): string[] {
  return checkWords(locales).map(
    ({ language, namespace, key, problem }) => `locales/${language}/${namespace}.json: ${key} ${problem}`,
  )
}

/** Words that are missing in every language do not differ from one to the other: they must be sought by their keys. */
function missingWords(keys: readonly string[], locales: Locales): string[] {
  const words = wordsOf(locales)
  return languages.flatMap((language) =>
    [...new Set(keys)].flatMap((key) => (words.has(key, language) ? [] : [missing(key, language, locales)])),
  )
}

function missing(key: string, language: Language, locales: Locales): string {
  const [namespace = '', path] = key.split(':')
  const file = `locales/${language}/${namespace}.json`
  return locales[language][namespace] === undefined
    ? `${file} is not there: write the words of "${namespace}" in it`
    : `${file}: ${path} is missing: add the words`
}

function messagesOf({ text, rows, picture }: Screen): Message[] {
  const pictured = picture === undefined ? [] : messagesIn(picture)
  return [...text.flat(), ...buttonsOf({ text, rows }).map(({ label }) => label), ...pictured]
}

/** The key of a message, and those of the messages among its values. */
function keysOf({ key, values = {} }: Message): string[] {
  return [key, ...Object.values(values).flatMap(keysIn)]
}

function keysIn(value: Value): string[] {
  if (typeof value !== 'object') return []
  if (Array.isArray(value)) return value.flatMap(keysIn)
  return 'key' in value ? keysOf(value) : []
}
