import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dayLength } from '../../../flows/common/calendar.ts'
import type { Ask, DataOf, ReplyOf } from '../../../flows/kit/contract.ts'
import {
  madeOffer,
  ownOffer,
  ownOffers,
  readDay,
  readOffer,
  renewedOffer,
  waitingOffer,
} from '../../../flows/offers/contract.ts'
import { emptyDraft, type Offer } from '../../../flows/offers/offer.ts'
import { emptyFilter, searchVacancies, vacancyCard } from '../../../flows/vacancies/contract.ts'
import { reviewsJob } from '../../../src/capabilities/offers/job.ts'
import type { Replies } from '../../../src/engine/reply.ts'
import type { Store } from '../../../src/store/open.ts'
import { savePerson } from '../../../src/store/people.ts'
import { repliesOn } from '../../support/ask.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { invited } from '../../support/people.ts'
import { fact, turn } from '../../support/turns.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const [author, mentor, other] = [1, 2, 3]
const offer: Offer = {
  ...emptyDraft,
  ...{ title: 'Помощник пекаря', employer: 'ТОО Образец', region: '75', pay: '110 000 тенге в месяц', hours: 20 },
  ...{ night: false, description: 'Замешивать тесто.', contact: '+7 701 123 45 67' },
}
describe.each(Object.entries(databases))('offers on %s', (_, create) => {
  let database: TestDatabase
  let store: Store
  let replies: Replies
  const revisions = new Map<number, number>()
  beforeAll(async () => {
    database = await create()
    store = await database.open()
    replies = await repliesOn(store)
  })
  beforeEach(async () => {
    const { prisma } = store
    await prisma.offer.deleteMany()
    await prisma.notice.deleteMany()
    await prisma.vacancy.deleteMany()
    await prisma.vacancySighting.deleteMany()
    await prisma.vacancyReview.deleteMany()
    await prisma.person.deleteMany()
    database.clock.time = testTime
    await savePerson(store, author, invited('employer'))
    await savePerson(store, mentor, invited('mentor'))
    await savePerson(store, other, invited('coordinator'))
  })
  afterAll(() => database.drop())

  const look = async <A extends Ask>(asked: A, data: DataOf<A>, chatId: number) =>
    (await replies[asked.name]?.look(data, {
      chatId,
      person: invited('mentor'),
      now: database.clock.now(),
    })) as ReplyOf<A> // what the reply of this ask is
  const tells = async (chat: number, name: string, data: unknown) => {
    const revision = (revisions.get(chat) ?? 0) + 1
    revisions.set(chat, revision)
    database.clock.time += 1_000
    expect(await store.dialogues.commit(turn(chat, revision, { facts: [fact(name, data)] }))).toBe(true)
  }
  /** Whether what somebody told was written; what is refused leaves the revision where it was. */
  const isWritten = async (chat: number, name: string, data: unknown, by = store) => {
    const revision = (revisions.get(chat) ?? 0) + 1
    const done = await by.dialogues.commit(turn(chat, revision, { facts: [fact(name, data)], at: testTime + 60_000 }))
    if (done) revisions.set(chat, revision)
    return done
  }
  type At = DataOf<typeof waitingOffer>['at']
  const looks = (by = mentor, at: At = null, page = 0) => look(waitingOffer, { without: [], decided: [], at, page }, by)
  const waits = async (by = mentor) => (await looks(by)).item
  const decides = async (id: string, by = mentor) => {
    const item = await waits(by)
    const made = await look(madeOffer, { id, sentAt: item?.sentAt ?? 0 }, by)
    await tells(by, 'offers.approve', { id, sentAt: item?.sentAt, made })
  }
  const notices = async (kind: string) => (await store.prisma.notice.findMany({ where: { kind } })).length

  test('wait for a mentor, and are a vacancy when one has approved', async () => {
    await tells(author, 'offers.send', { id: 'a', offer })
    expect(await store.prisma.vacancy.count()).toBe(0)
    expect(await notices('offers.waiting')).toBe(2)
    expect((await waits())?.reading.card).toMatchObject({
      title: 'Помощник пекаря',
      region: '75',
      pay: { min: 110_000 },
    })
    await decides('a')
    const [vacancy] = await store.prisma.vacancy.findMany()
    expect(vacancy).toMatchObject({ state: 'open' })
    expect(JSON.parse(vacancy?.body ?? '{}')).toMatchObject({
      weekHours: 20,
      night: false,
      contact: { phone: '+77011234567' },
    })
    expect((await look(ownOffers, { page: 0 }, author)).items).toMatchObject([
      { id: 'a', state: 'published', isOver: false },
    ])
    expect(await notices('offers.answered')).toBe(1)
    expect(await waits()).toBeNull()
  })

  test('tell a mentor once, however many wait', async () => {
    for (const id of ['a', 'b', 'c']) await tells(author, 'offers.send', { id, offer })
    expect(await notices('offers.waiting')).toBe(2)
    expect((await look(waitingOffer, { without: [], decided: ['a'], at: null, page: 0 }, mentor)).total).toBe(2)
  })

  test('that are held back are told to mentors once a day, and only when one of them is new', async () => {
    await store.prisma.offerReviewTold.deleteMany()
    let held = ['one']
    const page = async () => ({ items: held.map((id) => ({ id })), page: 0, pages: 1, total: held.length })
    const job = reviewsJob(store, page as unknown as Parameters<typeof reviewsJob>[1]) // the one ask of the job
    const runs = () => job.run({ now: database.clock.now(), signal: new AbortController().signal })
    expect(await runs()).toEqual({ told: 2 })
    held = ['one', 'two']
    expect(await runs()).toEqual({ told: 0 })
    database.clock.time += dayLength
    expect(await runs()).toEqual({ told: 2 })
    database.clock.time += dayLength
    expect(await runs()).toEqual({ told: 0 })
    expect(await notices('offers.review')).toBe(4)
  })

  test('are sent back with a reason, and wait again when they are mended', async () => {
    await tells(author, 'offers.send', { id: 'a', offer })
    const sentAt = (await waits())?.sentAt
    const returned = { reason: 'pay', words: 'Мало' }
    await tells(mentor, 'offers.return', { id: 'a', sentAt, returned })
    expect(await look(ownOffer, { id: 'a' }, author)).toMatchObject({ state: 'returned', returned })
    await tells(author, 'offers.send', { id: 'a', offer: { ...offer, pay: '200 000 тенге' } })
    expect(await look(ownOffer, { id: 'a' }, author)).toMatchObject({ state: 'waiting', returned: null })
    // The wording that was looked at before is not the one that waits.
    expect(await look(madeOffer, { id: 'a', sentAt: sentAt ?? 0 }, mentor)).toBeNull()
  })

  test('of a mentor are approved by another one, and by themselves only where there is none', async () => {
    await tells(mentor, 'offers.send', { id: 'a', offer })
    expect(await waits(mentor)).toBeNull()
    const item = await waits(other)
    const made = await look(madeOffer, { id: 'a', sentAt: item?.sentAt ?? 0 }, other)
    expect(await look(madeOffer, { id: 'a', sentAt: item?.sentAt ?? 0 }, mentor)).toBeNull()
    expect(await isWritten(mentor, 'offers.approve', { id: 'a', sentAt: item?.sentAt, made })).toBe(false)
    expect(await store.prisma.vacancy.count()).toBe(0)
    // Whoever began when there was nobody else hears that somebody is there now.
    expect(await looks(mentor, { id: 'a', sentAt: item?.sentAt ?? 0 })).toMatchObject({
      item: null,
      fate: { what: 'others' },
    })
    await store.prisma.person.deleteMany({ where: { chatId: BigInt(other) } })
    expect(await waits(mentor)).toMatchObject({ id: 'a', isOwn: true })
    await decides('a', mentor)
    expect(await store.prisma.vacancy.count()).toBe(1)
  })

  test('close with their vacancy, and open again when they are renewed', async () => {
    await tells(author, 'offers.send', { id: 'a', offer })
    await decides('a')
    await tells(author, 'offers.close', { id: 'a' })
    expect(await store.prisma.vacancy.findMany()).toMatchObject([{ state: 'closed' }])
    const made = await look(renewedOffer, { id: 'a' }, author)
    await tells(author, 'offers.renew', { id: 'a', made })
    expect(await store.prisma.vacancy.findMany()).toMatchObject([{ state: 'open' }])
    expect(await look(ownOffer, { id: 'a' }, author)).toMatchObject({ state: 'published' })
  })

  test('are their author’s alone, and kept sealed', async () => {
    await tells(author, 'offers.send', { id: 'a', offer })
    await tells(other, 'offers.send', { id: 'a', offer: { ...offer, title: 'Чужое' } })
    await tells(other, 'offers.close', { id: 'a' })
    expect(await look(ownOffer, { id: 'a' }, author)).toMatchObject({ title: offer.title, state: 'waiting' })
    expect(await look(ownOffer, { id: 'a' }, other)).toBeNull()
    const [row] = await store.prisma.offer.findMany()
    expect(Buffer.from(row?.body ?? []).toString()).not.toContain('пекаря')
  })

  test('go with their author at once: nothing of them is left among the vacancies, and nobody else’s goes', async () => {
    await tells(author, 'offers.send', { id: 'a', offer })
    await decides('a')
    await tells(other, 'offers.send', { id: 'b', offer })
    await decides('b')
    const [first] = await store.prisma.vacancy.findMany()
    expect(await store.prisma.vacancy.count()).toBe(1)
    await tells(author, 'person.forget', null)
    revisions.delete(author)
    expect(await store.prisma.vacancy.findMany()).toMatchObject([
      { id: first?.id, state: 'closed', body: '', identity: '' },
    ])
    expect((await store.prisma.vacancy.findMany())[0]?.changedAt).toBeGreaterThan(first?.changedAt ?? 0n)
    expect(await store.prisma.vacancySighting.count()).toBe(0)
    expect(await look(vacancyCard, { id: first?.id ?? '' }, mentor)).toBeNull()
    // Another one who offered the same is asked for again, and theirs stands anew.
    expect(await waits()).toMatchObject({ id: 'b' })
    await decides('b')
    expect(await store.prisma.vacancy.count({ where: { state: 'open' } })).toBe(1)
  })

  test('that a mentor let stand with a sign of a scam are not held back for it', async () => {
    const paid = { ...offer, description: 'Перед началом оплатите регистрацию 5000 тенге.' }
    await tells(author, 'offers.send', { id: 'a', offer: paid })
    await decides('a')
    expect((await look(searchVacancies, { filter: emptyFilter, page: 0 }, mentor)).items).toMatchObject([
      { isHeld: false },
    ])
  })

  test('that cannot be read any more stop nothing', async () => {
    for (const id of ['a', 'b']) await tells(author, 'offers.send', { id, offer })
    await store.prisma.offer.update({ where: { id: 'a' }, data: { body: new Uint8Array([1, 2]) } })
    expect((await look(ownOffers, { page: 0 }, author)).items.map(({ id }) => id)).toEqual(['b'])
    expect(await look(ownOffer, { id: 'a' }, author)).toBeNull()
    expect(await waits()).toMatchObject({ id: 'b' })
  })

  test('are read with what the law says and what a mentor will ask about', async () => {
    const night = { ...offer, night: true, description: 'Перед началом оплатите регистрацию 5000 тенге.' }
    const reading = await look(readOffer, { offer: night, page: 0 }, author)
    expect(reading?.laws.map(({ band, outcome }) => [band, outcome])).toEqual([
      ['14-15', 'barred'],
      ['16-17', 'barred'],
      ['18+', 'shown'],
    ])
    expect(reading?.signs.map(({ kind }) => kind)).toContain('fee')
    expect((await look(readDay, { text: '31.12.2026' }, author)).at).toBeGreaterThan(testTime)
    expect(await look(readDay, { text: 'потом' }, author)).toEqual({ at: null })
  })

  const at = async () => {
    const item = await waits()
    return { id: item?.id ?? '', sentAt: item?.sentAt ?? 0 }
  }
  const returned = { reason: 'pay', words: null }

  test.each(['one process', 'two processes'])('of two mentors who decide at once in %s one does', async (where) => {
    // An SQLite file serves one process.
    const second = where === 'two processes' && database.provider === 'postgresql' ? await database.open() : store
    await tells(author, 'offers.send', { id: 'a', offer })
    const seen = await at()
    const made = await look(madeOffer, seen, mentor)
    const written = await Promise.all([
      isWritten(mentor, 'offers.approve', { ...seen, made }),
      isWritten(other, 'offers.return', { ...seen, returned }, second),
    ])
    expect(written.filter(Boolean)).toHaveLength(1)
    const state = written[0] ? 'published' : 'returned'
    expect(await look(ownOffer, { id: 'a' }, author)).toMatchObject({ state })
    expect(await store.prisma.vacancy.count()).toBe(written[0] ? 1 : 0)
    expect(await notices('offers.answered')).toBe(1)
    // The other one sees what was decided and when, and has nothing more to decide.
    const late = written[0] ? other : mentor
    expect(await looks(late, seen)).toEqual({ item: null, total: 0, fate: { what: state, at: testTime + 60_000 } })
    expect(await look(madeOffer, seen, late)).toBeNull()
  })

  test('two mentors let the same one stand at once: there is one vacancy and one answer', async () => {
    await tells(author, 'offers.send', { id: 'a', offer })
    const seen = await at()
    const made = await look(madeOffer, seen, mentor)
    const both = [mentor, other].map((chat) => isWritten(chat, 'offers.approve', { ...seen, made }))
    expect((await Promise.all(both)).filter(Boolean)).toHaveLength(1)
    expect(await store.prisma.vacancy.count()).toBe(1)
    expect(await notices('offers.answered')).toBe(1)
  })

  test('what its author changed while a mentor read it is not decided on, and shown anew', async () => {
    await tells(author, 'offers.send', { id: 'a', offer })
    const seen = await at()
    const made = await look(madeOffer, seen, mentor)
    await tells(author, 'offers.send', { id: 'a', offer: { ...offer, pay: '300 000 тенге в месяц' } })
    expect(await isWritten(mentor, 'offers.approve', { ...seen, made })).toBe(false)
    expect(await isWritten(mentor, 'offers.return', { ...seen, returned })).toBe(false)
    const anew = await looks(mentor, seen, 1)
    expect(anew).toMatchObject({
      item: { id: 'a', reading: { card: { pay: { min: 300_000 }, text: { page: 0 } } } },
      fate: { what: 'changed', at: anew.item?.sentAt },
    })
    // From here on it is the one that is looked at.
    const now = { id: 'a', sentAt: anew.item?.sentAt ?? 0 }
    expect(await looks(mentor, now)).toMatchObject({ item: { id: 'a' }, fate: null })
  })

  test('an author who mends an offer while it is let stand has no vacancy of the old words left', async () => {
    await tells(author, 'offers.send', { id: 'a', offer })
    const seen = await at()
    const made = await look(madeOffer, seen, mentor)
    const mended = { id: 'a', offer: { ...offer, title: 'Помощник повара' } }
    const written = await Promise.all([
      isWritten(mentor, 'offers.approve', { ...seen, made }),
      isWritten(author, 'offers.send', mended),
    ])
    expect(written[1]).toBe(true)
    expect(await store.prisma.vacancy.count({ where: { state: 'open' } })).toBe(0)
    expect(await look(ownOffer, { id: 'a' }, author)).toMatchObject({ title: 'Помощник повара', state: 'waiting' })
  })

  test.each(['offers.close', 'person.forget'])(
    'after %s a mentor who reads it is told so, and sees nothing of it',
    async (name) => {
      await tells(author, 'offers.send', { id: 'a', offer })
      const seen = await at()
      await tells(author, name, name === 'offers.close' ? { id: 'a' } : null)
      if (name === 'person.forget') revisions.delete(author)
      expect(await looks(mentor, seen)).toMatchObject({ item: null, fate: { what: 'gone' } })
      expect(await look(madeOffer, seen, mentor)).toBeNull()
      expect(await isWritten(mentor, 'offers.return', { ...seen, returned })).toBe(false)
    },
  )

  test('the one that a mentor reads stays the one, whatever else comes to wait', async () => {
    await tells(author, 'offers.send', { id: 'a', offer })
    await tells(author, 'offers.send', { id: 'b', offer })
    for (const id of ['a', 'b']) {
      const row = await store.prisma.offer.findUniqueOrThrow({ where: { id } })
      expect((await looks(mentor, { id, sentAt: Number(row.sentAt) })).item?.id).toBe(id)
    }
  })

  test('one whose last day has passed is said to be so, and cannot be let stand', async () => {
    await tells(author, 'offers.send', { id: 'a', offer: { ...offer, until: database.clock.time + 60_000 } })
    database.clock.time += 120_000
    const item = await waits()
    expect(item).toMatchObject({ id: 'a', isOver: true })
    expect(await look(madeOffer, { id: 'a', sentAt: item?.sentAt ?? 0 }, mentor)).toBeNull()
  })
})
