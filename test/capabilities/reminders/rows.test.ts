import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getReminder, listReminders, type Reminder, reminderLimit } from '../../../flows/reminders/contract.ts'
import type { Store } from '../../../src/store/open.ts'
import { ask } from '../../support/ask.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { fact, turn, world } from '../../support/turns.ts'

const postgresql = await hasPostgresql()
const hour = 60 * 60 * 1000

describe('reminders on SQLite', () => contract(createSqlite))
describe.skipIf(!postgresql)('reminders on PostgreSQL', () => contract(createPostgresql))

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
  const list = (chatId: number, page?: number) =>
    ask(listReminders, { page: page ?? 0 }, world(chatId), store) as Promise<{
      items: Reminder[]
      total: number
      page: number
      pages: number
    }>
  const get = (chatId: number, id: string) =>
    ask(getReminder, { id }, world(chatId), store) as Promise<{ reminder: Reminder; room: boolean } | null>
  const reminder = (id: string, change: Partial<Reminder> = {}): Reminder => ({
    id,
    what: 'Құжат тапсыру',
    repeat: { type: 'once' },
    zone: 'Asia/Almaty',
    minute: 1080,
    nextAt: testTime + hour,
    state: 'active',
    ...change,
  })

  test('come back as they were saved, sealed in between', async () => {
    const chat = ++chats
    const weekly = reminder(`r-${chat}`, { repeat: { type: 'weekly', days: [1, 5] } })
    await tells(chat, ['reminder.save', weekly])
    expect(await get(chat, weekly.id)).toEqual({ reminder: weekly, room: true })
    const row = await store.prisma.reminder.findUniqueOrThrow({ where: { id: weekly.id } })
    expect(Buffer.from(row.what).toString()).not.toContain('Құжат')
  })

  test('are changed by saving again, under the same id', async () => {
    const chat = ++chats
    await tells(chat, ['reminder.save', reminder(`r-${chat}`)])
    const changed = reminder(`r-${chat}`, { what: 'Қоңырау шалу', nextAt: testTime + 2 * hour })
    await tells(chat, ['reminder.save', changed])
    expect((await list(chat)).items).toEqual([changed])
  })

  test('are listed in pages, the soonest first, paused ones last, without those that are done', async () => {
    const chat = ++chats
    const many = Array.from({ length: 9 }, (_, n) => reminder(`l-${chat}-${n}`, { nextAt: testTime + (9 - n) * hour }))
    const waits = reminder(`p-${chat}`, { state: 'paused', nextAt: testTime })
    const over = reminder(`d-${chat}`, { state: 'done', nextAt: null })
    await tells(chat, ...[...many, waits, over].map((one): [string, unknown] => ['reminder.save', one]))
    const first = await list(chat)
    expect(first).toMatchObject({ total: 10, page: 0, pages: 2 })
    expect(first.items.map(({ id }) => id)).toEqual([8, 7, 6, 5, 4, 3, 2, 1].map((n) => `l-${chat}-${n}`))
    expect((await list(chat, 1)).items.map(({ id }) => id)).toEqual([`l-${chat}-0`, waits.id])
    expect(await list(chat, 7)).toMatchObject({ page: 1 })
  })

  test('are empty for somebody new', async () => {
    expect(await list(++chats)).toEqual({ items: [], total: 0, page: 0, pages: 1 })
    expect(await get(chats, 'nothing')).toBeNull()
  })

  test('say when there is no room for one more', async () => {
    const chat = ++chats
    const all = Array.from({ length: reminderLimit }, (_, n) => reminder(`m-${chat}-${n}`))
    await tells(chat, ...all.map((one): [string, unknown] => ['reminder.save', one]))
    expect(await get(chat, `m-${chat}-0`)).toMatchObject({ room: false })
    await tells(chat, ['reminder.delete', { id: `m-${chat}-1` }])
    expect(await get(chat, `m-${chat}-0`)).toMatchObject({ room: true })
    expect(await list(chat)).toMatchObject({ total: reminderLimit - 1 })
  })

  test('are paused, put off and done', async () => {
    const chat = ++chats
    const id = `s-${chat}`
    await tells(chat, ['reminder.save', reminder(id)])
    await tells(chat, ['reminder.state', { id, state: 'paused', nextAt: testTime }])
    expect(await get(chat, id)).toMatchObject({ reminder: { state: 'paused', nextAt: testTime } })
    await tells(chat, ['reminder.state', { id, state: 'done', nextAt: null }])
    expect(await get(chat, id)).toMatchObject({ reminder: { state: 'done', nextAt: null } })
    expect(await list(chat)).toMatchObject({ total: 0 })
  })

  test('belong to their chat: nobody else reads, changes, pauses or deletes them', async () => {
    const [owner, stranger] = [++chats, ++chats]
    const own = reminder(`o-${owner}`)
    await tells(owner, ['reminder.save', own])
    await tells(
      stranger,
      ['reminder.save', { ...own, what: 'Бөтен сөз' }],
      ['reminder.state', { id: own.id, state: 'done', nextAt: null }],
      ['reminder.delete', { id: own.id }],
    )
    expect(await get(stranger, own.id)).toBeNull()
    expect(await list(stranger)).toMatchObject({ total: 0 })
    expect(await get(owner, own.id)).toEqual({ reminder: own, room: true })
  })

  test('refuse what is no reminder, and write nothing of that turn', async () => {
    const chat = ++chats
    const wrong = { ...reminder(`w-${chat}`), what: 'ұ'.repeat(501) }
    await expect(tells(chat, ['reminder.save', reminder(`g-${chat}`)], ['reminder.save', wrong])).rejects.toThrow()
    expect(await list(chat)).toMatchObject({ total: 0 })
  })
}
