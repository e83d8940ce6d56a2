import type { Clock } from '../../base/clock.ts'
import { tooManyRequests } from './errors.ts'

const second = 1000
const callsASecond = 30

/** Telegram's published pace, enforced to the letter: 30 a second in all, one message a second a chat. */
export class Limits {
  private readonly clock: Clock
  private readonly recent: number[] = []
  private readonly lastSent = new Map<number, number>()

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Throws 429 when this call comes too soon. */
  check(method: string, chatId: number | undefined): void {
    const isSending = method.startsWith('send') && method !== 'sendchataction'
    if (!isSending && !method.startsWith('edit')) return
    const now = this.clock.now()
    while (this.recent[0] !== undefined && this.recent[0] <= now - second) this.recent.shift()
    if (this.recent.length >= callsASecond) throw tooManyRequests(1)
    if (isSending && chatId !== undefined) this.checkChat(chatId, now)
    this.recent.push(now)
  }

  private checkChat(chatId: number, now: number): void {
    const last = this.lastSent.get(chatId)
    if (last !== undefined && last > now - second) throw tooManyRequests(1)
    this.lastSent.set(chatId, now)
    if (this.lastSent.size > 10_000) this.forgetOld(now)
  }

  private forgetOld(now: number): void {
    for (const [chat, last] of this.lastSent) if (last <= now - second) this.lastSent.delete(chat)
  }
}
