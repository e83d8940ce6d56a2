import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { newcomer } from '../../flows/common/person.ts'
import { mostPages, pageSize, searchVacancies } from '../../flows/vacancies/contract.ts'
import { vacancyStems } from '../../flows/vacancies/matching/candidate.ts'
import type { Filter } from '../../flows/vacancies/matching/filter.ts'
import { readSeed, type WrittenCatalogue } from '../../src/capabilities/professions/seed.ts'
import { createBoard } from '../../src/capabilities/vacancies/board.ts'
import { createReading, type Reading } from '../../src/capabilities/vacancies/candidates.ts'
import { createFindings } from '../../src/capabilities/vacancies/findings.ts'
import { gistColumn } from '../../src/capabilities/vacancies/gist.ts'
import { createGists } from '../../src/capabilities/vacancies/gists.ts'
import { type Knowledge, readKnowledge } from '../../src/capabilities/vacancies/knowledge.ts'
import { createLookers } from '../../src/capabilities/vacancies/lookers.ts'
import { createNames } from '../../src/capabilities/vacancies/names.ts'
import { vacancyReplies } from '../../src/capabilities/vacancies/replies.ts'
import type { Reply } from '../../src/engine/reply.ts'
import type { Store } from '../../src/store/open.ts'
import { rowsOf } from '../../src/store/rows.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase } from '../support/databases.ts'
import { type Choose, createChooser, createPopulation, now } from './vacancies.ts'

export type SearchingBench = {
  readonly vacancies: number
  readonly searches: number
  readonly sqlite: Searched
  /** Undefined where no server answers. */
  readonly postgresql: Searched | undefined
}

/** What a search took, in ms: of this process's time of the processor, and by the wall. */
export type Searched = {
  /** Searches that found something, and the median of how much. */
  readonly successful: number
  readonly found: number
  readonly processor: Times
  readonly wall: Times
}

type Times = { readonly median: number; readonly p99: number; readonly most: number }
type Sizes = { readonly vacancies: number; readonly searches: number }

/** Whole searches as a press makes them, on both databases: the board made fresh, the index, a page of rows, marks. */
export async function benchSearching({ vacancies = 50_000, searches = 500 } = {}): Promise<SearchingBench> {
  const root = new URL('../../', import.meta.url)
  const [knowledge, catalogue] = await Promise.all([readKnowledge(root), readSeed(root)])
  const on = async (create: () => Promise<TestDatabase>) => {
    const database = await create()
    try {
      database.clock.time = now
      return await searchOn(database, { knowledge, catalogue }, { vacancies, searches })
    } finally {
      await database.drop()
    }
  }
  const sqlite = await on(createSqlite)
  const postgresql = (await hasPostgresql()) ? await on(createPostgresql) : undefined
  if (postgresql === undefined) process.stderr.write('No PostgreSQL answers: searches are timed on SQLite alone.\n')
  return { vacancies, searches, sqlite, postgresql }
}

type Read = { readonly knowledge: Knowledge; readonly catalogue: WrittenCatalogue }

async function searchOn(database: TestDatabase, read: Read, { vacancies, searches }: Sizes): Promise<Searched> {
  const store = await database.open()
  const choose = createChooser(13)
  const { vacancy, filter } = createPopulation(read.catalogue, choose)
  const reading = createReading(read.knowledge, read.catalogue)
  await publish(store, reading, { count: vacancies, vacancy, choose })
  await leaveMarks(store, vacancies, choose)
  if (store.provider === 'postgresql') await store.prisma.$executeRaw`VACUUM ANALYZE`
  const search = searchWith(store, reading, read)
  const asked = () => ({ filter: filter(), page: choose.often(pages), chatId: choose.one(chats) })
  const times: { processor: number; wall: number; total: number }[] = []
  // The first one fills the board, and the next looks for what came meanwhile; these are not counted.
  for (let at = -warmUp; at < searches; at++) {
    // Long enough that most ask whether anything was changed.
    database.clock.time += pause
    const next = asked()
    const [used, start] = [process.cpuUsage(), performance.now()]
    const total = await search(next)
    const [{ user, system }, wall] = [process.cpuUsage(used), performance.now() - start]
    if (at >= 0) times.push({ processor: (user + system) / 1_000, wall, total })
  }
  const totals = times.map(({ total }) => total)
  return {
    successful: totals.filter((total) => total > 0).length,
    found: timesOf(totals).median,
    processor: timesOf(times.map(({ processor }) => processor)),
    wall: timesOf(times.map(({ wall }) => wall)),
  }
}

/** The reply to a search as the capability gives it; returns how many it found. */
function searchWith(store: Store, reading: Reading, { knowledge, catalogue }: Read) {
  const findingsOf = createFindings(store)
  const replies = vacancyReplies({
    ...{ core: store, reading, findingsOf, lookers: createLookers(store) },
    board: createBoard(store, reading, createGists(store, reading), findingsOf),
    names: createNames(knowledge, catalogue),
    readSought: () => undefined,
  })
  const reply = replies.find(({ ask }) => ask.name === searchVacancies.name)
  if (reply === undefined) throw new Error('Nobody replies to a search.')
  return (asked: Asked) => totalOf(reply, asked, store.clock.now())
}

type Asked = { readonly filter: Filter; readonly page: number; readonly chatId: number }

async function totalOf(reply: Reply, { filter, page, chatId }: Asked, at: number): Promise<number> {
  const person = { ...newcomer('kk'), ageBand: filter.ageBand }
  const found = await reply.look({ filter, page }, { chatId, person, now: at })
  const { items, total } = searchVacancies.reply.parse(found)
  if (items.length !== Math.min(pageSize, total) && page === 0) throw new Error('A page has not what it says it has.')
  return total
}

type Published = Pick<ReturnType<typeof createPopulation>, 'vacancy'> & {
  readonly count: number
  readonly choose: Choose
}

/**
 * All open, changed within thirty days and the last thousand within the last minute, as after a run of the sources;
 * each with the gist that has been read of it.
 * One in twenty bears signs that hold it back. Words are shared by a few, since reading them takes the longest.
 */
async function publish(store: Store, reading: Reading, { count, vacancy, choose }: Published): Promise<void> {
  const texts = Array.from({ length: Math.ceil(count / 10) }, (_, at) => {
    const body = vacancy(at)
    const { title, description, pay, experience, professions } = body
    const gist = { isSuspect: choose.chance(0.05), topics: new Set<never>(), stems: vacancyStems(body) }
    return { words: { title, description, pay, experience, professions }, gist }
  })
  for (let from = 0; from < count; from += rowsAtOnce) {
    const rows = Array.from({ length: Math.min(rowsAtOnce, count - from) }, (_, place) => {
      const at = from + place
      const { words, gist } = choose.one(texts)
      const body = { ...vacancy(at), ...words }
      return [`v${at}`, JSON.stringify(body), body.validThrough, gistColumn(gist, body), changedAt(at, count)]
    })
    await store.prisma.$executeRaw`
      INSERT INTO "Vacancy" ("id", "identity", "state", "body", "validThrough", "edition", "storedAt", "changedAt",
        "newsAt", "gist", "gistBy")
      SELECT r."id", r."id", 'open', r."body", r."validThrough", 0, r."at", r."at", r."at", r."gist", ${reading.rules}
      FROM ${rowsOf(store.provider, columns, rows)} r`
  }
}

/** The newest come first. */
function changedAt(at: number, count: number): number {
  return at < newest ? now - (at % minute) : now - Math.floor((at / count) * month)
}

const columns = { id: 'text', body: 'text', validThrough: 'bigint', gist: 'text', at: 'bigint' } as const

/** Each person has hidden some, and some were reported. */
async function leaveMarks({ prisma }: Store, vacancies: number, { one }: Choose): Promise<void> {
  const some = (count: number) =>
    new Set(Array.from({ length: count }, () => `v${Math.floor((one(parts) / parts.length) * vacancies)}`))
  for (const chat of chats) {
    const own = { chatId: BigInt(chat), mark: 'hidden', at: BigInt(now) }
    await prisma.vacancyMark.createMany({ data: [...some(hidden)].map((vacancyId) => ({ ...own, vacancyId })) })
    const said = { chatId: BigInt(chat), reason: 'money', at: BigInt(now) }
    await prisma.vacancyReport.createMany({ data: [...some(reported)].map((vacancyId) => ({ ...said, vacancyId })) })
  }
}

export function timesOf(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
    return Math.round(value * 100) / 100
  }
  return { median: at(0.5), p99: at(0.99), most: at(1) }
}

const [minute, month] = [60_000, 30 * 86_400_000]
const newest = 1_000
const rowsAtOnce = 500
const warmUp = 50
/** Between two searches, ms. */
const pause = 1_000
const chats = Array.from({ length: 100 }, (_, at) => at + 1)
const parts = Array.from({ length: 10_000 }, (_, at) => at)
const pages = Array.from({ length: mostPages }, (_, at) => at)
const [hidden, reported] = [200, 10]

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { vacancies: { type: 'string' }, searches: { type: 'string' } } })
  const sizes = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]))
  console.log(JSON.stringify(await benchSearching(sizes), null, 2))
}
