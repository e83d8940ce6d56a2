import type { DataOf } from '../../../flows/kit/contract.ts'
import {
  Attempt,
  discardSurvey,
  EarlierResult,
  finishSurvey,
  openSurvey,
  recordAnswers,
  type StoredResult,
  surveyHistory,
  surveyStanding,
} from '../../../flows/survey/contract.ts'
import type { Instrument } from '../../../flows/survey/instrument.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import { change, type FactEntry, type FactTools, type FactWriter } from '../../store/capability.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { moment, readEach } from '../../store/damage.ts'
import type { SurveyAttemptModel } from '../../store/generated/sqlite/models.ts'
import { type Columns, namesOf, type Row, rowsOf } from '../../store/rows.ts'
import { placeOf, type Seal } from '../../store/seal.ts'

/** Finished fillings-in that `survey.history` gives at most. */
const historyLimit = 10
/** Rows read besides those wanted, since some may be damaged. */
const spare = 10

export const attemptFacts: readonly FactWriter[] = [
  change(recordAnswers, (transaction, entries, tools) =>
    writeAttempts(
      transaction,
      tools,
      entries.map((entry) => attemptRow(entry, tools.seal)),
    ),
  ),
  change(finishSurvey, (transaction, entries, tools) =>
    writeAttempts(
      transaction,
      tools,
      entries.map((entry) => attemptRow(entry, tools.seal, entry.data.result)),
    ),
  ),
  change(discardSurvey, async (transaction, entries) => {
    for (const { chatId, data } of entries) {
      if (data.attempt === null) continue
      const unfinished = { id: data.attempt, chatId: BigInt(chatId), finishedAt: null }
      await transaction.surveyAttempt.deleteMany({ where: unfinished })
    }
  }),
]

export function attemptReplies({ prisma, seal, damaged }: Core, instruments: readonly Instrument[]): readonly Reply[] {
  const known = instruments.map(({ id }) => id)
  return [
    reply(surveyStanding, async (_, { chatId }) => {
      const own = { chatId: BigInt(chatId), instrument: { in: known } }
      const [open, done] = await Promise.all([
        prisma.surveyAttempt.findMany({
          where: { ...own, finishedAt: null },
          orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
          take: spare,
        }),
        prisma.surveyAttempt.findMany({
          where: { ...own, finishedAt: { not: null } },
          orderBy: [{ finishedAt: 'desc' }, { id: 'desc' }],
          take: spare,
        }),
      ])
      const named = <T>(read: (row: SurveyAttemptModel, seal: Seal) => T) => {
        return (row: SurveyAttemptModel) => ({ ...read(row, seal), instrument: row.instrument })
      }
      return {
        unfinished: readEach('SurveyAttempt', open, named(opened), damaged)[0] ?? null,
        result: readEach('SurveyAttempt', done, named(finished), damaged)[0] ?? null,
      }
    }),
    reply(openSurvey, async ({ instrument }, { chatId }) => {
      const rows = await prisma.surveyAttempt.findMany({
        where: { chatId: BigInt(chatId), instrument, finishedAt: null },
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        take: spare,
      })
      return readEach('SurveyAttempt', rows, (row) => opened(row, seal), damaged)[0] ?? null
    }),
    reply(surveyHistory, async ({ instrument }, { chatId }) => {
      const rows = await prisma.surveyAttempt.findMany({
        where: { chatId: BigInt(chatId), instrument, finishedAt: { not: null } },
        orderBy: [{ finishedAt: 'desc' }, { id: 'desc' }],
        take: historyLimit + spare,
      })
      return readEach('SurveyAttempt', rows, (row) => finished(row, seal), damaged).slice(0, historyLimit)
    }),
  ]
}

const columns = {
  id: 'text',
  chatId: 'bigint',
  instrument: 'text',
  form: 'text',
  answers: 'bytes',
  startedAt: 'bigint',
  updatedAt: 'bigint',
  finishedAt: 'bigint',
  result: 'bytes',
} as const satisfies Columns

function attemptRow(
  { chatId, at, data }: FactEntry<DataOf<typeof recordAnswers>>,
  seal: Seal,
  result?: StoredResult,
): Row {
  const { attempt, instrument, form, answers } = data
  const place = (column: string) => placeOf('SurveyAttempt', column, attempt, chatId)
  const sealed = seal.seal(JSON.stringify(answers), place('answers'))
  const outcome = result === undefined ? null : seal.seal(JSON.stringify(result), place('result'))
  return [attempt, chatId, instrument, form, sealed, at, at, result === undefined ? null : at, outcome]
}

/** An attempt belongs to its chat for good; what was finished stays finished. */
async function writeAttempts(transaction: Transaction, { provider }: FactTools, rows: readonly Row[]): Promise<void> {
  const names = namesOf(columns)
  // Told twice in one turn, the later word counts; one statement cannot change a row twice.
  const last = [...new Map(rows.map((row) => [row[0], row])).values()]
  await transaction.$executeRaw`
    INSERT INTO "SurveyAttempt" (${names}) SELECT ${names} FROM ${rowsOf(provider, columns, last)} r WHERE true
    ON CONFLICT ("id") DO UPDATE SET "form" = excluded."form", "answers" = excluded."answers",
      "updatedAt" = excluded."updatedAt",
      "finishedAt" = COALESCE(excluded."finishedAt", "SurveyAttempt"."finishedAt"),
      "result" = COALESCE(excluded."result", "SurveyAttempt"."result")
    WHERE "SurveyAttempt"."chatId" = excluded."chatId"`
}

/** Throws when anything of the row cannot be read, or this version cannot use it. */
function opened(row: SurveyAttemptModel, seal: Seal): Attempt {
  moment(row.startedAt) // which of them is the newest is told by it
  return Attempt.parse({
    attempt: row.id,
    form: row.form,
    answers: answersOf(row, seal),
  })
}

/** As `opened`: one result that cannot be used must not hide the others. */
function finished(row: SurveyAttemptModel, seal: Seal): EarlierResult {
  const place = placeOf('SurveyAttempt', 'result', row.id, row.chatId)
  const result: unknown = row.result === null ? null : JSON.parse(seal.open(row.result, place))
  return EarlierResult.parse({
    attempt: row.id,
    form: row.form,
    finishedAt: moment(row.finishedAt),
    answers: answersOf(row, seal),
    result,
  })
}

function answersOf(row: SurveyAttemptModel, seal: Seal): unknown {
  return JSON.parse(seal.open(row.answers, placeOf('SurveyAttempt', 'answers', row.id, row.chatId)))
}
