import { createInstance, type i18n } from 'i18next'
import { type Language, languages, type Message, type Moment, type Value, type Words } from '../../flows/kit/words.ts'
import { type Locales, loadLocales } from './load.ts'
import { escapeHtml, stripHtml } from './markup.ts'

/** Turns messages into words of a language. */
export type WordsBook = {
  /** Telegram HTML: locale strings are trusted markup, values are escaped. */
  render(message: Message, language: Language): string
  /** The same without markup, for button labels, toasts, charts and commands. */
  plain(message: Message, language: Language): string
  /** Whether the language itself has the key (`namespace:path`). */
  has(key: string, language: Language): boolean
}

export type WordsOptions = {
  /** Throw for a missing key or value instead of falling back: for tests and development. */
  readonly strict?: boolean
  /** Hears of what is missing, once for each language and key. */
  readonly onMissing?: (problem: string) => void
}

/** Loads `locales/<language>/<namespace>.json` under `root` and returns the book of words. */
export async function createWords(root: URL, options: WordsOptions = {}): Promise<WordsBook> {
  return wordsOf(await loadLocales(root), options)
}

/** The book of words over locales that are loaded already. */
export function wordsOf(locales: Locales, options: WordsOptions = {}): WordsBook {
  const templates = createTemplates(locales, options)
  const format = createFormats()
  const still = languages.map((language) => [language, new Map<string, string>()] as const)
  const plainStill = new Map(still)
  const rendered = new Map(languages.map((language) => [language, new Map<string, string>()] as const))

  const render = (message: Message, reads: Language): string => {
    const language = message.in ?? reads
    if (message.values !== undefined) return fill(message, message.values, language)
    return remembered(rendered.get(language), message.key, () => templates.find(message.key, undefined, language))
  }
  const fill = (message: Message, values: NonNullable<Message['values']>, language: Language): string => {
    const count = typeof values.count === 'number' ? values.count : undefined
    const written: Record<string, string> = {}
    for (const name of Object.keys(values)) written[name] = write(values[name], language)
    return templates.fill(templates.find(message.key, count, language), written, message.key, language)
  }
  const write = (value: Value | undefined, language: Language): string => {
    if (typeof value === 'string') return escapeHtml(value)
    if (typeof value === 'number') return format.number(value, language)
    if (value === undefined) return ''
    if (isList(value)) return value.map((one) => write(one, language)).join(', ')
    if (isMessage(value)) return render(value, language)
    if (isMoment(value)) return format.moment(value, language)
    return escapeHtml(value[language])
  }
  return {
    render,
    plain: (message, language) =>
      message.values === undefined
        ? remembered(plainStill.get(message.in ?? language), message.key, () => stripHtml(render(message, language)))
        : stripHtml(render(message, language)),
    has: (key, language) => templates.has(key, language),
  }
}

function remembered(cache: Map<string, string> | undefined, key: string, make: () => string): string {
  const known = cache?.get(key)
  if (known !== undefined) return known
  const made = make()
  cache?.set(key, made)
  return made
}

type Templates = {
  find(key: string, count: number | undefined, language: Language): string
  fill(template: string, values: Record<string, string>, key: string, language: Language): string
  has(key: string, language: Language): boolean
}

// i18next's `t` resolves the key anew each time (5 to 20 µs); its answer without values depends on the key and the
// plural form alone, so it is kept, and only i18next's interpolator (about 2 µs) runs for each call.
function createTemplates(locales: Locales, { strict = false, onMissing = () => {} }: WordsOptions): Templates {
  const engine = createEngine(locales)
  const { interpolator, pluralResolver } = engine.services
  const found = new Map(languages.map((language) => [language, new Map<string, string>()] as const))
  const reported = new Set<string>()

  const report = (problem: string) => {
    if (strict) throw new Error(problem)
    if (reported.has(problem)) return
    reported.add(problem)
    onMissing(problem)
  }
  const lookUp = (key: string, count: number | undefined, language: Language): string => {
    const counted = count === undefined ? {} : { count }
    for (const lng of [language, ...languages.filter((other) => other !== language)]) {
      if (engine.exists(key, { lng, ...counted })) {
        const template: unknown = engine.t(key, { lng, ...counted, skipInterpolation: true })
        if (typeof template === 'string') return template
      }
      report(`locales/${lng}/${key.replace(':', '.json: ')} is missing: add the words there`)
    }
    return escapeHtml(key)
  }
  return {
    find: (key, count, language) => {
      // Zero may have words of its own (`_zero`) in any language.
      const form = count === undefined ? '' : count === 0 ? '_zero' : pluralResolver.getSuffix(language, count)
      return remembered(found.get(language), key + form, () => lookUp(key, count, language))
    },
    fill: (template, values, key, language) => {
      if (!template.includes('{{')) return template
      const options = {
        missingInterpolationHandler: (_text: string, match: RegExpExecArray) => {
          report(`${match[0]} in ${key} (${language}) has no value: pass it in the message`)
          return ''
        },
      }
      // The interpolator reads this handler, but its types leave it out.
      return interpolator.interpolate(template, values, language, options as never)
    },
    has: (key, language) => engine.exists(key, { lng: language }) || engine.exists(key, { lng: language, count: 1 }),
  }
}

function createEngine(locales: Locales): i18n {
  const engine = createInstance()
  engine.init({
    lng: languages[0],
    fallbackLng: false, // the order of falling back is ours, with a report at each step
    defaultNS: false,
    ns: [...new Set(Object.values(locales).flatMap((namespaces) => Object.keys(namespaces)))],
    // i18next types resources as mutable; it only reads these.
    resources: locales as never,
    initAsync: false,
    interpolation: { escapeValue: false }, // values arrive escaped; locale strings are trusted markup
  })
  return engine
}

/** Numbers from five digits on are grouped, so that a year stays as it is. */
function createFormats() {
  const dates = new Map<string, Intl.DateTimeFormat>()
  const numbers = new Map(
    languages.map((language) => [language, new Intl.NumberFormat(language, { useGrouping: 'min2' })] as const),
  )
  return {
    number: (value: number, language: Language) =>
      Number.isInteger(value) && Math.abs(value) < 10_000
        ? String(value)
        : (numbers.get(language)?.format(value) ?? ''),
    moment: ({ moment, zone, style }: Moment, language: Language) => {
      const key = `${language} ${zone} ${style}`
      const format =
        dates.get(key) ?? new Intl.DateTimeFormat(dated[language], { timeZone: zone, ...momentStyles[style] })
      dates.set(key, format)
      return format.format(moment)
    },
  }
}

/** A bare `en` would name the month first, as in the United States. */
const dated: Readonly<Record<Language, string>> = { kk: 'kk', ru: 'ru', en: 'en-GB' }

const momentStyles: Readonly<Record<Moment['style'], Intl.DateTimeFormatOptions>> = {
  date: { dateStyle: 'long' },
  time: { timeStyle: 'short', hourCycle: 'h23' },
  datetime: { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' },
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

function isMessage(value: Message | Words | Moment | readonly Value[]): value is Message {
  return 'key' in value
}

function isMoment(value: Words | Moment): value is Moment {
  return 'moment' in value
}
