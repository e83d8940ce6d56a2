import { GrammyError, HttpError } from 'grammy'
import type { Log } from '../base/log.ts'
import { backOff, type Sleep, sleep } from '../base/sleep.ts'

export type ArrivalOptions = {
  /** Ends the waiting at once. */
  readonly signal: AbortSignal
  /** The address of the Bot API, for the log. */
  readonly server: string
  readonly log: Log
  readonly random: () => number
  readonly sleep?: Sleep
}

/** Between two tries, in ms. */
const pauses = { first: 1_000, longest: 60_000 }

/**
 * Asks Telegram until it answers, with growing pauses: a machine often starts before its network does. Says once that it
 * waits and once that this is over. Resolves to undefined when the signal aborts; rejects at once with what no waiting
 * mends, such as a wrong token.
 */
export async function untilAnswered<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  { signal, server, log, random, sleep: wait = sleep }: ArrivalOptions,
): Promise<T | undefined> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      const answer = await ask(signal)
      if (attempt > 0) log.info({ server, attempts: attempt + 1 }, 'Telegram can be reached')
      return answer
    } catch (error) {
      if (signal.aborted) return undefined
      const pause = pauseAfter(error, attempt, random)
      if (attempt === 0)
        log.warn({ server, ...reasonOf(error) }, 'Telegram cannot be reached; it is tried until it answers')
      await wait(pause, signal)
    }
  }
  return undefined
}

/** In ms. Throws what waiting does not mend. */
function pauseAfter(error: unknown, attempt: number, random: () => number): number {
  if (error instanceof GrammyError && error.error_code === 429) return 1_000 * (error.parameters.retry_after ?? 1)
  const passes = error instanceof HttpError || (error instanceof GrammyError && error.error_code >= 500)
  if (!passes) throw error
  return backOff(attempt, random, pauses.first, pauses.longest)
}

/** Never the message: it may hold the address with the token in it. */
function reasonOf(error: unknown): { readonly code?: string | number } {
  if (error instanceof GrammyError) return { code: error.error_code }
  const cause = error instanceof HttpError ? error.error : undefined
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? { code: cause.code } : {}
}
