import { remaining } from '../base/clock.ts'
import type { Unreachable } from '../store/people.ts'

/** What outlives a run: a message on its way goes on when the lease is lost, and is known when it is had again. */
export type Memory = {
  /** Ids of notices that wait in this process, are on their way, or whose outcome is not written yet. */
  readonly here: Set<number>
  readonly flying: Set<Promise<void>>
  /** Chats with a message on its way. */
  readonly busy: Set<number>
  readonly gone: Map<number, Unreachable>
  /** Ids of notices that go alone. */
  readonly alone: Set<number>
  /** When chats had their last message of joining kinds, by the steady clock. */
  readonly gathered: Map<number, number>
  /** Sends that failed in a row. */
  failures: number
  /** By the steady clock: when the dispatcher last went round, and when a notice was last over. */
  steppedAt: number | undefined
  fruitAt: number | undefined
}

export function createMemory(): Memory {
  return {
    here: new Set(),
    flying: new Set(),
    busy: new Set(),
    gone: new Map(),
    alone: new Set(),
    gathered: new Map(),
    failures: 0,
    steppedAt: undefined,
    fruitAt: undefined,
  }
}

/** After one message of joining kinds the next waits so long for company, ms. */
const gathering = 60_000

/** The chat has had a message of joining kinds at `now` of the steady clock. */
export function gather({ gathered }: Memory, chatId: number, now: number): void {
  gathered.set(chatId, now)
  if (gathered.size <= 10_000) return
  for (const [chat, at] of gathered) if (remaining(gathering, at, now) === 0) gathered.delete(chat)
}

/** How long the chat's next such message waits still, ms. */
export function gatheringLeft({ gathered }: Memory, chatId: number, now: number): number {
  return remaining(gathering, gathered.get(chatId), now)
}
