import type { Person } from '../../flows/person.ts'
import { zone } from '../../flows/regions.ts'
import { createDispatcher, type DispatcherOptions } from '../../src/delivery/dispatcher.ts'
import { createPacing } from '../../src/delivery/pacing.ts'
import type { Courier, Delivered, Parcel } from '../../src/delivery/ports.ts'
import { createLog } from '../../src/log.ts'
import { createPauses } from '../../src/store/leases.ts'
import { createNotices, type NewNotice, type Notices } from '../../src/store/notices.ts'
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
  const notices = counted(real, busy)
  const pacing = createPacing({ clock: database.clock, messagesPerSecond: change.messagesPerSecond ?? 30 })
  const sent: Sent[] = []
  const tried: Sent[] = []
  const outcomes: string[] = []
  const post = { answer: (_parcel: Parcel): Delivered | undefined => undefined, takes: 0 }
  let messages = 0
  const courier: Courier = {
    fits: (parcel) => parcel.places.length <= 100,
    deliver: async (parcel) => {
      const one = { at: database.clock.time, chatId: parcel.chatId, words: wordsOf(parcel), parcel }
      tried.push(one)
      const answer = post.answer(parcel)
      if (answer !== undefined && answer.type !== 'sent') return answer
      sent.push(one)
      return { type: 'sent', messageId: ++messages }
    },
  }
  const options = { random: () => 0.5, mayWork: () => true, ...change }

  /** Lets the dispatcher run until nothing happens before `until` (epoch ms). */
  const run = async (until: number) => {
    const stopping = new AbortController()
    const sleep = async (milliseconds: number) => {
      await quiet(busy)
      const next = database.clock.time + Math.max(1, milliseconds)
      database.clock.time = Math.min(next, until)
      if (next >= until) stopping.abort()
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
      sleep,
      log: createLog('silent'),
      zone,
      holder: 'test',
      onOutcome: (kind, outcome) => outcomes.push(`${kind} ${outcome}`),
    })
    await dispatcher.run(stopping.signal)
  }
  let chats = 0
  let keys = 0
  return {
    database,
    store,
    notices: real,
    pacing,
    post,
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
      const priority = toyKinds.get(kind)?.definition.priority ?? 10
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
function counted(notices: Notices, busy: { count: number }): Notices {
  return {
    ...notices,
    claim: wrapped(busy, notices.claim),
    settle: wrapped(busy, notices.settle),
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
