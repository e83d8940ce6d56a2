import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dayLength, minuteLength } from '../../../flows/common/calendar.ts'
import type { Ask, DataOf, ReplyOf } from '../../../flows/kit/contract.ts'
import {
  colleagues,
  hasMentor,
  ledQuestion,
  ledQuestions,
  ownQuestion,
  questionsOverview,
} from '../../../flows/questions/contract.ts'
import { most } from '../../../flows/questions/question.ts'
import { forgetQuestionsJob, questionsJob } from '../../../src/capabilities/questions/job.ts'
import { fileOf } from '../../../src/capabilities/questions/replies.ts'
import type { Replies } from '../../../src/engine/reply.ts'
import { deleteForGood } from '../../../src/store/deletions.ts'
import type { Store } from '../../../src/store/open.ts'
import { savePerson } from '../../../src/store/people.ts'
import { repliesOn } from '../../support/ask.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { agreed, invited } from '../../support/people.ts'
import { fact, turn, world } from '../../support/turns.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const [mentor, second, stranger, coordinator, member, friend] = [1, 2, 3, 4, 11, 12]
const said = { text: 'Can I trust it?', file: null }
const photo = { kind: 'photo' as const, fileId: 'a photo', name: null }

describe.each(Object.entries(databases))('questions on %s', (_, create) => {
  let database: TestDatabase
  let store: Store
  let replies: Replies
  const revisions = new Map<number, number>()
  beforeAll(async () => {
    database = await create()
    store = await database.open()
    replies = await repliesOn(store)
  })
  beforeEach(async () => {
    const { prisma } = store
    await prisma.$transaction([
      prisma.question.deleteMany(),
      prisma.questionEntry.deleteMany(),
      prisma.notice.deleteMany(),
      prisma.auditEntry.deleteMany(),
      prisma.groupMember.deleteMany(),
      prisma.mentorGroup.deleteMany(),
      prisma.institution.deleteMany(),
      prisma.dialogue.deleteMany(),
    ])
    revisions.clear()
    database.clock.time = testTime
    for (const chatId of [mentor, second, stranger]) await savePerson(store, chatId, invited('mentor'))
    await savePerson(store, coordinator, invited('coordinator'))
    for (const chatId of [member, friend]) await savePerson(store, chatId, agreed('ru'))
    const createdAt = BigInt(testTime)
    await prisma.institution.create({ data: { id: 'home', name: 'Home', createdAt } })
    for (const id of ['a', 'b'])
      await prisma.mentorGroup.create({ data: { id, institutionId: 'home', name: id, createdAt } })
    for (const [groupId, chatId, role] of [
      ['a', mentor, 'mentor'],
      ['a', second, 'mentor'],
      ['b', stranger, 'mentor'],
      ['a', member, 'member'],
      ['a', friend, 'member'],
    ] as const) {
      const joinedAt = BigInt(testTime + chatId)
      await prisma.groupMember.create({ data: { groupId, chatId: BigInt(chatId), role, shares: '[]', joinedAt } })
    }
  })
  afterAll(() => database.drop())

  const look = async <A extends Ask>(asked: A, data: DataOf<A>, chatId: number) =>
    (await replies[asked.name]?.look(data, world(chatId, database.clock.now()))) as ReplyOf<A> // what its reply is
  /** Whether what somebody told was written; what is refused leaves the revision where it was. */
  const tells = async (chat: number, what: string, data: unknown) => {
    const revision = (revisions.get(chat) ?? 0) + 1
    database.clock.time += 1_000
    const change = { facts: [fact(`questions.${what}`, data)], at: database.clock.now() }
    const done = await store.dialogues.commit(turn(chat, revision, change))
    if (done) revisions.set(chat, revision)
    return done
  }
  const asks = (chat: number, id: string, more: object = {}) =>
    tells(chat, 'ask', { id, group: 'a', topic: 'work', name: null, said, urgent: false, ...more })
  const told = async (chatId: number) => {
    const rows = await store.prisma.notice.findMany({ where: { chatId: BigInt(chatId), outcome: null } })
    return rows.map(({ kind }) => kind).sort()
  }
  const passes = async (milliseconds: number) => {
    database.clock.time += milliseconds
    return questionsJob(store).run({ now: database.clock.now(), signal: new AbortController().signal } as never)
  }
  const withdrawn = () => store.prisma.notice.deleteMany()
  const standing = async (id: string, chatId = member) => (await look(ownQuestion, { id }, chatId))?.standing

  test('go to the mentors in turn, the least recently given first', async () => {
    for (const [at, chat] of [member, friend, member, friend].entries()) expect(await asks(chat, `q${at}`)).toBe(true)
    const rows = await store.prisma.question.findMany({ orderBy: { id: 'asc' } })
    expect(rows.map(({ mentorId }) => Number(mentorId))).toEqual([mentor, second, mentor, second])
    expect(await told(mentor)).toEqual(['answers.asked', 'answers.asked'])
    await store.prisma.person.updateMany({ where: { chatId: BigInt(mentor) }, data: { unreachable: 'blocked' } })
    await asks(member, 'next')
    expect((await store.prisma.question.findUnique({ where: { id: 'next' } }))?.mentorId).toBe(BigInt(second))
    await store.prisma.person.updateMany({ where: { chatId: BigInt(mentor) }, data: { unreachable: null } })
  })

  test('are asked only where one belongs, and only so many', async () => {
    expect((await look(questionsOverview, { page: 0 }, stranger)).desks).toEqual([])
    expect(await look(hasMentor, null, stranger)).toEqual({ has: false })
    expect(await look(hasMentor, null, member)).toEqual({ has: true })
    expect(await asks(member, 'elsewhere', { group: 'b' })).toBe(false)
    expect(await asks(coordinator, 'nobody')).toBe(false)
    for (let at = 0; at < most.open; at++) expect(await asks(member, `q${at}`)).toBe(true)
    expect((await look(questionsOverview, { page: 0 }, member)).room).toBe('open')
    expect(await asks(member, 'more')).toBe(false)
    for (let at = most.open; at < most.aDay; at++) {
      expect(await tells(member, 'add', { id: 'q0', entry: `e${at}`, said, urgent: false })).toBe(true)
    }
    expect(await tells(member, 'add', { id: 'q0', entry: 'last', said, urgent: false })).toBe(false)
    expect((await look(ownQuestion, { id: 'q0' }, member))?.maySay).toBe(false)
    await tells(member, 'close', { id: 'q1' })
    expect((await look(questionsOverview, { page: 0 }, member)).room).toBe('day')
  })

  test('are seen by the mentors of the group alone, whatever others send', async () => {
    await asks(member, 'q', { said: { ...said, file: photo } })
    expect(await look(ledQuestion, { id: 'q' }, stranger)).toBeNull()
    expect(await look(ledQuestion, { id: 'q' }, coordinator)).toBeNull()
    expect((await look(ledQuestions, { page: 0 }, stranger)).total).toBe(0)
    expect(await look(ownQuestion, { id: 'q' }, friend)).toBeNull()
    expect(await fileOf(store, { id: 'q', entry: 'q' }, world(stranger))).toBeUndefined()
    expect(await fileOf(store, { id: 'q', entry: 'q' }, world(second))).toMatchObject({ fileId: 'a photo' })
    for (const what of ['read', 'take', 'settle', 'resume'])
      expect(await tells(stranger, what, { id: 'q' })).toBe(false)
    expect(await tells(stranger, 'reply', { id: 'q', entry: 'e', said })).toBe(false)
    expect(await tells(stranger, 'note', { id: 'q', entry: 'e', text: 'x' })).toBe(false)
    expect(await tells(friend, 'add', { id: 'q', entry: 'e', said, urgent: false })).toBe(false)
    expect(await tells(second, 'read', { id: 'q' })).toBe(true)
    expect(await standing('q')).toBe('read')
    // A mentor who is none any more is refused at the moment of acting.
    await store.prisma.groupMember.deleteMany({ where: { chatId: BigInt(second) } })
    expect(await tells(second, 'take', { id: 'q' })).toBe(false)
  })

  test('are taken by one, answered, handed over and closed; each is written down without saying who asked', async () => {
    await asks(member, 'q')
    expect(await tells(second, 'take', { id: 'q' })).toBe(true)
    expect(await tells(mentor, 'take', { id: 'q' })).toBe(false)
    expect(await tells(mentor, 'reply', { id: 'q', entry: 'e', said })).toBe(false)
    expect(await tells(mentor, 'note', { id: 'q', entry: 'n', text: 'a note' })).toBe(true)
    expect(await tells(second, 'reply', { id: 'q', entry: 'r', said: { text: '', file: photo } })).toBe(true)
    expect(await told(member)).toEqual(['questions.replied'])
    const own = await look(ownQuestion, { id: 'q' }, member)
    expect(own).toMatchObject({ standing: 'answered', isTaken: true })
    expect(own?.entries.map(({ from }) => from)).toEqual(['member', 'mentor'])
    expect(await fileOf(store, { id: 'q', entry: 'r' }, world(member))).toMatchObject({ kind: 'photo' })
    const { items } = await look(colleagues, { id: 'q' }, second)
    expect(items).toEqual([{ joinedAt: testTime + mentor, name: null, place: 1 }])
    expect(await tells(second, 'hand', { id: 'q', joinedAt: testTime + mentor })).toBe(true)
    expect((await look(ledQuestion, { id: 'q' }, mentor))?.entries.map(({ from }) => from)).toEqual([
      'member',
      'note',
      'mentor',
    ])
    expect(await tells(mentor, 'settle', { id: 'q' })).toBe(true)
    expect(await standing('q')).toBe('closed')
    expect(await tells(member, 'reopen', { id: 'q' })).toBe(true)
    expect(await standing('q')).toBe('sent')
    const audit = await store.prisma.auditEntry.findMany({ orderBy: { at: 'asc' } })
    expect(audit.map(({ action, about }) => [action, about])).toEqual([
      ['questions.taken', null],
      ['questions.handed', null],
      ['questions.closed', null],
    ])
  })

  test('that wait are reminded of after a day, told to coordinators after three, and closed in the end', async () => {
    await asks(member, 'q')
    await withdrawn()
    await passes(dayLength - minuteLength)
    expect(await told(mentor)).toEqual([])
    await passes(minuteLength)
    expect([await told(mentor), await told(member)]).toEqual([['answers.asked'], ['questions.changed']])
    await withdrawn()
    await passes(2 * dayLength)
    expect([await told(coordinator), await told(mentor), await told(member)]).toEqual([
      ['answers.asked'],
      [],
      ['questions.changed'],
    ])
    expect((await look(ledQuestions, { page: 0 }, coordinator)).total).toBe(1)
    expect(await tells(coordinator, 'reply', { id: 'q', entry: 'r', said })).toBe(true)
    // Whoever has taken it goes on with it.
    expect(await look(ledQuestion, { id: 'q' }, coordinator)).toMatchObject({ holder: 'mine', mayAct: true })
    await withdrawn()
    await passes(31 * dayLength)
    expect([await standing('q'), await told(member)]).toEqual(['closed', ['questions.changed']])
    expect(await look(ledQuestion, { id: 'q' }, coordinator)).toBeNull()
  })

  test('of a mentor who has gone are given to the next', async () => {
    await asks(member, 'q')
    await tells(mentor, 'reply', { id: 'q', entry: 'r', said })
    await tells(member, 'add', { id: 'q', entry: 'm', said, urgent: false })
    const forget = { ...store, now: database.clock.now() }
    await store.prisma.$transaction((transaction) => deleteForGood(transaction, [mentor], forget))
    // What was answered stays with whoever asked.
    expect((await look(ownQuestion, { id: 'q' }, member))?.entries).toHaveLength(3)
    await passes(minuteLength)
    expect(await told(second)).toEqual(['answers.asked'])
    expect((await look(ledQuestion, { id: 'q' }, second))?.holder).toBe('mine')
  })

  test('that speak of danger reach all mentors of the group at any hour', async () => {
    await asks(member, 'q', { urgent: true })
    expect([await told(mentor), await told(second)]).toEqual([['answers.urgent'], ['answers.urgent']])
    await tells(second, 'reply', { id: 'q', entry: 'r', said })
    expect([await told(mentor), await told(member)]).toEqual([[], ['questions.repliedNow']])
    expect((await look(ledQuestions, { page: 0 }, second)).items[0]?.isUrgent).toBe(true)
  })

  test('stay readable for whoever left, and for mentors until they are closed', async () => {
    await asks(member, 'q')
    await store.prisma.groupMember.deleteMany({ where: { chatId: BigInt(member) } })
    expect(await standing('q')).toBe('sent')
    expect(await look(ledQuestion, { id: 'q' }, mentor)).not.toBeNull()
    await tells(mentor, 'settle', { id: 'q' })
    expect(await look(ledQuestion, { id: 'q' }, mentor)).toBeNull()
    expect(await tells(mentor, 'resume', { id: 'q' })).toBe(false)
    expect(await look(ownQuestion, { id: 'q' }, member)).toMatchObject({ standing: 'closed', mayReopen: false })
    expect(await tells(member, 'reopen', { id: 'q' })).toBe(false)
  })

  test('go with whoever asked, the notes of others among them; a year after closing they are gone', async () => {
    await asks(member, 'q')
    await tells(second, 'note', { id: 'q', entry: 'n', text: 'a note' })
    await tells(mentor, 'reply', { id: 'q', entry: 'r', said })
    await asks(friend, 'kept')
    await tells(friend, 'close', { id: 'kept' })
    const forget = { ...store, now: database.clock.now() }
    await store.prisma.$transaction((transaction) => deleteForGood(transaction, [member], forget))
    expect(await store.prisma.questionEntry.count()).toBe(0)
    const night = (now: number) => forgetQuestionsJob(store).run({ now, signal: new AbortController().signal } as never)
    expect(await night(database.clock.now() + 364 * dayLength)).toEqual({ gone: 0 })
    expect(await night(database.clock.now() + 366 * dayLength)).toEqual({ gone: 1 })
  })

  test('say how soon a mentor usually answers only where five answers are known', async () => {
    for (let at = 0; at < 5; at++) {
      expect((await look(questionsOverview, { page: 0 }, member)).desks[0]?.pace).toBeNull()
      await asks(member, `q${at}`)
      await store.prisma.question.updateMany({ where: { id: `q${at}` }, data: { mentorId: BigInt(mentor) } })
      database.clock.time += 90 * minuteLength
      await tells(mentor, 'reply', { id: `q${at}`, entry: `r${at}`, said })
      await tells(member, 'close', { id: `q${at}` })
    }
    await store.prisma.groupMember.deleteMany({ where: { chatId: BigInt(second) } })
    expect((await look(questionsOverview, { page: 0 }, member)).desks[0]?.pace).toBe('hours')
  })
})
