import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dayLength } from '../../../flows/common/calendar.ts'
import { consentVersion, type Person } from '../../../flows/common/person.ts'
import {
  groupLinks,
  groupMembers,
  hasPlace,
  institutionList,
  journal,
  type LinkKind,
  memberInvitation,
  mentorInvitation,
  myGroups,
  myMembership,
  newLink,
  oneGroup,
  oneInstitution,
  oneMember,
} from '../../../flows/groups/contract.ts'
import { shareKinds } from '../../../flows/groups/group.ts'
import type { Ask, DataOf, ReplyOf } from '../../../flows/kit/contract.ts'
import { checkCode } from '../../../flows/onboarding/contract.ts'
import { hashOf } from '../../../src/capabilities/consent/codes.ts'
import { groupsJob } from '../../../src/capabilities/groups/job.ts'
import { refOf } from '../../../src/capabilities/groups/refs.ts'
import { capabilities } from '../../../src/capabilities/index.ts'
import { count } from '../../../src/cli/stats.ts'
import type { Replies } from '../../../src/engine/reply.ts'
import { exportChat } from '../../../src/store/chats.ts'
import { deleteForGood } from '../../../src/store/deletions.ts'
import type { Store } from '../../../src/store/open.ts'
import { loadPerson, savePerson } from '../../../src/store/people.ts'
import { repliesOn } from '../../support/ask.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { agreed, invited } from '../../support/people.ts'
import { fact, turn } from '../../support/turns.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const chats = { coordinator: 1, mentor: 2, stranger: 3, member: 11, other: 12, nobody: 13, employer: 14 } as const
type Who = keyof typeof chats
const everybody = Object.keys(chats) as Who[] // of an object that has no other keys
const persons: Readonly<Record<Who, Person>> = {
  coordinator: invited('coordinator'),
  mentor: { ...invited('mentor'), name: 'М' },
  stranger: invited('mentor'),
  member: {
    ...agreed('kk'),
    ageBand: '14-15',
    plan: 'college',
    name: 'А',
    consent: { version: consentVersion, at: 0, by: 'code' },
  },
  other: agreed('ru'),
  nobody: agreed('en'),
  employer: invited('employer'),
}

describe.each(Object.entries(databases))('groups on %s', (_, create) => {
  let database: TestDatabase
  let store: Store
  let replies: Replies
  const revisions = new Map<number, number>()
  beforeAll(async () => {
    database = await create()
    store = await database.open()
    replies = await repliesOn(store, capabilities)
  })
  afterAll(() => database.drop())
  /** A home with two groups: `a` of the mentor, with a member and another; `b` of the stranger. */
  beforeEach(async () => {
    const { prisma } = store
    for (const table of [prisma.groupMember, prisma.mentorGroup, prisma.institution, prisma.auditEntry]) {
      await (table as typeof prisma.institution).deleteMany() // each of them deletes all of its rows so
    }
    await prisma.consentCode.deleteMany()
    await prisma.dialogue.deleteMany()
    revisions.clear()
    await prisma.notice.deleteMany()
    database.clock.time = testTime
    for (const who of everybody) await savePerson(store, chats[who], persons[who])
    await does('coordinator', 'groups.found', { id: 'home', name: 'Home', region: '75' })
    for (const [id, who] of [
      ['a', 'mentor'],
      ['b', 'stranger'],
    ] as const) {
      await does('coordinator', 'groups.make', { id, institution: 'home', name: `Group ${id}` })
      await leads(id, who)
    }
    await joins('member', 'a', ['name', 'plan'])
    await joins('other', 'a', [])
    await prisma.auditEntry.deleteMany()
  })

  const world = async (who: Who) => ({
    chatId: chats[who],
    person: (await loadPerson(store, chats[who])) ?? persons[who],
    now: database.clock.now(),
  })
  const look = async <A extends Ask>(asked: A, data: DataOf<A>, who: Who) =>
    (await replies[asked.name]?.look(data, await world(who))) as ReplyOf<A> // what the reply of this ask is
  /** Whether what somebody told was written. */
  const tells = async (who: Who, name: string, data: unknown): Promise<boolean> => {
    const chat = chats[who]
    const revision = (revisions.get(chat) ?? 0) + 1
    database.clock.time += 1_000
    const at = database.clock.time
    const done = await store.dialogues.commit(turn(chat, revision, { facts: [fact(name, data)], at }))
    if (done) revisions.set(chat, revision)
    return done
  }
  const does = async (who: Who, name: string, data: unknown) => expect(await tells(who, name, data)).toBe(true)
  const refused = async (who: Who, name: string, data: unknown) =>
    expect(await tells(who, name, data).catch(() => false)).toBe(false)
  const link = async (group: string, kind: LinkKind, { uses = 5, days = 7, by = 'coordinator' as Who } = {}) => {
    const made = await look(newLink, { group, kind }, by)
    await does(by, 'groups.giveLink', { group, kind, code: made?.code, uses, days })
    return made?.code ?? ''
  }
  const leads = async (group: string, who: Who) => does(who, 'groups.leadByLink', { code: await link(group, 'mentor') })
  const joins = async (who: Who, group: string, shares: readonly string[]) =>
    does(who, 'groups.join', { group, code: await link(group, 'member'), shares })
  const ref = (who: Who, group = 'a') => refOf(group, chats[who])
  const rolesIn = async (group: string) => {
    const rows = await store.prisma.groupMember.findMany({ where: { groupId: group }, orderBy: { chatId: 'asc' } })
    return rows.map(({ chatId, role }) => `${everybody.find((who) => BigInt(chats[who]) === chatId)} ${role}`)
  }
  const notices = async (kind: string) =>
    (await store.prisma.notice.findMany({ where: { kind } })).map(({ chatId }) => Number(chatId))

  describe('who may do what with a group of the mentor', () => {
    type Deed = { readonly name: string; readonly data: () => unknown }
    const deeds: readonly Deed[] = [
      { name: 'groups.found', data: () => ({ id: 'new', name: 'New', region: null }) },
      { name: 'groups.renamePlace', data: () => ({ id: 'home', name: 'New' }) },
      { name: 'groups.make', data: () => ({ id: 'c', institution: 'home', name: 'New' }) },
      { name: 'groups.rename', data: () => ({ id: 'a', name: 'New' }) },
      { name: 'groups.close', data: () => ({ id: 'a' }) },
      { name: 'groups.giveLink', data: () => ({ group: 'a', kind: 'member', code: 'kod-example', uses: 1, days: 1 }) },
      { name: 'groups.giveLink', data: () => ({ group: 'a', kind: 'mentor', code: 'kod-example', uses: 1, days: 1 }) },
      { name: 'groups.revoke', data: () => ({ group: 'a', id: 'f'.repeat(64) }) },
      { name: 'groups.remove', data: () => ({ group: 'a', member: ref('other'), reason: 'left' }) },
      { name: 'groups.remove', data: () => ({ group: 'a', member: ref('mentor'), reason: 'rules' }) },
      { name: 'groups.lead', data: () => ({ group: 'a' }) },
    ]
    const nobody: readonly Who[] = ['stranger', 'member', 'other', 'nobody', 'employer']
    const only: readonly Who[] = ['coordinator']
    const allowed: readonly (readonly Who[])[] = [
      ...[only, only, ['coordinator', 'mentor', 'stranger'] as const],
      ...Array.from({ length: 3 }, (): readonly Who[] => ['coordinator', 'mentor']),
      only,
      ...Array.from({ length: 2 }, (): readonly Who[] => ['coordinator', 'mentor']),
      ...[only, only],
    ]
    test.each(deeds.map((deed, at) => [deed.name, at] as const))('%s (%i)', async (name, at) => {
      const deed = deeds[at]
      for (const who of everybody.filter((one) => allowed[at]?.includes(one) !== true)) {
        await refused(who, name, deed?.data())
      }
      expect(await store.prisma.auditEntry.count()).toBe(0)
      const [first] = allowed[at] ?? []
      if (first !== undefined) await does(first, name, deed?.data())
    })

    test('others see nothing of it', async () => {
      for (const who of nobody) {
        expect(await look(oneGroup, { id: 'a' }, who)).toBeNull()
        expect(await look(groupMembers, { group: 'a', page: 0 }, who)).toBeNull()
        expect(await look(oneMember, { group: 'a', member: ref('member') }, who)).toBeNull()
        expect(await look(groupLinks, { group: 'a' }, who)).toBeNull()
        expect(await look(newLink, { group: 'a', kind: 'member' }, who)).toBeNull()
      }
      expect(await look(newLink, { group: 'a', kind: 'mentor' }, 'mentor')).toBeNull()
      expect(await look(myMembership, { id: 'a' }, 'nobody')).toBeNull()
      expect((await look(myGroups, { page: 0 }, 'stranger')).items.map(({ id }) => id)).toEqual(['b'])
    })

    test('a mentor who has taken the consent back, or was made none, may do nothing of it any more', async () => {
      await savePerson(store, chats.mentor, agreed('kk'))
      await refused('mentor', 'groups.rename', { id: 'a', name: 'New' })
      expect(await look(groupMembers, { group: 'a', page: 0 }, 'mentor')).toBeNull()
    })
  })

  test('mentors see of members what they share, and members the same', async () => {
    expect(await look(groupMembers, { group: 'a', page: 0 }, 'mentor')).toMatchObject({
      items: [
        { number: 1, name: 'А' },
        { number: 2, name: null },
      ],
      total: 2,
    })
    const seen = await look(oneMember, { group: 'a', member: ref('member') }, 'mentor')
    expect(seen?.card).toEqual({
      ...{ shares: ['name', 'plan'], plan: { plan: 'college', ageBand: '14-15' } },
      ...{ interests: null, goals: null, applications: null, active: null },
    })
    expect((await look(myMembership, { id: 'a' }, 'member'))?.card).toEqual(seen?.card)
    await does('member', 'groups.share', { group: 'a', shares: [...shareKinds] })
    const all = await look(oneMember, { group: 'a', member: ref('member') }, 'mentor')
    expect(all?.card).toMatchObject({
      interests: { areas: [], at: null },
      goals: { total: 0 },
      applications: [],
      active: 'week',
    })
    await does('member', 'groups.share', { group: 'a', shares: [] })
    expect(await look(oneMember, { group: 'a', member: ref('member') }, 'mentor')).toMatchObject({
      member: { name: null },
      card: { plan: null, active: null },
    })
  })

  test('a member who has not agreed to the present terms shows nothing', async () => {
    const consent = { version: consentVersion - 1, at: 0, by: 'code' as const }
    await savePerson(store, chats.member, { ...persons.member, consent })
    expect(await look(oneMember, { group: 'a', member: ref('member') }, 'mentor')).toMatchObject({
      member: { name: null },
      card: { plan: null },
    })
  })

  test('nobody shares, joins or leaves for others', async () => {
    await does('nobody', 'groups.share', { group: 'a', shares: [...shareKinds] })
    await does('nobody', 'groups.leave', { group: 'a' })
    await does('mentor', 'groups.leave', { group: 'a' })
    await refused('nobody', 'groups.join', { group: 'a', code: null, shares: [] })
    expect(await rolesIn('a')).toEqual(['mentor mentor', 'member member', 'other member'])
    expect((await look(hasPlace, null, 'nobody')).any).toBe(false)
    expect((await look(hasPlace, null, 'member')).any).toBe(true)
  })

  describe('a link', () => {
    test('leads as many people in as it says, until its day', async () => {
      const code = await link('b', 'member', { uses: 1, days: 1, by: 'stranger' })
      expect(await look(memberInvitation, { code }, 'nobody')).toMatchObject({ group: { id: 'b' }, isIn: false })
      await does('nobody', 'groups.join', { group: 'b', code, shares: ['plan'] })
      expect(await look(memberInvitation, { code }, 'member')).toBeNull()
      await refused('member', 'groups.join', { group: 'b', code, shares: [] })
      // Whoever is in needs no place more.
      await does('nobody', 'groups.join', { group: 'b', code, shares: [] })
      const late = await link('b', 'member', { days: 1 })
      database.clock.time += dayLength + 1
      expect(await look(memberInvitation, { code: late }, 'member')).toBeNull()
      await refused('member', 'groups.join', { group: 'b', code: late, shares: [] })
    })

    test('is good no more when it is closed, or its group, or when its mentor goes', async () => {
      const closed = await link('a', 'member')
      await does('mentor', 'groups.revoke', { group: 'a', id: hashOf(closed) })
      await refused('nobody', 'groups.join', { group: 'a', code: closed, shares: [] })
      const given = await link('a', 'member', { by: 'mentor' })
      await does('mentor', 'groups.unlead', { group: 'a' })
      await refused('nobody', 'groups.join', { group: 'a', code: given, shares: [] })
      const last = await link('a', 'member')
      await does('coordinator', 'groups.close', { id: 'a' })
      expect(await look(memberInvitation, { code: last }, 'nobody')).toBeNull()
      await refused('nobody', 'groups.join', { group: 'a', code: last, shares: [] })
      expect(await rolesIn('a')).toEqual([])
      expect((await notices('groups.closed')).sort((one, other) => one - other)).toEqual([chats.member, chats.other])
    })

    test('of one kind or group is none of another', async () => {
      const forMembers = await link('b', 'member')
      const forMentors = await link('b', 'mentor')
      await refused('mentor', 'groups.leadByLink', { code: forMembers })
      await refused('nobody', 'groups.leadByLink', { code: forMentors })
      await refused('nobody', 'groups.join', { group: 'b', code: forMentors, shares: [] })
      await refused('nobody', 'groups.join', { group: 'a', code: forMembers, shares: [] })
      expect(await look(mentorInvitation, { code: forMembers }, 'mentor')).toBeNull()
      expect(await look(memberInvitation, { code: forMentors }, 'nobody')).toBeNull()
      const bare = await store.prisma.consentCode.findMany({ where: { groupId: 'b', kind: 'group', usesLeft: 5 } })
      expect(bare).toHaveLength(1)
    })

    test('is kept as its hash alone', async () => {
      const code = await link('a', 'member')
      const rows = await store.prisma.consentCode.findMany()
      expect(JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
        code,
      )
      expect(rows.map(({ hash }) => hash)).toContain(hashOf(code))
    })

    test('is a consent, and invites whoever uses it', async () => {
      const code = await link('a', 'member')
      expect(await look(checkCode, { code }, 'nobody')).toMatchObject({ valid: true, role: null, group: true })
      await does('nobody', 'consent.use', { code })
      expect(await rolesIn('a')).toContain('nobody invited')
      expect(await look(groupMembers, { group: 'a', page: 0 }, 'mentor')).toMatchObject({ total: 2 })
      expect(await look(oneGroup, { id: 'a' }, 'mentor')).toMatchObject({ members: 2, invited: 1 })
      await does('nobody', 'groups.join', { group: 'a', code: null, shares: [] })
      expect(await rolesIn('a')).toContain('nobody member')
      await does('coordinator', 'groups.revoke', { group: 'a', id: hashOf(code) })
      await refused('employer', 'consent.use', { code })
    })

    test('nobody tries codes for long', async () => {
      const code = await link('a', 'member')
      for (let tried = 0; tried < 10; tried++) await look(memberInvitation, { code: `kod-${tried}` }, 'nobody')
      expect(await look(memberInvitation, { code }, 'nobody')).toBeNull()
      expect(await look(memberInvitation, { code }, 'employer')).not.toBeNull()
      database.clock.time += 3_600_000
      expect(await look(memberInvitation, { code }, 'nobody')).not.toBeNull()
    })
  })

  test('whoever is taken out hears of it, and coordinators read why', async () => {
    await does('mentor', 'groups.remove', { group: 'a', member: ref('other'), reason: 'rules' })
    expect(await rolesIn('a')).toEqual(['mentor mentor', 'member member'])
    expect(await notices('groups.removed')).toEqual([chats.other])
    expect((await look(journal, { page: 0 }, 'coordinator')).items).toMatchObject([
      {
        actor: { name: 'М', isCoordinator: false },
        action: 'groups.removed',
        group: 'Group a',
        detail: { reason: 'rules' },
      },
    ])
    // Once is enough.
    await does('mentor', 'groups.remove', { group: 'a', member: ref('other'), reason: 'rules' })
    expect(await store.prisma.auditEntry.count()).toBe(1)
  })

  test('a mentor makes groups where they have one; an institution with groups is not closed', async () => {
    await does('coordinator', 'groups.found', { id: 'far', name: 'Far', region: null })
    await refused('mentor', 'groups.make', { id: 'c', institution: 'far', name: 'C' })
    await does('mentor', 'groups.make', { id: 'c', institution: 'home', name: 'C' })
    expect(await rolesIn('c')).toEqual(['mentor mentor'])
    await refused('coordinator', 'groups.closePlace', { id: 'home' })
    await does('coordinator', 'groups.closePlace', { id: 'far' })
    expect((await look(institutionList, { page: 0 }, 'coordinator')).items).toMatchObject([{ id: 'home', groups: 3 }])
    expect(await look(oneInstitution, { id: 'far', page: 0 }, 'coordinator')).toBeNull()
  })

  test('coordinators hear of a group whose mentor is gone, once for each such group', async () => {
    const runs = () => groupsJob(store).run({ now: database.clock.now(), signal: new AbortController().signal })
    expect(await runs()).toMatchObject({ alone: 0 })
    const tools = { ...store, now: database.clock.now() }
    await store.prisma.$transaction((transaction) => deleteForGood(transaction, [chats.mentor], tools))
    expect(await runs()).toMatchObject({ alone: 1 })
    expect(await runs()).toMatchObject({ alone: 1 })
    expect(await notices('groups.alone')).toEqual([chats.coordinator])
    database.clock.time += 366 * dayLength
    await runs()
    expect(await store.prisma.auditEntry.count()).toBe(0)
  })

  test('whoever deletes everything is in no group, and gave no link; what is kept of them stands in the export', async () => {
    await link('a', 'member', { by: 'mentor' })
    const exported = await exportChat(store, chats.mentor)
    expect(exported.GroupMember).toMatchObject([{ groupId: 'a', role: 'mentor' }])
    expect(exported.AuditEntry).toHaveLength(1)
    expect(exported.ConsentCode).toHaveLength(1)
    const tools = { ...store, now: database.clock.now() }
    await store.prisma.$transaction((transaction) => deleteForGood(transaction, [chats.mentor], tools))
    expect(await rolesIn('a')).toEqual(['member member', 'other member'])
    expect(await store.prisma.consentCode.count({ where: { chatId: BigInt(chats.mentor) } })).toBe(0)
    expect((await look(journal, { page: 0 }, 'coordinator')).items).toMatchObject([
      { actor: null, action: 'groups.linked' },
    ])
  })

  test('the operator counts them', async () => {
    const figures = (await count(store, testTime)).find(({ title }) => title === 'Groups')
    expect(figures?.rows).toMatchObject([{ count: 1 }, { count: 2 }, { count: 2 }, { count: 0 }, { count: 2 }])
  })
})
