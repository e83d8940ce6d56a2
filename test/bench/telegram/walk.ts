import type { ChatMessage } from '../../../src/playground/bot-api/chats.ts'
import type { BotApi } from '../../../src/playground/bot-api/create-bot-api.ts'
import type { Person } from '../../../src/playground/people/person.ts'
import type { Act } from '../plan.ts'

export type WalkPlan = { readonly firstId: number; readonly people: number; readonly acts: readonly Act[] }

/** Milliseconds in all, and for each act the median time until its screen appeared. */
export type WalkResult = {
  readonly milliseconds: number
  readonly medians: readonly number[]
  readonly longest: number
}

const patience = 60_000

/** A closed loop: everybody does the next thing as soon as the bot has shown something. */
export async function walkAll(api: BotApi, { firstId, people, acts }: WalkPlan): Promise<WalkResult> {
  const begun = performance.now()
  const walks = Array.from({ length: people }, (_, at) => walkOne(api, api.person(firstId + at), acts))
  const times = await Promise.all(walks)
  const milliseconds = performance.now() - begun
  const medians = acts.map((_, act) => median(times.map((mine) => mine[act] ?? 0)))
  return { milliseconds, medians, longest: Math.max(...times.flat()) }
}

async function walkOne(api: BotApi, person: Person, acts: readonly Act[]): Promise<number[]> {
  const times: number[] = []
  for (const [place, act] of acts.entries()) {
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
