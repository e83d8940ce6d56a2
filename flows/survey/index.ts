import { defineFlow, exampleReplies } from '../kit/flow.ts'
import { emptyContext, SurveyContext, type SurveyEvent, type SurveyInput } from './context.ts'
import { type EarlierResult, surveyHistory } from './contract.ts'
import { fitting, isOfThese } from './fitting.ts'
import { answerRange, type Instrument } from './instrument.ts'
import { createSurveyMachine } from './machine.ts'
import { createMigrations } from './migrations.ts'
import { scoreAnswers } from './scoring.ts'
import { createSurveyScreens } from './screens.ts'

/** Surveys: one dialogue for every instrument, each instrument being data. */
export function createSurvey(instruments: readonly Instrument[]) {
  return defineFlow<SurveyContext, SurveyEvent>({
    id: 'survey',
    version: 5,
    context: SurveyContext.refine(isOfThese(instruments), 'its survey is gone').transform(fitting(instruments)),
    migrations: createMigrations(instruments),
    machine: createSurveyMachine(instruments),
    screens: createSurveyScreens(instruments),
    commands: { survey: { place: 20 } },
    called: { survey: {}, result: { input: { result: true } satisfies SurveyInput, label: { key: 'home:result' } } },
    menu: { order: 10, label: { key: 'survey:menu' } },
    examples: {
      inputs: [
        undefined,
        { result: true },
        { goOn: true },
        ...instruments.map(({ id }) => ({ instrument: id, result: true })),
      ],
      replies: [
        exampleReplies(surveyHistory, (asked) => [
          [],
          ...instruments.filter(({ id }) => id === asked.instrument).flatMap((one) => exampleHistories(one)),
        ]),
      ],
      frames: [
        // Where a person begins as soon as there are several instruments.
        { value: 'choosing', context: emptyContext('') },
        ...instruments.flatMap((one) => [flat(one), atLastItem(one, false), atLastItem(one, true)]),
      ],
    },
  })
}

/** The last item of the quick form after answers that are all the same, or differ. */
function atLastItem(instrument: Instrument, differing: boolean) {
  const quick = instrument.forms.quick.slice(0, -1)
  const answers = Object.fromEntries(
    quick.map((item, place) => {
      const { from, to } = answerRange(instrument, item)
      return [item, differing ? from + (place % Math.min(3, to - from + 1)) : Math.floor((from + to) / 2)]
    }),
  )
  const context = { ...emptyContext(instrument.id), attempt: 'example', answers, position: quick.length }
  return { value: 'asking', context }
}

/** A result without a shape: all was answered alike. */
function flat(instrument: Instrument) {
  const answers = Object.fromEntries(
    instrument.forms.quick.map((item) => {
      const { from, to } = answerRange(instrument, item)
      return [item, Math.floor((from + to) / 2)]
    }),
  )
  const result = { ...scoreAnswers(instrument, answers, 'quick'), version: instrument.version }
  const context = { ...emptyContext(instrument.id), attempt: 'example', answers, result }
  return { value: 'undifferentiated', context }
}

/** A result alone, and one with an earlier one that can be compared with it and one counted in another way. */
function exampleHistories(instrument: Instrument): EarlierResult[][] {
  const result = exampleResult(instrument)
  const counted = { ...result.result, version: result.result.version + 1 }
  return [[result], [result, { ...result, attempt: 'earlier' }, { ...result, attempt: 'counted', result: counted }]]
}

/** A result of answers that differ between the scales, for walks through the flow. */
function exampleResult(instrument: Instrument): EarlierResult {
  const highest = instrument.scoring === 'rating' ? instrument.answers.to : 1
  const lowest = instrument.scoring === 'rating' ? instrument.answers.from : 2
  const answers = Object.fromEntries(
    instrument.items.map((item) => {
      const isFirst = 'scale' in item ? item.scale === instrument.scales[0] : item.options[0] === instrument.scales[0]
      return [item.id, isFirst ? highest : lowest]
    }),
  )
  const result = { ...scoreAnswers(instrument, answers, 'quick'), version: instrument.version }
  return { attempt: 'example', form: 'quick', answers, finishedAt: 0, result }
}
