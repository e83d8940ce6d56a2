import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addStats, toldCount } from '../../src/cli/stats.ts'
import { readConfig } from '../../src/config.ts'
import type { Store } from '../../src/store/open.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testKey } from '../support/databases.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }

describe.each(Object.entries(databases))('stats on %s', (_, create) => {
  let database: TestDatabase
  let lines: string[]
  beforeAll(async () => {
    database = await create()
    const store = await database.open()
    await fill(store, database.clock.time)
    await store.close()
    lines = await run()
  })
  afterAll(() => database.drop())

  const run = async (...options: string[]): Promise<string[]> => {
    const written: string[] = []
    const program = new Command('serik').exitOverride()
    const variables = { DATABASE_URL: database.url, SERIK_DATA_KEY: testKey.toString('hex') }
    const config = () => readConfig(variables)
    addStats(program, { config, clock: database.clock, write: (line) => written.push(line) })
    await program.parseAsync(['stats', ...options], { from: 'user' })
    return written
  }

  test('tells how many there are, rounded to five', () => {
    expect(lines.join('\n')).toMatch(/^ {2}known +25$/m)
    expect(lines.join('\n')).toMatch(/^ {2}kk +20$/m)
  })

  test('tells of no number that could be a name', () => {
    expect(lines.join('\n')).toMatch(/^ {2}ru +fewer than 5$/m)
    expect(lines.join('\n')).toMatch(/^ {2}12-13 +fewer than 5$/m)
    expect(lines.join('\n')).not.toMatch(/ [1-4]$/m)
  })

  test('counts who was here lately, and all their turns', () => {
    expect(lines.join('\n')).toMatch(/^ {2}in the last day +10$/m)
    expect(lines.join('\n')).toMatch(/^ {2}in the last 30 days +20$/m)
    expect(lines.join('\n')).toMatch(/^ {2}of all who are here now +160$/m)
  })

  test('tells kinds and outcomes of notices, of the last 30 days only', () => {
    expect(lines.join('\n')).toMatch(/^ {2}reminder.due, sent +10$/m)
    expect(lines.join('\n')).toMatch(/^ {2}reminder.due, waiting +5$/m)
    expect(lines.join('\n')).not.toContain('survey.old')
  })

  test('gives other programs the same as JSON', async () => {
    const [json = ''] = await run('--json')
    expect(JSON.parse(json)).toContainEqual({ title: 'Reminders', rows: [{ name: 'active', count: '5' }] })
  })
})

describe('a count as it may be told', () => {
  test.each([
    [0, '0'],
    [1, 'fewer than 5'],
    [4, 'fewer than 5'],
    [5, '5'],
    [7, '5'],
    [8, '10'],
    [1_002, '1000'],
  ])('%i is told as %s', (count, told) => expect(toldCount(count)).toBe(told))
})

const day = 86_400_000

/** 23 people, 20 of them Kazakh readers of age; 20 with a dialogue of 8 turns, half of them today. */
async function fill({ prisma }: Store, now: number): Promise<void> {
  const people = Array.from({ length: 23 }, (_, index) => ({ chatId: BigInt(index + 1), index }))
  const common = { quietFrom: 22, quietTo: 8, muted: '[]', createdAt: 0n, updatedAt: 0n, consentVersion: 99 }
  await prisma.person.createMany({
    data: people.map(({ chatId, index }) => ({
      ...common,
      chatId,
      language: index < 20 ? 'kk' : 'ru',
      ageBand: index < 20 ? '18+' : '12-13',
    })),
  })
  await prisma.dialogue.createMany({
    data: people.slice(0, 20).map(({ chatId, index }) => ({
      chatId,
      revision: 8,
      stack: new Uint8Array(),
      recent: '[]',
      shown: 8,
      updatedAt: BigInt(now - (index % 2 === 0 ? 1_000 : 9 * day)),
    })),
  })
  const notice = (id: string, kind: string, at: number, outcome: string | null) => ({
    ...{ id, key: id, kind, chatId: 1n, priority: 1, dueAt: BigInt(at), values: new Uint8Array() },
    ...{ createdAt: BigInt(at), outcome },
  })
  await prisma.notice.createMany({
    data: people.flatMap(({ index }) => [
      ...(index < 10 ? [notice(`1${index}`, 'reminder.due', now, 'sent')] : []),
      ...(index < 5 ? [notice(`2${index}`, 'reminder.due', now, null)] : []),
      notice(`3${index}`, 'survey.old', now - 31 * day, 'sent'),
    ]),
  })
  await prisma.reminder.createMany({
    data: people.slice(0, 6).map(({ chatId, index }) => ({
      ...{ id: `r${index}`, chatId, what: new Uint8Array(), repeat: '{}', zone: 'Asia/Almaty', minute: 0 },
      ...{ state: 'active', createdAt: 0n, updatedAt: 0n },
    })),
  })
}
