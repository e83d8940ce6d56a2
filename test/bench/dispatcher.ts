import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Api } from 'grammy'
import { zone } from '../../flows/common/regions.ts'
import { systemClock } from '../../src/base/clock.ts'
import { createLog } from '../../src/base/log.ts'
import { sleep } from '../../src/base/sleep.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { createTelegramCourier } from '../../src/delivery/courier.ts'
import { createDispatcher } from '../../src/delivery/dispatcher.ts'
import { createNotices } from '../../src/delivery/notices/notices.ts'
import { createPacing } from '../../src/delivery/pacing.ts'
import { createPauses } from '../../src/store/leases.ts'
import { openStore } from '../../src/store/open.ts'
import { setReachable } from '../../src/store/people.ts'
import { createHttp } from '../../src/telegram/http.ts'
import { startBotApi } from '../support/bot-api-process.ts'
import { agreed } from '../support/people.ts'
import { toyKinds, toyWords } from '../support/toy-notices.ts'
import { turn } from '../support/turns.ts'

/** Messages a second by the wall and by a core's time of this process. */
export type Pace = { readonly perSecond: number; readonly perCoreSecond: number }
export type DispatcherBench = {
  readonly notices: number
  readonly inFlight: number
  /** A bare loop of grammY's sendMessage, and the dispatcher with its ledger (SQLite, synchronous = FULL); medians. */
  readonly bare: Pace
  readonly dispatcher: Pace
  /** The dispatcher's pace by the wall as a share of the bare loop's: median over the rounds. */
  readonly ratio: number
}

/** Alternates the bare loop and the dispatcher in one process, the local Bot API in another, without any pacing. */
export async function benchDispatcher({ notices = 5_000, rounds = 3, inFlight = 128 } = {}): Promise<DispatcherBench> {
  const api = await startBotApi(0)
  const folder = await mkdtemp(join(tmpdir(), 'serik-bench-'))
  const store = await openStore({
    capabilities,
    url: `file:${join(folder, 'serik.db')}`,
    key: Buffer.alloc(32, 7),
    clock: systemClock,
  })
  const http = createHttp({ connections: inFlight })
  // grammY's type of fetch is that of node-fetch; it uses no more than MinimalFetch has.
  const client = { apiRoot: api.url, fetch: http.fetch as never }
  try {
    await api.people(1, notices)
    // As turns, since these share transactions; without quiet hours, since the bench runs at any hour.
    const person = { ...agreed('kk'), quiet: { from: 0, to: 0 } }
    const met = Array.from({ length: notices }, (_, at) => turn(at + 1, 1, { person }))
    await Promise.all(met.map((commit) => store.dialogues.commit(commit)))
    const paces: { bare: Pace; dispatcher: Pace }[] = []
    for (let round = 0; round <= rounds; round++) {
      const bare = await measure(notices, () => bareLoop(new Api(api.token, client), notices, inFlight))
      const dispatcher = await dispatch(store, new Api(api.token, client), notices, inFlight, round)
      if (round > 0) paces.push({ bare, dispatcher }) // the first warms up
    }
    return {
      notices,
      inFlight,
      bare: medianPace(paces.map((pace) => pace.bare)),
      dispatcher: medianPace(paces.map((pace) => pace.dispatcher)),
      ratio: round2(median(paces.map((pace) => pace.dispatcher.perSecond / pace.bare.perSecond))),
    }
  } finally {
    http.close()
    await store.close()
    await api.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function bareLoop(api: Api, count: number, inFlight: number): Promise<void> {
  let next = 0
  const one = async () => {
    while (next < count) {
      const chat = ++next
      await api.sendMessage(chat, `сөз ${chat}`, { parse_mode: 'HTML', reply_markup: keyboard })
    }
  }
  await Promise.all(Array.from({ length: inFlight }, one))
}

/** As many buttons as the notices have. */
const keyboard = {
  inline_keyboard: [
    [
      { text: 'Ашу', callback_data: 'n.abcdefghij.0' },
      { text: 'Басты бет', callback_data: 'n.abcdefghij.1' },
      { text: 'Бет', url: 'https://example.org' },
    ],
  ],
}

type Store = Awaited<ReturnType<typeof openStore>>

async function dispatch(store: Store, api: Api, count: number, inFlight: number, round: number): Promise<Pace> {
  const notices = createNotices(store)
  const now = systemClock.now()
  const list = Array.from({ length: count }, (_, at) => {
    const values = { word: `сөз ${at + 1}` }
    return { key: `${round}:${at}`, chatId: at + 1, kind: 'toy.plain', dueAt: now, priority: 10, values }
  })
  for (let from = 0; from < count; from += 1_000) await notices.put(list.slice(from, from + 1_000))
  const stopping = new AbortController()
  let left = count
  const dispatcher = createDispatcher({
    notices,
    pauses: createPauses(store),
    kinds: toyKinds,
    courier: createTelegramCourier({ api, words: toyWords }),
    pacing: createPacing({ clock: systemClock, messagesPerSecond: Number.POSITIVE_INFINITY, perChat: 0 }),
    setUnreachable: (chatId, reason) => setReachable(store, chatId, reason),
    clock: systemClock,
    sleep,
    random: Math.random,
    log: createLog('warn'),
    zone,
    mayWork: () => true,
    onOutcome: (_kind, outcome) => {
      if (outcome !== 'sent') throw new Error(`A notice was ${outcome}`)
      if (--left === 0) stopping.abort()
    },
    limits: { inFlight },
  })
  return measure(count, () => dispatcher.run(stopping.signal, 'bench'))
}

async function measure(count: number, work: () => Promise<void>): Promise<Pace> {
  const [begun, cpu] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - begun) / 1_000
  return { perSecond: Math.round(count / seconds), perCoreSecond: Math.round(count / ((user + system) / 1e6)) }
}

function medianPace(paces: readonly Pace[]): Pace {
  return {
    perSecond: median(paces.map((pace) => pace.perSecond)),
    perCoreSecond: median(paces.map((pace) => pace.perCoreSecond)),
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function round2(value: number): number {
  return Math.round(value * 100) / 100
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  console.log(JSON.stringify(await benchDispatcher(), null, 2))
