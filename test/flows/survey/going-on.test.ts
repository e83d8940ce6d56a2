import { describe, expect, test } from 'vitest'
import { matchProfessions } from '../../../flows/professions/contract.ts'
import {
  type Attempt,
  discardSurvey,
  type EarlierResult,
  finishSurvey,
  openSurvey,
  recordAnswers,
  surveyHistory,
} from '../../../flows/survey/contract.ts'
import { createSurvey } from '../../../flows/survey/index.ts'
import { formItems, type Instrument } from '../../../flows/survey/instrument.ts'
import { scoreAnswers } from '../../../flows/survey/scoring.ts'
import { openingsOf } from '../../../flows/vacancies/contract.ts'
import { reply } from '../../../src/engine/reply.ts'
import { smallInstrument } from '../../support/instruments.ts'
import { record, rehearse } from '../../support/rehearse.ts'
import { rehearseSurvey, standingReplies } from '../../support/surveyed.ts'

const items = formItems(smallInstrument, 'full')
const { quick } = smallInstrument.forms
const answersTo = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, id.startsWith('R') ? 5 : 2]))

/** Somebody who has begun `unfinished`, before or after `earlier`. */
async function opens(unfinished: Attempt | null, earlier: readonly EarlierResult[], input?: unknown) {
  const recorded: Attempt[] = []
  const discarded: unknown[] = []
  const flow = createSurvey([smallInstrument])
  const stage = await rehearse(flow, {
    input,
    replies: [
      reply(openSurvey, async () => unfinished),
      reply(surveyHistory, async () => [...earlier]),
      reply(matchProfessions, async () => []),
      reply(openingsOf, async () => ({ total: 0 })),
      ...standingReplies([smallInstrument]),
    ],
    records: [
      record(recordAnswers, (attempt) => recorded.push(attempt)),
      record(discardSurvey, (attempt) => discarded.push(attempt)),
      record(finishSurvey, () => {}),
    ],
  })
  return { ...stage, recorded, discarded }
}

function finished(instrument: Instrument = smallInstrument): EarlierResult {
  const answers = answersTo(quick)
  const result = { ...scoreAnswers(instrument, answers, 'quick'), version: instrument.version }
  return { attempt: 'quick', form: 'quick', answers, finishedAt: 0, result }
}

const begun = (count: number, form: 'quick' | 'full'): Attempt => ({
  attempt: 'begun',
  form,
  answers: answersTo(items.slice(0, count)),
})

describe('answers of the exact form that were begun (fault 11)', () => {
  test('are not lost by looking at the result in between: it goes on with the first that is missing', async () => {
    const stage = await opens(begun(15, 'full'), [finished()])
    await stage.presses('intro.show')
    await stage.presses('result.exact')
    expect(stage.text()).toContain('16 / 18')
    await stage.presses('riasec:rate.4')
    expect(Object.keys(stage.recorded[0]?.answers ?? {})).toHaveLength(16)
    expect(stage.discarded).toEqual([])
  })

  test('nor by "my result" from home', async () => {
    const stage = await opens(begun(15, 'full'), [finished()], { result: true })
    await stage.presses('result.exact')
    expect(stage.text()).toContain('16 / 18')
  })

  test('a short form that was begun anew is put away for the exact one', async () => {
    const stage = await opens(begun(3, 'quick'), [finished()], { result: true })
    await stage.presses('result.exact')
    expect(stage.text()).toContain('13 / 18')
    expect(stage.discarded).toEqual([{ attempt: 'begun' }])
  })
})

describe('going on', () => {
  test('is one press from home', async () => {
    const stage = await opens(begun(7, 'quick'), [], { goOn: true })
    expect(stage.state()).toBe('asking')
    expect(stage.text()).toContain('8 / 12')
  })

  test('begins at the beginning where nothing was left unfinished', async () => {
    const stage = await opens(null, [], { goOn: true })
    expect(stage.state()).toBe('intro')
  })

  test('the pause and the first page say the same number of answers', async () => {
    const stage = await opens(begun(7, 'quick'), [])
    expect(stage.text()).toContain('7 / 12')
    await stage.presses('intro.goOn')
    await stage.presses('asking.pause')
    expect(stage.text()).toContain('7 / 12')
  })

  test('a question that was gone back to is left without answering it again', async () => {
    const stage = await opens(begun(7, 'quick'), [], { goOn: true })
    await stage.presses('common:back')
    await stage.presses('asking.next')
    expect(stage.text()).toContain('8 / 12')
    expect(stage.recorded).toEqual([])
  })

  test('answers of an earlier order count, and only what it never asked is asked before the result', async () => {
    const [first = '', ...others] = quick
    const stage = await opens({ attempt: 'begun', form: 'quick', answers: answersTo(others.slice(0, -1)) }, [])
    await stage.presses('intro.goOn')
    expect(stage.text()).toContain('11 / 12')
    await stage.presses('riasec:rate.5')
    await stage.presses('riasec:rate.2')
    expect(stage.state()).toBe('result')
    expect(stage.recorded.at(-1)?.answers).toHaveProperty(first, 5)
  })

  test('what was put away by beginning again does not come back', async () => {
    const stage = await rehearseSurvey({
      instruments: [smallInstrument],
      unfinished: begun(15, 'full'),
      earlier: [finished()],
    })
    await stage.presses('intro.again')
    await stage.rates(...quick.map((id) => (id.startsWith('I') ? 5 : 1)))
    await stage.presses('result.exact')
    expect(stage.text()).toContain('13 / 18')
  })
})

describe('an answer written in the survey (fault 22)', () => {
  test('is taken, and the next question comes', async () => {
    const stage = await opens(begun(7, 'quick'), [], { goOn: true })
    await stage.writes('5')
    expect(stage.said()).toBe('survey:asking.counted')
    expect(stage.text()).toContain('9 / 12')
    await stage.writes('🙂')
    expect(stage.text()).toContain('10 / 12')
    expect(Object.values(stage.recorded.at(-1)?.answers ?? {}).slice(-2)).toEqual([5, 4])
  })

  test('who does not know is offered the middle, and the question stays', async () => {
    const stage = await opens(begun(7, 'quick'), [], { goOn: true })
    await stage.writes('білмеймін')
    expect(stage.said()).toBe('survey:asking.unsure')
    expect(stage.text()).toContain('8 / 12')
  })

  test('a number that is none of the answers is said to be none', async () => {
    const stage = await opens(begun(7, 'quick'), [], { goOn: true })
    await stage.writes('7')
    expect(stage.said()).toBe('survey:asking.outside')
  })

  test('the last one written brings the result', async () => {
    const stage = await opens(begun(11, 'quick'), [], { goOn: true })
    await stage.writes('1')
    expect(stage.state()).toBe('result')
  })
})

test('results of another version keep what they said, and stand apart with their mark', async () => {
  const newer = finished()
  const older = { ...finished(), attempt: 'older', result: { ...newer.result, version: 7 } }
  const stage = await opens(null, [newer, older], { result: true })
  await stage.presses('result.history')
  expect(stage.text()).toContain(stage.label('riasec:scales.R.name'))
  expect(stage.keys()).toContain('survey:history.apart')
  expect(stage.text()).not.toContain('█')
})
