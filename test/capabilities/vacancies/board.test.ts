import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { consentVersion, newcomer, type Person } from '../../../flows/common/person.ts'
import type { DataOf, ReplyOf } from '../../../flows/kit/contract.ts'
import {
  countVacancies,
  emptyFilter,
  type HeldVacancy,
  heldVacancies,
  heldVacancy,
  listedVacancies,
  openingsOf,
  savedVacancies,
  searchVacancies,
  vacancyCard,
} from '../../../flows/vacancies/contract.ts'
import type { Filter } from '../../../flows/vacancies/matching/filter.ts'
import type { VacancyBody } from '../../../flows/vacancies/merge.ts'
import type { Replies } from '../../../src/engine/reply.ts'
import type { Store } from '../../../src/store/open.ts'
import { repliesOn } from '../../support/ask.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { agreed } from '../../support/people.ts'
import { recordStatements } from '../../support/statements.ts'
import { fact, turn } from '../../support/turns.ts'
import { kept, put, scam } from './samples.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const grown: Person = { ...newcomer('kk'), ageBand: '18+', plan: 'work' }
const second = 1_000
const day = 86_400_000

describe.each(Object.entries(databases))('the board on %s', (_, create) => {
  let database: TestDatabase
  let store: Store
  let replies: Replies
  const revisions = new Map<number, number>()
  beforeAll(async () => {
    database = await create()
    store = await database.open()
  })
  beforeEach(async () => {
    const { prisma } = store
    for (const table of [prisma.vacancy, prisma.vacancySighting, prisma.vacancyMark, prisma.vacancyReport])
      await (table as typeof prisma.vacancy).deleteMany()
    await prisma.vacancyReview.deleteMany()
    await prisma.person.deleteMany()
    database.clock.time = testTime
    replies = await repliesOn(store)
  })
  afterAll(() => database.drop())

  const later = (by: number) => {
    database.clock.time += by
  }
  const look = async <A extends Parameters<typeof nameOf>[0]>(
    asked: A,
    data: DataOf<A>,
    { person = grown, chatId = 1, from = replies } = {},
  ) => (await from[asked.name]?.look(data, { chatId, person, now: database.clock.now() })) as ReplyOf<A>
  const search = (filter: Partial<Filter> = {}, page = 0, by: Parameters<typeof look>[2] = {}) =>
    look(searchVacancies, { filter: { ...emptyFilter, ...filter }, page }, by)
  const ids = async (...given: Parameters<typeof search>) => (await search(...given)).items.map(({ id }) => id)
  const tells = async (chat: number, ...told: readonly [name: string, data: unknown][]) => {
    const revision = (revisions.get(chat) ?? 0) + 1
    revisions.set(chat, revision)
    const facts = told.map(([name, data]) => fact(name, data))
    expect(await store.dialogues.commit(turn(chat, revision, { facts, at: database.clock.now() }))).toBe(true)
  }
  /** A mentor decides on what they have read of it. */
  const judges = async (id: string, verdict: string) => {
    const read = await look(heldVacancy, { id, page: 0 })
    const [wording, reviewedAt] = [read?.wording, read?.review?.at ?? null]
    await tells(9, ['vacancies.review', { id, verdict, wording, reviewedAt }])
  }
  const meets = (chatId: number, consentBy: string, agreedTo = consentVersion) =>
    store.prisma.person.create({
      data: {
        ...{ chatId: BigInt(chatId), language: 'kk', consentBy, quietFrom: 22, quietTo: 8, muted: '[]' },
        ...{ consentVersion: agreedTo, createdAt: 0n, updatedAt: 0n },
      },
    })

  test('counts for a profession what its list holds for the person, and nothing for whoever may not look for work', async () => {
    const openings = async (person: Person, professions: readonly string[] = ['cook']) =>
      (await look(openingsOf, { professions: [...professions] }, { person })).total
    await put(
      store,
      kept('near'),
      kept('far', { region: '71', town: null, employment: 'part', weekHours: 20, dayHours: 4 }),
      kept('other', { professions: ['baker'] }),
    )
    await put(store, kept('night', { night: true }), kept('over', {}, { state: 'closed' }))
    const { plan: _, ...unmet } = agreed('kk')
    const met: Person = { ...unmet, plan: 'work' }
    expect(await openings(met)).toBe(3)
    expect(await openings({ ...met, region: '75' })).toBe(2)
    expect(await openings({ ...met, ageBand: '16-17' })).toBe(1)
    expect(await openings({ ...met, ageBand: '12-13' })).toBe(0)
    expect(await openings(unmet)).toBe(0)
    expect(await openings(met, [])).toBe(0)
    await tells(1, ['vacancies.choose', { filter: { ...emptyFilter, leastPay: 300_000, professions: ['baker'] } }])
    expect(await openings(met)).toBe(0)
  })

  test('lists what is open, pages it, and sees what is new, changed and closed a moment later', async () => {
    await put(store, ...Array.from({ length: 12 }, (_, at) => kept(`v${String(at).padStart(2, '0')}`)))
    expect(await search()).toMatchObject({ total: 12, page: 0, pages: 3 })
    expect(await ids({}, 2)).toEqual(['v10', 'v11'])
    expect(await search({}, 9)).toMatchObject({ page: 2 })

    later(second)
    await put(store, kept('v00', { region: '71', town: 'astana' }, { changedAt: testTime + second }))
    await put(store, kept('v01', {}, { state: 'closed', changedAt: testTime + second }))
    await put(store, kept('new', { region: '71', town: null }, { changedAt: testTime + second }))
    expect((await search()).total).toBe(12)
    expect(await ids({ regions: ['71'] })).toEqual(['new', 'v00'])
  })

  test('what another process writes with a slower clock, and what is over, is seen as well', async () => {
    await put(store, kept('one'))
    expect(await ids()).toEqual(['one'])
    later(30 * second)
    expect(await ids()).toEqual(['one'])
    await put(store, kept('slow', {}, { changedAt: testTime }))
    later(second)
    expect(await ids()).toEqual(['one', 'slow'])
    later(21 * day)
    expect(await search()).toMatchObject({ items: [], total: 0 })
  })

  test('rows of an import are not compared anew for every search after it', async () => {
    await put(store, kept('one'), kept('two'))
    const comparing = async () => {
      later(second)
      const recorded = recordStatements()
      const found = await ids()
      const compared = recorded.stop().filter(({ sql }) => /ORDER BY \S*changedAt/.test(sql))
      return { found, compared: compared.length }
    }
    expect((await comparing()).compared).toBeGreaterThan(0)
    // What came while all was read is looked for once.
    await comparing()
    expect(await comparing()).toEqual({ found: ['one', 'two'], compared: 0 })
    await put(store, kept('two', {}, { state: 'closed', changedAt: testTime + 1 }))
    expect(await comparing()).toEqual({ found: ['one'], compared: 1 })
  })

  test('long after the last change, what another process changes is still seen', async () => {
    await put(store, kept('one'), kept('two'))
    expect(await ids()).toEqual(['one', 'two'])
    for (let minutes = 0; minutes < 40; minutes += 10) {
      later(600 * second)
      expect(await ids()).toEqual(['one', 'two'])
    }
    await put(store, kept('two', {}, { state: 'closed', changedAt: testTime + 2_400 * second }))
    later(second)
    expect(await ids()).toEqual(['one'])
  })

  test('what has vanished from the database is found out within an hour, and no search waits for that', async () => {
    await put(store, kept('one'), kept('two'))
    expect(await ids()).toEqual(['one', 'two'])
    await store.prisma.vacancy.delete({ where: { id: 'two' } })
    later(second)
    expect(await search()).toMatchObject({ total: 2 })
    later(3_600 * second)
    await search()
    await vi.waitFor(async () => expect(await search()).toMatchObject({ total: 1 }))
  })

  test('what a person hid is neither listed nor counted, and listed again where they think better of it', async () => {
    await put(store, kept('one'), kept('two'))
    await tells(1, ['vacancies.mark', { id: 'one', mark: 'hidden', on: true }])
    expect(await ids()).toEqual(['two'])
    expect(await look(countVacancies, { filter: emptyFilter })).toEqual({ total: 1 })
    expect(await ids({}, 0, { chatId: 2 })).toEqual(['one', 'two'])
    await tells(1, ['vacancies.mark', { id: 'one', mark: 'hidden', on: false }])
    expect(await ids()).toEqual(['one', 'two'])
  })

  test('a scam is listed last while nobody looks, not at all while somebody does, and again when cleared', async () => {
    await put(store, kept('fraud', scam), kept('honest'))
    const { items } = await search()
    expect(items.map(({ id, isHeld }) => [id, isHeld])).toEqual([
      ['honest', false],
      ['fraud', true],
    ])
    expect(await look(vacancyCard, { id: 'fraud' })).toMatchObject({ isHeld: true, signs: [{ kind: 'fee' }] })

    await meets(9, 'mentor')
    later(61 * second)
    expect(await ids()).toEqual(['honest'])
    expect(await look(heldVacancies, { page: 0 })).toMatchObject({ total: 1, items: [{ id: 'fraud' }] })

    await judges('fraud', 'cleared')
    later(second)
    expect(await ids()).toEqual(['fraud', 'honest'])
    expect(await look(heldVacancies, { page: 0 })).toMatchObject({ total: 0 })
    const row = await store.prisma.vacancy.findUniqueOrThrow({ where: { id: 'fraud' } })
    expect(Number(row.newsAt)).toBe(testTime + 61 * second)

    await judges('fraud', 'barred')
    later(second)
    expect(await ids()).toEqual(['honest'])
    expect(await look(vacancyCard, { id: 'fraud' })).toBeNull()
  })

  test('a mentor who has not agreed to the present terms hears of nothing, and hides nothing from others', async () => {
    await put(store, kept('fraud', scam), kept('honest'))
    await meets(9, 'mentor', consentVersion - 1)
    expect(await ids()).toEqual(['honest', 'fraud'])
  })

  test('three people who report it hold it back, one who does it three times does not; every process sees it', async () => {
    await put(store, kept('one'))
    await meets(9, 'mentor')
    // An SQLite file serves one process: there it is a second board beside the first.
    const other = await repliesOn(database.provider === 'sqlite' ? store : await database.open())
    const everywhere = async () => [await ids(), await ids({}, 0, { from: other })]
    expect(await everywhere()).toEqual([['one'], ['one']])
    for (const reason of ['scam', 'untrue', 'over']) await tells(1, ['vacancies.report', { id: 'one', reason }])
    await tells(2, ['vacancies.report', { id: 'one', reason: 'scam' }])
    later(second)
    expect(await everywhere()).toEqual([['one'], ['one']])
    await tells(3, ['vacancies.report', { id: 'one', reason: 'scam' }])
    later(second)
    expect(await everywhere()).toEqual([[], []])
    const { items } = await look(heldVacancies, { page: 0 }, { from: other })
    expect((await look(heldVacancy, { id: items[0]?.id ?? '', page: 0 }, { from: other }))?.reports).toEqual([
      { reason: 'scam', count: 2 },
      { reason: 'over', count: 1 },
    ])
  })

  test('three new reports hold back what was cleared after others', async () => {
    await put(store, kept('one'))
    await meets(9, 'mentor')
    for (const chat of [1, 2, 3]) await tells(chat, ['vacancies.report', { id: 'one', reason: 'scam' }])
    later(second)
    expect(await ids()).toEqual([])
    await judges('one', 'cleared')
    for (const chat of [4, 5]) {
      later(second)
      await tells(chat, ['vacancies.report', { id: 'one', reason: 'untrue' }])
    }
    later(second)
    expect(await ids()).toEqual(['one'])
    await tells(6, ['vacancies.report', { id: 'one', reason: 'scam' }])
    later(second)
    expect(await ids()).toEqual([])
    expect(await look(heldVacancies, { page: 0 })).toMatchObject({ total: 1 })
  })

  test.each<[string, Partial<VacancyBody>]>([
    ['text', { description: `${scam.description} Артық сөз.` }],
    ['title', { title: 'Жинаушы' }],
    ['employer', { employer: 'Үлгі кеңсе' }],
    ['contact', { contact: { phone: '+7 700 000 00 01', mail: null, telegram: null } }],
  ])('a verdict holds for what was read: with another %s it is held back again', async (_name, change) => {
    await put(store, kept('fraud', scam))
    await meets(9, 'mentor')
    await judges('fraud', 'cleared')
    later(second)
    expect(await ids()).toEqual(['fraud'])
    // Where it stands and how long says nothing of what it is.
    const same = { ...scam, validThrough: testTime + 30 * day }
    await put(store, kept('fraud', same, { changedAt: testTime + 2 * second }))
    later(2 * second)
    expect(await ids()).toEqual(['fraud'])
    await put(store, kept('fraud', { ...scam, ...change }, { changedAt: testTime + 4 * second }))
    later(2 * second)
    expect(await ids()).toEqual([])
    await judges('fraud', 'cleared')
    later(second)
    expect(await ids()).toEqual(['fraud'])
  })

  const review = (verdict: string, read: HeldVacancy | null) =>
    fact('vacancies.review', {
      ...{ id: read?.card.id, verdict, wording: read?.wording, reviewedAt: read?.review?.at ?? null },
    })
  /** Whether what somebody told was written. */
  const decides = async (chat: number, told: ReturnType<typeof fact>) => {
    const revision = (revisions.get(chat) ?? 0) + 1
    const at = database.clock.now()
    const isWritten = await store.dialogues.commit(turn(chat, revision, { facts: [told], at }))
    if (isWritten) revisions.set(chat, revision)
    return isWritten
  }

  test.each<[string, Partial<VacancyBody>, string]>([
    ['changed', { title: 'Жинаушы' }, 'open'],
    ['closed', {}, 'closed'],
  ])('what was %s while a mentor read it is not decided on', async (_name, change, state) => {
    await put(store, kept('fraud', scam))
    await meets(9, 'mentor')
    const read = await look(heldVacancy, { id: 'fraud', page: 0 })
    const changedAt = testTime + second
    await put(store, kept('fraud', { ...scam, ...change }, { changedAt, ...(state === 'closed' && { state }) }))
    later(2 * second)
    expect(await decides(9, review('cleared', read))).toBe(false)
    later(second)
    expect(await ids()).toEqual([])
    expect(await store.prisma.vacancyReview.count()).toBe(0)
  })

  test('of two mentors who decide on a vacancy at once one does, and the other sees what was decided', async () => {
    await put(store, kept('fraud', scam))
    for (const chat of [8, 9]) await meets(chat, 'mentor')
    const read = await look(heldVacancy, { id: 'fraud', page: 0 })
    const written = await Promise.all([decides(8, review('barred', read)), decides(9, review('cleared', read))])
    expect(written.filter(Boolean)).toHaveLength(1)
    const [verdict, late] = written[0] ? ['barred', 9] : ['cleared', 8]
    const seen = await look(heldVacancy, { id: 'fraud', page: 0 }, { chatId: Number(late) })
    expect(seen?.review).toEqual({ verdict, at: testTime, stands: true })
    // Whoever has read what was decided decides anew, where it is held back again.
    later(second)
    expect(await decides(Number(late), review('barred', seen))).toBe(true)
  })

  test('a mentor reads a vacancy to its end, a page at a time, and sees who to call and what it is', async () => {
    const description = `${scam.description}\n\n${'Қораптарды тізіп, заттарды сұрыптаймыз. '.repeat(100)}\n\nСоңы.`
    await put(store, kept('fraud', { ...scam, description }))
    const { card } = (await look(heldVacancy, { id: 'fraud', page: 0 })) ?? {}
    const pages = await Promise.all(
      Array.from({ length: card?.text.pages ?? 0 }, async (_, page) => {
        return (await look(heldVacancy, { id: 'fraud', page }))?.card.text.body
      }),
    )
    expect(pages.length).toBeGreaterThan(2)
    expect(pages.join(' ').replace(/\s+/g, ' ')).toBe(description.replace(/\s+/g, ' ').trim())
  })

  test('nobody is shown what the law bars for their age, whatever their filter says', async () => {
    await put(store, kept('night', { night: true }), kept('day', { employment: 'part', weekHours: 20, dayHours: 4 }))
    const of = (ageBand: Person['ageBand']) =>
      ids({ ageBand: '18+' }, 0, { person: { ...newcomer('kk'), ...(ageBand && { ageBand }) } })
    expect(await of('18+')).toEqual(['day', 'night'])
    expect(await of('16-17')).toEqual(['day'])
    expect(await of('14-15')).toEqual(['day'])
    expect(await of('12-13')).toEqual([])
    expect(await of(undefined)).toEqual([])
  })

  test('a row that cannot be read is left out, and so is a mark of nothing', async () => {
    await put(store, kept('good'), kept('broken'))
    await store.prisma.vacancy.update({ where: { id: 'broken' }, data: { body: '{' } })
    await tells(1, ['vacancies.mark', { id: 'broken', mark: 'saved', on: true }])
    await tells(1, ['vacancies.mark', { id: 'gone', mark: 'saved', on: true }])
    await tells(1, ['vacancies.mark', { id: 'good', mark: 'saved', on: true }])
    expect(await ids()).toEqual(['good'])
    expect(await look(vacancyCard, { id: 'broken' })).toBeNull()
    expect(await look(savedVacancies, { page: 0 })).toMatchObject({ total: 1, items: [{ isOpen: true }] })
    expect(await look(listedVacancies, { ids: ['gone', 'broken', 'good'] })).toMatchObject([{ id: 'good' }])
  })

  test('says what else could be found where nothing is', async () => {
    await put(store, kept('far', { region: '47', town: 'aktau' }))
    const { nearer, total } = await search({ regions: ['75'] })
    expect(total).toBe(0)
    expect(nearer).toMatchObject([{ step: 'anywhere', total: 1 }])
  })

  test('a card tells all of it, a page of its text at a time', async () => {
    await put(store, kept('long', { description: 'Сөйлем. '.repeat(400) }))
    const card = await look(vacancyCard, { id: 'long', page: 1 })
    expect(card).toMatchObject({
      title: 'Аспаз',
      isOpen: true,
      professions: [{ id: 'cook' }],
      links: [{ source: 'sample', url: 'https://example.com/long' }],
      text: { page: 1, pages: 3 },
    })
    expect(card?.text.body.length).toBeLessThanOrEqual(1_200)
  })
})

function nameOf(
  ask:
    | typeof searchVacancies
    | typeof countVacancies
    | typeof vacancyCard
    | typeof heldVacancies
    | typeof heldVacancy
    | typeof savedVacancies
    | typeof listedVacancies
    | typeof openingsOf,
): string {
  return ask.name
}
