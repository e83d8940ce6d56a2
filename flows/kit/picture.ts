import type { Language, Message } from './words.ts'

/**
 * What is drawn above the words of a screen: messages in a flow, strings once it is in a language. A new kind is a type
 * here and a file in src/charts; what only one subject needs is an `image` by a maker of its own.
 */
export type Picture<Text = Message> = Bars<Text> | Card<Text> | Radar<Text> | Table<Text> | Image<Text>

/** What pictures are drawn in, as their reader likes it. */
export const looks = ['light', 'dark'] as const
export type Look = (typeof looks)[number]

/**
 * A bar for each area, from `min` to `max`, in a colour by its place and, where there is one of its name, with a sign.
 * Those that are highlighted stand above them in large letters.
 */
export type Bars<Text = Message> = {
  readonly type: 'bars'
  readonly title: Text
  readonly note?: Text
  readonly min: number
  readonly max: number
  /** What a bar as short, and one as long as can be, says. */
  readonly ends?: readonly [Text, Text]
  readonly bars: readonly Bar<Text>[]
}

export type Bar<Text = Message> = {
  readonly label: Text
  readonly value: number
  readonly highlighted?: boolean
  readonly sign?: string
}

/** A card to be shown to others: areas in large letters, most often one or two, and whose bot it is from. */
export type Card<Text = Message> = {
  readonly type: 'card'
  readonly title: Text
  readonly note?: Text
  /** `place` gives the colour that the area has among bars. */
  readonly areas: readonly { readonly label: Text; readonly place: number; readonly sign?: string }[]
}

/** Up to four profiles over the same 3 to 12 axes, to compare them: each with a value from `min` to `max` for each axis. */
export type Radar<Text = Message> = {
  readonly type: 'radar'
  readonly title: Text
  readonly note?: Text
  readonly min: number
  readonly max: number
  readonly axes: readonly Text[]
  readonly profiles: readonly { readonly label: Text; readonly values: readonly number[] }[]
}

/** A header and rows of short cells, some of them highlighted; about fifty rows are as high as Telegram takes. */
export type Table<Text = Message> = {
  readonly type: 'table'
  readonly title: Text
  readonly note?: Text
  readonly header: readonly Text[]
  readonly rows: readonly (readonly { readonly text: Text; readonly highlighted?: boolean }[])[]
}

/** Drawn by a maker that is known by name; the same data and title must give the same picture, which is kept. */
export type Image<Text = Message> = {
  readonly type: 'image'
  readonly maker: string
  readonly data: Json
  readonly title: Text
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** The picture with its messages in words of the language. */
export function inLanguage(picture: Picture, words: PlainWords, language: Language): Picture<string> {
  return withTexts(picture, (message) => words.plain(message, language))
}

/** Every message that is drawn. */
export function messagesIn(picture: Picture): Message[] {
  const found: Message[] = []
  withTexts(picture, (message) => found.push(message))
  return found
}

type PlainWords = { plain(message: Message, language: Language): string }

function withTexts<From, To>(picture: Picture<From>, change: (text: From) => To): Picture<To> {
  if (picture.type === 'image') return { ...picture, title: change(picture.title) }
  const { title, note, ...rest } = picture
  const heading = { title: change(title), ...(note === undefined ? {} : { note: change(note) }) }
  switch (rest.type) {
    case 'bars': {
      const { ends, ...chart } = rest
      const bars = rest.bars.map(({ label, ...bar }) => ({ ...bar, label: change(label) }))
      const named = ends === undefined ? {} : { ends: [change(ends[0]), change(ends[1])] as const }
      return { ...heading, ...chart, ...named, bars }
    }
    case 'card': {
      const areas = rest.areas.map(({ label, ...area }) => ({ ...area, label: change(label) }))
      return { ...heading, ...rest, areas }
    }
    case 'radar': {
      const profiles = rest.profiles.map(({ label, values }) => ({ label: change(label), values }))
      return { ...heading, ...rest, axes: rest.axes.map(change), profiles }
    }
    case 'table': {
      const rows = rest.rows.map((row) =>
        row.map(({ text, highlighted = false }) => ({ text: change(text), highlighted })),
      )
      return { ...heading, ...rest, header: rest.header.map(change), rows }
    }
  }
}
