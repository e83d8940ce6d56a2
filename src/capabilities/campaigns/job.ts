import * as z from 'zod'
import {
  type CalendarKind,
  calendar as calendarNotice,
  type PublicDate,
  paused,
} from '../../../flows/campaigns/notices.ts'
import { dayLength as day, toLocal, toUtc } from '../../../flows/common/calendar.ts'
import { type AgeBand, consentVersion, Person, type Plan } from '../../../flows/common/person.ts'
import { zone } from '../../../flows/common/regions.ts'
import { noticesKept } from '../../delivery/notices/notice.ts'
import { type NewNotice, putNotices } from '../../delivery/notices/put.ts'
import type { Job } from '../../schedule/schedule.ts'
import type { Core } from '../../store/core.ts'
import { moment, readEach, whole } from '../../store/damage.ts'
import { Prisma } from '../../store/generated/sqlite/client.ts'
import type { PersonModel } from '../../store/generated/sqlite/models.ts'
import type { CalendarDate } from './calendar.ts'

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

/** What decides which campaigns concern a person. */
export type Candidate = {
  readonly chatId: number
  readonly ageBand: AgeBand | undefined
  readonly plan: Plan | undefined
  /** Epoch ms of the present consent, and whether it is the person's own. */
  readonly consentAt: number
  readonly byOneself: boolean
  readonly muted: readonly string[]
}

/** The newest attempt of each of the person's surveys. */
export type LatestAttempt = {
  readonly id: string
  readonly chatId: number
  readonly instrument: string
  readonly updatedAt: number
  readonly finishedAt: number | undefined
}

async function planFor(core: Core, people: readonly Candidate[], calendar: readonly CalendarDate[], now: number) {
  if (people.length === 0) return []
  const attempts = await latestAttempts(core, people, now)
  const askedLately = await chatsAskedForConsent(core, people, now)
  return people.flatMap((person) => {
    const own = attempts.filter(({ chatId }) => chatId === person.chatId)
    const planned = [
      ...own.flatMap((attempt) => planSurvey(attempt, now)),
      ...planAge(person, now),
      ...(askedLately.has(person.chatId) ? [] : planConsent(person, now)),
      ...planCalendar(person, calendar, now),
    ]
    return planned.filter(({ kind }) => !person.muted.includes(kind))
  })
}

const nudgeLasts = 12 * 60 * 60 * 1000

/** A survey left after 1 day and after 4, never more; a result between six and eight months old, once. */
export function planSurvey({ id, chatId, instrument, updatedAt, finishedAt }: LatestAttempt, now: number): NewNotice[] {
  const common = { chatId, dueAt: now, expiresAt: now + nudgeLasts, priority: paused.priority }
  if (finishedAt !== undefined) {
    const isOld = now >= monthsAfter(finishedAt, 6) && now < monthsAfter(finishedAt, 8)
    const values = { instrument, finishedAt }
    return isOld ? [{ ...common, key: `campaigns:repeat:${id}`, kind: 'campaigns.repeat', values }] : []
  }
  const age = now - updatedAt
  if (age < day || age >= 8 * day) return []
  const which = age < 4 * day ? 1 : 2
  return [{ ...common, key: `campaigns:paused:${id}:${which}`, kind: 'campaigns.paused', values: { instrument } }]
}

function monthsAfter(at: number, months: number): number {
  const date = toLocal(at, zone)
  return toUtc({ ...date, month: date.month + months }, zone)
}

/**
 * No birthday is kept, only a band, so nobody can know the day somebody turns 18. People under age are asked whether
 * their band still is right: each year after they agreed (and said their age), at 16 and 17 each half-year, since there
 * the answer decides who consents. Nothing is concluded from time alone.
 */
export function planAge({ chatId, ageBand, consentAt }: Candidate, now: number): NewNotice[] {
  if (ageBand === undefined || ageBand === '18+') return []
  const period = ageBand === '16-17' ? 182 : 365
  const passed = (now - consentAt) / day
  const times = Math.floor(passed / period)
  // Within two weeks of the anniversary: after downtime it is still asked, and not all at once the day this begins.
  if (times < 1 || passed - times * period >= 14) return []
  const key = `campaigns:age:${chatId}:${consentAt}:${times * period}`
  return [
    { chatId, key, kind: 'campaigns.age', dueAt: now, expiresAt: now + 7 * day, values: {}, priority: paused.priority },
  ]
}

/** Asked anew after so long: less than finished notices are kept, since those tell when it was asked. */
const consentPause = noticesKept - 10 * day

/** Of age by their own word, while the consent is still a guardian's: from now on it must be their own. */
export function planConsent(person: Candidate, now: number): NewNotice[] {
  if (!isAskedForConsent(person)) return []
  const { chatId } = person
  const key = `campaigns:consent:${chatId}:${dayOf(now)}`
  const values = {}
  return [
    { chatId, key, kind: 'campaigns.consent', dueAt: now, expiresAt: now + 7 * day, values, priority: paused.priority },
  ]
}

function isAskedForConsent({ ageBand, byOneself }: Candidate): boolean {
  return ageBand === '18+' && !byOneself
}

const plansOf: Readonly<Record<CalendarKind, readonly Plan[]>> = {
  test: ['university', 'undecided'],
  grants: ['university', 'undecided'],
  college: ['college', 'undecided'],
}

/** Public dates of this year that begin within a week or are under way, for those whose plan they concern. */
export function planCalendar(person: Candidate, calendar: readonly CalendarDate[], now: number): NewNotice[] {
  const { chatId, plan, ageBand } = person
  if (plan === undefined || ageBand === '12-13') return []
  const [today, inAWeek] = [dayOf(now), dayOf(now + 7 * day)]
  return calendar
    .filter(({ kind, validYear }) => plansOf[kind].includes(plan) && today.startsWith(`${validYear}-`))
    .filter(({ from, until }) => until >= today && from <= inAWeek)
    .map((date) => {
      const stage = date.from > today ? 'soon' : 'open'
      const values: PublicDate = {
        stage,
        name: date.words,
        from: noonOf(date.from),
        until: noonOf(date.until),
        source: date.source,
        checkedOn: noonOf(date.checkedOn),
      }
      return {
        chatId,
        key: `campaigns:calendar:${date.id}:${stage}:${chatId}`,
        kind: 'campaigns.calendar',
        dueAt: now,
        // "Soon" is over when it begins, and "open" with its last day.
        expiresAt: stage === 'soon' ? noonOf(date.from) - day / 2 : noonOf(date.until) + day / 2,
        values,
        priority: calendarNotice.priority,
      }
    })
}

/** The day in Kazakhstan, `YYYY-MM-DD`. */
function dayOf(at: number): string {
  const { year, month, day: date } = toLocal(at, zone)
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}

function noonOf(date: string): number {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number)
  return toUtc({ year, month, day: dayOfMonth, hour: 12, minute: 0 }, zone)
}

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
    byOneself: shape.consent.unwrap().shape.by.parse(consentBy) === 'self',
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
