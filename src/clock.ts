/** The only place that asks the machine for the time. */
export type Clock = { now(): number }

export const systemClock: Clock = { now: () => Date.now() }
