import { setTimeout as wait } from 'node:timers/promises'
import { addDays, dayLength, minuteLength as minute, toLocal, toUtc } from '../../../flows/common/calendar.ts'
import { seededRandom } from '../../../src/playground/bot-api/random.ts'
import type { TestDatabase } from '../../support/databases.ts'
import { type Moment, moments } from './deaths.ts'
import { createInterviews } from './interviews.ts'
import { createMarket, type Looker } from './market.ts'
import { repeatsIn, wronglyKept, wronglyNoticed, wronglyTold } from './proof.ts'
import { openScene, settleIn } from './scene.ts'
import { openSites } from './sites.ts'

/** A part of a day, and what the process at work is doing when it dies in it, once for each moment. */
export type Part = { readonly name: (typeof parts)[number]; readonly deaths: readonly Death[] }
/** `pause`: it stops for longer than its lease lives, and goes on when another process has taken over. */
export type Death = Moment | 'pause'

export type VacanciesPlan = {
  readonly seed: number
  readonly database: TestDatabase['provider']
  /** Processes on the one database; PostgreSQL only when more than one. */
  readonly bots: number
  /** Whether each is a whole bot; else only what reads and tells, which starts in a fraction of the time. */
  readonly areWhole?: boolean
  /** In the order of a day, day after day; asked for the next one until it gives none. */
  readonly days: Iterable<Iterable<Part>>
}

export type VacanciesResult = {
  readonly vacancies: number
  /** Vacancies told to somebody; each was heard. */
  readonly tellings: number
  readonly happened: Readonly<Record<string, number>>
  /** Messages heard more than once: at most those on their way when a process died. */
  readonly repeats: number
  readonly seconds: number
  /** What is not as it must be; empty when all is well. */
  readonly problems: readonly string[]
}

/**
 * `news`: at ten, much is new. `jam`: at one, Telegram takes no messages. `closing`: one of the vacancies that wait is
 * closed, then messages go again. `digest`: the hour of daily digests. `evening`: something for tomorrow's digest.
 */
export const parts = ['news', 'jam', 'closing', 'digest', 'evening'] as const
const times = { news: 601, jam: 781, closing: 841, digest: 961, evening: 1_141 } as const satisfies Record<
  Part['name'],
  number
>

const isJammed = (name: Part['name']) => name === 'jam' || name === 'closing'

const lookers: readonly Looker[] = [
  { chatId: 1_001, looksFor: [{ id: 'all', rhythm: 'once' }] },
  { chatId: 1_002, looksFor: [{ id: 'cook', rhythm: 'once', profession: 'cook' }] },
  {
    chatId: 1_003,
    looksFor: [
      { id: 'cook', rhythm: 'once', profession: 'cook' },
      { id: 'all', rhythm: 'daily' },
    ],
  },
  { chatId: 1_004, looksFor: [{ id: 'welder', rhythm: 'daily', profession: 'welder' }] },
  { chatId: 1_005, looksFor: [{ id: 'paid', rhythm: 'daily', leastPay: 300_000 }] },
]
const invited: Looker = { chatId: 1_006, looksFor: [] }

/** After each part everything is as it must be within this time, in ms: a lease may have to run out first. */
const patience = 180_000
/** Something that is not seen in this time, ms, does not happen in this part: the process dies in its sleep. */
const mostAwaited = 30_000

/**
 * Employers publish, pay more, close and open again; bots read it, find out whom it is for and tell them, and die at
 * it. After each part of a day what is kept, what stands in notices and what stands in the chats is compared with what
 * the employers did.
 */
export async function runVacancies({
  seed,
  database,
  bots,
  areWhole = false,
  days,
}: VacanciesPlan): Promise<VacanciesResult> {
  const begun = performance.now()
  const random = seededRandom(seed)
  const market = createMarket(lookers, random)
  const sites = await openSites(market)
  const midnight = toUtc({ ...addDays(toLocal(Date.now()), 1), hour: 0, minute: 0 })
  const begins = midnight + 540 * minute
  const scene = await openScene({ provider: database, bots, areWhole, sites, begins })
  const { store, api } = scene
  const problems: string[] = []
  const happened: Record<string, number> = {}
  const onTheirWay = new Map<number, number>()
  try {
    const people = await Promise.all([...lookers, invited].map((one) => settleIn(store, api, one, begins)))
    const interviews = createInterviews(store, invited.chatId)
    await scene.start()

    const act = async (name: Part['name'], day: number, at: number): Promise<void> => {
      if (name === 'news') {
        market.publish(4, at)
        market.payMore(at)
        market.close(at)
        market.openAgain(at)
        await interviews.invite(day, at)
      }
      if (name === 'jam') market.publish(2, at)
      if (name === 'closing') market.closeUnsent(day + (times.jam - 1) * minute, at)
      if (name === 'evening') {
        market.publish(2, at)
        market.payMore(at)
      }
      market.tell('once')
      if (name === 'digest') market.tell('daily')
      if (name === 'jam') scene.jam(true)
      if (!isJammed(name)) market.sent()
    }

    /** What is on its way may come twice; how many of them to whom is known as a process dies. */
    const look = async (): Promise<void> => {
      const rows = await store.prisma.notice.findMany({ where: { outcome: null, claimedBy: { not: null } } })
      for (const { chatId } of rows) onTheirWay.set(Number(chatId), (onTheirWay.get(Number(chatId)) ?? 0) + 1)
    }

    const befall = async (death: Death): Promise<void> => {
      const over = new AbortController()
      const moment = moments[death === 'pause' ? 'ingest' : death]
      await Promise.race([moment({ store, api, sites }, over.signal), wait(mostAwaited, undefined, over)]).catch(
        () => {},
      )
      over.abort()
      await wait(random() < 0.5 ? 0 : random() * 100)
      happened[death] = (happened[death] ?? 0) + 1
      if (death !== 'pause') return scene.killWorker(look)
      const paused = scene.worker()
      paused?.pause()
      await look()
      // Longer than a lease lives without being renewed.
      await wait(13_000 + random() * 4_000)
      paused?.resume()
    }

    const wrong = async (areHeard: boolean): Promise<string[]> => [
      ...(await wronglyKept(store, market)),
      ...(await wronglyNoticed(store, market)),
      ...(!areHeard ? [] : wronglyTold(people, { market, interviews, now: scene.now() })),
    ]

    /** What is wrong and does not right itself. What is right has to be so after another round as well. */
    const wrongAtLast = async (areHeard: boolean): Promise<string[]> => {
      const until = performance.now() + patience
      for (let looks = 1; ; looks++) {
        const found = await wrong(areHeard)
        if (performance.now() > until) return found
        if (found.length === 0) {
          await scene.anotherRound(until)
          if ((await wrong(areHeard)).length === 0) return []
        }
        await wait(250)
        // What a dead process has left is gone on with in the next minute.
        if (looks % 24 === 0) scene.moveTo(scene.now() + minute)
      }
    }

    let day = midnight
    for (const parted of days) {
      for (const { name, deaths } of parted) {
        if (problems.length > 0) break
        const at = day + times[name] * minute
        await act(name, day, at - minute)
        const dying = (async () => {
          for (const death of deaths) await befall(death)
        })()
        scene.moveTo(at)
        await dying
        const found = await wrongAtLast(!isJammed(name))
        if (name === 'closing') {
          scene.jam(false)
          market.sent()
          found.push(...(await wrongAtLast(true)))
        }
        problems.push(...found.map((problem) => `after "${name}": ${problem}`))
      }
      if (problems.length > 0) break
      day += dayLength
    }
    for (const person of people) {
      const [repeats, most] = [repeatsIn(person), onTheirWay.get(person.id) ?? 0]
      if (repeats > most)
        problems.push(`${person.id} heard ${repeats} messages twice; at most ${most} were on their way`)
    }
    return {
      vacancies: market.offers.length,
      tellings: market.tellings().length,
      happened,
      repeats: people.reduce((sum, person) => sum + repeatsIn(person), 0),
      seconds: Math.round((performance.now() - begun) / 1_000),
      problems,
    }
  } finally {
    await scene.close()
    await sites.close()
  }
}
