import { expect, test } from 'vitest'
import { minuteLength as minute } from '../../../flows/common/calendar.ts'
import { Prisma } from '../../../src/store/generated/sqlite/client.ts'
import { createSqlite } from '../../support/databases.ts'
import { watchedCore } from '../../support/failing.ts'
import { kept, put } from '../vacancies/samples.ts'
import { createAlertScene } from './scene.ts'

/** Rows that one statement of a round may be given. */
const most = 100

/** How many rows a statement was given: lists of rows are texts of JSON, however deep they stand. */
function rowsIn(given: readonly unknown[]): number {
  const lists = given.flatMap((one) => (one instanceof Prisma.Sql ? one.values : [one])).map(lengthOf)
  return Math.max(0, ...lists)
}

function lengthOf(value: unknown): number {
  if (typeof value !== 'string' || !value.startsWith('[')) return 0
  const read: unknown = JSON.parse(value)
  return Array.isArray(read) ? read.length : 0
}

test('a round is written in batches, however many look for the same: few statements, and no long ones', async () => {
  const database = await createSqlite()
  try {
    const scene = await createAlertScene(database)
    const [people, vacancies] = [most + 20, 3]
    const chats = Array.from({ length: people }, (_, at) => at + 1)
    await Promise.all(chats.map((chatId) => scene.meets(chatId)))
    await Promise.all(chats.map((chatId) => scene.looksFor(chatId, { perDay: 10 })))
    const now = database.clock.now()
    const news = ['a', 'b', 'c'].map((id) =>
      kept(id, { publishedAt: now }, { storedAt: now, changedAt: now, newsAt: now }),
    )
    await put(scene.store, ...news)
    scene.later(minute)
    const lengths: number[] = []
    const report = await scene.round(watchedCore(scene.store, (given) => lengths.push(rowsIn(given))))
    const pairs = people * vacancies
    expect(report).toMatchObject({ found: pairs, people, told: pairs })
    expect(Math.max(...lengths)).toBe(most)
    expect(lengths.length).toBeLessThan(pairs / 2)
  } finally {
    await database.drop()
  }
})
