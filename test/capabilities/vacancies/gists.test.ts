import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { emptyFilter } from '../../../flows/vacancies/contract.ts'
import { readCatalogue } from '../../../src/capabilities/professions/seed.ts'
import { createBoard } from '../../../src/capabilities/vacancies/board.ts'
import { createReading, type Reading } from '../../../src/capabilities/vacancies/candidates.ts'
import { createFindings } from '../../../src/capabilities/vacancies/findings.ts'
import { createGists, gistsJob } from '../../../src/capabilities/vacancies/gists.ts'
import { readKnowledge } from '../../../src/capabilities/vacancies/knowledge.ts'
import { readingCode } from '../../../src/capabilities/vacancies/rules.ts'
import type { Store } from '../../../src/store/open.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { kept, put, scam } from './samples.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const root = new URL('../../../', import.meta.url)
const present = createReading(await readKnowledge(root), await readCatalogue(new URL('prisma/seed/', root)))
const second = 1_000
const never = new AbortController().signal

describe.each(Object.entries(databases))('what was read of vacancies on %s', (_, create) => {
  let database: TestDatabase
  let store: Store
  let read: string[]
  beforeAll(async () => {
    database = await create()
    store = await database.open()
  })
  beforeEach(async () => {
    await store.prisma.vacancy.deleteMany()
    database.clock.time = testTime
    read = []
  })
  afterAll(() => database.drop())

  const later = () => {
    database.clock.time += second
  }
  /** Notes what is read. */
  const noting = (reading: Reading = present): Reading => ({
    ...reading,
    gist: (body) => {
      read.push(body.title)
      return reading.gist(body)
    },
  })
  /** A process that has just begun. */
  const startsBoard = (reading?: Reading) => {
    const own = noting(reading)
    const board = createBoard(store, own, createGists(store, own), createFindings(store))
    return async (words: readonly string[] = []) => {
      await board.ready()
      const filter = { ...emptyFilter, ageBand: '18+' as const, words: [...words] }
      const { hits } = board.search({ filter, without: new Set(), withHeld: false }, 10)
      return { ids: hits.map(({ id }) => id), held: board.heldIds() }
    }
  }
  const works = (reading?: Reading) => gistsJob(store, noting(reading)).run({ now: testTime, signal: never })
  const row = (id: string) => store.prisma.vacancy.findUniqueOrThrow({ where: { id } })

  test('is kept: rows of an earlier version are read once, and the next start reads none', async () => {
    await put(store, kept('one'), kept('fraud', scam), kept('night', { title: 'Күзетші', night: true }))
    expect((await row('one')).gist).toBeNull()
    const first = await startsBoard()()
    expect(read.sort()).toEqual(['Аспаз', 'Күзетші', 'Оператор'])
    expect(first).toEqual({ ids: ['night', 'one'], held: ['fraud'] })

    read = []
    const again = startsBoard()
    expect(await again()).toEqual(first)
    expect((await again(['тамақ'])).ids).toEqual(['night', 'one'])
    expect((await again(['күзетші'])).ids).toEqual(['night'])
    expect(await works()).toEqual({ read: 0 })
    expect(read).toEqual([])
  })

  test('is read anew where the words are others, but not for another day', async () => {
    await put(store, kept('one'))
    await startsBoard()()
    const changedAt = testTime + second
    await put(store, kept('one', { publishedAt: testTime }, { changedAt }))
    read = []
    await startsBoard()()
    expect(read).toEqual([])
    await put(store, kept('one', scam, { changedAt }))
    expect(await startsBoard()()).toEqual({ ids: [], held: ['one'] })
    expect(read).toEqual(['Оператор'])
  })

  test.each(['', '{', '[]', '{"of":"x"}', '{"of":"","isSuspect":false,"topics":["nothing"],"stems":""}', 'null'])(
    'is read anew where it is broken: %s',
    async (gist) => {
      await put(store, kept('fraud', scam))
      await startsBoard()()
      const { gist: good } = await row('fraud')
      await store.prisma.vacancy.update({ where: { id: 'fraud' }, data: { gist } })
      expect(await startsBoard()()).toEqual({ ids: [], held: ['fraud'] })
      expect((await row('fraud')).gist).toBe(good)
    },
  )

  test('a start takes what other rules read; the job reads it by the present ones, and every board sees a difference', async () => {
    const lenient: Reading = {
      ...present,
      rules: 'of before',
      gist: (body) => ({ ...present.gist(body), isSuspect: false }),
    }
    await put(store, kept('one'), kept('fraud', scam))
    await startsBoard(lenient)()
    read = []
    const look = startsBoard()
    expect(await look()).toEqual({ ids: ['fraud', 'one'], held: [] })
    expect(read).toEqual([])
    later()
    expect(await works()).toEqual({ read: 2 })
    expect(Number((await row('one')).changedAt)).toBe(testTime)
    expect(Number((await row('fraud')).changedAt)).toBe(testTime + second)
    expect(await look()).toEqual({ ids: ['one'], held: ['fraud'] })
    expect(await works()).toEqual({ read: 0 })
  })

  test('the job reads what nobody has read, and asks once for a row that cannot be read', async () => {
    await put(store, kept('one'), kept('broken'), kept('over', {}, { state: 'closed' }))
    await store.prisma.vacancy.update({ where: { id: 'broken' }, data: { body: '{' } })
    expect(await works()).toEqual({ read: 2 })
    expect(read).toEqual(['Аспаз'])
    expect(await works()).toEqual({ read: 0 })
    expect([(await row('broken')).gist, (await row('over')).gist]).toEqual([null, null])
    read = []
    expect((await startsBoard()()).ids).toEqual(['one'])
    expect(read).toEqual([])
  })

  test('nothing is kept of words that went with their author while they were read', async () => {
    await put(store, kept('one'))
    const gone = { body: '', identity: '', state: 'closed' }
    const { prisma } = store
    const own = createGists(store, present)
    const listed = [kept('one')]
    await prisma.vacancy.update({ where: { id: 'one' }, data: gone })
    expect((await own(listed)).get('one')?.isSuspect).toBe(false)
    expect(await row('one')).toMatchObject({ gist: null, gistBy: null })
  })
})

test('whatever the reading of a vacancy is made of belongs to its rules', async () => {
  const own = new Set<string>(readingCode)
  for (const file of readingCode) {
    const source = await readFile(new URL(file, root), 'utf8')
    const imports = [...source.matchAll(/^(?:import|export) (?!type )[^'"]*?from '(\.[^']+)'/gm)]
    for (const [, path = ''] of imports) {
      const imported = new URL(path, new URL(file, root)).href.slice(root.href.length)
      if (!own.has(imported) && !lists.includes(imported))
        expect.soft(imported, `${file} imports it`).toBe('among the code')
    }
  }
})

/** What the shape of a body is made of: it decides nothing that is read. */
const lists: readonly string[] = ['flows/common/regions.ts', 'flows/kit/words.ts']
