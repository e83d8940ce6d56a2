import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Audience, type Body, everybody } from '../../../flows/announcements/announcement.ts'
import {
  exampleBody,
  noFigures,
  pauseAnnouncement,
  resumeAnnouncement,
  sendAnnouncement,
  stopAnnouncement,
  takeAnnouncementBack,
} from '../../../flows/announcements/contract.ts'
import { noticePrefix } from '../../../flows/announcements/notices.ts'
import type { Person } from '../../../flows/common/person.ts'
import { countAfter, hearersAfter } from '../../../src/capabilities/announcements/audience.ts'
import { figuresOf } from '../../../src/capabilities/announcements/figures.ts'
import { announcementsJob, forgetAnnouncementsJob } from '../../../src/capabilities/announcements/job.ts'
import { announcementOf } from '../../../src/capabilities/announcements/replies.ts'
import { announcementsWhere } from '../../../src/capabilities/announcements/rows.ts'
import { sheetOf } from '../../../src/capabilities/announcements/sheet.ts'
import type { Store } from '../../../src/store/open.ts'
import { savePerson } from '../../../src/store/people.ts'
import { placeOf } from '../../../src/store/seal.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { agreed, invited } from '../../support/people.ts'
import { fact, turn } from '../../support/turns.ts'
import { readWords } from '../../support/words.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const [mentor, second, coordinator, employer] = [1, 2, 3, 4]
const [aina, boris, carl, dana] = [11, 12, 13, 14]
const young: Person = { ...agreed('kk'), plan: 'work', ageBand: '16-17', region: '75' }
const day = 24 * 60 * 60 * 1000

describe.each(Object.entries(databases))('announcements on %s', (_, create) => {
  let database: TestDatabase
  let store: Store
  beforeAll(async () => {
    database = await create()
    store = await database.open()
    await savePerson(store, mentor, invited('mentor'))
    await savePerson(store, second, invited('mentor'))
    await savePerson(store, coordinator, invited('coordinator'))
    await savePerson(store, employer, invited('employer'))
    await savePerson(store, aina, young)
    await savePerson(store, boris, { ...young, language: 'ru', ageBand: '18+', plan: 'college' })
    await savePerson(store, carl, { ...young, language: 'en', region: '71' })
    await savePerson(store, dana, { ...young, muted: ['announcements.told'] })
    const at = BigInt(testTime)
    await store.prisma.institution.create({ data: { id: 'home', name: 'Home', region: '75', createdAt: at } })
    for (const id of ['a', 'b']) {
      await store.prisma.mentorGroup.create({ data: { id, institutionId: 'home', name: `Group ${id}`, createdAt: at } })
    }
    const joins = (groupId: string, chatId: number, role: string, shares: readonly string[] = []) =>
      store.prisma.groupMember.create({
        data: { groupId, chatId: BigInt(chatId), role, shares: JSON.stringify(shares), joinedAt: at },
      })
    await joins('a', mentor, 'mentor')
    await joins('b', second, 'mentor')
    await joins('a', aina, 'member', ['plan', 'interests'])
    await joins('a', boris, 'member')
    await joins('b', aina, 'member')
    await joins('b', carl, 'member', ['plan'])
    await joins('b', dana, 'invited')
  })
  beforeEach(async () => {
    await store.prisma.announcement.deleteMany()
    await store.prisma.notice.deleteMany()
    await store.prisma.auditEntry.deleteMany()
    await store.prisma.dialogue.deleteMany()
    database.clock.time = testTime
  })
  afterAll(() => database.drop())

  const tells = async (chatId: number, name: string, data: unknown, at = database.clock.time) => {
    const dialogue = await store.prisma.dialogue.findUnique({ where: { chatId: BigInt(chatId) } })
    const revision = (dialogue?.revision ?? 0) + 1
    await store.dialogues.commit(turn(chatId, revision, { facts: [fact(name, data)], at }))
  }
  const sends = (chatId: number, change: Partial<{ id: string; body: Body; audience: Audience; at: number }> = {}) =>
    tells(chatId, sendAnnouncement.name, {
      ...{ id: 'one', body: exampleBody, audience: { ...everybody, groups: ['a'] }, at: 0, expected: 2 },
      ...change,
    })
  const runs = async (signal = new AbortController().signal) =>
    announcementsJob(store).run({ now: database.clock.time, signal })
  const told = async (id = 'one') => {
    const rows = await store.prisma.notice.findMany({
      where: { key: { startsWith: noticePrefix(id) } },
      orderBy: { chatId: 'asc' },
    })
    return rows.map(({ chatId }) => Number(chatId))
  }
  const kept = async (id = 'one') => (await announcementsWhere(store.prisma, store, { id }))[0]
  const reached = async (audience: Partial<Audience>, author = coordinator, isUrgent = false) => {
    const aim = { audience: { ...everybody, ...audience }, author, isUrgent }
    const { hearers } = await hearersAfter(store.prisma, store, aim, Number.MIN_SAFE_INTEGER, 100)
    return hearers.map(({ chatId }) => chatId)
  }

  test('is for those whom each condition means', async () => {
    expect(await reached({})).toEqual([aina, boris, carl])
    expect(await reached({}, coordinator, true)).toEqual([aina, boris, carl, dana])
    expect(await reached({ roles: ['mentor'] })).toEqual([mentor, second])
    expect(await reached({ roles: ['mentor', 'coordinator'] }, mentor)).toEqual([second, coordinator])
    expect(await reached({ groups: ['a', 'b'] })).toEqual([aina, boris, carl])
    expect(await reached({ groups: ['a'], roles: ['young', 'mentor'] })).toEqual([mentor, aina, boris])
    expect(await reached({ without: ['b'] })).toEqual([boris])
    expect(await reached({ regions: ['71'] })).toEqual([carl])
    expect(await reached({ ages: ['18+'] })).toEqual([boris])
    expect(await reached({ languages: ['kk', 'en'] })).toEqual([aina, carl])
    expect(await reached({ plans: ['college'] })).toEqual([boris])
  })

  test('is counted by the database as it is told, where the rows of people say whom it is for', async () => {
    const audiences: Partial<Audience>[] = [
      ...[{}, { roles: ['mentor' as const] }, { roles: ['young' as const, 'mentor' as const, 'coordinator' as const] }],
      ...[{ regions: ['71' as const] }, { ages: ['18+' as const] }, { languages: ['kk' as const, 'en' as const] }],
      { plans: ['college' as const, 'work' as const], ages: ['16-17' as const] },
    ]
    for (const isUrgent of [false, true]) {
      for (const audience of audiences) {
        const aim = { audience: { ...everybody, ...audience }, author: mentor, isUrgent }
        let [sum, after] = [0, Number.MIN_SAFE_INTEGER]
        for (;;) {
          const { counts, last } = await countAfter(store.prisma, aim, after, 3)
          for (const count of counts.values()) sum += count
          if (last === undefined) break
          after = last
        }
        expect(sum).toBe((await reached(audience, mentor, isUrgent)).length)
      }
    }
  })

  test('is seen by its author and by coordinators', async () => {
    await sends(mentor)
    const seen = async (chatId: number, person: Person) =>
      (await announcementOf(store, 'one', { chatId, person, now: testTime })) !== undefined
    expect(await seen(mentor, invited('mentor'))).toBe(true)
    expect(await seen(second, invited('mentor'))).toBe(false)
    expect(await seen(coordinator, invited('coordinator'))).toBe(true)
  })

  test('is a workbook of numbers and words in which nothing is a formula', async () => {
    await sends(mentor, { body: { ...exampleBody, texts: { kk: '=HYPERLINK("x")' } } })
    const [one] = await announcementsWhere(store.prisma, store, { id: 'one' })
    if (one === undefined) throw new Error('It is not there')
    const bytes = Buffer.from(sheetOf(one, { ...noFigures, delivered: 7 }, await readWords(), 'kk'))
    expect(await readSheet(bytes)).toContainEqual(['Жетті', 7])
    expect(await readSheet(bytes, 2)).toContainEqual(['Қазақша', `'=HYPERLINK("x")`])
  })

  test('age, plan and interests count in groups for those alone who share them', async () => {
    expect(await reached({ groups: ['a'], plans: ['work', 'college'] }, mentor)).toEqual([aina])
    expect(await reached({ groups: ['a'], ages: ['16-17', '18+'] }, mentor)).toEqual([aina])
    const result = { scores: {}, ranking: [{ scale: 'S', probability: 1 }], differentiated: true }
    for (const [chatId, id] of [
      [aina, 'x'],
      [boris, 'y'],
    ] as const) {
      const seals = (column: string, value: unknown) =>
        new Uint8Array(store.seal.seal(JSON.stringify(value), placeOf('SurveyAttempt', column, id, chatId)))
      await store.prisma.surveyAttempt.create({
        data: {
          ...{ id, chatId: BigInt(chatId), instrument: 'riasec', form: 'quick', answers: seals('answers', {}) },
          ...{ startedAt: 1n, updatedAt: 1n, finishedAt: 1n, result: seals('result', result) },
        },
      })
    }
    expect(await reached({ interests: ['S'] })).toEqual([aina, boris])
    expect(await reached({ interests: ['R'] })).toEqual([])
    expect(await reached({ groups: ['a'], interests: ['S'] }, mentor)).toEqual([aina])
  })

  test('reaches a group in each language, with a note or not at all', async () => {
    await sends(mentor, { body: { ...exampleBody, texts: { kk: 'Сәлем' } } })
    expect(await runs()).toEqual({ told: 2, held: 0, done: 0 })
    expect(await told()).toEqual([aina, boris])
    expect(await kept()).toMatchObject({ state: 'going', people: 2, work: 'watch' })
    await sends(mentor, { id: 'two', body: { ...exampleBody, texts: { kk: 'Сәлем' }, missing: 'leave' } })
    await runs()
    expect(await told('two')).toEqual([aina])
  })

  test('is over when nothing of it waits, and its author hears of that once', async () => {
    await sends(mentor)
    await runs()
    expect(await runs()).toEqual({ told: 0, held: 0, done: 0 })
    await store.prisma.notice.updateMany({ data: { outcome: 'sent', finishedAt: 1n } })
    expect(await runs()).toEqual({ told: 0, held: 0, done: 1 })
    expect(await runs()).toEqual({ told: 0, held: 0, done: 0 })
    expect(await kept()).toMatchObject({ state: 'done', work: null })
    expect(await store.prisma.notice.count({ where: { kind: 'announcements.over' } })).toBe(1)
  })

  test('a mentor tells nobody but their own groups, a coordinator everybody', async () => {
    await sends(mentor, { audience: { ...everybody, groups: ['a', 'b'] } })
    await sends(mentor, { audience: everybody })
    await sends(aina)
    expect(await kept()).toBeUndefined()
    await sends(coordinator, { audience: everybody })
    await runs()
    expect(await told()).toEqual([aina, boris, carl])
  })

  test('ends where its author lost the right to it before it went', async () => {
    await sends(mentor, { at: testTime + day })
    await savePerson(store, mentor, agreed('kk'))
    database.clock.time = testTime + day
    await runs()
    await savePerson(store, mentor, invited('mentor'))
    expect(await told()).toEqual([])
    expect(await kept()).toMatchObject({ state: 'stopped' })
  })

  test('waits for its time, and can be changed and taken back until then', async () => {
    await sends(mentor, { at: testTime + day })
    await runs()
    expect(await told()).toEqual([])
    await sends(mentor, { at: testTime + 2 * day, body: { ...exampleBody, texts: { ru: 'Привет' } } })
    await sends(second, { at: testTime, audience: { ...everybody, groups: ['b'] } })
    expect(await kept()).toMatchObject({ at: testTime + 2 * day, body: { texts: { ru: 'Привет' } }, chatId: mentor })
    await tells(second, takeAnnouncementBack.name, { id: 'one' })
    expect(await kept()).toBeDefined()
    await tells(mentor, takeAnnouncementBack.name, { id: 'one' })
    expect(await kept()).toBeUndefined()
    const audit = await store.prisma.auditEntry.findMany({ orderBy: { at: 'asc' } })
    expect(audit.map(({ action }) => action).sort()).toEqual([
      'announcements.changed',
      'announcements.sent',
      'announcements.takenBack',
    ])
  })

  test('is held back by a pause, goes on, and is never told twice', async () => {
    await sends(coordinator, { audience: everybody })
    await runs()
    await store.prisma.notice.updateMany({ where: { chatId: BigInt(aina) }, data: { outcome: 'sent', finishedAt: 1n } })
    await tells(coordinator, pauseAnnouncement.name, { id: 'one' })
    const one = await kept()
    expect(one && (await figuresOf(store, one))).toMatchObject({ made: 3, delivered: 1, held: 2, waiting: 0 })
    await runs()
    await tells(coordinator, resumeAnnouncement.name, { id: 'one' })
    await runs()
    expect(one && (await figuresOf(store, one))).toMatchObject({ made: 3, delivered: 1, held: 0, waiting: 2 })
    await tells(mentor, stopAnnouncement.name, { id: 'one' })
    expect(await kept()).toMatchObject({ state: 'going' })
    await tells(coordinator, stopAnnouncement.name, { id: 'one' })
    await runs()
    expect(await kept()).toMatchObject({ state: 'stopped', work: null })
    expect(one && (await figuresOf(store, one))).toMatchObject({ delivered: 1, held: 2, waiting: 0 })
  })

  test('what is on its way as it is stopped is held back when it comes back', async () => {
    await sends(mentor)
    await runs()
    const claimed = { claimedBy: 'somebody', claimedUntil: BigInt(testTime + 60_000) }
    await store.prisma.notice.updateMany({ where: { chatId: BigInt(aina) }, data: claimed })
    await tells(mentor, stopAnnouncement.name, { id: 'one' })
    await runs()
    expect(await kept()).toMatchObject({ state: 'stopped', work: 'hold' })
    database.clock.time = testTime + 120_000
    await runs()
    expect(await kept()).toMatchObject({ state: 'stopped', work: null })
  })

  test('can be for those alone who have not answered the last one', async () => {
    await sends(mentor, { body: { ...exampleBody, action: { type: 'ask' } } })
    await runs()
    await store.prisma.notice.updateMany({ data: { outcome: 'sent', finishedAt: 1n } })
    await store.prisma.notice.updateMany({ where: { chatId: BigInt(aina) }, data: { answer: '{"yes":true}' } })
    expect(await reached({ groups: ['a'], silentOf: 'one' }, mentor)).toEqual([boris])
    const one = await kept()
    expect(one && (await figuresOf(store, one))).toMatchObject({ delivered: 2, yes: 1, no: 0 })
  })

  test('is counted by what became of each, and why', async () => {
    await sends(coordinator, { audience: { ...everybody, roles: ['young', 'mentor'] } })
    await runs()
    const ends = [
      [mentor, { outcome: 'failed', reason: '400 Bad Request' }],
      [second, { outcome: 'expired', reason: 'blocked' }],
      [aina, { outcome: 'withdrawn', reason: 'muted' }],
      [boris, { outcome: 'unreachable' }],
    ] as const
    for (const [chatId, data] of ends) {
      await store.prisma.notice.updateMany({ where: { chatId: BigInt(chatId) }, data })
    }
    const one = await kept()
    expect(one && (await figuresOf(store, one))).toEqual({
      ...{ made: 5, expected: 2, waiting: 1, delivered: 0, blocked: 1, unreachable: 1, expired: 0, unwanted: 1 },
      ...{ held: 0, failed: 1, yes: 0, no: 0, failures: [{ reason: '400 Bad Request', count: 1 }] },
    })
  })

  test('is forgotten with its notices', async () => {
    await sends(mentor)
    await runs()
    await store.prisma.notice.updateMany({ data: { outcome: 'sent', finishedAt: 1n } })
    await runs()
    const forgets = (now: number) => forgetAnnouncementsJob(store).run({ now, signal: new AbortController().signal })
    expect(await forgets(testTime + 89 * day)).toEqual({ forgotten: 0 })
    expect(await forgets(testTime + 91 * day)).toEqual({ forgotten: 1 })
  })

  test('an urgent one is written down as such, and comes to those who have switched announcements off', async () => {
    await sends(coordinator, { body: { ...exampleBody, why: 'Су кетті' }, audience: everybody })
    await runs()
    expect(await told()).toEqual([aina, boris, carl, dana])
    const [entry] = await store.prisma.auditEntry.findMany()
    expect(JSON.parse(entry?.detail ?? '')).toMatchObject({ urgent: true })
    expect(await store.prisma.notice.count({ where: { kind: 'announcements.urgent' } })).toBe(4)
  })
})
