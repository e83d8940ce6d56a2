/** The only place that asks the machine for the time. */
export type Clock = { now(): number }

/** The time of day: for what is stored or shown, and for what is due. It can be set, back or forward. */
export const systemClock: Clock = { now: () => Date.now() }

/** Ticks evenly, from no particular moment: for intervals. It may stand still while the machine sleeps. */
export const steadyClock: Clock = { now: () => Math.floor(performance.now()) }

/** A moment to which time is measured. */
export type Moment = { readonly steady: number; readonly wall: number }

export type Elapsed = {
  mark(): Moment
  /** Milliseconds at least. */
  since(moment: Moment): number
}

/**
 * Measures how long ago something was, by whichever clock shows more: for what must not be believed for too long. The
 * steady one stands still while a machine sleeps, the other one may have been set.
 */
export function createElapsed(steady: Clock, wall: Clock): Elapsed {
  return {
    mark: () => ({ steady: steady.now(), wall: wall.now() }),
    since: (moment) => Math.max(steady.now() - moment.steady, wall.now() - moment.wall),
  }
}

/** How much of `interval` ms is left since it began; nothing of one that never did, or when the clock was set back. */
export function remaining(interval: number, since: number | undefined, now: number): number {
  return since === undefined || now < since ? 0 : Math.max(0, interval - (now - since))
}
