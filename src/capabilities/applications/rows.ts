import { z } from 'zod'
import {
  Application,
  applicationLimit,
  deleteApplication,
  findApplication,
  listApplications,
  openStates,
  pageSize,
  saveApplication,
} from '../../../flows/applications/contract.ts'
import { noticePrefix, planNotices } from '../../../flows/applications/plan.ts'
import { putNotices, withdrawNoticesOf } from '../../delivery/notices/put.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import { change, type FactEntry, type FactWriter } from '../../store/capability.ts'
import type { Core } from '../../store/core.ts'
import { moment, readEach } from '../../store/damage.ts'
import type { ApplicationModel } from '../../store/generated/sqlite/models.ts'
import { type Columns, namesOf, type Row, rowsOf } from '../../store/rows.ts'
import { placeOf, type Seal } from '../../store/seal.ts'

/** What is sealed of it. */
const Body = Application.pick({ title: true, employer: true, place: true, before: true })

const columns = {
  id: 'text',
  chatId: 'bigint',
  vacancyId: 'text',
  body: 'bytes',
  state: 'text',
  appliedAt: 'bigint',
  nextAt: 'bigint',
  updatedAt: 'bigint',
} as const satisfies Columns

export const applicationFacts: readonly FactWriter[] = [
  change(saveApplication, async (transaction, entries, tools) => {
    // Told twice in one turn, the later word counts; one statement cannot change a row twice.
    const last = new Map(entries.map((entry) => [entry.data.id, entry] as const))
    const rows = [...last.values()].map((entry) => toRow(entry, tools.seal))
    const names = namesOf(columns)
    await transaction.$executeRaw`
      INSERT INTO "Application" (${names})
      SELECT ${names} FROM ${rowsOf(tools.provider, columns, rows)} r WHERE true
      ON CONFLICT ("id") DO UPDATE SET "vacancyId" = excluded."vacancyId", "body" = excluded."body",
        "state" = excluded."state", "nextAt" = excluded."nextAt", "updatedAt" = excluded."updatedAt"
      WHERE "Application"."chatId" = excluded."chatId"`
    // What was to be said of its former state or date is not true any more.
    for (const { chatId, data } of last.values())
      await withdrawNoticesOf(transaction, { keyPrefix: noticePrefix(data.id), chatId }, tools.now)
    const planned = [...last.values()].flatMap(({ chatId, data }) => planNotices(data, chatId, tools.now))
    await putNotices(transaction, planned, tools)
  }),
  change(deleteApplication, async (transaction, entries, { now }) => {
    for (const { chatId, data } of entries) {
      await transaction.application.deleteMany({ where: { id: data.id, chatId: BigInt(chatId) } })
      await withdrawNoticesOf(transaction, { keyPrefix: noticePrefix(data.id), chatId }, now)
    }
  }),
]

export function applicationReplies(core: Core): readonly Reply[] {
  return [
    reply(listApplications, async ({ page: wanted }, { chatId }) => {
      const all = (await allOf(core, chatId)).sort(byNext)
      const pages = Math.max(1, Math.ceil(all.length / pageSize))
      const page = Math.min(wanted, pages - 1)
      return { items: all.slice(page * pageSize, (page + 1) * pageSize), total: all.length, page, pages }
    }),
    reply(findApplication, async ({ id, vacancyId }, { chatId }) => {
      const all = await allOf(core, chatId)
      const application = all.find((one) => (id === null ? one.vacancyId === vacancyId : one.id === id)) ?? null
      return { application, room: all.length < applicationLimit }
    }),
  ]
}

/** All that can be read; there is a limit to how many a person keeps. */
async function allOf({ prisma, seal, damaged }: Core, chatId: number): Promise<Application[]> {
  const rows = await prisma.application.findMany({ where: { chatId: BigInt(chatId) } })
  return readEach('Application', rows, (row) => toApplication(row, seal), damaged)
}

/** What is expected still, the soonest first; then the newest. */
function byNext(one: Application, other: Application): number {
  const [open, otherOpen] = [one, other].map(({ state }) => openStates.includes(state))
  if (open !== otherOpen) return open ? -1 : 1
  const [next, otherNext] = [one, other].map(({ nextAt }) => (open ? (nextAt ?? Number.MAX_SAFE_INTEGER) : 0))
  return (next ?? 0) - (otherNext ?? 0) || other.appliedAt - one.appliedAt || (one.id < other.id ? -1 : 1)
}

function toRow({ chatId, data, at }: FactEntry<Application>, seal: Seal): Row {
  const { id, vacancyId, state, appliedAt, nextAt } = data
  const body = seal.seal(JSON.stringify(Body.parse(data)), placeOf('Application', 'body', id, chatId))
  return [id, chatId, vacancyId, body, state, appliedAt, nextAt, at]
}

/** Throws when anything of the row cannot be read. */
function toApplication(row: ApplicationModel, seal: Seal): Application {
  const body: unknown = JSON.parse(seal.open(row.body, placeOf('Application', 'body', row.id, row.chatId)))
  return Application.parse({
    ...z.looseObject({}).parse(body),
    id: row.id,
    vacancyId: row.vacancyId,
    state: row.state,
    appliedAt: moment(row.appliedAt),
    nextAt: row.nextAt === null ? null : moment(row.nextAt),
  })
}
