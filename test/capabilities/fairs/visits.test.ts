import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayLength, toUtc } from '../../../flows/common/calendar.ts'
import {
  anyFair,
  comingFairs,
  type FairChange,
  getFair,
  getMadeFair,
  getMadeStand,
  getStand,
  ownFairs,
  weighChange,
} from '../../../flows/fairs/contract.ts'
import { type Fair, type Stand, slotsOf } from '../../../flows/fairs/fair.ts'
import { Filter } from '../../../flows/vacancies/matching/filter.ts'
import { fairsJob, forgetVisitsJob } from '../../../src/capabilities/fairs/job.ts'
import { readKnowledge } from '../../../src/capabilities/vacancies/knowledge.ts'
import { root } from '../../../src/config.ts'
import { valuesPlace } from '../../../src/delivery/notices/rows.ts'
import type { Store } from '../../../src/store/open.ts'
import { placeOf } from '../../../src/store/seal.ts'
import { ask } from '../../support/ask.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { agreed } from '../../support/people.ts'
import { fact, turn, world } from '../../support/turns.ts'
import { kept, put } from '../vacancies/samples.ts'

const postgresql = await hasPostgresql()
const minute = 60_000
const hour = 60 * minute

describe('fairs on SQLite', () => contract(createSqlite))
describe.skipIf(!postgresql)('fairs on PostgreSQL', () => contract(createPostgresql))

/** Friday, 6 March 2026, 10:00 to 12:00 in Almaty; the tests begin on the Sunday before. */
const startsAt = toUtc({ year: 2026, month: 3, day: 6, hour: 10, minute: 0 })
const endsAt = startsAt + 2 * hour

function contract(create: () => Promise<TestDatabase>): void {
  let database: TestDatabase
  let store: Store
  let chats = 100
  let fairs = 0
  beforeAll(async () => {
    database = await create()
    store = await database.open()
  })
  afterAll(() => database.drop())

  const revisions = new Map<number, number>()
  /** Whether it was written; what is refused leaves the revision where it was. */
  const tells = async (chatId: number, name: string, data: unknown, at = testTime) => {
    const revision = (revisions.get(chatId) ?? 0) + 1
    const isWritten = await store.dialogues.commit(turn(chatId, revision, { facts: [fact(name, data)], at }))
    if (isWritten) revisions.set(chatId, revision)
    return isWritten
  }
  const stand = (change: Partial<Stand> = {}): Stand => {
    return { id: 'one', employer: 'Үлгі', offers: null, minutes: 30, places: 2, vacancies: [], ...change }
  }
  const maker = 1
  const makes = async (stands: readonly Stand[] = [stand()], change: Partial<Fair> = {}) => {
    const id = `fair-${++fairs}`
    const base = { id, title: 'Үлгі жәрмеңке', region: '75' as const, place: 'Үлгі', startsAt, endsAt, note: null }
    await tells(maker, 'fairs.keep', { ...base, ...change, id })
    for (const one of stands) await tells(maker, 'fairs.keepStand', { fair: id, stand: one })
    await tells(maker, 'fairs.publish', { fair: id })
    return id
  }
  const books = (chatId: number, fair: string, slot: number, standId = 'one', at = testTime) =>
    tells(chatId, 'fairs.book', { fair, stand: standId, slot }, at)
  const statesAt = async (chatId: number, fair: string, standId = 'one') =>
    (await ask(getStand, { fair, stand: standId }, world(chatId), store))?.slots.map(({ state }) => state)
  const seats = (fairId: string) => store.prisma.fairSeat.count({ where: { fairId } })
  const runs = (now: number) => fairsJob(store).run({ now, signal: new AbortController().signal })
  const noticesOf = async (fair: string, chatId?: number) => {
    const rows = await store.prisma.notice.findMany({
      where: { key: { startsWith: `fair:${fair}:` }, ...(chatId !== undefined && { chatId: BigInt(chatId) }) },
      orderBy: { createdAt: 'asc' },
    })
    return rows.map(({ kind }) => kind)
  }

  /** What the newest notice of a fair holds. */
  const valuesOf = async (fair: string, chatId: number): Promise<unknown> => {
    const [row] = await store.prisma.notice.findMany({
      where: { key: { startsWith: `fair:${fair}:` }, chatId: BigInt(chatId) },
      ...{ orderBy: { dueAt: 'desc' }, take: 1 },
    })
    return row && JSON.parse(store.seal.open(row.values, valuesPlace(row.id, row.chatId)))
  }

  test('is a draft that nobody sees until it is published', async () => {
    const id = `fair-${++fairs}`
    await tells(maker, 'fairs.keep', { id, title: 'Үлгі', region: '75', place: 'Үлгі', startsAt, endsAt, note: null })
    const chat = ++chats
    expect(await ask(getFair, { id, page: 0 }, world(chat), store)).toBeNull()
    expect(await tells(chat, 'fairs.visit', { fair: id })).toBe(false)
    await tells(maker, 'fairs.publish', { fair: id })
    expect(await ask(getFair, { id, page: 0 }, world(chat), store)).toMatchObject({ isMine: false, slots: [] })
    expect(await tells(chat, 'fairs.visit', { fair: id })).toBe(true)
    expect(await ask(getFair, { id, page: 0 }, world(chat), store)).toMatchObject({ isMine: true })
  })

  test('stand in a list with those of the own region first', async () => {
    const far = await makes([], { region: '71', startsAt: startsAt - hour })
    const near = await makes([], { region: '35' })
    const one = { ...world(++chats), person: { ...agreed('kk'), region: '35' } }
    const { items } = await ask(comingFairs, { page: 0 }, one, store)
    const ids = items.map(({ id }) => id)
    expect(ids[0]).toBe(near)
    expect(ids.indexOf(far)).toBeGreaterThan(0)
  })

  test('are coming for whoever may work, once they are published and until they are over', async () => {
    await store.prisma.fair.deleteMany()
    const isComing = async (ageBand: '12-13' | '14-15', now = testTime) => {
      const one = { ...world(++chats), now, person: { ...agreed('kk'), ageBand } }
      return (await ask(anyFair, null, one, store)).isComing
    }
    const id = `fair-${++fairs}`
    await tells(maker, 'fairs.keep', { id, title: 'Үлгі', region: '75', place: 'Үлгі', startsAt, endsAt, note: null })
    expect(await isComing('14-15')).toBe(false)
    await tells(maker, 'fairs.publish', { fair: id })
    expect(await isComing('14-15')).toBe(true)
    expect(await isComing('12-13')).toBe(false)
    expect(await isComing('14-15', endsAt)).toBe(false)
  })

  test('a slot takes no more people than it has places, however many come at once', async () => {
    const id = await makes()
    const people = Array.from({ length: 12 }, () => ++chats)
    const written = await Promise.all(people.map((chat) => books(chat, id, 1)))
    expect(written.filter(Boolean)).toHaveLength(2)
    expect(await seats(id)).toBe(2)
    const late = people.find((_, place) => written[place] === false) ?? 0
    expect(await statesAt(late, id)).toEqual(['free', 'full', 'free', 'free'])
    expect(await store.prisma.fairVisit.count({ where: { fairId: id } })).toBe(2)
  })

  test('nobody is in two places at once, at one fair or at two', async () => {
    const id = await makes([stand(), stand({ id: 'other', minutes: 20 })])
    const same = await makes()
    const chat = ++chats
    expect(await books(chat, id, 1)).toBe(true)
    // 10:30 to 11:00 stands against 10:20 to 10:40 and 10:40 to 11:00.
    expect(await statesAt(chat, id, 'other')).toEqual(['free', 'clash', 'clash', 'free', 'free', 'free'])
    expect(await books(chat, id, 1, 'other')).toBe(false)
    expect(await books(chat, same, 1)).toBe(false)
    expect(await books(chat, id, 3, 'other')).toBe(true)
    expect(await seats(id)).toBe(2)
  })

  test('one that somebody has signed up for is theirs until it is over or they are not coming', async () => {
    const id = await makes()
    await makes()
    const chat = ++chats
    const own = (now = testTime) => ask(ownFairs, null, { ...world(chat), now }, store)
    expect(await own()).toEqual([])
    await books(chat, id, 1)
    expect(await own()).toEqual([id])
    expect(await own(endsAt)).toEqual([])
    await tells(chat, 'fairs.leave', { fair: id })
    expect(await own()).toEqual([])
  })

  test('a time at which somebody is elsewhere is free all the same in the list of stands', async () => {
    const id = await makes([stand(), stand({ id: 'other' })])
    const chat = ++chats
    await books(chat, id, 1)
    const view = await ask(getFair, { id, page: 0 }, world(chat), store)
    expect(view?.stands.items.map(({ free }) => free)).toEqual([3, 4])
  })

  test('vacancies are offered for a stand however the legal form of its employer is written', async () => {
    const { identityOf } = await readKnowledge(root)
    const open = kept(`open-${fairs}`, { title: 'Даяшы', employer: 'ЖШС «Дәмді асхана»' })
    await put(store, { ...open, identity: identityOf(open.body) })
    const id = await makes([
      stand({ employer: 'дәмді асхана' }),
      stand({ id: 'other', employer: '"Дәмді асхана" ТОО' }),
    ])
    for (const one of ['one', 'other']) {
      const made = await ask(getMadeStand, { fair: id, stand: one }, world(maker), store)
      expect(made?.openings).toEqual([{ id: open.id, title: 'Даяшы' }])
    }
  })

  test('a vacancy of a stand that is not there any more is not named', async () => {
    const id = await makes([stand({ vacancies: ['gone'] })])
    expect(await ask(getStand, { fair: id, stand: 'one' }, world(++chats), store)).toMatchObject({ jobs: [] })
  })

  test('another slot at the same stand takes the place of the first, which is free again', async () => {
    const id = await makes([stand({ places: 1 })])
    const [chat, next] = [++chats, ++chats]
    await books(chat, id, 0)
    await books(chat, id, 2)
    expect(await statesAt(chat, id)).toEqual(['free', 'free', 'mine', 'free'])
    expect(await books(next, id, 0)).toBe(true)
    await tells(chat, 'fairs.unbook', { fair: id, stand: 'one' })
    expect(await statesAt(next, id)).toEqual(['mine', 'free', 'free', 'free'])
  })

  test('what is shown as free can be booked, and nothing else', async () => {
    const id = await makes([stand({ places: 1 }), stand({ id: 'other' })])
    const [chat, rival] = [++chats, ++chats]
    await books(rival, id, 0)
    await books(chat, id, 2, 'other')
    for (const [slot, state] of (await statesAt(chat, id))?.entries() ?? []) {
      expect(await books(chat, id, slot), `${slot} ${state}`).toBe(state === 'free')
      if (state === 'free') await tells(chat, 'fairs.unbook', { fair: id, stand: 'one' })
    }
  })

  test('tells the evening before, two hours ahead of the first slot, and the evening after, each once', async () => {
    const id = await makes()
    const [chat, idle] = [++chats, ++chats]
    await books(chat, id, 2)
    await tells(idle, 'fairs.visit', { fair: id })
    const eve = startsAt - 16 * hour
    await runs(eve - minute)
    expect(await noticesOf(id, chat)).toEqual([])
    await runs(eve)
    await runs(eve + minute)
    expect(await noticesOf(id, chat)).toEqual(['fairs.soon'])
    // The first slot of one is at 11:00; the other comes at the beginning.
    await runs(startsAt - 2 * hour)
    expect(await noticesOf(id, idle)).toEqual(['fairs.soon', 'fairs.soon'])
    expect(await noticesOf(id, chat)).toEqual(['fairs.soon'])
    await runs(startsAt - hour)
    expect(await noticesOf(id, chat)).toEqual(['fairs.soon', 'fairs.soon'])
    await runs(startsAt + 9 * hour)
    await runs(startsAt + 10 * hour)
    expect(await noticesOf(id, chat)).toEqual(['fairs.soon', 'fairs.soon', 'fairs.after'])
  })

  test('tells a change ten minutes after the last one, once for all of them', async () => {
    const id = await makes()
    const chat = ++chats
    await books(chat, id, 0)
    const kept = { id, title: 'Үлгі', region: '75', startsAt, endsAt, note: null }
    await tells(maker, 'fairs.keep', { ...kept, place: 'Басқа жер' }, testTime + minute)
    await tells(maker, 'fairs.keep', { ...kept, place: 'Тағы басқа жер' }, testTime + 8 * minute)
    await runs(testTime + 12 * minute)
    expect(await noticesOf(id, chat)).toEqual([])
    await runs(testTime + 18 * minute)
    await runs(testTime + 30 * minute)
    expect(await noticesOf(id, chat)).toEqual(['fairs.changed'])
    // The clock goes on as if nothing had been.
    await runs(startsAt - 16 * hour)
    expect(await noticesOf(id, chat)).toEqual(['fairs.changed', 'fairs.soon'])
  })

  test('a fair on another day takes the slots along; one that is shorter tells who has lost theirs', async () => {
    const id = await makes()
    const [early, late] = [++chats, ++chats]
    await books(early, id, 0)
    await books(late, id, 3)
    const day = { startsAt: startsAt + dayLength, endsAt: endsAt + dayLength }
    const kept = { id, title: 'Үлгі', region: '75', place: 'Үлгі', note: null }
    await tells(maker, 'fairs.keep', { ...kept, ...day })
    const view = await ask(getFair, { id, page: 0 }, world(late), store)
    expect(view?.slots.map(({ from }) => from)).toEqual([day.startsAt + 90 * minute])
    await tells(maker, 'fairs.keep', { ...kept, ...day, endsAt: day.endsAt - hour })
    expect(await seats(id)).toBe(1)
    const rows = await store.prisma.fairVisit.findMany({ where: { fairId: id }, orderBy: { chatId: 'asc' } })
    expect(rows.map(({ news }) => news)).toEqual(['changed', 'lost'])
    await runs(testTime + 30 * minute)
    expect(await noticesOf(id)).toEqual(['fairs.changed', 'fairs.changed'])
  })

  test('tells which slot is gone, what has changed, and whether another is free', async () => {
    const id = await makes([stand({ employer: 'Үлгі асхана', places: 1 })])
    const [early, late] = [++chats, ++chats]
    await books(early, id, 0)
    await books(late, id, 3)
    const view = await ask(getFair, { id, page: 0 }, world(maker), store)
    if (view === null) throw new Error('There is no fair')
    await tells(maker, 'fairs.keep', { ...view.fair, note: 'Кіру тегін', endsAt: endsAt - hour })
    await runs(testTime + 30 * minute)
    expect(await noticesOf(id, late)).toEqual(['fairs.changed'])
    expect(await valuesOf(id, late)).toMatchObject({
      gone: [{ employer: 'Үлгі асхана', from: startsAt + 90 * minute, to: endsAt }],
      ...{ lost: true, isFree: true, changes: ['when', 'note'], was: { startsAt, endsAt }, note: 'Кіру тегін' },
    })
    expect(await valuesOf(id, early)).toMatchObject({ gone: [], lost: false, changes: ['when', 'note'] })
    // One stand with two slots, and both are taken.
    const next = ++chats
    await books(next, id, 1)
    await tells(maker, 'fairs.keepStand', {
      fair: id,
      stand: stand({ employer: 'Үлгі асхана', places: 1, minutes: 60 }),
    })
    await books(late, id, 0)
    await runs(testTime + 60 * minute)
    expect(await valuesOf(id, next)).toMatchObject({ lost: true, isFree: false, changes: [] })
    const rows = await store.prisma.fairVisit.findMany({ where: { fairId: id } })
    expect(rows.map(({ former, gone, news }) => former ?? gone ?? news)).toEqual([null, null, null])
  })

  test('says nothing of what was changed and changed back', async () => {
    const id = await makes()
    const chat = ++chats
    await books(chat, id, 0)
    const kept = { id, title: 'Үлгі жәрмеңке', region: '75', startsAt, endsAt, note: null }
    await tells(maker, 'fairs.keep', { ...kept, place: 'Басқа жер' })
    await tells(maker, 'fairs.keep', { ...kept, place: 'Үлгі' })
    await runs(testTime + 30 * minute)
    expect(await noticesOf(id, chat)).toEqual([])
  })

  test('whoever changes it is told before how many lose a time, and how it stands then', async () => {
    const id = await makes([stand(), stand({ id: 'other' })])
    const [early, late] = [++chats, ++chats]
    await books(early, id, 0)
    await books(late, id, 3)
    await books(late, id, 0, 'other')
    const view = await ask(getFair, { id, page: 0 }, world(maker), store)
    const fair = view?.fair
    if (fair === undefined) throw new Error('There is no fair')
    const shorter = { type: 'fair' as const, fair: { ...fair, endsAt: endsAt - hour } }
    const weighs = (change: FairChange) => ask(weighChange, { id, page: 0, change }, world(maker), store)
    expect(await weighs(shorter)).toMatchObject({
      losers: 1,
      made: {
        visitors: 2,
        seats: 2,
        stands: {
          items: [
            { taken: 1, all: 4 },
            { taken: 1, all: 4 },
          ],
        },
      },
    })
    expect(await weighs({ type: 'stand', stand: stand({ minutes: 20 }) })).toMatchObject({ losers: 2 })
    expect(await weighs({ type: 'drop', stand: 'other' })).toMatchObject({ losers: 1, made: { seats: 2 } })
    // Asking changes nothing.
    expect(await seats(id)).toBe(3)
    await tells(maker, 'fairs.keep', shorter.fair)
    expect(await seats(id)).toBe(2)
  })

  test('a stand with other slots or fewer places gives back what does not fit', async () => {
    const id = await makes([stand(), stand({ id: 'other' })])
    const people = [++chats, ++chats, ++chats]
    for (const chat of people.slice(0, 2)) await books(chat, id, 0)
    await books(people[2] ?? 0, id, 0, 'other')
    await tells(maker, 'fairs.keepStand', { fair: id, stand: stand({ places: 1 }) })
    expect(await seats(id)).toBe(2)
    await tells(maker, 'fairs.dropStand', { fair: id, stand: 'other' })
    expect(await seats(id)).toBe(1)
    const made = await ask(getMadeFair, { id, page: 0 }, world(maker), store)
    expect(made).toMatchObject({ visitors: 3, seats: 1, stands: { total: 1 } })
  })

  test('one that is cancelled is told at once, has no slots any more, and takes nobody', async () => {
    const id = await makes()
    const chat = ++chats
    await books(chat, id, 0)
    await tells(maker, 'fairs.cancel', { fair: id, reason: 'Зал жабық' })
    expect(await seats(id)).toBe(0)
    await runs(testTime + minute)
    await runs(startsAt - 2 * hour)
    await runs(startsAt + 12 * hour)
    expect(await noticesOf(id, chat)).toEqual(['fairs.cancelled'])
    expect(await books(++chats, id, 0)).toBe(false)
    expect(await ask(getFair, { id, page: 0 }, world(chat), store)).toMatchObject({ fair: { state: 'cancelled' } })
  })

  test('who is not coming any more hears nothing more', async () => {
    const id = await makes()
    const chat = ++chats
    await books(chat, id, 0)
    await tells(chat, 'fairs.leave', { fair: id })
    await tells(maker, 'fairs.cancel', { fair: id, reason: 'Зал жабық' })
    await runs(startsAt)
    expect(await noticesOf(id, chat)).toEqual([])
    expect(await seats(id)).toBe(0)
  })

  test('is announced once, to whoever may look for work in its region and beside it', async () => {
    const person = async (change: object, subscribes = false, regions: readonly string[] = []) => {
      const chat = ++chats
      const somebody = { ...agreed('kk'), plan: 'work' as const, region: '19', ...change }
      const revision = 1
      revisions.set(chat, revision)
      await store.dialogues.commit(turn(chat, revision, { person: somebody }))
      if (subscribes) {
        await store.prisma.subscription.create({
          data: {
            ...{ id: `s-${chat}`, chatId: BigInt(chat), rhythm: 'once', hour: 9 },
            filter: store.seal.seal(
              JSON.stringify(Filter.parse({ regions, ageBand: '18+' })),
              placeOf('Subscription', 'filter', `s-${chat}`, chat),
            ),
            ...{ weekday: 1, perDay: 5, state: 'active', createdAt: 0n, updatedAt: 0n },
          },
        })
      }
      return chat
    }
    const byCode = { version: agreed('kk').consent?.version, at: 0, by: 'code' }
    const heard = [
      await person({}),
      await person({ region: '75' }),
      await person({ ageBand: '16-17', consent: byCode }),
      await person({ ageBand: '14-15', consent: byCode }, true),
      // Who lives elsewhere, or says not where, and wants to hear of work there.
      await person({ region: undefined }, true, ['19']),
      await person({ region: '47' }, true, ['47', '75']),
      await person({ ageBand: '14-15', consent: byCode, region: undefined }, true, ['19']),
    ]
    const unheard = [
      await person({ region: '47' }),
      await person({ region: undefined }),
      await person({ region: undefined }, true, ['47']),
      await person({ region: undefined }, true),
      await person({ ageBand: '14-15', consent: byCode }),
      await person({ ageBand: '12-13', consent: byCode }, true),
      await person({ muted: ['fairs.new'] }),
      await person({ consent: undefined, ageBand: undefined, plan: undefined, region: undefined }),
    ]
    for (let others = 0; others < 120; others++) await person({ region: '47' })
    const id = await makes([], { region: '19' })
    await runs(testTime + minute)
    await runs(testTime + 2 * minute)
    for (const chat of heard) expect(await noticesOf(id, chat)).toEqual(['fairs.new'])
    for (const chat of unheard) expect(await noticesOf(id, chat)).toEqual([])
  })

  test('who was there is forgotten a month later', async () => {
    const id = await makes()
    await books(++chats, id, 0)
    const forgets = (now: number) => forgetVisitsJob(store).run({ now, signal: new AbortController().signal })
    await forgets(endsAt + 29 * dayLength)
    expect(await seats(id)).toBe(1)
    await forgets(endsAt + 31 * dayLength)
    expect(await seats(id)).toBe(0)
    expect(await store.prisma.fairVisit.count({ where: { fairId: id } })).toBe(0)
  })

  test('a fair that cannot be read is passed over, and its visitors are not looked at for ever', async () => {
    const id = await makes()
    const chat = ++chats
    await books(chat, id, 0)
    await store.prisma.fair.update({ where: { id }, data: { body: '{' } })
    expect(await ask(getFair, { id, page: 0 }, world(chat), store)).toBeNull()
    expect(await books(++chats, id, 0)).toBe(false)
    await runs(startsAt)
    expect(await store.prisma.fairVisit.findMany({ where: { fairId: id } })).toMatchObject([{ nextAt: null }])
    await store.prisma.fair.delete({ where: { id } })
  })
}

test('a slot that has begun is over, and one that does not fit in whole is none', () => {
  const fair: Fair = {
    ...{ id: 'fair', state: 'published', title: 'Үлгі', region: '75', place: 'Үлгі', note: null, reason: null },
    ...{ startsAt, endsAt },
  }
  const one: Stand = { id: 'one', employer: 'Үлгі', offers: null, minutes: 45, places: 1, vacancies: [] }
  const slots = slotsOf(fair, one, { taken: new Map(), own: [], now: startsAt })
  expect(slots.map(({ state }) => state)).toEqual(['past', 'free'])
})
