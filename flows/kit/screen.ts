import type { EventObject } from 'xstate'
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

/** A press sends the event to the flow (or navigates); a link opens a page and is no event. */
export type Button<E extends EventObject = EventObject> =
  | { readonly label: Message; readonly event: E | Navigation; readonly style?: ButtonStyle }
  | { readonly label: Message; readonly url: string }

/** A bar chart of an interest profile: values from `min` to `max`, highlighted bars stand out. */
export type Picture = {
  readonly type: 'bars'
  readonly title: Message
  readonly note?: Message
  readonly min: number
  readonly max: number
  readonly bars: readonly { readonly label: Message; readonly value: number; readonly highlighted?: boolean }[]
}

/** What a person sees: paragraphs, rows of buttons, perhaps a picture. Pure data, in no language yet. */
export type Screen<E extends EventObject = EventObject> = {
  readonly text: readonly Message[]
  readonly rows: readonly (readonly Button<E>[])[]
  readonly picture?: Picture
}

export function screen<E extends EventObject>(
  text: Message | readonly Message[],
  ...rows: readonly (readonly Button<E>[])[]
): Screen<E> {
  return { text: Array.isArray(text) ? text : [text as Message], rows: rows.filter((row) => row.length > 0) }
}

export function button<E extends EventObject>(label: Message, event: E | Navigation, style?: ButtonStyle): Button<E> {
  return style === undefined ? { label, event } : { label, event, style }
}

export function link(label: Message, url: string): Button<never> {
  return { label, url }
}

/** The buttons of a screen in the order of their places, as callback data counts them (links count too). */
export function buttonsOf<E extends EventObject>(of: Screen<E>): readonly Button<E>[] {
  return of.rows.flat()
}
