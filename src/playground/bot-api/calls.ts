import { waitUntil } from '../within.ts'
import { Signal } from './signal.ts'
import type { WireObject } from './wire.ts'

/** One call of the bot, as it ended. `time` is when it came, `milliseconds` how long it took. */
export type WireCall = {
  readonly number: number
  readonly time: number
  readonly method: string
  readonly chatId: number | undefined
  readonly outcome: 'ok' | 'refused' | 'dropped'
  readonly code: number
  readonly description: string
  readonly milliseconds: number
  readonly payload: WireObject
}

/** A bounded record of the bot's calls, with counts of all that ever came. */
export class Calls {
  readonly changes = new Signal<WireCall>()
  readonly counts = new Map<string, number>()
  private readonly ring: WireCall[] = []
  private readonly limit: number
  private total = 0

  constructor(limit: number) {
    this.limit = limit
  }

  /** The latest calls, oldest first; `method` picks one kind. */
  list(method?: string): WireCall[] {
    const start = this.total > this.limit ? this.total % this.limit : 0
    const ordered = [...this.ring.slice(start), ...this.ring.slice(0, start)]
    return method ? ordered.filter((call) => call.method.toLowerCase() === method.toLowerCase()) : ordered
  }

  /** The first call, past or coming, that fits. Rejects with a list of what came after `within` milliseconds. */
  waitFor(fits: (call: WireCall) => boolean, within = 5_000): Promise<WireCall> {
    return waitUntil(
      () => this.list().find(fits),
      (listener) => this.changes.subscribe(listener),
      () => `No such call within ${within} ms. What came:\n${this.list().slice(-20).map(describe).join('\n')}`,
      within,
    )
  }

  add(call: Omit<WireCall, 'number'>): void {
    const numbered = { number: this.total + 1, ...call }
    if (this.limit > 0) this.ring[this.total % this.limit] = numbered
    this.total += 1
    const key = call.outcome === 'ok' ? call.method : `${call.method} ${call.outcome} ${call.code}`
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1)
    this.changes.emit(numbered)
  }
}

function describe(call: WireCall): string {
  return `  ${call.number}. ${call.method} ${call.chatId ?? ''} ${call.code} ${call.description}`
}
