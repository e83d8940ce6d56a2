import type { EventObject } from 'xstate'
import { button, type EventButton, go, type Navigation, orSaid, type Screen, screen } from './screen.ts'
import type { Message } from './words.ts'

/** The step back in flows that take it themselves. */
export const toBack = { type: 'BACK' } as const

/** The way back, one step. */
export function back<const E extends EventObject>(event: E): EventButton<E> {
  return orSaid(button({ key: 'common:back' }, event), { key: 'common:said.back' })
}

export function home(): EventButton<typeof go.home> {
  return button({ key: 'common:home' }, go.home)
}

/** The way to people who help, and back again. */
export function help(): EventButton<Navigation> {
  return orSaid(button({ key: 'help:menu' }, go.open('help')), { key: 'help:called.help' })
}

/** For what may be left unanswered. */
export function skip<const E extends EventObject>(event: E): EventButton<E> {
  return orSaid(button({ key: 'common:skip' }, event), { key: 'common:said.skip' })
}

type ToPage = { readonly type: 'PAGE'; readonly page: number }

/** The ways to the pages before and after this one, where there are such. Pages count from 0. */
export function pager(page: number, pages: number, before: Message, after: Message): EventButton<ToPage>[] {
  const to = (label: Message, other: number) => button(label, { type: 'PAGE' as const, page: other })
  return [...(page > 0 ? [to(before, page - 1)] : []), ...(page < pages - 1 ? [to(after, page + 1)] : [])]
}

/** Lays buttons out in rows of at most `width`. */
export function inRows<B>(buttons: readonly B[], width: number): B[][] {
  const count = Math.ceil(buttons.length / width)
  return Array.from({ length: count }, (_, row) => buttons.slice(row * width, (row + 1) * width))
}

/** For a state that only waits for a look-up of the same turn: seen by nobody unless the look-up fails. */
export function waiting(): Screen<never> {
  return screen({ key: 'common:waiting' }, [home()])
}
