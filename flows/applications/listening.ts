import type { On } from './context.ts'

/** A word of sadness is no answer, wherever it is written: it leads to whom one can turn to. */
export const worried = { guard: ({ event }: On<'TEXT'>) => event.worry === true }
