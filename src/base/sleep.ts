import { setTimeout as wait } from 'node:timers/promises'

/** Waits `milliseconds`; ends early, without an error, when the signal aborts. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>

/** A longer time would be none at all to Node's timers. */
const longest = 2 ** 31 - 1

export const sleep: Sleep = (milliseconds, signal) =>
  wait(Math.min(milliseconds, longest), undefined, signal === undefined ? {} : { signal }).catch(() => {})

/** Resolves in the next round of the event loop, when all that is ready by now has had its turn. */
export const nextRound = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Doubling pauses with jitter: between half and the whole of `first · 2^attempt`, at most `longest` milliseconds. */
export function backOff(attempt: number, random: () => number, first = 500, longest = 30_000): number {
  const whole = Math.min(longest, first * 2 ** Math.min(attempt, 20))
  return Math.round(whole * (0.5 + random() / 2))
}
