import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GroupRole } from '../../../flows/groups/group.ts'
import {
  coordinators,
  groupOf,
  groupsOf,
  mayLead,
  membersOf,
  mentorsIn,
  mentorsOf,
  shareOf,
  writeAudit,
} from '../../../src/capabilities/groups/rows.ts'
import { deleteForGood } from '../../../src/store/deletions.ts'
import type { Store } from '../../../src/store/open.ts'
import { savePerson } from '../../../src/store/people.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { agreed, invited } from '../../support/people.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const [mentor, second, coordinator, member, other, stranger] = [1, 2, 3, 11, 12, 99]

describe.each(Object.entries(databases))('the rows of groups on %s', (_, create) => {
  let database: TestDatabase
  let store: Store
  const joins = (groupId: string, chatId: number, role: GroupRole, shares: readonly string[] = []) =>
    store.prisma.groupMember.create({
      data: {
        groupId,
        chatId: BigInt(chatId),
        role,
        shares: JSON.stringify(shares),
        joinedAt: BigInt(testTime + chatId),
      },
    })
  beforeAll(async () => {
    database = await create()
    store = await database.open()
    await savePerson(store, mentor, invited('mentor'))
    await savePerson(store, second, invited('mentor'))
    await savePerson(store, coordinator, invited('coordinator'))
    for (const chatId of [member, other, stranger]) await savePerson(store, chatId, agreed('kk'))
    const at = BigInt(testTime)
    await store.prisma.institution.create({ data: { id: 'home', name: 'Home', region: '75', createdAt: at } })
    for (const [id, closedAt] of [
      ['b', null],
      ['a', null],
      ['closed', at],
    ] as const) {
      await store.prisma.mentorGroup.create({
        data: { id, institutionId: 'home', name: `Group ${id}`, createdAt: at, closedAt },
      })
    }
    for (const id of ['a', 'b', 'closed']) await joins(id, mentor, 'mentor')
    await joins('b', second, 'mentor')
    await joins('a', member, 'member', ['plan', 'unheard'])
    await joins('b', member, 'member', ['interests', 'name'])
    await joins('b', other, 'member')
    await joins('b', stranger, 'invited')
  })
  afterAll(() => database.drop())

  test('a mentor has the open groups they are mentors of, by name', async () => {
    expect((await groupsOf(store.prisma, store, mentor)).map(({ id }) => id)).toEqual(['a', 'b'])
    expect((await groupsOf(store.prisma, store, second)).map(({ id }) => id)).toEqual(['b'])
    expect(await groupsOf(store.prisma, store, member)).toEqual([])
    expect(await groupOf(store.prisma, store, 'closed')).toBeUndefined()
  })

  test('members come in pages, without those who are only invited', async () => {
    const page = async (skip: number, take: number) =>
      (await membersOf(store.prisma, store, 'b', { skip, take })).map(({ chatId }) => chatId)
    expect(await page(0, 1)).toEqual([member])
    expect(await page(1, 5)).toEqual([other])
  })

  test('a member has the mentors of their groups', async () => {
    expect(await mentorsOf(store.prisma, store, member)).toEqual([mentor, second])
    expect(await mentorsIn(store.prisma, store, 'a')).toEqual([mentor])
    expect(await mentorsOf(store.prisma, store, stranger)).toEqual([])
  })

  test('what is shared is what the member chose; what cannot be read is not shared', async () => {
    expect(await shareOf(store.prisma, 'b', member)).toEqual(['interests', 'name'])
    expect(await shareOf(store.prisma, 'a', member)).toEqual([])
    expect(await shareOf(store.prisma, 'b', stranger)).toBeUndefined()
    expect(await shareOf(store.prisma, 'a', other)).toBeUndefined()
  })

  test('a group is led by its mentors and by coordinators, while it is open and they are such', async () => {
    expect(await mayLead(store.prisma, 'a', mentor)).toBe(true)
    expect(await mayLead(store.prisma, 'a', second)).toBe(false)
    expect(await mayLead(store.prisma, 'a', coordinator)).toBe(true)
    expect(await mayLead(store.prisma, 'a', member)).toBe(false)
    expect(await mayLead(store.prisma, 'closed', coordinator)).toBe(false)
    expect(await coordinators(store.prisma)).toEqual([coordinator])
    await savePerson(store, second, agreed('kk'))
    expect(await mayLead(store.prisma, 'b', second)).toBe(false)
    expect(await mentorsIn(store.prisma, store, 'b')).toEqual([mentor])
    await savePerson(store, second, invited('mentor'))
  })

  test('what was done is written down, and nothing but codes', async () => {
    const entry = { at: testTime, chatId: mentor, action: 'groups.removed', groupId: 'b', about: other }
    await writeAudit(store.prisma, store, { ...entry, detail: { reason: 'left' } })
    expect(await store.prisma.auditEntry.findMany()).toMatchObject([
      { chatId: BigInt(mentor), about: BigInt(other), detail: '{"reason":"left"}' },
    ])
    await expect(writeAudit(store.prisma, store, { ...entry, detail: { said: 'x'.repeat(65) } })).rejects.toThrow()
  })

  test('whoever is deleted is in no group, and in no entry any more; what was done stays known', async () => {
    const forget = (chatId: number) =>
      store.prisma.$transaction((transaction) => deleteForGood(transaction, [chatId], { ...store, now: testTime }))
    await forget(other)
    await forget(mentor)
    expect(await store.prisma.groupMember.count({ where: { chatId: { in: [BigInt(other), BigInt(mentor)] } } })).toBe(0)
    expect(await store.prisma.auditEntry.findMany()).toMatchObject([
      { chatId: 0n, action: 'groups.removed', groupId: 'b', about: null },
    ])
  })
})
