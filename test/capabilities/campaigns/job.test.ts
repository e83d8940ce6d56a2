import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CalendarDate } from '../../../flows/campaigns/dates.ts'
import { campaigns } from '../../../flows/campaigns/index.ts'
import { type Candidate, planAge, planCalendar, planConsent, planSurvey } from '../../../flows/campaigns/plan.ts'
import { toUtc } from '../../../flows/common/calendar.ts'
import { consentVersion, newcomer, type Person } from '../../../flows/common/person.ts'
import { retentionJob } from '../../../src/app/housekeeping.ts'
import { readCalendar } from '../../../src/capabilities/campaigns/calendar.ts'
import { campaignsJob } from '../../../src/capabilities/campaigns/job.ts'
import type { Store } from '../../../src/store/open.ts'
import { savePerson } from '../../../src/store/people.ts'
import { placeOf } from '../../../src/store/seal.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase } from '../../support/databases.ts'
import { fact, turn } from '../../support/turns.ts'

const result = { scores: {}, ranking: [], differentiated: true, close: false }
const postgresql = await hasPostgresql()
const hour = 60 * 60 * 1000
const day = 24 * hour
const seed = new URL('../../../flows/campaigns/calendar/', import.meta.url)

/** 10:00 in Almaty, when the job runs. */
const morning = (year: number, month: number, date: number) =>
  toUtc({ year, month, day: date, hour: 10, minute: 0 }, 'Asia/Almaty')
const now = morning(2026, 3, 2)

const kinds = (planned: readonly { kind: string }[]) => planned.map(({ kind }) => kind)

describe('a survey', () => {
  const left = (ago: number) =>
    planSurvey({ id: 'a', chatId: 1, instrument: 'riasec', updatedAt: now - ago, finishedAt: undefined }, now)
  const finished = (finishedAt: number) =>
    planSurvey({ id: 'a', chatId: 1, instrument: 'riasec', updatedAt: finishedAt, finishedAt }, now)

  test.each([
    [0, []],
    [23 * hour, []],
    [day, ['campaigns:paused:a:1']],
    [4 * day - 1, ['campaigns:paused:a:1']],
    [4 * day, ['campaigns:paused:a:2']],
    [8 * day - 1, ['campaigns:paused:a:2']],
    [8 * day, []],
    [400 * day, []],
  ])('left %i ms ago', (ago, keys) => {
    expect(left(ago).map(({ key }) => key)).toEqual(keys)
  })

  test('is spoken of twice at most, whatever happens on the days between', () => {
    const keys = Array.from({ length: 60 }, (_, n) => left(n * day)).flatMap((planned) => planned.map(({ key }) => key))
    expect(new Set(keys).size).toBe(2)
  })

  test.each([
    [morning(2025, 9, 3), 0],
    [morning(2025, 9, 2), 1],
    [morning(2025, 7, 3), 1],
    [morning(2025, 7, 2), 0],
    [morning(2020, 1, 1), 0],
  ])('finished at %i is offered again between six and eight months later', (finishedAt, count) => {
    expect(kinds(finished(finishedAt))).toEqual(Array(count).fill('campaigns.repeat'))
  })
})

const candidate = (change: Partial<Candidate> = {}): Candidate => {
  const consentAt = now - 365 * day
  return { chatId: 1, ageBand: '14-15', plan: 'university', consentAt, byOneself: false, muted: [], ...change }
}

describe('the age band', () => {
  const asked = (ageBand: Candidate['ageBand'], ago: number) =>
    planAge(candidate({ ageBand, consentAt: now - ago * day }), now).length

  test('is asked about each year, at 16 and 17 each half-year, within two weeks', () => {
    expect([364, 365, 378, 379, 729, 730].map((ago) => asked('14-15', ago))).toEqual([0, 1, 1, 0, 0, 1])
    expect([181, 182, 195, 196, 364].map((ago) => asked('16-17', ago))).toEqual([0, 1, 1, 0, 1])
  })

  test('is never asked of adults, nor of those who did not say it', () => {
    expect(asked('18+', 365)).toBe(0)
    expect(asked(undefined, 365)).toBe(0)
  })

  test('is asked once in the two weeks', () => {
    const { consentAt } = candidate()
    const keys = [0, 1, 5, 13].flatMap((later) => planAge(candidate({ consentAt }), now + later * day))
    expect(new Set(keys.map(({ key }) => key)).size).toBe(1)
  })

  test('18+ with the consent of another calls for their own', () => {
    expect(kinds(planConsent(candidate({ ageBand: '18+' }), now))).toEqual(['campaigns.consent'])
    expect(planConsent(candidate({ ageBand: '18+', byOneself: true }), now)).toEqual([])
    expect(planConsent(candidate({ ageBand: '16-17' }), now)).toEqual([])
  })
})

const words = { kk: 'Мысал', ru: 'Пример', en: 'Example' }
const date = (kind: CalendarDate['kind'], change: Partial<CalendarDate> = {}): CalendarDate => ({
  id: `${kind}-2026`,
  kind,
  from: '2026-03-09',
  until: '2026-03-20',
  words,
  source: 'https://example.org/',
  checkedOn: '2026-02-01',
  validYear: 2026,
  ...change,
})

describe('public dates', () => {
  const stages = (of: CalendarDate, at: number, person = candidate()) =>
    planCalendar(person, [of], at).map(({ key }) => key.split(':')[3])

  test('are told a week before they begin and when they have begun, until their last day', () => {
    const days = [1, 2, 8, 9, 20, 21].map((n) => stages(date('grants'), morning(2026, 3, n)))
    expect(days).toEqual([[], ['soon'], ['soon'], ['open'], ['open'], []])
  })

  test('of another year are shown to nobody', () => {
    const last = date('grants', { validYear: 2025, from: '2025-03-09', until: '2025-03-20' })
    expect(stages(last, now)).toEqual([])
    expect(stages({ ...last, until: '2026-12-31' }, now)).toEqual([])
  })

  test('go to those whose plan they concern', () => {
    const concerned = (plan: Person['plan']) =>
      planCalendar(candidate({ plan }), [date('test'), date('grants'), date('college')], now).map(
        ({ key }) => key.split(':')[2],
      )
    expect(concerned('university')).toEqual(['test-2026', 'grants-2026'])
    expect(concerned('college')).toEqual(['college-2026'])
    expect(concerned('undecided')).toHaveLength(3)
    expect(concerned('work')).toEqual([])
    expect(concerned(undefined)).toEqual([])
    expect(stages(date('grants'), now, candidate({ ageBand: '12-13' }))).toEqual([])
  })
})

describe('the files of public dates', () => {
  test('of the project are right, and none concerns a year after it', async () => {
    const dates = await readCalendar(seed)
    expect(dates.map(({ id }) => id)).toContain('grants-2025')
    expect(planCalendar(candidate(), dates, morning(2026, 7, 14))).toEqual([])
    expect(planCalendar(candidate(), dates, morning(2025, 7, 14))).toHaveLength(1)
  })

  const right = [
    'id: x-2026',
    'kind: test',
    'from: 2026-05-10',
    'until: 2026-05-20',
    'words: { kk: а, ru: б, en: c }',
    'source: https://example.org/',
    'checkedOn: 2026-01-01',
    'validYear: 2026',
  ]
  const reading = async (lines: readonly string[], name = 'x-2026') => {
    const folder = await mkdtemp(join(tmpdir(), 'serik-calendar-'))
    await writeFile(join(folder, `${name}.yaml`), lines.join('\n'))
    return readCalendar(folder).finally(() => rm(folder, { recursive: true }))
  }

  test('are read as they stand', async () => {
    expect(await reading(right)).toMatchObject([{ id: 'x-2026', from: '2026-05-10', validYear: 2026 }])
  })

  test.each([
    ['kind', 'kind: exam'],
    ['from', 'from: 2026-02-30'],
    ['until', 'until: 2026-05-01'],
    ['from', 'from: 2025-05-10'],
    ['words.en', 'words: { kk: а, ru: б }'],
    ['source', 'source: http://example.org/'],
    ['validYear', 'validYear: soon'],
    ['checkedBy', 'checkedBy: me'],
  ])('with a wrong field name the file, the line and the field: %s', async (field, line) => {
    const name = line.slice(0, line.indexOf(':'))
    const lines = [...right.filter((one) => !one.startsWith(`${name}:`)), line]
    await expect(reading(lines)).rejects.toThrow(
      new RegExp(`x-2026\\.yaml needs correcting:(.|\\n)*- line ${lines.length}, ${field}: `),
    )
  })

  test('have the name of their id', async () => {
    await expect(reading(right, 'y-2026')).rejects.toThrow(/y-2026\.yaml needs correcting:\n- line 1, id: /)
  })
})

describe('the job on SQLite', () => job(createSqlite))
describe.skipIf(!postgresql)('the job on PostgreSQL', () => job(createPostgresql))

function job(create: () => Promise<TestDatabase>): void {
  let database: TestDatabase
  let store: Store
  beforeAll(async () => {
    database = await create()
    store = await database.open()
  })
  beforeEach(async () => {
    await Promise.all([store.prisma.notice.deleteMany(), store.prisma.surveyAttempt.deleteMany()])
    await Promise.all([store.prisma.person.deleteMany(), store.prisma.dialogue.deleteMany()])
  })
  afterAll(() => database.drop())

  const person = (change: Partial<Person> = {}): Person => ({
    ...newcomer('kk'),
    ageBand: '14-15',
    plan: 'university',
    consent: { version: consentVersion, at: now - 100 * day, by: 'guardian' },
    ...change,
  })
  const runs = (at = now, dates: readonly CalendarDate[] = []) => {
    database.clock.time = at
    return campaignsJob(store, dates).run({ now: at, signal: new AbortController().signal })
  }
  const keys = async () => (await store.prisma.notice.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key)
  const tells = (chat: number, revision: number, at: number, name: string, data: object) => {
    const attempt = { instrument: 'riasec', form: 'quick', answers: { R1: 3 }, ...data }
    return store.dialogues.commit({ ...turn(chat, revision, { facts: [fact(name, attempt)] }), at })
  }

  test('speaks of an unfinished survey on the first and the fourth day, once each, however often it runs', async () => {
    await savePerson(store, 1, person())
    await tells(1, 1, now - day, 'survey.answer', { attempt: 'a' })
    for (const later of [0, 0, 1, 2, 3, 3, 4, 5, 9, 30]) await runs(now + later * day)
    expect(await keys()).toEqual(['campaigns:paused:a:1', 'campaigns:paused:a:2'])
  })

  test('says nothing of a survey that was left for another, or finished', async () => {
    await savePerson(store, 1, person())
    await tells(1, 1, now - 3 * day, 'survey.answer', { attempt: 'a' })
    await tells(1, 2, now - 2 * day, 'survey.finish', { attempt: 'b', result })
    expect(await runs()).toEqual({})
  })

  test('offers to repeat the newest result after half a year', async () => {
    await savePerson(store, 1, person())
    await tells(1, 1, now - 230 * day, 'survey.finish', { attempt: 'old', result })
    await tells(1, 2, now - 200 * day, 'survey.finish', { attempt: 'new', result })
    await runs()
    expect(await keys()).toEqual(['campaigns:repeat:new'])
  })

  test('leaves those alone who switched the kind off, cannot be reached or have not agreed', async () => {
    const adult = { ageBand: '18+' } as const
    await savePerson(store, 1, person({ ...adult, muted: ['campaigns.consent'] }))
    await savePerson(store, 2, person(adult))
    await store.prisma.person.update({ where: { chatId: 2 }, data: { unreachable: 'blocked' } })
    await savePerson(store, 3, { ...newcomer('kk'), ...adult })
    await savePerson(store, 4, person(adult))
    expect(await runs()).toEqual({ 'campaigns.consent': 1 })
    expect(await keys()).toEqual([`campaigns:consent:4:2026-03-02`])
  })

  test('asks for the consent of somebody of age again only after months', async () => {
    await savePerson(store, 1, person({ ageBand: '18+' }))
    for (const later of [0, 1, 30, 79, 81]) await runs(now + later * day)
    expect(await keys()).toHaveLength(2)
  })

  test('tells public dates to everybody concerned, also beyond one go', async () => {
    for (let chat = 1; chat <= 501; chat++) {
      await store.prisma.person.create({ data: row(chat, chat === 7 ? 'work' : 'university') })
    }
    await runs(now, [date('grants')])
    expect(await store.prisma.notice.count()).toBe(500)
    await runs(now + day, [date('grants')])
    expect(await store.prisma.notice.count()).toBe(500)
  })

  test('tells of a public date once, however long it is open, and forgets that in the end', async () => {
    await savePerson(store, 1, person({ muted: ['campaigns.age'] }))
    const open = { ...date('grants'), from: '2026-03-01', until: '2026-10-31' }
    const toldAt = async () => (await store.prisma.notice.findMany()).map(({ createdAt }) => Number(createdAt))
    const end = morning(2026, 10, 31)
    for (let at = now; at < end + 120 * day; at += 7 * day) {
      await runs(at, [open])
      await store.prisma.notice.updateMany({ where: { outcome: null }, data: { outcome: 'sent', finishedAt: at } })
      await retentionJob(store).run({ now: at, signal: new AbortController().signal })
      expect(await toldAt(), new Date(at).toISOString()).toEqual(at < end + 90 * day ? [now] : [])
    }
  })

  test('speaks no more of a survey begun so long ago that what was said of it may be forgotten', async () => {
    await savePerson(store, 1, person())
    await tells(1, 1, now - 100 * day, 'survey.answer', { attempt: 'a' })
    await tells(1, 2, now - day, 'survey.answer', { attempt: 'a' })
    expect(await runs()).toEqual({})
  })

  const row = (chat: number, plan: string) => ({
    chatId: BigInt(chat),
    language: 'kk',
    ageBand: '16-17',
    plan,
    consentVersion,
    consentAt: BigInt(now - 10 * day),
    consentBy: 'guardian',
    quietFrom: 22,
    quietTo: 8,
    muted: '[]',
    createdAt: BigInt(now),
    updatedAt: BigInt(now),
  })

  test('makes only kinds that the flow declares, with values it can read', async () => {
    await savePerson(store, 1, person({ ageBand: '18+' }))
    await tells(1, 1, now - day, 'survey.answer', { attempt: 'a' })
    await tells(1, 2, now - 200 * day, 'survey.finish', { attempt: 'b', instrument: 'other', result })
    await runs(now, [date('test')])
    const notices = await store.prisma.notice.findMany()
    expect(notices).toHaveLength(4)
    for (const { id, kind, chatId, values } of notices) {
      const definition = campaigns.notices?.find((one) => one.kind === kind)
      expect(definition?.canBeMuted).toBe(true)
      definition?.values.parse(JSON.parse(store.seal.open(values, placeOf('Notice', 'values', id, chatId))))
    }
  })
}
