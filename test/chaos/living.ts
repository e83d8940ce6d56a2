import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import type { Update } from 'grammy/types'
import { consentVersion, newcomer } from '../../flows/common/person.ts'
import { type Bot, startBot } from '../../src/app/bot.ts'
import { createLog } from '../../src/base/log.ts'
import { StoreError } from '../../src/engine/store-error.ts'
import { type BotApi, createBotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import { seededRandom } from '../../src/playground/bot-api/random.ts'
import type { Person } from '../../src/playground/people/person.ts'
import { savePerson } from '../../src/store/people.ts'
import type { TestDatabase } from '../support/databases.ts'
import { revisionOf } from './people.ts'

export type LivingPlan = {
  /** Screens sent or edited before it ends. */
  readonly screens: number
  readonly people: number
  /** Bots on the one database, each taking whatever comes; PostgreSQL only when more than one. */
  readonly bots: number
  readonly seed: number
}

export type LivingResult = {
  readonly screens: number
  /** Chats that, looked at when nothing was under way, had live buttons above the newest screen, or none on it. */
  readonly wrong: readonly string[]
}

const firstId = 5_000
/** Acts of one person between two looks. */
const burst = 8

/**
 * People who write and press at once, before and after each screen appears, and a look at every chat whenever all is
 * quiet: the newest screen stands last and it alone has buttons.
 */
export async function runLiving(database: TestDatabase, plan: LivingPlan): Promise<LivingResult> {
  const random = seededRandom(plan.seed)
  const api = createBotApi({ recordLimit: 10, historyLimit: 60 })
  const { url, close } = await api.listen()
  const people = Array.from({ length: plan.people }, (_, at) => api.person(firstId + at))
  const bots = await startBots(database, plan, { api, url })
  const counter = countScreens(api)
  const wrong: string[] = []
  try {
    while (counter.screens < plan.screens) {
      await Promise.all(people.map((person) => actQuickly(person, bots, random)))
      for (const bot of bots) await bot.telegram.idle()
      wrong.push(...people.flatMap(problemsOf))
    }
    return { screens: counter.screens, wrong }
  } finally {
    await Promise.all(bots.map((bot) => bot.stop()))
    await close()
  }
}

async function startBots(database: TestDatabase, plan: LivingPlan, { api, url }: { api: BotApi; url: string }) {
  const consent = { version: consentVersion, at: 0, by: 'self' as const }
  const grown = { ...newcomer('kk'), ageBand: '18+' as const, region: '75', plan: 'college' as const, consent }
  const stores = await Promise.all(Array.from({ length: plan.bots }, () => database.open()))
  const [store] = stores
  for (let at = 0; at < plan.people && store !== undefined; at++) await savePerson(store, firstId + at, grown)
  const log = createLog('error')
  return Promise.all(stores.map((one) => startBot({ token: api.token, apiRoot: url, store: one, log })))
}

function countScreens(api: BotApi): { readonly screens: number } {
  const counter = { screens: 0 }
  api.calls.changes.subscribe(({ method, code }) => {
    if (code === 200 && /^(sendMessage|sendPhoto|editMessageText|editMessageMedia)$/.test(method)) counter.screens++
  })
  return counter
}

/** Each act a little after the one before: mostly before its screen stands, now and then just as it appears. */
async function actQuickly(person: Person, bots: readonly Bot[], random: () => number): Promise<void> {
  const taken: Promise<void>[] = []
  for (let act = 0; act < burst; act++) {
    const bot = bots[Math.floor(random() * bots.length)]
    const update = doSomething(person, random)
    // The local Bot API's own shape of an update is Telegram's.
    if (bot !== undefined && update !== undefined) taken.push(takeUntilTaken(bot, update as Update))
    if (random() < 0.5) await nextTurn()
    else await wait(random() * 20)
  }
  await Promise.all(taken)
}

/** As Telegram does: what could not be written comes again. */
async function takeUntilTaken(bot: Bot, update: Update): Promise<void> {
  for (;;) {
    try {
      return await bot.telegram.take(update)
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
    }
  }
}

function doSomething(person: Person, random: () => number): unknown {
  const dice = random()
  const data = person.lastFromBot?.keyboard.flat().flatMap(({ callback_data: one }) => one ?? [])
  const choice = data?.[Math.floor(random() * data.length)]
  if (dice < 0.5 && choice !== undefined && person.lastFromBot !== undefined)
    return person.pressesData(person.lastFromBot.id, choice)
  if (dice < 0.8) return person.writes('аспаз')
  return dice < 0.9 ? person.writes('/menu') : person.sends('sticker')
}

function problemsOf(person: Person): string[] {
  const sent = person.messages.filter(({ by }) => by === 'bot')
  const alive = sent.filter(({ keyboard }) => keyboard.length > 0)
  const newest = Math.max(...alive.map((message) => revisionOf(message) ?? 0))
  const problems = [
    ...(alive.length > 1 ? [`${alive.length} messages with buttons`] : []),
    ...(alive.length === 0 && sent.length > 0 ? ['no message with buttons'] : []),
    ...(alive.some((message) => message === sent.at(-1) && revisionOf(message) === newest) || alive.length === 0
      ? []
      : ['the newest screen does not stand last']),
  ]
  return problems.map((problem) => `chat ${person.id}: ${problem}`)
}
