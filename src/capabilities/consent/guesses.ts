import { createBounded } from '../../base/bounded.ts'

/** Codes nobody has made that one chat may try in an hour; a slip of the finger is no guess. */
const mostMisses = 10
const span = 3_600_000
/** Chats that are remembered. */
const mostChats = 10_000

/** Counts for each chat the codes it tried that there are not. */
export type Guesses = {
  /** Whether the chat may try a code at `now` (epoch ms). */
  mayTry(chatId: number, now: number): boolean
  missed(chatId: number, now: number): void
}

/**
 * Nobody finds a code of 144 bits by trying; that nobody tries for long keeps the database in peace. In memory: a new
 * start forgives.
 */
export function createGuesses(): Guesses {
  const misses = createBounded<number, { readonly since: number; readonly count: number }>(mostChats)
  const present = (chatId: number, now: number) => {
    const found = misses.get(chatId)
    return found !== undefined && now < found.since + span ? found : { since: now, count: 0 }
  }
  return {
    mayTry: (chatId, now) => present(chatId, now).count < mostMisses,
    missed: (chatId, now) => {
      const { since, count } = present(chatId, now)
      misses.set(chatId, { since, count: count + 1 })
    },
  }
}
