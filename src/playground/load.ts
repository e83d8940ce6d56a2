import type { ChatMessage } from './bot-api/chats.ts'
import type { BotApi } from './bot-api/create-bot-api.ts'
import { seededRandom } from './bot-api/random.ts'
import type { Person } from './people/person.ts'

/** A closed loop: `people` persons, each doing the next thing only when the bot has shown something. */
export type LoadPlan = {
  readonly people: number
  readonly updates: number
  readonly firstId: number
  readonly seed: number
  /** Milliseconds without any answer after which a person starts anew with /start. */
  readonly patience: number
}

export type LoadResult = {
  readonly updates: number
  readonly milliseconds: number
  readonly perSecond: number
  /** Processor time this process spent, in milliseconds: comparable even when the machine is busy with other things. */
  readonly processorMilliseconds: number
  /** Milliseconds from an act to the first message or edit it caused. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number; readonly longest: number }
  /** How often a person lost patience. */
  readonly silences: number
}

type Loop = {
  readonly plan: LoadPlan
  readonly random: () => number
  left: number
  readonly latencies: number[]
  silences: number
}

/** Everybody starts, then presses a random button of the newest message, or writes when there is none. */
export async function runLoad(api: BotApi, plan: LoadPlan): Promise<LoadResult> {
  const loop: Loop = { plan, random: seededRandom(plan.seed), left: plan.updates, latencies: [], silences: 0 }
  const started = performance.now()
  const processor = process.cpuUsage()
  const people = Array.from({ length: plan.people }, (_, at) => api.person(plan.firstId + at))
  await Promise.all(people.map((person) => keepActing(api, person, loop)))
  const milliseconds = performance.now() - started
  const { user, system } = process.cpuUsage(processor)
  const updates = plan.updates - Math.max(0, loop.left)
  return {
    updates,
    milliseconds: Math.round(milliseconds),
    perSecond: Math.round((updates / milliseconds) * 1000),
    processorMilliseconds: Math.round((user + system) / 1000),
    latency: summarise(loop.latencies),
    silences: loop.silences,
  }
}

async function keepActing(api: BotApi, person: Person, loop: Loop): Promise<void> {
  let shown: ChatMessage | undefined
  while (loop.left > 0) {
    loop.left -= 1
    const began = performance.now()
    const answer = nextShown(api, person.id, loop.plan.patience)
    act(person, shown, loop)
    shown = await answer
    if (shown) loop.latencies.push(performance.now() - began)
    else loop.silences += 1
  }
}

function act(person: Person, shown: ChatMessage | undefined, loop: Loop): void {
  const buttons = shown?.keyboard.flat().filter((button) => button.callback_data !== undefined) ?? []
  const button = buttons[Math.floor(loop.random() * buttons.length)]
  if (!shown) person.starts()
  else if (button?.callback_data !== undefined) person.pressesData(shown.id, button.callback_data)
  else person.writes('?')
}

/** What the bot next sends or edits in this chat; undefined when it stays silent too long. */
function nextShown(api: BotApi, chatId: number, patience: number): Promise<ChatMessage | undefined> {
  return new Promise((resolve) => {
    const end = (message: ChatMessage | undefined) => {
      clearTimeout(timer)
      unsubscribe()
      resolve(message)
    }
    const unsubscribe = api.chats.watch(chatId, (event) => {
      if ((event.type === 'message' || event.type === 'edit') && event.message.by === 'bot') end(event.message)
    })
    const timer = setTimeout(() => end(undefined), patience)
  })
}

function summarise(values: number[]): LoadResult['latency'] {
  const sorted = values.sort((left, right) => left - right)
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), longest: Math.round(sorted.at(-1) ?? 0) }
}
