import { setTimeout as wait } from 'node:timers/promises'
import type { ChatMessage } from '../../../src/playground/bot-api/chats.ts'
import type { BotApi } from '../../../src/playground/bot-api/create-bot-api.ts'
import type { Person } from '../../../src/playground/people/person.ts'
import type { Act } from '../plan.ts'

/** Before each act everybody lets `pause` milliseconds pass on average; 0 is a loop without a break. */
export type WalkPlan = {
  readonly firstId: number
  readonly people: number
  readonly acts: readonly Act[]
  readonly pause: number
}

/** People who may be written to though they have done nothing here. */
export type Opening = { readonly firstId: number; readonly people: number }

/** Milliseconds in all, the median time until a screen appeared, for each act and over all of them, and the longest. */
export type WalkResult = {
  readonly milliseconds: number
  readonly medians: readonly number[]
  readonly median: number
  readonly longest: number
}

const patience = 60_000

/** A closed loop: everybody does the next thing as soon as the bot has shown something. */
export async function walkAll(api: BotApi, { firstId, people, acts, pause }: WalkPlan): Promise<WalkResult> {
  const begun = performance.now()
  const walks = Array.from({ length: people }, (_, at) => walkOne(api, api.person(firstId + at), acts, pause))
  const times = await Promise.all(walks)
  const milliseconds = performance.now() - begun
  const medians = acts.map((_, act) => median(times.map((mine) => mine[act] ?? 0)))
  return { milliseconds, medians, median: median(times.flat()), longest: Math.max(...times.flat()) }
}

export function openChats(api: BotApi, { firstId, people }: Opening): void {
  for (let id = firstId; id < firstId + people; id++) api.chats.setState(api.person(id).chat, { open: true })
}

async function walkOne(api: BotApi, person: Person, acts: readonly Act[], pause: number): Promise<number[]> {
  const times: number[] = []
  for (const [place, act] of acts.entries()) {
    if (pause > 0) await wait(pause * (0.5 + Math.random()))
    const begun = performance.now()
    const shown = nextShown(api, person.id, place)
    perform(person, act)
    await shown
    times.push(performance.now() - begun)
  }
  return times
}

function perform(person: Person, act: Act): void {
  if ('text' in act) return void person.writes(act.text)
  const message = person.lastFromBot
  const button = message?.keyboard.flat().filter((one) => one.callback_data !== undefined)[act.press]
  if (message === undefined || button?.callback_data === undefined)
    throw new Error(`There is no button ${act.press} in: ${message?.text ?? 'an empty chat'}`)
  person.pressesData(message.id, button.callback_data)
}

function nextShown(api: BotApi, chatId: number, place: number): Promise<ChatMessage> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No answer to act ${place} in a minute`)), patience)
    const unsubscribe = api.chats.watch(chatId, (event) => {
      if ((event.type !== 'message' && event.type !== 'edit') || event.message.by !== 'bot') return
      clearTimeout(timer)
      unsubscribe()
      // Not inside the bot's call, so that its answer is not held up by what the person does next.
      setImmediate(() => resolve(event.message))
    })
  })
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
