import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Application,
  cvAnswers,
  cvText,
  findApplication,
  listApplications,
  readyPapers,
} from '../../../flows/applications/contract.ts'
import type { Store } from '../../../src/store/open.ts'
import { ask } from '../../support/ask.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { fact, turn, world } from '../../support/turns.ts'

const postgresql = await hasPostgresql()
const hour = 60 * 60_000
const day = 24 * hour

describe('applications on SQLite', () => contract(createSqlite))
describe.skipIf(!postgresql)('applications on PostgreSQL', () => contract(createPostgresql))

function contract(create: () => Promise<TestDatabase>): void {
  let database: TestDatabase
  let store: Store
  let chats = 100
  beforeAll(async () => {
    database = await create()
    store = await database.open()
  })
  afterAll(() => database.drop())

  const revisions = new Map<number, number>()
  const tells = (chatId: number, ...facts: [name: string, data: unknown][]) => {
    const revision = (revisions.get(chatId) ?? 0) + 1
    revisions.set(chatId, revision)
    return store.dialogues.commit(turn(chatId, revision, { facts: facts.map(([name, data]) => fact(name, data)) }))
  }
  const application = (id: string, change: Partial<Application> = {}): Application => ({
    id,
    vacancyId: null,
    title: 'Наубайхана көмекшісі',
    employer: null,
    place: null,
    state: 'applied',
    appliedAt: testTime,
    before: null,
    nextAt: null,
    ...change,
  })
  const get = (chatId: number, id: string) => ask(findApplication, { id, vacancyId: null }, world(chatId), store)
  const list = (chatId: number, page = 0) => ask(listApplications, { page }, world(chatId), store)
  /** Keys of what waits, without the id. */
  const waiting = async (chatId: number) => {
    const rows = await store.prisma.notice.findMany({ where: { chatId: BigInt(chatId), outcome: null } })
    return rows
      .map(({ kind, dueAt }) => `${kind.replace('applications.', '')} ${new Date(Number(dueAt)).toISOString()}`)
      .sort()
  }

  test('come back as they were saved, sealed in between', async () => {
    const chat = ++chats
    const saved = application(`a-${chat}`, { employer: 'Үлгі', place: 'Абай 10', vacancyId: 'v1' })
    await tells(chat, ['applications.save', saved])
    expect(await get(chat, saved.id)).toEqual({ application: saved, room: true })
    expect(await ask(findApplication, { id: null, vacancyId: 'v1' }, world(chat), store)).toMatchObject({
      application: { id: saved.id },
    })
    const row = await store.prisma.application.findUniqueOrThrow({ where: { id: saved.id } })
    expect(Buffer.from(row.body).toString()).not.toMatch(/Наубайхана|Үлгі|Абай/)
  })

  test('are listed with what is expected first, the soonest before the others, then what is over', async () => {
    const chat = ++chats
    const named = (id: string, change: Partial<Application>) => application(`${id}-${chat}`, change)
    const all = [
      named('refused', { state: 'refused', appliedAt: testTime + 9 }),
      named('applied', {}),
      named('late', { state: 'invited', nextAt: testTime + 9 * day }),
      named('soon', { state: 'invited', nextAt: testTime + day }),
    ]
    await tells(chat, ...all.map((one): [string, unknown] => ['applications.save', one]))
    const { items, total } = await list(chat)
    expect(items.map(({ id }) => id.split('-')[0])).toEqual(['soon', 'late', 'applied', 'refused'])
    expect(total).toBe(4)
  })

  test('come in pages, and the last one stands for those that are not there', async () => {
    const chat = ++chats
    const all = Array.from({ length: 7 }, (_, n) => application(`p-${chat}-${n}`))
    await tells(chat, ...all.map((one): [string, unknown] => ['applications.save', one]))
    expect(await list(chat, 9)).toMatchObject({ total: 7, page: 1, pages: 2, items: [{ id: `p-${chat}-6` }] })
  })

  test('plan what is said of an interview, and plan it anew when its day moves', async () => {
    const chat = ++chats
    const id = `i-${chat}`
    // 1 March 2026, 12:00 UTC is 17:00 in Kazakhstan.
    await tells(chat, ['applications.save', application(id, { state: 'invited', nextAt: testTime + 2 * day })])
    expect(await waiting(chat)).toEqual([
      'howWasIt 2026-03-03T14:00:00.000Z',
      'interviewSoon 2026-03-02T14:00:00.000Z',
      'interviewSoon 2026-03-03T10:00:00.000Z',
    ])
    const moved = application(id, { state: 'invited', nextAt: testTime + 4 * day + 2 * hour })
    await tells(chat, ['applications.save', moved])
    expect(await waiting(chat)).toEqual([
      // It begins at 19:00 itself, so that it is looked back at a day later.
      'howWasIt 2026-03-06T14:00:00.000Z',
      'interviewSoon 2026-03-04T14:00:00.000Z',
      'interviewSoon 2026-03-05T12:00:00.000Z',
    ])
    await tells(chat, ['applications.save', { ...moved, state: 'refused', nextAt: null }])
    expect(await waiting(chat)).toEqual([])
    // Back again: what was withdrawn waits once more.
    await tells(chat, ['applications.save', moved])
    expect(await waiting(chat)).toHaveLength(3)
  })

  test('say nothing that would have come before', async () => {
    const chat = ++chats
    await tells(chat, ['applications.save', application(`n-${chat}`, { state: 'invited', nextAt: testTime + hour })])
    expect(await waiting(chat)).toEqual(['howWasIt 2026-03-02T14:00:00.000Z'])
  })

  test('ask once after a week whether an answer came, and not where one has', async () => {
    const chat = ++chats
    const id = `w-${chat}`
    await tells(chat, ['applications.save', application(id)])
    await tells(chat, ['applications.save', application(id, { title: 'Аспаз' })])
    expect(await waiting(chat)).toEqual(['anyAnswer 2026-03-08T14:00:00.000Z'])
    await tells(chat, ['applications.save', application(id, { state: 'offer', nextAt: testTime + 3 * day })])
    expect(await waiting(chat)).toEqual(['firstDay 2026-03-03T14:00:00.000Z'])
  })

  test('are deleted with what was to be said of them', async () => {
    const chat = ++chats
    await tells(chat, ['applications.save', application(`d-${chat}`)])
    await tells(chat, ['applications.delete', { id: `d-${chat}` }])
    expect(await get(chat, `d-${chat}`)).toEqual({ application: null, room: true })
    expect(await waiting(chat)).toEqual([])
  })

  test('belong to their chat: nobody else reads, changes, silences or deletes them', async () => {
    const [owner, stranger] = [++chats, ++chats]
    const own = application(`o-${owner}`)
    await tells(owner, ['applications.save', own])
    await tells(stranger, ['applications.save', { ...own, title: 'Бөтен' }], ['applications.delete', { id: own.id }])
    expect(await get(stranger, own.id)).toMatchObject({ application: null })
    expect(await get(owner, own.id)).toEqual({ application: own, room: true })
    expect(await waiting(owner)).toHaveLength(1)
  })

  test('that cannot be read are passed over', async () => {
    const chat = ++chats
    await tells(chat, ['applications.save', application(`x-${chat}`)], ['applications.save', application(`y-${chat}`)])
    await store.prisma.application.update({ where: { id: `x-${chat}` }, data: { body: Buffer.from('broken') } })
    expect((await list(chat)).items.map(({ id }) => id)).toEqual([`y-${chat}`])
  })

  test('a CV is kept answer by answer, sealed, and gone when it is deleted', async () => {
    const chat = ++chats
    const kept = async () => (await ask(cvAnswers, null, world(chat), store)).answers
    const text = async () => (await ask(cvText, { language: 'kk' }, world(chat), store))?.text
    expect([await kept(), await text()]).toEqual([{}, undefined])
    await tells(chat, ['applications.answer', { question: 'name', answer: { text: 'Айгүл' } }])
    await tells(
      chat,
      ['applications.answer', { question: 'town', answer: { place: '75' } }],
      ['applications.answer', { question: 'skills', answer: { text: 'Нан илеу' } }],
    )
    expect(await kept()).toEqual({ name: { text: 'Айгүл' }, town: { place: '75' }, skills: { text: 'Нан илеу' } })
    await tells(chat, ['applications.answer', { question: 'name', answer: null }])
    expect(await text()).toBe('Тұратын жері\nАлматы қаласы\n\nДағдылары\nНан илеу')
    const row = await store.prisma.cv.findUniqueOrThrow({ where: { chatId: BigInt(chat) } })
    expect(Buffer.from(row.answers).toString()).not.toContain('Нан')
    await tells(chat, ['applications.forgetCv', null])
    expect(await kept()).toEqual({})
    expect(await store.prisma.cv.count({ where: { chatId: BigInt(chat) } })).toBe(0)
  })

  test('papers are ticked and unticked, twice is once', async () => {
    const chat = ++chats
    const ready = async () => (await ask(readyPapers, null, world(chat), store)).ready
    const tick = (paper: string, on: boolean): [string, unknown] => ['applications.tick', { paper, on }]
    await tells(chat, tick('identity', true), tick('medical', true))
    await tells(chat, tick('identity', true))
    expect(await ready()).toEqual(['identity', 'medical'])
    await tells(chat, tick('identity', false))
    expect(await ready()).toEqual(['medical'])
  })
}
