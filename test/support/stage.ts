import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Update } from 'grammy/types'
import type { Language } from '../../flows/kit/words.ts'
import type { Bot } from '../../src/app/bot.ts'
import { type ServiceOptions, startService } from '../../src/app/service.ts'
import { createLog } from '../../src/base/log.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import type { ChatMessage } from '../../src/playground/bot-api/chats.ts'
import { type BotApi, createBotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import type { Person } from '../../src/playground/people/person.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { type ButtonName, type Place, placeOf, press } from './buttons.ts'
import { createFrozenWorld, type FrozenWorld } from './frozen-world.ts'
import { type Arrival, passUntil, type Running, rest } from './passing-time.ts'

/** The day on which every test plays: a Thursday, 10:00 in Almaty. */
export const testDay = Date.UTC(2026, 0, 15, 5)

/**
 * The whole service before a local Telegram over real HTTP, on a real SQLite file, in a time of its own. It is asleep
 * while people write and press; what it does of itself it does in `until`.
 */
export type Stage = {
  readonly api: BotApi
  readonly store: Store
  readonly bot: Bot
  actor(language: Language): Actor
  now(): number
  /** Moves the clock by so many ms; what comes due meanwhile is late. */
  wait(milliseconds: number): void
  /** Lets time pass until the moment (epoch ms) and a little longer; gives what the service has sent of itself. */
  until(moment: number): Promise<readonly Arrival[]>
  /** What the log has complained of, as it was written. */
  readonly complaints: readonly string[]
  /** The process ends and starts again on the same data, with other content where it is given. */
  restart(folders?: ContentFolders): Promise<void>
  close(): Promise<void>
}

/** Somebody who writes and presses; each act ends when the bot's answer stands in the chat. */
export type Actor = {
  readonly person: Person
  writes(text: string): Promise<void>
  starts(payload?: string): Promise<void>
  presses(button: ButtonName): Promise<void>
  /** Where the button stands; throws with a picture of the chat when it does not. */
  place(button: ButtonName): Place
  pressesAt(place: Place): Promise<void>
  sends(kind: Parameters<Person['sends']>[0]): Promise<void>
  /** Delivers an update of one's own making, or one that was delivered before. */
  repeats(update: unknown): Promise<void>
  screen(): ChatMessage
  /** The screen as text, buttons in brackets. */
  sees(): string
}

/** Instruments and words instead of the project's. */
export type ContentFolders = Pick<ServiceOptions, 'instruments' | 'locales'>
type Content = ContentFolders & Pick<ServiceOptions, 'outside'>

export async function createStage(folders: Content = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'serik-stage-'))
  const world = createFrozenWorld(testDay)
  const api = createBotApi({ clock: world.clock })
  const { url, close } = await api.listen()
  const complaints: string[] = []
  const handedOut = new Set<string>()
  const start = (content: Content) => begin({ folder, world, api, url, complaints, handedOut }, content)
  let running = await start(folders)
  const end = async () => {
    await running.service.stop()
    await running.store.close()
  }
  return {
    api,
    complaints,
    get store() {
      return running.store
    },
    get bot() {
      return running.service.bot
    },
    actor: (language) => createActor(api, language, world, () => running.service.bot),
    now: world.clock.now,
    wait: world.pass,
    until: (moment) => passUntil(moment, running),
    async restart(others = folders) {
      await end()
      running = await start({ ...(folders.outside && { outside: folders.outside }), ...others })
    },
    async close() {
      await end()
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What outlives the process. */
type Ground = Pick<Running, 'world' | 'handedOut'> & {
  readonly api: BotApi
  /** Where the local Telegram is, and the database. */
  readonly url: string
  readonly folder: string
  readonly complaints: string[]
}

async function begin({ folder, url, complaints, ...ground }: Ground, content: Content): Promise<Running> {
  const { world, api } = ground
  const databaseUrl = `file:${join(folder, 'serik.db')}`
  const dataKey = Buffer.alloc(32, 7)
  const log = createLog('warn', { write: (line: string) => complaints.push(line) })
  const store = await openStore({ ...world, capabilities, url: databaseUrl, key: dataKey })
  const config = { databaseUrl, dataKey, deletionLog: undefined, messagesPerSecond: 30 }
  const service = await startService({ token: api.token, apiRoot: url, store, log, config, world, ...content })
  const running = { ...ground, store, service }
  await rest(running)
  return running
}

/** People take about that long to read and press, ms. */
const actTime = 4_000

function createActor(api: BotApi, language: Language, world: FrozenWorld, bot: () => Bot): Actor {
  const person = api.person(undefined, { first_name: 'test', language_code: language })
  // What is not asked for by polling must be pushed: the stage takes each update itself, so nothing waits on a timer.
  const act = async (update: unknown) => {
    world.pass(actTime)
    // The local Bot API's own shape of an update is Telegram's.
    await bot().telegram.take(update as Update)
    await bot().telegram.idle()
  }
  const screen = () => {
    const message = person.lastFromBot
    if (message === undefined) throw new Error(`The bot has said nothing.\n${person.picture}`)
    return message
  }
  const place = (button: ButtonName) => placeOf(person, button, bot().words, language)
  const pressesAt = (where: Place) => act(press(person, where))
  return {
    person,
    screen,
    writes: (text) => act(person.writes(text)),
    starts: (payload) => act(person.starts(payload)),
    presses: (button) => pressesAt(place(button)),
    place,
    pressesAt,
    sends: (kind) => act(person.sends(kind)),
    repeats: act,
    sees: () => describeMessage(screen()),
  }
}

export function describeMessage({ keyboard, photo, document, text }: ChatMessage): string {
  const rows = keyboard.map((row) => row.map((button) => `[${button.text}]`).join(' '))
  const above = [...(photo === undefined ? [] : ['(picture)']), ...(document === undefined ? [] : ['(document)'])]
  return [...above, text, ...rows].filter((line) => line !== '').join('\n')
}
