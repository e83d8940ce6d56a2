import { ApiError, forbidden, tooManyRequests } from './errors.ts'

/** How often something goes wrong: the next `next` calls, and each call with `probability` (0–1). */
export type FaultRate = {
  readonly probability?: number | undefined
  next?: number | undefined
}

/** Switches for misbehaviour; all are off unless set. Times in milliseconds unless named otherwise. */
export type Faults = {
  /** 429 with `retryAfter` seconds (1 unless set). */
  readonly tooManyRequests?: (FaultRate & { readonly retryAfter?: number | undefined }) | undefined
  /** A 5xx; `code` is 502 unless set. */
  readonly serverErrors?: (FaultRate & { readonly code?: number | undefined }) | undefined
  /** The connection breaks; `after` means the call was carried out and only its answer lost. */
  readonly drops?: (FaultRate & { readonly after?: boolean | undefined }) | undefined
  /** Waiting before each answer. */
  readonly delay?: { readonly milliseconds: number; readonly spread?: number | undefined } | undefined
  /** Methods the faults touch; all but getUpdates and getMe unless set. */
  readonly methods?: readonly string[] | undefined
  /** Chats that answer "bot was blocked by the user" although nobody told the bot. */
  readonly blockedChats?: readonly number[] | undefined
  /** Real pacing: 30 calls that send or edit a second in all, 1 sent message a second a chat. */
  readonly enforceLimits?: boolean | undefined
}

const untouched = new Set(['getupdates', 'getme'])

/** Decides what goes wrong with each call. */
export class FaultDice {
  faults: Faults
  private readonly random: () => number

  constructor(random: () => number, faults: Faults) {
    this.random = random
    this.faults = faults
  }

  touches(method: string): boolean {
    const { methods } = this.faults
    return methods ? methods.some((name) => name.toLowerCase() === method) : !untouched.has(method)
  }

  /** Throws the refusal a call to this chat gets, if it gets one. */
  throwRefusal(chatId: number | undefined): void {
    const { tooManyRequests: limits, serverErrors, blockedChats } = this.faults
    if (chatId !== undefined && blockedChats?.includes(chatId)) throw forbidden('bot was blocked by the user')
    if (limits && this.strikes(limits)) throw tooManyRequests(limits.retryAfter ?? 1)
    if (serverErrors && this.strikes(serverErrors)) {
      const code = serverErrors.code ?? 502
      throw new ApiError(code, code === 502 ? 'Bad Gateway' : 'Internal Server Error')
    }
  }

  /** Whether and when the connection of this call breaks. */
  drop(): 'before' | 'after' | undefined {
    const { drops } = this.faults
    if (!drops || !this.strikes(drops)) return undefined
    return drops.after ? 'after' : 'before'
  }

  delay(): number {
    const { delay } = this.faults
    return delay ? delay.milliseconds + Math.floor(this.random() * (delay.spread ?? 0)) : 0
  }

  private strikes(rate: FaultRate): boolean {
    if (rate.next !== undefined && rate.next > 0) {
      rate.next -= 1
      return true
    }
    return rate.probability !== undefined && rate.probability > 0 && this.random() < rate.probability
  }
}
