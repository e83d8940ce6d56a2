import { z } from 'zod'
import { zone } from '../../../flows/common/regions.ts'
import type { Message, Moment } from '../../../flows/kit/words.ts'
import { Answers, Form, Result, type StoredResult } from '../../../flows/survey/contract.ts'
import { formItems, type Instrument } from '../../../flows/survey/instrument.ts'
import { flatTitle, headlineOf, strengthOf } from '../../../flows/survey/results.ts'
import { meaningText } from '../../../flows/survey/texts.ts'
import { bar, fact, type Line, line, type Section, section, Time } from '../export.ts'

const Row = z.object({
  instrument: z.string(),
  form: Form,
  answers: Answers,
  startedAt: Time,
  finishedAt: Time.nullable(),
  result: Result.nullable(),
})
type Row = z.output<typeof Row>

const forms: Readonly<Record<Row['form'], Message>> = {
  quick: { key: 'survey:export.form.quick' },
  full: { key: 'survey:export.form.full' },
}

/** Every filling-in with its answers and what they came to, the newest first. */
export function surveySection(instruments: readonly Instrument[]): Section {
  const known = new Map(instruments.map((instrument) => [instrument.id, instrument]))
  return section('SurveyAttempt', {
    title: { key: 'survey:export.title' },
    row: Row,
    tell: (row) => {
      const instrument = known.get(row.instrument)
      if (instrument === undefined) return undefined
      const answers = answerLines(instrument, row)
      return {
        title: { key: `${instrument.id}:name` },
        order: -row.startedAt,
        lines: [
          fact({ key: 'survey:export.form.title' }, forms[row.form]),
          fact({ key: 'survey:export.started' }, timeOf(row.startedAt)),
          row.finishedAt === null
            ? line({ key: 'survey:export.unfinished' })
            : fact({ key: 'survey:export.finished' }, timeOf(row.finishedAt)),
          ...(row.result === null ? [] : resultLines(instrument, row.result, row.form)),
        ],
        folded: { title: { key: 'survey:export.answers', values: { number: answers.length } }, lines: answers },
      }
    },
  })
}

/** Every activity that was answered, in the order of asking. What is asked no longer stands in the whole record. */
function answerLines(instrument: Instrument, { answers }: Row): readonly Line[] {
  return formItems(instrument, 'full').flatMap((item) => {
    const answer = answers[item]
    if (answer === undefined) return []
    return fact({ key: `${instrument.id}:items.${item}` }, meaningText(instrument, item, answer))
  })
}

function resultLines(instrument: Instrument, result: StoredResult, form: Row['form']): readonly Line[] {
  return [
    line(resultText(instrument, result, form)),
    ...instrument.scales.map((scale) =>
      bar({ key: `${instrument.id}:scales.${scale}.name` }, strengthOf(instrument, result, scale, form)),
    ),
  ]
}

function resultText(instrument: Instrument, result: StoredResult, form: Row['form']): Message {
  const ranking = result.ranking.filter(({ scale }) => instrument.scales.includes(scale))
  if (!result.differentiated || ranking.length < 2) return flatTitle(instrument, { result, form })
  return headlineOf(instrument, { result: { ...result, ranking }, form })
}

function timeOf(moment: number): Moment {
  return { moment, zone, style: 'datetime' }
}
