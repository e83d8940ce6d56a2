import type { EventObject } from 'xstate'
import { button, type EventButton, go, type Screen, screen } from './screen.ts'

/** The way back, one step. */
export function back<const E extends EventObject>(event: E): EventButton<E> {
  return button({ key: 'common:back' }, event)
}

export function home(): EventButton<typeof go.home> {
  return button({ key: 'common:home' }, go.home)
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
