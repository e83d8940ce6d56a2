import * as z from 'zod'
import type { CalendarDate } from '../../../flows/campaigns/dates.ts'
import { type Candidate, isAskedForConsent, type LatestAttempt, planCampaigns } from '../../../flows/campaigns/plan.ts'
import { dayLength as day } from '../../../flows/common/calendar.ts'
import { consentVersion, isOwn, Person } from '../../../flows/common/person.ts'
import { noticesKept } from '../../delivery/notices/notice.ts'
import { putNotices } from '../../delivery/notices/put.ts'
import type { Job } from '../../schedule/schedule.ts'
import type { Core } from '../../store/core.ts'
import { moment, readEach, whole } from '../../store/damage.ts'
import { Prisma } from '../../store/generated/sqlite/client.ts'
import type { PersonModel } from '../../store/generated/sqlite/models.ts'

/** People looked at in one go; with SQLite the whole program waits for it. */
const batch = 100

/**
 * Every morning: reminds people of what they began, of what is due again, and of public dates. Each notice exists once
 * by its key; a window of days in which it may come to be keeps an old matter from being dug up after long downtime.
 */
export function campaignsJob(core: Core, calendar: readonly CalendarDate[]): Job {
  return {
    name: 'campaigns',
    cron: '0 10 * * *',
    run: async ({ now, signal }) => {
      const report: Record<string, number> = {}
      let after = Number.MIN_SAFE_INTEGER
      for (; !signal.aborted; await core.breathe()) {
        const { people, unreadable, last } = await peopleAfter(core, after)
        if (last === undefined) break
        if (unreadable > 0) report.unreadable = (report.unreadable ?? 0) + unreadable
        const notices = await planFor(core, people, calendar, now)
        if (notices.length > 0) {
          await core.prisma.$transaction((transaction) => putNotices(transaction, notices, { ...core, now }))
        }
        for (const { kind } of notices) report[kind] = (report[kind] ?? 0) + 1
        after = last
      }
      return report
    },
  }
}

async function planFor(core: Core, people: readonly Candidate[], calendar: readonly CalendarDate[], now: number) {
  if (people.length === 0) return []
  const attempts = await latestAttempts(core, people, now)
  const askedLately = await chatsAskedForConsent(core, people, now)
  return people.flatMap((person) => {
    const own = attempts.filter(({ chatId }) => chatId === person.chatId)
    return planCampaigns(person, { attempts: own, isAskedLately: askedLately.has(person.chatId), calendar, now })
  })
}

/** Asked anew after so long: less than finished notices are kept, since those tell when it was asked. */
const consentPause = noticesKept - 10 * day

type Slice = {
  readonly people: readonly Candidate[]
  /** How many rows were passed over, since they cannot be read. */
  readonly unreadable: number
  /** The chat to go on after; undefined at the end. */
  readonly last: number | undefined
}

/** The next in order, whoever they are: a long stretch of people not concerned must not become a long query. */
async function peopleAfter({ prisma, damaged }: Core, after: number): Promise<Slice> {
  const rows = await prisma.person.findMany({
    // An upper end, too: what SQLite keeps of another kind in a column of numbers comes after all of them.
    where: { chatId: { gt: BigInt(after), lte: BigInt(Number.MAX_SAFE_INTEGER) } },
    select: candidateColumns,
    orderBy: { chatId: 'asc' },
    take: batch,
  })
  const concerned = rows.filter(isConcerned)
  const keyed = concerned.map((row) => ({ ...row, id: String(row.chatId) }))
  const people = readEach('Person', keyed, toCandidate, damaged)
  const last = rows.at(-1)
  return { people, unreadable: concerned.length - people.length, last: last && Number(last.chatId) }
}

/** Who has not agreed to the present terms gets no notices, see `compose`. */
function isConcerned(row: Pick<PersonModel, 'consentAt' | 'consentVersion' | 'unreachable'>): boolean {
  return row.consentAt !== null && row.consentVersion === consentVersion && row.unreachable === null
}

const candidateColumns = {
  chatId: true,
  ageBand: true,
  plan: true,
  consentVersion: true,
  consentAt: true,
  consentBy: true,
  muted: true,
  unreachable: true,
} as const

type CandidateRow = Pick<PersonModel, 'chatId' | 'ageBand' | 'plan' | 'consentAt' | 'consentBy' | 'muted'>

/** Throws when anything of the row cannot be read. */
function toCandidate({ chatId, ageBand, plan, consentAt, consentBy, muted }: CandidateRow): Candidate {
  const { shape } = Person
  return {
    chatId: whole(chatId),
    ageBand: shape.ageBand.parse(ageBand ?? undefined),
    plan: shape.plan.parse(plan ?? undefined),
    consentAt: moment(consentAt),
    byOneself: isOwn(shape.consent.unwrap().shape.by.parse(consentBy)),
    muted: shape.muted.parse(JSON.parse(muted)),
  }
}

/** A survey begun longer ago is spoken of no more, as what was said of it may be forgotten. */
const pauseTold = noticesKept - 10 * day

async function latestAttempts(core: Core, people: readonly Candidate[], now: number): Promise<LatestAttempt[]> {
  if (people.length === 0) return []
  const chats = Prisma.join(people.map(({ chatId }) => BigInt(chatId)))
  const rows = await core.prisma.$queryRaw<AttemptRow[]>`
    SELECT a."id", a."chatId", a."instrument", a."updatedAt", a."finishedAt" FROM "SurveyAttempt" a
    WHERE a."chatId" IN (${chats}) AND a."updatedAt" > ${BigInt(now - 300 * day)}
      AND (a."finishedAt" IS NOT NULL OR a."startedAt" > ${BigInt(now - pauseTold)})
      AND NOT EXISTS (
        SELECT 1 FROM "SurveyAttempt" b
        WHERE b."chatId" = a."chatId" AND b."instrument" = a."instrument" AND b."startedAt" > a."startedAt"
      )`
  return readEach('SurveyAttempt', rows, toAttempt, core.damaged)
}

/** Throws when anything of the row cannot be read. */
function toAttempt({ id, chatId, instrument, updatedAt, finishedAt }: AttemptRow): LatestAttempt {
  return {
    id: attemptId.parse(id),
    chatId: whole(chatId),
    instrument,
    updatedAt: moment(updatedAt),
    finishedAt: finishedAt === null ? undefined : moment(finishedAt),
  }
}

/** Notices are named by it. */
const attemptId = z.string().min(1).max(100)

type AttemptRow = {
  readonly id: string
  readonly chatId: bigint
  readonly instrument: string
  readonly updatedAt: bigint
  readonly finishedAt: bigint | null
}

async function chatsAskedForConsent({ prisma }: Core, people: readonly Candidate[], now: number) {
  const rows = await prisma.notice.findMany({
    where: {
      chatId: { in: people.filter(isAskedForConsent).map(({ chatId }) => BigInt(chatId)) },
      kind: 'campaigns.consent',
      createdAt: { gt: BigInt(now - consentPause) },
    },
    select: { chatId: true },
  })
  return new Set(rows.map(({ chatId }) => Number(chatId)))
}
