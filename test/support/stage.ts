import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Update } from 'grammy/types'
import type { Language } from '../../flows/kit/words.ts'
import { type Bot, startBot } from '../../src/app/bot.ts'
import { createLog } from '../../src/base/log.ts'
import { realWorld } from '../../src/base/outer-world.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import type { ChatMessage } from '../../src/playground/bot-api/chats.ts'
import { type BotApi, createBotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import type { Person } from '../../src/playground/people/person.ts'
import { openStore, type Store } from '../../src/store/open.ts'

/** The day on which every test plays: a Thursday, 10:00 in Almaty. */
export const testDay = Date.UTC(2026, 0, 15, 5)

/** The whole bot before a local Telegram over real HTTP, with a clock that only moves when it is told to. */
export type Stage = {
  readonly api: BotApi
  readonly store: Store
  readonly bot: Bot
  actor(language: Language): Actor
  /** Moves the clock, in milliseconds. */
  wait(milliseconds: number): void
  now(): number
  /** The process dies and starts again on the same data. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** Somebody who writes and presses; each act ends when the bot's answer stands in the chat. */
export type Actor = {
  readonly person: Person
  writes(text: string): Promise<void>
  starts(payload?: string): Promise<void>
  /** A locale key (`survey:rate.5`), a label, or the number of a button. */
  presses(button: string | number): Promise<void>
  sends(kind: Parameters<Person['sends']>[0]): Promise<void>
  /** Delivers an update of one's own making, or one that was delivered before. */
  repeats(update: unknown): Promise<void>
  screen(): ChatMessage
  /** The screen as text, buttons in brackets. */
  sees(): string
}

export async function createStage({ instruments }: { instruments?: URL } = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'serik-stage-'))
  let time = testDay
  let ids = 0
  const clock = { now: () => time }
  const newId = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`
  const api = createBotApi({ clock })
  const { url, close } = await api.listen()
  const open = () =>
    openStore({ capabilities, url: `file:${join(folder, 'serik.db')}`, key: Buffer.alloc(32, 7), clock, newId })
  const start = (store: Store) =>
    startBot({
      token: api.token,
      apiRoot: url,
      store,
      log: createLog('silent'),
      world: { ...realWorld, clock, newId },
      ...(instruments && { instruments }),
    })
  // What is not asked for by polling must be pushed: the stage takes each update itself, so nothing waits on a timer.
  let store = await open()
  let bot = await start(store)
  return {
    api,
    get store() {
      return store
    },
    get bot() {
      return bot
    },
    actor: (language) =>
      createActor(
        api,
        language,
        () => bot,
        (milliseconds) => (time += milliseconds),
      ),
    wait: (milliseconds) => {
      time += milliseconds
    },
    now: clock.now,
    async restart() {
      await bot.stop()
      await store.close()
      store = await open()
      bot = await start(store)
    },
    async close() {
      await bot.stop()
      await store.close()
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function createActor(api: BotApi, language: Language, bot: () => Bot, wait: (milliseconds: number) => void): Actor {
  const person = api.person(undefined, { first_name: 'test', language_code: language })
  const act = async (update: unknown) => {
    wait(4000) // People take about that long to read and press.
    // The local Bot API's own shape of an update is Telegram's.
    await bot().telegram.take(update as Update)
    await bot().telegram.idle()
  }
  const screen = () => {
    const message = [...person.messages].reverse().find(({ by }) => by === 'bot')
    if (message === undefined) throw new Error(`The bot has said nothing.\n${person.picture}`)
    return message
  }
  return {
    person,
    screen,
    writes: (text) => act(person.writes(text)),
    starts: (payload) => act(person.starts(payload)),
    presses: (button) => act(person.presses(typeof button === 'number' ? button : labelOf(button, language, bot()))),
    sends: (kind) => act(person.sends(kind)),
    repeats: act,
    sees: () => describeMessage(screen()),
  }
}

function labelOf(button: string, language: Language, { words }: Bot): string {
  return /^[a-z]+:/.test(button) ? words.plain({ key: button }, language) : button
}

export function describeMessage(message: ChatMessage): string {
  const rows = (message.keyboard ?? []).map((row) => row.map(({ text }) => `[${text}]`).join(' '))
  const picture = message.photo === undefined ? [] : ['(picture)']
  const document = message.document === undefined ? [] : ['(document)']
  return [...picture, ...document, message.text, ...rows].filter((line) => line !== undefined && line !== '').join('\n')
}
