import type { EventObject } from 'xstate'
import type { Picture } from './picture.ts'
import type { Message } from './words.ts'

/** Steps every dialogue has, taken by the engine itself and known to no machine. */
export type Navigation =
  | { readonly type: 'go.home' }
  | { readonly type: 'go.leave' }
  | { readonly type: 'go.open'; readonly flow: string; readonly input?: unknown }

export const go = {
  home: { type: 'go.home' } as const,
  leave: { type: 'go.leave' } as const,
  open: (flow: string, input?: unknown): Navigation => ({ type: 'go.open', flow, input }),
}

export function isNavigation(event: EventObject): event is Navigation {
  return event.type.startsWith('go.')
}

export type ButtonStyle = 'primary' | 'success' | 'danger'

/** A press sends the event to the flow on top, or takes the navigation step it stands for. */
export type EventButton<E extends EventObject = EventObject> = {
  readonly label: Message
  readonly event: E
  readonly style?: ButtonStyle
  /** A list of phrases, with commas between them, that press it in writing; its label always does. */
  readonly said?: Message
  /** What is written for it is read by the state, which hears text: neither label nor list presses it. */
  readonly readByState?: true
}
/** Opens a page and is no event. */
export type LinkButton = { readonly label: Message; readonly url: string }
export type Button<E extends EventObject = EventObject> = EventButton<E> | LinkButton

export type SentAgain = { readonly kind: 'photo' | 'document'; readonly fileId: string }

/** A message, or several as the lines of one paragraph. */
export type Paragraph = Message | readonly Message[]

/** What a person sees: paragraphs, rows of buttons, perhaps a picture. Pure data, in no language yet. */
export type Screen<E extends EventObject = EventObject> = {
  readonly text: readonly Paragraph[]
  readonly rows: readonly (readonly Button<E | Navigation>[])[]
  /** What is done for whoever writes a phrase of a list, beside what the buttons do. */
  readonly heard?: readonly { readonly said: Message; readonly event: E | Navigation }[]
  readonly picture?: Picture
  /** A file that Telegram has already, by its id there; only notices come with one, and their words are its caption. */
  readonly file?: SentAgain
  /**
   * A name for what people may want to have: another screen leaves the message with its picture in the chat, without
   * buttons. One of the same name is edited in place; where it has to come below, it moves there.
   */
  readonly keepsake?: string
}

type Rows = readonly (readonly Button[])[]
type EventIn<B> = B extends EventButton<infer E> ? Exclude<E, Navigation> : never

/** A screen of the given paragraphs; empty rows and empty paragraphs are left out. */
export function screen<R extends Rows>(
  text: Message | readonly Paragraph[],
  ...rows: R
): Screen<EventIn<R[number][number]>> {
  const paragraphs: readonly Paragraph[] = 'key' in text ? [text] : text
  return {
    text: paragraphs.filter((paragraph) => 'key' in paragraph || paragraph.length > 0),
    // The events of the rows are those of the type by construction; `filter` only widens them.
    rows: rows.filter((row) => row.length > 0) as unknown as Screen<EventIn<R[number][number]>>['rows'],
  }
}

export function button<const E extends EventObject>(label: Message, event: E, style?: ButtonStyle): EventButton<E> {
  return style === undefined ? { label, event } : { label, event, style }
}

/** The button, pressed as well by whoever writes a phrase of the list (see `EventButton`). */
export function orSaid<B extends EventButton>(pressed: B, list: Message): B {
  return { ...pressed, said: list }
}

/** The button of an answer that its state reads in writing itself, since it may mean several or none. */
export function readByState<B extends EventButton>(pressed: B): B {
  return { ...pressed, readByState: true }
}

export function link(label: Message, url: string): LinkButton {
  return { label, url }
}

/** The buttons of a screen in the order of their places, as callback data counts them (links count too). */
export function buttonsOf(of: Screen): readonly Button[] {
  return of.rows.flat()
}
