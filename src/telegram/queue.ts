import type { Update } from 'grammy/types'
import { createBounded } from '../base/bounded.ts'
import type { Clock } from '../base/clock.ts'
import type { Sleep } from '../base/sleep.ts'
import { createUnderWay } from '../base/under-way.ts'
import { chatKeyOf } from './incoming.ts'

/** What is looked at where one person writes more than can be answered. */
export type Meaning =
  /** Must be taken, each time. */
  | { readonly type: 'own' }
  /** Once is enough where it comes again: a press on the same button, a command, words of danger. */
  | { readonly type: 'once'; readonly what: string }
  /** Loses its sense when something newer is there: words, a sticker, a photo. */
  | { readonly type: 'passing' }

export type QueueOptions = {
  /** `isCrowded` once in a while for somebody of whom something was let go by, so that they can be told. */
  readonly take: (update: Update, isCrowded: boolean) => Promise<void>
  readonly meaningOf: (update: Update) => Meaning
  /** Never goes back. */
  readonly clock: Clock
  readonly sleep: Sleep
  /** Aborts when nothing is to be put off any more. */
  readonly stopping?: AbortSignal
}

export type Queue = {
  /** Resolves when the update is committed or let go by; rejects as `take` does. */
  add(update: Update): Promise<void>
  /** Resolves when nothing is being taken, though something may be put off. */
  resting(): Promise<void>
  /** Resolves when nothing waits or is being taken. */
  settled(): Promise<void>
}

/**
 * So many updates of one chat may come while others of it wait, then one in so many ms; a person who waits for answers
 * never comes near it. A turn takes some milliseconds, and those behind ten thousand texts have to wait for each.
 */
const allowance = { updates: 60, refill: 1_000 }
/** So often somebody is told that not all was answered, in ms. */
const tellAgain = 10 * 60_000
const rememberedChats = 10_000

type Waiting = {
  readonly update: Update
  readonly isAllowed: boolean
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}
type Chat = { readonly key: number; waiting: Waiting[]; wake: () => void }

/**
 * The updates of each chat one after another, those of different chats side by side. Of what a chat sends beyond its
 * allowance all is let go by that something newer makes needless: each button, each command and words of danger are taken
 * once, and of all other words the last are answered. So no more than a handful waits however much somebody sends, and
 * nobody else waits behind it.
 */
export function createQueue(options: QueueOptions): Queue {
  const chats = new Map<number, Chat>()
  const underWay = createUnderWay()
  const budgets = createBudgets(options)
  const busy = createBusy()

  const run = async (chat: Chat) => {
    for (let next = chat.waiting[0]; next !== undefined; next = chat.waiting[0]) {
      const isPutOff = !next.isAllowed && options.meaningOf(next.update).type === 'passing'
      const pause = isPutOff && options.stopping?.aborted !== true ? budgets.untilNext(chat.key) : 0
      if (pause > 0) {
        busy.delete(chat)
        await pauseOrWake(chat, pause, options) // something newer may take its place meanwhile
        busy.add(chat)
        continue
      }
      if (isPutOff) budgets.spend(chat.key)
      chat.waiting.shift()
      await options.take(next.update, budgets.isToTell(chat.key)).then(next.resolve, next.reject)
    }
    chats.delete(chat.key)
    busy.delete(chat)
  }
  const begin = (key: number, first: Waiting) => {
    const chat = { key, waiting: [first], wake: () => {} }
    chats.set(key, chat)
    busy.add(chat)
    underWay.add(run(chat))
  }
  const put = (chat: Chat, next: Waiting) => {
    if (!next.isAllowed) letGo(chat, options.meaningOf(next.update), options)
    chat.waiting.push(next)
    chat.wake()
  }
  return {
    add: (update) =>
      new Promise((resolve, reject) => {
        const key = chatKeyOf(update)
        const chat = chats.get(key)
        if (chat === undefined) begin(key, { update, isAllowed: true, resolve, reject })
        else put(chat, { update, isAllowed: budgets.spend(key), resolve, reject })
      }),
    resting: busy.none,
    settled: underWay.settled,
  }
}

/** Chats of which something is being taken. */
function createBusy() {
  const busy = new Set<Chat>()
  let waiting: (() => void)[] = []
  return {
    add: (chat: Chat) => void busy.add(chat),
    delete(chat: Chat): void {
      busy.delete(chat)
      if (busy.size > 0) return
      for (const resolve of waiting) resolve()
      waiting = []
    },
    none: (): Promise<void> => (busy.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}

async function pauseOrWake(chat: Chat, milliseconds: number, { sleep, stopping }: QueueOptions): Promise<void> {
  const waking = new AbortController()
  const wake = () => waking.abort()
  chat.wake = wake
  stopping?.addEventListener('abort', wake)
  await sleep(milliseconds, waking.signal)
  stopping?.removeEventListener('abort', wake)
}

function letGo(chat: Chat, newer: Meaning, { meaningOf }: QueueOptions): void {
  const isNeedless = ({ update, isAllowed }: Waiting) => !isAllowed && hasPassed(meaningOf(update), newer)
  const needless = chat.waiting.filter(isNeedless)
  chat.waiting = chat.waiting.filter((one) => !needless.includes(one))
  for (const { resolve } of needless) resolve()
}

function hasPassed(meaning: Meaning, newer: Meaning): boolean {
  if (meaning.type === 'passing') return true
  return meaning.type === 'once' && newer.type === 'once' && meaning.what === newer.what
}

type Budget = { readonly left: number; readonly at: number; readonly toldAt: number; readonly isToTell: boolean }

/** What each chat may still send at once; nothing is kept of those who never wait behind themselves. */
function createBudgets({ clock }: QueueOptions) {
  const budgets = createBounded<number, Budget>(rememberedChats)
  const full = { left: allowance.updates, toldAt: Number.NEGATIVE_INFINITY, isToTell: false }
  const budgetOf = (key: number): Budget => {
    const at = clock.now()
    const { at: before, left, ...told } = budgets.get(key) ?? { ...full, at }
    return { ...told, at, left: Math.min(allowance.updates, left + (at - before) / allowance.refill) }
  }
  return {
    /** False when nothing is left. */
    spend(key: number): boolean {
      const budget = budgetOf(key)
      const isAllowed = budget.left >= 1
      const isToTell = budget.isToTell || (!isAllowed && budget.at - budget.toldAt >= tellAgain)
      budgets.set(key, { ...budget, isToTell, left: isAllowed ? budget.left - 1 : budget.left })
      return isAllowed
    },
    /** Until something may be spent, in ms. */
    untilNext: (key: number): number => Math.max(0, Math.ceil((1 - budgetOf(key).left) * allowance.refill)),
    /** True once after something was let go by. */
    isToTell(key: number): boolean {
      const budget = budgets.get(key)
      if (budget?.isToTell !== true) return false
      budgets.set(key, { ...budget, isToTell: false, toldAt: budgetOf(key).at })
      return true
    },
  }
}
