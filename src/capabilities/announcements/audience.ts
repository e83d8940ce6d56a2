import type { Audience } from '../../../flows/announcements/announcement.ts'
import { noticePrefix, told } from '../../../flows/announcements/notices.ts'
import { consentVersion, invitedRoles, isMet, Person, roleOf } from '../../../flows/common/person.ts'
import { type ShareKind, Shares } from '../../../flows/groups/group.ts'
import type { Language } from '../../../flows/kit/words.ts'
import { Result } from '../../../flows/survey/contract.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { readEach, readOr, whole } from '../../store/damage.ts'
import { Prisma } from '../../store/generated/sqlite/client.ts'
import { placeOf } from '../../store/seal.ts'

/** What a statement is given with: the store, or a transaction on it. */
type Source = Pick<Transaction, 'person' | 'groupMember' | 'notice' | 'surveyAttempt' | '$queryRaw'>
type Reader = Pick<Core, 'damaged' | 'seal'>

/** Who is meant, by whom, and whether it comes to those as well who have switched announcements off. */
export type Aim = { readonly audience: Audience; readonly author: number; readonly isUrgent: boolean }

/** Somebody it is for, and the first of the groups it comes to them by. */
export type Hearer = { readonly chatId: number; readonly language: Language; readonly groupId: string | null }

export type Slice = {
  readonly hearers: readonly Hearer[]
  /** The chat to go on after; undefined at the end. */
  readonly last: number | undefined
}

/**
 * Those of the next `limit` chats after `after` whom it is for. Whoever cannot be reached at present is among them, since
 * they may come back in time.
 */
export async function hearersAfter(
  source: Source,
  reader: Reader,
  aim: Aim,
  after: number,
  limit: number,
): Promise<Slice> {
  const { audience } = aim
  const people =
    audience.groups.length === 0
      ? await peopleAfter(source, after, limit)
      : await peopleOf(source, await membersAfter(source, audience.groups, after, limit))
  const found = candidates(people, reader).filter((one) => isMeant(one, aim))
  const members = await membershipsOf(source, audience, found)
  const placed = found.flatMap((one) => placedIn(one, members.get(one.chatId) ?? [], audience))
  const silent = await silentAmong(source, audience, placed)
  const interested = await interestedAmong(source, reader, audience, silent)
  const last = people.at(-1)
  return {
    hearers: interested.map(({ chatId, language, groupId }) => ({ chatId, language, groupId })),
    last: last && Number(last.chatId),
  }
}

/** How many of a stretch of chats it is for, by what they read, as far as their own rows tell. */
export type Stretch = {
  readonly counts: ReadonlyMap<string, number>
  /** The chat to go on after; undefined at the end. */
  readonly last: number | undefined
}

/** Whether the rows of people alone say whom it is for, so that the database can count them. */
export function isTold({ groups, without, silentOf, interests }: Audience): boolean {
  return groups.length + without.length + interests.length === 0 && silentOf === null
}

/** Counts those of the next `limit` chats whom `hearersAfter` would name; only for an audience that `isTold`. */
export async function countAfter(source: Source, aim: Aim, after: number, limit: number): Promise<Stretch> {
  const rows = await source.$queryRaw<Record<'language' | 'meant' | 'found' | 'last', string | bigint | number>[]>`
    SELECT "language", sum(CASE WHEN ${meant(aim)} THEN 1 ELSE 0 END) AS "meant", count(*) AS "found",
      CAST(max("chatId") AS bigint) AS "last"
    FROM (
      SELECT * FROM "Person" WHERE "chatId" > ${BigInt(after)} AND "chatId" <= ${BigInt(Number.MAX_SAFE_INTEGER)}
      ORDER BY "chatId" LIMIT ${limit}
    ) p GROUP BY "language"`
  const found = rows.reduce((sum, row) => sum + Number(row.found), 0)
  return {
    counts: new Map(rows.map((row) => [String(row.language), Number(row.meant)])),
    last: found < limit ? undefined : Math.max(...rows.map((row) => Number(row.last))),
  }
}

/** As `isMeant` and `isMet` say it of a person. */
function meant({ audience, author, isUrgent }: Aim): Prisma.Sql {
  const { roles, regions, ages, languages, plans } = audience
  const grown = roles.filter((role) => role !== 'young')
  const young = Prisma.sql`"consentBy" NOT IN (${Prisma.join([...invitedRoles])}) AND "plan" IS NOT NULL`
  const conditions = [
    Prisma.sql`"consentVersion" = ${consentVersion} AND "chatId" <> ${BigInt(author)}`,
    Prisma.sql`(${Prisma.join(
      [
        ...(roles.includes('young') ? [Prisma.sql`(${young})`] : []),
        ...(grown.length > 0 ? [Prisma.sql`"consentBy" IN (${Prisma.join(grown)})`] : []),
      ],
      ' OR ',
    )})`,
    ...(isUrgent ? [] : [Prisma.sql`"muted" NOT LIKE ${`%${JSON.stringify(told.kind)}%`}`]),
    ...(regions.length > 0 ? [Prisma.sql`"region" IN (${Prisma.join(regions)})`] : []),
    ...(ages.length > 0 ? [Prisma.sql`"ageBand" IN (${Prisma.join(ages)})`] : []),
    ...(languages.length > 0 ? [Prisma.sql`"language" IN (${Prisma.join(languages)})`] : []),
    ...(plans.length > 0 ? [Prisma.sql`"plan" IN (${Prisma.join(plans)})`] : []),
  ]
  return Prisma.join(conditions, ' AND ')
}

const columns = {
  chatId: true,
  language: true,
  ageBand: true,
  region: true,
  plan: true,
  consentVersion: true,
  consentAt: true,
  consentBy: true,
  muted: true,
} as const

/** The next in order, whoever they are: a long stretch of people not concerned must not become a long query. */
function peopleAfter(source: Source, after: number, limit: number) {
  return source.person.findMany({
    // An upper end, too: what SQLite keeps of another kind in a column of numbers comes after all of them.
    where: { chatId: { gt: BigInt(after), lte: BigInt(Number.MAX_SAFE_INTEGER) } },
    select: columns,
    orderBy: { chatId: 'asc' },
    take: limit,
  })
}

type PersonRow = Awaited<ReturnType<typeof peopleAfter>>[number]

/** Each once, whatever number of the groups they are in. */
async function membersAfter(source: Source, groups: readonly string[], after: number, limit: number) {
  const rows = await source.$queryRaw<{ chatId: bigint }[]>`
    SELECT DISTINCT "chatId" FROM "GroupMember"
    WHERE "groupId" IN (${Prisma.join([...groups])}) AND "role" IN ('member', 'mentor')
      AND "chatId" > ${BigInt(after)} AND "chatId" <= ${BigInt(Number.MAX_SAFE_INTEGER)}
    ORDER BY "chatId" LIMIT ${limit}`
  return rows.map(({ chatId }) => BigInt(chatId))
}

/** A member without a row among people is passed over; where it goes on is told by the last chat all the same. */
async function peopleOf(source: Source, chats: readonly bigint[]): Promise<PersonRow[]> {
  if (chats.length === 0) return []
  const rows = await source.person.findMany({ where: { chatId: { in: [...chats] } }, select: columns })
  const byChat = new Map(rows.map((row) => [row.chatId, row]))
  return chats.map((chatId) => byChat.get(chatId) ?? { ...nobody, chatId })
}

const nobody: Omit<PersonRow, 'chatId'> = {
  ...{ language: '', ageBand: null, region: null, plan: null, consentVersion: null, consentAt: null },
  ...{ consentBy: null, muted: '[]' },
}

type Candidate = { readonly chatId: number; readonly language: Language; readonly person: Person }

/** Who has not agreed to the present terms gets no notices, see `compose`. */
function candidates(rows: readonly PersonRow[], { damaged }: Reader): Candidate[] {
  const agreed = rows.filter((row) => row.consentVersion === consentVersion)
  const keyed = agreed.map((row) => ({ ...row, id: String(row.chatId) }))
  return readEach('Person', keyed, toCandidate, damaged)
}

/** Throws when anything of the row cannot be read. */
function toCandidate({ chatId, consentVersion: version, consentAt, consentBy, ...row }: PersonRow): Candidate {
  const person = Person.parse({
    language: row.language,
    ageBand: row.ageBand ?? undefined,
    region: row.region ?? undefined,
    plan: row.plan ?? undefined,
    consent: { version, at: whole(consentAt ?? Number.NaN), by: consentBy },
    quiet: { from: 22, to: 8 },
    muted: JSON.parse(row.muted),
  })
  return { chatId: whole(chatId), language: person.language, person }
}

/** As far as the person's own row tells. Nobody is told what they have written themselves, and employers nothing. */
function isMeant({ chatId, person }: Candidate, { audience, author, isUrgent }: Aim): boolean {
  const { ageBand, region, plan, language } = person
  return (
    chatId !== author &&
    isMet(person) &&
    hasRole(person, audience) &&
    (isUrgent || !person.muted.includes(told.kind)) &&
    fits(audience.regions, region) &&
    fits(audience.ages, ageBand) &&
    fits(audience.languages, language) &&
    fits(audience.plans, plan)
  )
}

function hasRole({ consent }: Person, { roles }: Audience): boolean {
  const role = roleOf(consent?.by)
  return role !== 'employer' && roles.includes(role ?? 'young')
}

/** An empty list leaves nobody out. */
function fits(wanted: readonly string[], value: string | undefined): boolean {
  return wanted.length === 0 || (value !== undefined && wanted.includes(value))
}

type Membership = { readonly groupId: string; readonly role: string; readonly shares: readonly ShareKind[] }

/** What the candidates are in the groups that are named, by their chats. */
async function membershipsOf(source: Source, { groups, without }: Audience, found: readonly Candidate[]) {
  const members = new Map<number, Membership[]>()
  const named = [...new Set([...groups, ...without])]
  if (named.length === 0 || found.length === 0) return members
  const rows = await source.groupMember.findMany({
    where: { chatId: { in: found.map(({ chatId }) => BigInt(chatId)) }, groupId: { in: named } },
    orderBy: [{ joinedAt: 'asc' }, { groupId: 'asc' }],
  })
  for (const { chatId, groupId, role, shares } of rows) {
    const own = members.get(Number(chatId)) ?? []
    // What cannot be read is not shared.
    own.push({ groupId, role, shares: readOr([], () => Shares.parse(JSON.parse(shares))) })
    members.set(Number(chatId), own)
  }
  return members
}

type Placed = Candidate & { readonly groupId: string | null }

/**
 * The candidate with the group it comes to them by; none where they are in a group that is left out, or where it is asked
 * for what they do not share with any group that is meant.
 */
function placedIn(one: Candidate, members: readonly Membership[], audience: Audience): Placed[] {
  if (members.some(({ groupId, role }) => audience.without.includes(groupId) && role !== 'invited')) return []
  if (audience.groups.length === 0) return [{ ...one, groupId: null }]
  const isGrown = roleOf(one.person.consent?.by) !== undefined
  const needed = isGrown ? [] : neededShares(audience)
  const way = members.find(
    ({ groupId, role, shares }) =>
      audience.groups.includes(groupId) &&
      role === (isGrown ? 'mentor' : 'member') &&
      needed.every((share) => shares.includes(share)),
  )
  return way === undefined ? [] : [{ ...one, groupId: way.groupId }]
}

/** What a member has to share so that a mentor may choose by it: age and plan are shown together. */
function neededShares({ ages, plans, interests }: Audience): ShareKind[] {
  return [
    ...(ages.length > 0 || plans.length > 0 ? ['plan' as const] : []),
    ...(interests.length > 0 ? ['interests' as const] : []),
  ]
}

/** Those who got the announcement that is meant and have not answered; all where none is. */
async function silentAmong(source: Source, { silentOf }: Audience, found: readonly Placed[]) {
  if (silentOf === null || found.length === 0) return found
  const keys = found.map(({ chatId }) => `${noticePrefix(silentOf)}${chatId}`)
  const rows = await source.notice.findMany({
    where: { key: { in: keys }, outcome: 'sent', answer: null },
    select: { chatId: true },
  })
  const silent = new Set(rows.map(({ chatId }) => Number(chatId)))
  return found.filter(({ chatId }) => silent.has(chatId))
}

/** Those whose newest result has one of the areas in front; all where none is asked for. */
async function interestedAmong(source: Source, reader: Reader, { interests }: Audience, found: readonly Placed[]) {
  if (interests.length === 0 || found.length === 0) return found
  const areas = await areasOf(
    source,
    reader,
    found.map(({ chatId }) => chatId),
  )
  return found.filter(({ chatId }) => fits(interests, areas.get(chatId)))
}

/** The area in front of each chat's newest result. */
async function areasOf(source: Source, { damaged, seal }: Reader, chats: readonly number[]) {
  const rows = await source.surveyAttempt.findMany({
    where: { chatId: { in: chats.map(BigInt) }, instrument: 'riasec', finishedAt: { not: null } },
    select: { id: true, chatId: true, result: true },
    orderBy: [{ finishedAt: 'asc' }, { id: 'asc' }],
  })
  const newest = [...new Map(rows.map((row) => [row.chatId, row])).values()]
  const leading = readEach(
    'SurveyAttempt',
    newest,
    ({ id, chatId, result }) => {
      const text = result === null ? 'null' : seal.open(result, placeOf('SurveyAttempt', 'result', id, chatId))
      return [whole(chatId), Result.parse(JSON.parse(text)).ranking[0]?.scale] as const
    },
    damaged,
  )
  return new Map(leading)
}
