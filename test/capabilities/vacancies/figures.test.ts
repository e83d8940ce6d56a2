import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCatalogue } from '../../../src/capabilities/professions/seed.ts'
import { createBoard } from '../../../src/capabilities/vacancies/board.ts'
import { createReading } from '../../../src/capabilities/vacancies/candidates.ts'
import { vacancyFigures, vacancyGauges } from '../../../src/capabilities/vacancies/figures.ts'
import { createFindings } from '../../../src/capabilities/vacancies/findings.ts'
import { createGists } from '../../../src/capabilities/vacancies/gists.ts'
import { readKnowledge } from '../../../src/capabilities/vacancies/knowledge.ts'
import type { Store } from '../../../src/store/open.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { kept, put, scam } from './samples.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const root = new URL('../../../', import.meta.url)

describe.each(Object.entries(databases))('figures of vacancies on %s', (_, create) => {
  let database: TestDatabase
  let store: Store
  beforeAll(async () => {
    database = await create()
    store = await database.open()
    await put(store, kept('one'), kept('two'), kept('held', scam), kept('closed', {}, { state: 'closed' }))
    await put(store, kept('over', { validThrough: testTime - 1 }))
    await store.prisma.vacancySighting.create({
      data: { source: 'other', sourceId: '1', vacancyId: 'one', url: null, digest: '', seenAt: 0n },
    })
    const report = (chatId: bigint, vacancyId: string) => ({ chatId, vacancyId, reason: 'over', at: 0n })
    await store.prisma.vacancyReport.createMany({ data: [report(1n, 'one'), report(2n, 'one'), report(1n, 'closed')] })
    await store.prisma.vacancyReview.create({ data: { vacancyId: 'two', verdict: 'cleared', at: 0n } })
    await store.prisma.vacancyMark.create({ data: { chatId: 1n, vacancyId: 'one', mark: 'saved', at: 0n } })
  })
  afterAll(() => database.drop())

  test('are told to the operator', async () => {
    expect(await vacancyFigures(store, database.clock.now())).toEqual([
      {
        title: 'Vacancies',
        rows: [
          { name: 'open', count: 3 },
          { name: 'open and reported', count: 1 },
          { name: 'kept in all', count: 5 },
        ],
      },
      {
        title: 'Open vacancies by source',
        rows: [
          { name: 'sample', count: 3 },
          { name: 'other', count: 1 },
        ],
      },
      { title: 'Vacancies that people marked', rows: [{ name: 'saved', count: 1 }] },
      { title: 'Vacancies that mentors looked at', rows: [{ name: 'cleared', count: 1 }] },
    ])
  })

  test('stand among the metrics with those held back, and are counted once a minute at most', async () => {
    const board = await boardOn(store)
    const [states, sources] = vacancyGauges(store, board)
    const told = async (gauge = states) => {
      const { values = [] } = (await gauge?.get()) ?? {}
      return Object.fromEntries(values.map(({ labels, value }) => [labels.state ?? labels.source, value]))
    }
    expect(await told()).toEqual({ open: 3, held: 1, reported: 1 })
    expect(await told(sources)).toEqual({ sample: 3, other: 1 })
    await put(store, kept('new'))
    database.clock.time += 59_000
    expect(await told()).toMatchObject({ open: 3 })
    database.clock.time += 1_000
    expect(await told()).toMatchObject({ open: 4 })
  })

  test('are absent where the database does not answer', async () => {
    const board = await boardOn(store)
    const failing = async () => {
      throw new Error('gone')
    }
    const [states] = vacancyGauges(store, { ...board, ready: failing })
    expect((await states?.get())?.values).toEqual([])
  })
})

async function boardOn(store: Store) {
  const catalogue = await readCatalogue(new URL('prisma/seed/', root))
  const reading = createReading(await readKnowledge(root), catalogue)
  return createBoard(store, reading, createGists(store, reading), createFindings(store))
}
