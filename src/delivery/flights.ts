import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Sleep } from '../base/sleep.ts'
import type { Pauses } from '../store/leases.ts'
import type { Unreachable } from '../store/people.ts'
import type { Bundle } from './compose.ts'
import type { Ledger } from './ledger.ts'
import { gather, type Memory } from './memory.ts'
import type { Settlement } from './notices/notice.ts'
import { type Consequence, isDown, leftAlone, meaningOf } from './outcome.ts'
import type { Pacing } from './pacing.ts'
import type { Courier } from './ports.ts'
import { track } from './under-way.ts'

export type FlightsOptions = {
  readonly courier: Pick<Courier, 'deliver'>
  readonly pacing: Pacing
  readonly pauses: Pick<Pauses, 'extend'>
  readonly setUnreachable: (chatId: number, reason: Unreachable) => Promise<void>
  readonly ledger: Ledger
  readonly memory: Memory
  readonly clock: Clock
  readonly steady: Clock
  readonly sleep: Sleep
  readonly random: () => number
  readonly log: Log
  readonly limits: { readonly inFlight: number; readonly attempts: number; readonly poll: number }
}

/** Messages on their way: from their leaving until their outcome is written. */
export type Flights = {
  /** Whether another may leave. */
  hasRoom(): boolean
  /** How long the chat has to wait for its next message, ms. */
  waitOf(chatId: number): number
  /** Sends the message now. */
  launch(bundle: Bundle): void
  /** Resolves when one has come through, or after a while. */
  landing(): Promise<void>
  /** Resolves when all have come through. */
  landed(): Promise<void>
}

export function createFlights(options: FlightsOptions): Flights {
  const { pacing, memory, limits, log, sleep } = options
  const { flying, busy } = memory
  return {
    hasRoom: () => flying.size < most(options),
    waitOf: (chatId) => (busy.has(chatId) ? limits.poll : pacing.wait(chatId)),
    launch(bundle) {
      pacing.take(bundle.chatId)
      busy.add(bundle.chatId)
      const flight = send(bundle, options).finally(() => {
        busy.delete(bundle.chatId)
        for (const { id } of bundle.notices) memory.here.delete(id)
      })
      void track(flying, flight, log)
    },
    async landing() {
      const waiting = new AbortController()
      await Promise.race([...flying, sleep(limits.poll, waiting.signal)])
      waiting.abort()
    },
    async landed() {
      await Promise.all(flying)
    },
  }
}

/** Answers to people come first, and a line that is down is tried by one message at a time. */
function most({ memory, pacing, limits }: FlightsOptions): number {
  if (isDown(memory.failures)) return 1
  return pacing.answering() ? Math.ceil(limits.inFlight / 8) : limits.inFlight
}

async function send(bundle: Bundle, options: FlightsOptions): Promise<void> {
  const known = options.memory.gone.get(bundle.chatId)
  const settlements = known === undefined ? await deliver(bundle, options) : leftAlone(bundle.notices, known)
  await options.ledger.record(bundle.notices, settlements)
}

async function deliver(bundle: Bundle, options: FlightsOptions): Promise<readonly Settlement[]> {
  const { courier, memory, clock, random, limits } = options
  const delivered = await courier.deliver(bundle)
  const known = { now: clock.now(), failures: memory.failures, attempts: limits.attempts, random }
  const { settlements, failures, consequence } = meaningOf(bundle, delivered, known)
  memory.failures = failures
  for (const { id, outcome } of settlements) if (outcome === 'sent' || outcome === 'failed') memory.alone.delete(id)
  await follow(consequence, bundle.chatId, options)
  return settlements
}

/** Does what an answer means for what is sent next. */
async function follow(consequence: Consequence, chatId: number, options: FlightsOptions): Promise<void> {
  const { memory, pacing, steady } = options
  switch (consequence.type) {
    case 'none':
      return
    case 'gather':
      return gather(memory, chatId, steady.now())
    case 'obey':
      return obey(chatId, consequence.afterMs, options)
    case 'pause':
      return pacing.pause(consequence.milliseconds)
    case 'part':
      for (const id of consequence.ids) memory.alone.add(id)
      return
    case 'leave':
      return leave(chatId, consequence.reason, options)
  }
}

/** The chat waits; when Telegram means everybody, the next process shall know of it, too. */
async function obey(chatId: number, afterMs: number, { pacing, pauses, clock, log }: FlightsOptions): Promise<void> {
  if (!pacing.refuse(chatId, afterMs)) return
  await pauses.extend(clock.now() + afterMs).catch((error: unknown) => {
    log.error({ error }, 'A pause could not be noted; this process obeys it all the same')
  })
}

async function leave(chatId: number, reason: Unreachable, { memory, setUnreachable, log }: FlightsOptions) {
  memory.gone.set(chatId, reason)
  await setUnreachable(chatId, reason).catch((error: unknown) => {
    log.error({ error }, 'It could not be noted that somebody cannot be reached')
  })
}
