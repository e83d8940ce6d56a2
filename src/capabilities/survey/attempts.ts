import * as z from 'zod'
import type { Asks, FactEntry, FactTools, FactWriters, Transaction } from '../../store/core.ts'
import { moment, readEach } from '../../store/damage.ts'
import type { SurveyAttemptModel } from '../../store/generated/sqlite/models.ts'
import { type Columns, namesOf, type Row, rowsOf } from '../../store/rows.ts'
import { placeOf, type Seal } from '../../store/seal.ts'

/** Checked by hand: zod's record takes ten times as long, and every answer is written with all before it. */
const Answers = z.custom<Record<string, number>>(isAnswers, 'must be numbers by item')
const Answered = z.object({
  attempt: z.string().min(1),
  instrument: z.string().min(1),
  form: z.string().min(1),
  answers: Answers,
})
const Finished = Answered.extend({ result: z.json() })
const Discarded = z.object({ attempt: z.string().nullable() })
const Instrument = z.object({ instrument: z.string() })

/** Finished fillings-in that `survey.history` gives at most. */
const historyLimit = 10
/** Rows read besides those wanted, since some may be damaged. */
const spare = 10

export const facts: FactWriters = {
  /** All answers given so far; the first one begins the attempt. */
  'survey.answer': (transaction, entries, tools) =>
    writeAttempts(
      transaction,
      tools,
      entries.map((entry) => attemptRow(entry, Answered.parse(entry.data), tools.seal)),
    ),
  /** The answers and what they came to; finishing again (an answer was changed) replaces the result. */
  'survey.finish': (transaction, entries, tools) =>
    writeAttempts(
      transaction,
      tools,
      entries.map((entry) => {
        const finished = Finished.parse(entry.data)
        return attemptRow(entry, finished, tools.seal, finished.result)
      }),
    ),
  /** Puts an unfinished attempt away; a finished one stays. */
  'survey.discard': async (transaction, entries) => {
    for (const { chatId, data } of entries) {
      const { attempt } = Discarded.parse(data)
      if (attempt === null) continue
      await transaction.surveyAttempt.deleteMany({ where: { id: attempt, chatId: BigInt(chatId), finishedAt: null } })
    }
  },
}

export const asks: Asks = ({ prisma, seal, damaged }) => ({
  /** `{ instrument }` → the newest unfinished attempt of the chat that can be read, or null. */
  'survey.open': async (data, { chatId }) => {
    const { instrument } = Instrument.parse(data)
    const rows = await prisma.surveyAttempt.findMany({
      where: { chatId: BigInt(chatId), instrument, finishedAt: null },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: spare,
    })
    return readEach('SurveyAttempt', rows, (row) => opened(row, seal), damaged)[0] ?? null
  },
  /** `{ instrument }` → finished attempts with their results, newest first. */
  'survey.history': async (data, { chatId }) => {
    const { instrument } = Instrument.parse(data)
    const rows = await prisma.surveyAttempt.findMany({
      where: { chatId: BigInt(chatId), instrument, finishedAt: { not: null } },
      orderBy: [{ finishedAt: 'desc' }, { id: 'desc' }],
      take: historyLimit + spare,
    })
    return readEach('SurveyAttempt', rows, (row) => finished(row, seal), damaged).slice(0, historyLimit)
  },
})

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

function attemptRow(entry: FactEntry, data: z.infer<typeof Answered>, seal: Seal, result?: unknown): Row {
  const { attempt, instrument, form, answers } = data
  const place = (column: string) => placeOf('SurveyAttempt', column, attempt, entry.chatId)
  const sealed = seal.seal(JSON.stringify(answers), place('answers'))
  const outcome = result === undefined ? null : seal.seal(JSON.stringify(result), place('result'))
  return [
    attempt,
    entry.chatId,
    instrument,
    form,
    sealed,
    entry.at,
    entry.at,
    result === undefined ? null : entry.at,
    outcome,
  ]
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

function opened(row: SurveyAttemptModel, seal: Seal) {
  return {
    attempt: row.id,
    form: row.form,
    answers: answersOf(row, seal),
    startedAt: moment(row.startedAt),
    updatedAt: moment(row.updatedAt),
  }
}

function finished(row: SurveyAttemptModel, seal: Seal) {
  const place = placeOf('SurveyAttempt', 'result', row.id, row.chatId)
  const result: unknown = row.result === null ? null : JSON.parse(seal.open(row.result, place))
  return { attempt: row.id, form: row.form, finishedAt: moment(row.finishedAt), answers: answersOf(row, seal), result }
}

function answersOf(row: SurveyAttemptModel, seal: Seal): z.infer<typeof Answers> {
  return Answers.parse(JSON.parse(seal.open(row.answers, placeOf('SurveyAttempt', 'answers', row.id, row.chatId))))
}

function isAnswers(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((answer) => typeof answer === 'number' && Number.isFinite(answer))
}
