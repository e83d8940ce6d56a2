import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { forgetChat } from '../../src/playground/forget.ts'
import { createMovableClock } from '../../src/playground/movable-clock.ts'
import { createSqlite, type TestDatabase } from '../support/databases.ts'

const day = 86_400_000

describe('the time of the playground', () => {
  let database: TestDatabase
  beforeEach(async () => {
    database = await createSqlite()
  })
  afterEach(() => database.drop())

  const begin = async () => {
    const store = await database.open()
    const { clock, remember } = createMovableClock(database.clock)
    await remember(store)
    return { store, clock }
  }

  test('is the machine’s until it is moved, and goes on from there', async () => {
    const { clock } = await begin()
    expect(clock.now()).toBe(database.clock.time)
    await clock.moveTo(clock.now() + day)
    database.clock.time += 1_000
    expect(clock.now()).toBe(database.clock.time + day)
  })

  test('is not set back by a new start: what is stored would lie in the future', async () => {
    const first = await begin()
    await first.clock.moveTo(first.clock.now() + 3 * day)
    await first.store.close()
    const second = await begin()
    expect(second.clock.ahead()).toBe(3 * day)
  })

  test.each([
    ['the moment itself', 0, 'only goes forward'],
    ['a moment of before', -1, 'only goes forward'],
    ['the far future', 401 * day, '400 days'],
    ['no moment at all', Number.NaN, 'only goes forward'],
  ])('is not moved to %s', async (_, by, reason) => {
    const { clock } = await begin()
    await expect(clock.moveTo(clock.now() + by)).rejects.toThrow(reason)
    expect(clock.ahead()).toBe(0)
  })
})

test('who begins anew in the playground is nobody the bot knows, though they had said to be too young', async () => {
  const database = await createSqlite()
  const store = await database.open()
  const person = { language: 'kk', quietFrom: 22, quietTo: 8, muted: '[]', createdAt: 0n, updatedAt: 0n }
  const refusedAt = BigInt(database.clock.time)
  await store.prisma.person.createMany({
    data: [
      { ...person, chatId: 1n, refusedAt },
      { ...person, chatId: 2n },
    ],
  })
  await forgetChat(store, 1)
  expect(await store.prisma.person.findMany({ select: { chatId: true } })).toEqual([{ chatId: 2n }])
  await database.drop()
})
