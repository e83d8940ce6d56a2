import type { Person } from '../../flows/common/person.ts'
import { zone } from '../../flows/common/regions.ts'
import { type NewNotice, priorities } from '../../flows/kit/notice.ts'
import { createLog } from '../../src/base/log.ts'
import { createDispatcher, type DispatcherOptions } from '../../src/delivery/dispatcher.ts'
import { createNotices, type Notices } from '../../src/delivery/notices/notices.ts'
import { createPacing } from '../../src/delivery/pacing.ts'
import type { Courier, Delivered, Parcel } from '../../src/delivery/ports.ts'
import { createPauses } from '../../src/store/leases.ts'
import { savePerson, setReachable, type Unreachable } from '../../src/store/people.ts'
import { createSqlite, testTime } from '../support/databases.ts'
import { agreed } from '../support/people.ts'
import { toyKinds } from '../support/toy-notices.ts'

export type Sent = {
  readonly at: number
  readonly chatId: number
  readonly words: readonly string[]
  readonly parcel: Parcel
}
export type Universe = Awaited<ReturnType<typeof createUniverse>>

/**
 * A dispatcher on a real SQLite file in a time of its own: whenever it sleeps, and nothing it began is under way, the
 * clock jumps to the moment it wants to wake at. No test waits.
 */
export async function createUniverse(change: Partial<DispatcherOptions> & { messagesPerSecond?: number } = {}) {
  const database = await createSqlite()
  const store = await database.open()
  const real = createNotices(store)
  const busy = { count: 0 }
  /** Calls of the store that fail for now. */
  const broken = new Set<keyof Notices>()
  const notices = counted(real, busy, broken)
  const steady = { time: 0, now: () => steady.time }
  const pacing = createPacing({ clock: steady, messagesPerSecond: change.messagesPerSecond ?? 30 })
  const sent: Sent[] = []
  const tried: Sent[] = []
  const outcomes: string[] = []
  const post = { answer: (_parcel: Parcel): Delivered | undefined | Promise<Delivered | undefined> => undefined }
  const plans: { at: number; act: () => unknown }[] = []
  let messages = 0
  const courier: Courier = {
    fits: (parcel) => parcel.places.length <= 100,
    deliver: async (parcel) => {
      const one = { at: database.clock.time, chatId: parcel.chatId, words: wordsOf(parcel), parcel }
      tried.push(one)
      const answer = await post.answer(parcel)
      if (answer !== undefined && answer.type !== 'sent') return answer
      sent.push(one)
      return { type: 'sent', messageId: ++messages }
    },
  }
  const options = { random: () => 0.5, mayWork: () => true, ...change }

  let reconsider = (_chatId: number) => {}

  /** Lets the dispatcher run until nothing happens before `until` (epoch ms, by a clock that nobody sets). */
  const run = async (until: number) => {
    const stopping = new AbortController()
    const end = steady.time + until - database.clock.time
    const sleep = async (milliseconds: number, signal?: AbortSignal) => {
      await quiet(busy)
      if (signal?.aborted) return
      const passes = Math.min(Math.max(1, milliseconds), end - steady.time)
      steady.time += passes
      database.clock.time += passes
      for (const plan of plans.filter(({ at }) => at <= steady.time)) {
        plans.splice(plans.indexOf(plan), 1)
        await plan.act()
      }
      if (steady.time >= end) stopping.abort()
    }
    const dispatcher = createDispatcher({
      ...options,
      notices,
      pauses: createPauses(store),
      courier,
      pacing,
      kinds: toyKinds,
      setUnreachable: wrapped(busy, (chatId: number, reason: Unreachable) => setReachable(store, chatId, reason)),
      clock: database.clock,
      steady,
      sleep,
      log: createLog('silent'),
      zone,
      onOutcome: (kind, outcome) => outcomes.push(`${kind} ${outcome}`),
    })
    reconsider = dispatcher.reconsider
    await dispatcher.run(stopping.signal, 'test')
  }
  let chats = 0
  let keys = 0
  return {
    database,
    store,
    notices: real,
    pacing,
    post,
    broken,
    /** Does something when so many ms have passed. */
    after: (milliseconds: number, act: () => unknown) => plans.push({ at: steady.time + milliseconds, act }),
    reconsider: (chatId: number) => reconsider(chatId),
    sent,
    tried,
    outcomes,
    run,
    person: async (about: Partial<Person> = {}) => {
      await savePerson(store, ++chats, { ...agreed('kk'), ...about })
      return chats
    },
    put: (chatId: number, kind: string, about: Partial<NewNotice> = {}) => {
      const key = `key-${++keys}`
      const priority = priorities[toyKinds.get(kind)?.definition.priority ?? 'reminder']
      return real.put([{ key, chatId, kind, dueAt: testTime, values: { word: key }, priority, ...about }])
    },
    words: () => sent.map(({ words }) => words.join('+')),
    close: () => database.drop(),
  }
}

function wordsOf(parcel: Parcel): string[] {
  return parcel.screen.text.flatMap((paragraph) => ('key' in paragraph ? [String(paragraph.values?.text)] : []))
}

/** Counts what is under way, so that time stands still meanwhile. */
function counted(notices: Notices, busy: { count: number }, broken: ReadonlySet<keyof Notices>): Notices {
  const sound = <A extends unknown[], R>(name: keyof Notices, call: (...given: A) => Promise<R>) =>
    wrapped(busy, async (...given: A) => {
      if (broken.has(name)) throw new Error(`no ${name}`)
      return call(...given)
    })
  return {
    ...notices,
    claim: sound('claim', notices.claim),
    settle: sound('settle', notices.settle),
    giveBack: wrapped(busy, notices.giveBack),
    stillWanted: wrapped(busy, notices.stillWanted),
    expire: wrapped(busy, notices.expire),
    resume: wrapped(busy, notices.resume),
    releaseOthers: wrapped(busy, notices.releaseOthers),
  }
}

function wrapped<A extends unknown[], R>(busy: { count: number }, call: (...given: A) => Promise<R>) {
  return async (...given: A): Promise<R> => {
    busy.count++
    return call(...given).finally(() => {
      busy.count--
    })
  }
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

async function quiet(busy: { count: number }): Promise<void> {
  for (let still = 0; still < 6; still++) {
    await nextTurn()
    if (busy.count > 0) still = 0
  }
}
