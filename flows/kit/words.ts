import { z } from 'zod'

/** The languages Serik speaks, the first being the one it is written in. */
export const languages = ['kk', 'ru', 'en'] as const
export type Language = (typeof languages)[number]

/** The same words in every language, as the catalogue stores them. */
export const Words = z.record(z.enum(languages), z.string())
export type Words = Readonly<Record<Language, string>>
/** Words in no language, for the examples a flow is walked through with. */
export const exampleWords: Words = { kk: 'Example', ru: 'Example', en: 'Example' }

/** A point in time to be written in the reader's language: epoch milliseconds and an IANA zone. */
export type Moment = { readonly moment: number; readonly zone: string; readonly style: 'date' | 'time' | 'datetime' }

/** What may stand in a message's `{{place}}`; strings are foreign text and are escaped by the renderer. */
export type Value = string | number | Message | Words | Moment | readonly Value[]

/** A text as data: a locale key (`namespace:path`) and the values of its places. Rendered only when it is shown. */
export type Message = {
  readonly key: string
  readonly values?: Readonly<Record<string, Value>>
  /** Said in this language, whatever its reader's own: to show how it looks to others. */
  readonly in?: Language
}
/** A message that is kept with a dialogue. What it is made of was typed where it was made. */
export const Message = z.custom<Message>(isMessage, 'must be a message')

/** Makes messages of one namespace; a key with its own `namespace:` is taken as it is. */
export type Translate = (key: string, values?: Readonly<Record<string, Value>>) => Message

export function translator(namespace: string): Translate {
  return (key, values) => {
    const full = key.includes(':') ? key : `${namespace}:${key}`
    return values === undefined ? { key: full } : { key: full, values }
  }
}

/** A value as a message by itself: words that are stored in every language, a number. */
export function value(of: Value): Message {
  return { key: 'common:value', values: { value: of } }
}

/** In the reader's quotation marks. */
export function quoted(text: Value): Message {
  return { key: 'common:quoted', values: { text } }
}

/** The label of what can be chosen, with a mark where it is what is chosen at present. */
export function marked(label: Message, isPresent: boolean): Message {
  return isPresent ? { key: 'common:present', values: { label } } : label
}

/** The language of a client's code ("ru", "en-GB") where it is one of ours, else Kazakh, as the first language here. */
export function languageOf(code: string | undefined): Language {
  const start = code?.slice(0, 2).toLowerCase()
  return languages.find((language) => language === start) ?? languages[0]
}

function isMessage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string'
}
