import { dayLength } from '../../../flows/common/calendar.ts'
import type { Clock } from '../../base/clock.ts'
import { conflict } from './errors.ts'
import type { Parameters } from './parameters.ts'
import { Signal } from './signal.ts'
import type { WireObject, WireUpdate } from './wire.ts'

/** An update that the bot has not confirmed yet. */
export type PendingUpdate = {
  readonly update: WireUpdate
  /** Updates of one lane are delivered one after another, lanes in parallel. */
  readonly lane: string
  /** Milliseconds; after it the update is forgotten undelivered. */
  readonly expires: number
}

const callbackLife = 150 * 1000
const longestPoll = 50
const mostUpdates = 100
/** Kinds a bot gets only when it asks for them by name. */
const onlyOnDemand = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])

type Poll = {
  readonly limit: number
  finish(updates: WireUpdate[]): void
  fail(reason: Error): void
}

/** What happened and was not yet confirmed. Outlives restarts of the bot. */
export class UpdateQueue {
  readonly pending = new Map<number, PendingUpdate>()
  /** Tells that updates were confirmed. */
  readonly confirmations = new Signal<undefined>()
  /** Where updates go at once when a webhook is set. */
  sink: ((pending: PendingUpdate) => void) | undefined
  allowed: string[] = []
  private readonly redeliveries: WireUpdate[] = []
  private readonly clock: Clock
  private nextId: number
  private poll: Poll | undefined
  private isFlushPlanned = false

  constructor(clock: Clock, firstId: number) {
    this.clock = clock
    this.nextId = firstId
  }

  /** Queues `{ [kind]: content }`; answers undefined when the bot did not ask for this kind. */
  push(kind: string, content: WireObject, chatId: number): WireUpdate | undefined {
    if (!this.wants(kind)) return undefined
    const update: WireUpdate = { update_id: this.nextId, [kind]: content }
    this.nextId += 1
    const life = kind === 'callback_query' ? callbackLife : dayLength
    this.add({ update, lane: `${chatId}:${kind}`, expires: this.clock.now() + life })
    return update
  }

  /** Delivers an update once more with the number it had, as Telegram does when it missed the confirmation. */
  repeat(update: WireUpdate): void {
    if (this.sink) this.sink({ update, lane: `repeat:${update.update_id}`, expires: this.clock.now() + dayLength })
    else {
      this.redeliveries.push(update)
      this.planFlush()
    }
  }

  /** getUpdates: confirms everything before `offset`, then waits up to `timeout` seconds for something to say. */
  async fetch(parameters: Parameters, aborted?: AbortSignal): Promise<WireUpdate[]> {
    this.interruptPoll('terminated by other getUpdates request; make sure that only one bot instance is running')
    this.confirmBefore(parameters.integer('offset') ?? 0)
    this.allow(parameters)
    const limit = Math.min(mostUpdates, Math.max(1, parameters.integer('limit') ?? mostUpdates))
    const timeout = Math.min(longestPoll, Math.max(0, parameters.integer('timeout') ?? 0))
    const ready = this.take(limit)
    return ready.length > 0 || timeout === 0 ? ready : this.wait(limit, timeout, aborted)
  }

  /** Ends the poll in progress with 409. */
  interruptPoll(reason: string): void {
    this.poll?.fail(conflict(reason))
  }

  /** Takes one delivered update off the list. */
  confirm(id: number): void {
    this.pending.delete(id)
    this.confirmations.emit(undefined)
  }

  allow(parameters: Parameters): void {
    const kinds = parameters.list('allowed_updates')
    if (kinds) this.allowed = kinds.map(String)
  }

  clear(): void {
    this.pending.clear()
    this.redeliveries.length = 0
  }

  private wants(kind: string): boolean {
    return this.allowed.length === 0 ? !onlyOnDemand.has(kind) : this.allowed.includes(kind)
  }

  private add(pending: PendingUpdate): void {
    this.pending.set(pending.update.update_id, pending)
    if (this.sink) this.sink(pending)
    else this.planFlush()
  }

  /** Everything pushed in the same tick leaves in one answer. */
  private planFlush(): void {
    if (!this.poll || this.isFlushPlanned) return
    this.isFlushPlanned = true
    queueMicrotask(() => {
      this.isFlushPlanned = false
      const { poll } = this
      const updates = poll ? this.take(poll.limit) : []
      if (updates.length > 0) poll?.finish(updates)
    })
  }

  private confirmBefore(offset: number): void {
    if (offset < 0) this.keepLast(-offset)
    for (const id of this.pending.keys()) {
      if (id >= offset) break
      this.pending.delete(id)
    }
    this.confirmations.emit(undefined)
  }

  private keepLast(count: number): void {
    const ids = [...this.pending.keys()]
    for (const id of ids.slice(0, Math.max(0, ids.length - count))) this.pending.delete(id)
  }

  private take(limit: number): WireUpdate[] {
    const taken = this.redeliveries.splice(0, limit)
    const now = this.clock.now()
    for (const [id, { update, expires }] of this.pending) {
      if (taken.length >= limit) break
      if (expires < now) this.pending.delete(id)
      else taken.push(update)
    }
    return taken
  }

  private wait(limit: number, timeout: number, aborted?: AbortSignal): Promise<WireUpdate[]> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer)
        if (this.poll === poll) this.poll = undefined
        settle()
      }
      const poll: Poll = {
        limit,
        finish: (updates) => end(() => resolve(updates)),
        fail: (reason) => end(() => reject(reason)),
      }
      const timer = setTimeout(() => poll.finish([]), timeout * 1000)
      aborted?.addEventListener('abort', () => poll.finish([]), { once: true })
      this.poll = poll
    })
  }
}
