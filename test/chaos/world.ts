import { setTimeout as wait } from 'node:timers/promises'
import { consentVersion, newcomer } from '../../flows/person.ts'
import { root } from '../../src/config.ts'
import { readInstruments } from '../../src/instruments.ts'
import { type BotApi, createBotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import { seededRandom } from '../../src/playground/bot-api/random.ts'
import { savePerson } from '../../src/store/people.ts'
import { createSqlite, type TestDatabase } from '../support/databases.ts'
import { startBotProcess } from './bot-process.ts'
import { type Answerer, beginSurvey, keepAnswering } from './people.ts'
import { confirmedButMissing, halfDone, problemsAtTheEnd } from './proof.ts'

export type ChaosPlan = {
  readonly seed: number
  readonly kills: number
  readonly people: number
  /** SIGTERM asks politely: then the bot must also have shown, noted and confirmed everything it took. */
  readonly signal?: 'SIGKILL' | 'SIGTERM'
}

export type ChaosResult = {
  readonly kills: number
  readonly presses: number
  /** Updates the Bot API still held at the moment of a kill, in all: these come again. */
  readonly inFlight: number
  readonly seconds: number
  /** What is not as it must be; empty when all is well. */
  readonly problems: readonly string[]
}

const firstId = 5_000
/** Of the shape that Telegram gives. */
const token = `7000001:${'serik'.repeat(7)}`

/** People answer while the bot is killed again and again; then everything is compared with what they pressed. */
export async function runChaos({ seed, kills, people, signal = 'SIGKILL' }: ChaosPlan): Promise<ChaosResult> {
  const begun = performance.now()
  const random = seededRandom(seed)
  const database = await createSqlite()
  const api = createBotApi({ token, recordLimit: 10, historyLimit: 100 })
  const confirmed = watchConfirmations(api)
  const { url, close } = await api.listen()
  const start = () => startBotProcess({ apiRoot: url, token: api.token, databaseUrl: database.url })
  const problems: string[] = []
  let inFlight = 0
  let isOver = false
  try {
    await seedPeople(database, people)
    const [{ forms }] = await readInstruments(new URL('flows/survey/instruments/', root))
    let bot = start()
    const ids = Array.from({ length: people }, (_, at) => firstId + at)
    const answerers = await Promise.all(ids.map((id) => beginSurvey(api, id, forms.quick)))
    const answering = answerers.map((one) => keepAnswering(one, random, () => isOver))
    for (let kill = 0; kill < kills; kill++) {
      await untilKill(api, random, signal)
      const { code } = await bot.kill(signal)
      inFlight += api.pendingUpdates()
      problems.push(...confirmedButMissing(database.url, answerers, confirmed.before()))
      if (signal === 'SIGTERM') {
        if (code !== 0) problems.push(`The bot ended with ${code} on SIGTERM`)
        problems.push(...halfDone(database.url, answerers, confirmed.before()))
      }
      bot = start()
    }
    isOver = true
    await Promise.all(answering)
    const { code } = await stopWhenIdle(api, bot)
    if (code !== 0) problems.push(`The bot ended with ${code} on SIGTERM`)
    problems.push(...(await problemsAtTheEnd(api, database, answerers)))
    return { kills, presses: pressesOf(answerers), inFlight, seconds: (performance.now() - begun) / 1000, problems }
  } finally {
    await close()
    await database.drop()
  }
}

/** Most often while turns are under way, now and then while the bot starts or shows what was left unshown. */
async function untilKill(api: BotApi, random: () => number, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  // A bot that has not begun to listen for signals yet ends on SIGTERM as on SIGKILL: that is not what is asked here.
  if (signal === 'SIGKILL' && random() < 0.15) return void (await wait(random() * 1500))
  await nextUpdates(api)
  await wait(random() * 500)
}

/** The bot asks for updates again, for the first time after its start. */
function nextUpdates(api: BotApi): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = api.calls.changes.subscribe(({ method }) => {
      if (method !== 'getUpdates') return
      unsubscribe()
      resolve()
    })
  })
}

async function stopWhenIdle(api: BotApi, bot: ReturnType<typeof startBotProcess>) {
  // Confirming ends no call that could be waited for: the poll that does it goes on for half a minute.
  while (api.pendingUpdates() > 0) await wait(20)
  return bot.kill('SIGTERM')
}

/** The highest offset the bot has asked with: everything before it counts as received. */
function watchConfirmations(api: BotApi) {
  let offset = 0
  api.calls.changes.subscribe(({ method, payload }) => {
    if (method === 'getUpdates') offset = Math.max(offset, Number(payload.offset ?? 0))
  })
  return { before: () => offset }
}

async function seedPeople(database: TestDatabase, people: number): Promise<void> {
  const store = await database.open()
  const consent = { version: consentVersion, at: 0, by: 'self' as const }
  const person = { ...newcomer('kk'), ageBand: '18+' as const, region: '75', plan: 'college' as const, consent }
  for (let at = 0; at < people; at++) await savePerson(store, firstId + at, person)
  await store.close()
}

function pressesOf(answerers: readonly Answerer[]): number {
  return answerers.reduce((sum, { presses }) => sum + presses.length, 0)
}
