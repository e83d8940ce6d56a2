import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readFrame } from '../../../flows/kit/frame.ts'
import { emptyContext, type SurveyContext } from '../../../flows/survey/context.ts'
import type { EarlierResult } from '../../../flows/survey/contract.ts'
import { createSurvey } from '../../../flows/survey/index.ts'
import { type Form, formItems, parseInstrument } from '../../../flows/survey/instrument.ts'
import { scoreAnswers } from '../../../flows/survey/scoring.ts'
import { smallInstrument } from '../../support/instruments.ts'
import { createStage, type Stage } from '../../support/stage.ts'
import { rehearseSurvey } from '../../support/surveyed.ts'
import { meeting, toSurvey } from '../../support/ways.ts'
import { contentWith, workStyle, workStyleText } from '../../support/work-style.ts'

const { quick } = smallInstrument.forms
const answersTo = (ids: readonly string[], value = (id: string): number => (id.startsWith('R') ? 5 : 2)) =>
  Object.fromEntries(ids.map((id) => [id, value(id)]))

function finished(form: Form = 'quick', value?: (id: string) => number): EarlierResult {
  const answers = answersTo(formItems(smallInstrument, form), value)
  const result = { ...scoreAnswers(smallInstrument, answers, form), version: 1 }
  return { attempt: `done ${form}`, form, answers, finishedAt: 0, result }
}

const opened = (options: Omit<Parameters<typeof rehearseSurvey>[0], 'instruments'>) =>
  rehearseSurvey({ instruments: [smallInstrument], ...options })

describe('answers that the survey takes no more (fault 11, once more)', () => {
  test('are asked again, and those of questions that are gone change nothing', async () => {
    const answers = { ...answersTo(quick.slice(0, 6)), [quick[2] ?? '']: 9, X9: 3 }
    const stage = await opened({ unfinished: { attempt: 'old', form: 'quick', answers } })
    expect(stage.text()).toContain('5 / 12')
    await stage.presses('intro.goOn')
    expect(stage.text()).toContain('6 / 12')
    await stage.rates(...quick.slice(5).map((_, place) => 1 + (place % 5)))
    expect(stage.finished()).toHaveLength(1)
    expect(stage.finished()[0]?.answers).toMatchObject({ [quick[0] ?? '']: 5 })
  })

  test('do not keep the result of a changed answer from being counted', async () => {
    const done = finished()
    const earlier = [{ ...done, answers: { ...done.answers, [quick[3] ?? '']: 7 } }]
    const stage = await opened({ earlier })
    await stage.presses('intro.show')
    await stage.presses('result.answers')
    await stage.presses(stage.labels()[0] ?? '')
    await stage.rates(1)
    await stage.presses('answers.toResult')
    expect(stage.state()).toBe('asking')
    await stage.rates(3)
    expect(stage.finished()[0]?.answers[quick[3] ?? '']).toBe(3)
  })
})

describe('a dialogue that stands in the middle of a survey that has changed', () => {
  const shorter = parseInstrument({
    ...smallInstrument,
    version: 2,
    scales: ['R', 'I'],
    answers: { from: 1, to: 4 },
    items: ['R1', 'I1', 'R2', 'I2'].map((id) => ({ id, scale: id.charAt(0) })),
    forms: { quick: ['R1', 'I1', 'R2', 'I2'], rest: [] },
  })
  const read = (change: Partial<SurveyContext>) => {
    const context = { ...emptyContext('riasec'), attempt: 'a', answers: answersTo(quick), ...change }
    const reading = readFrame(createSurvey([shorter]), { flow: 'survey', version: 4, value: 'asking', context })
    if (reading.type === 'unreadable') throw new Error(reading.reason)
    return reading.frame.context as SurveyContext // the flow has parsed it
  }

  test('is fitted to it: a question that is there, answers that can be given, nothing asked that is gone', () => {
    expect(read({ position: 11 }).position).toBe(3)
    expect(read({ changing: 'A1' }).changing).toBeNull()
    expect(read({ changing: 'R2' }).changing).toBe('R2')
    expect(read({ order: ['A1', 'R2', 'I1'] }).order).toEqual(['R2', 'I1', 'R1', 'I2'])
    expect(read({ answers: { R1: 5, I1: 4, A1: 5 } }).answers).toEqual({ I1: 4, A1: 5 })
  })

  test('and that of a survey that is gone is not read', () => {
    const context = { ...emptyContext('gone'), attempt: 'a' }
    const reading = readFrame(createSurvey([shorter]), { flow: 'survey', version: 4, value: 'asking', context })
    expect(reading).toMatchObject({ type: 'unreadable', reason: expect.stringContaining('its survey is gone') })
  })
})

test('a survey that gets a new version under somebody’s hands goes on with what it asks now', async () => {
  const changed = {
    ...workStyle,
    version: 2,
    items: workStyle.items
      .slice(0, 4)
      .map((item) => (item.id === 'w4' ? { id: 'w4', options: ['team', 'alone'] } : item)),
    forms: { quick: ['w1', 'w2', 'w3', 'w4'], rest: [] },
  }
  const [before, after] = [contentWith([workStyle]), contentWith([changed])]
  const stage = await createStage(before)
  try {
    const actor = stage.actor('en')
    await actor.starts()
    for (const button of [...meeting, 'survey:menu', 'workstyle:name', 'survey:intro.begin'])
      await actor.presses(button)
    for (const value of [1, 1, 1, 3]) await actor.writes(String(value))
    expect(actor.sees()).toContain('5 / 5')
    await stage.restart(after)
    await actor.writes('3')
    expect(actor.sees()).toContain('4 / 4')
    expect(actor.sees()).toContain(workStyleText('en', 'items.w4'))
    await actor.writes('2')
    expect(actor.sees()).toContain('(picture)')
    expect(stage.complaints).toEqual([])
  } finally {
    await stage.close()
    before.remove()
    after.remove()
  }
})

describe('an answer changed afterwards', () => {
  test('counts at once, even for somebody who goes elsewhere from the list', async () => {
    const stage = await opened({ earlier: [finished()] })
    await stage.presses('intro.show')
    await stage.presses('result.answers')
    for (const place of [0, 6]) {
      await stage.presses(stage.labels()[place] ?? '')
      await stage.rates(2)
    }
    const [done] = stage.finished()
    const again = { ...scoreAnswers(smallInstrument, done?.answers ?? {}, 'quick'), version: 1 }
    expect(done?.result).toEqual(again)
    expect(done?.result.scores.R).toBe(2)
    expect(stage.state()).toBe('answers')
    await stage.presses('answers.toResult')
    expect(stage.state()).toBe('undifferentiated')
  })

  test('from flat to a peak brings the result, with its picture', async () => {
    const stage = await opened({ earlier: [finished('quick', () => 3)] })
    await stage.presses('intro.show')
    expect(stage.state()).toBe('undifferentiated')
    await stage.presses('result.answers')
    for (const place of [0, 6]) {
      await stage.presses(stage.labels()[place] ?? '')
      await stage.rates(5)
    }
    await stage.presses('answers.toResult')
    expect(stage.state()).toBe('result')
  })
})

describe('going back', () => {
  test('from the first question leads to the first page, and on again to the same question', async () => {
    const stage = await opened({})
    await stage.presses('intro.begin')
    const question = stage.text()
    await stage.presses('common:back')
    expect(stage.state()).toBe('intro')
    await stage.presses('intro.begin')
    expect(stage.text()).toBe(question)
    await stage.rates(4)
    await stage.presses('common:back')
    await stage.presses('common:back')
    expect(stage.text()).toContain('1 / 12')
    await stage.presses('intro.goOn')
    expect(stage.text()).toContain('2 / 12')
  })

  test('from the last question and on without answering brings no result of a missing answer', async () => {
    const stage = await opened({ unfinished: { attempt: 'a', form: 'quick', answers: answersTo(quick.slice(0, 11)) } })
    await stage.presses('intro.goOn')
    expect(stage.text()).toContain('12 / 12')
    await stage.presses('common:back')
    await stage.presses('asking.next')
    expect(stage.text()).toContain('12 / 12')
    expect(stage.labels()).not.toContain(stage.label('asking.next'))
    await stage.rates(1)
    expect(stage.state()).toBe('result')
  })

  test('through a typed answer shows it marked, and takes another', async () => {
    const stage = await opened({})
    await stage.presses('intro.begin')
    await stage.writes('скорее да')
    expect(stage.said()).toBe('survey:asking.counted')
    await stage.presses('common:back')
    expect(stage.labels()).toContain('✓ 🙂')
    await stage.writes('жоқ')
    expect(stage.open()[0]?.answers).toEqual({ [quick[0] ?? '']: 2 })
  })
})

describe('the second look', () => {
  test('is offered for one answer throughout, once, and leads through them with their marks', async () => {
    const stage = await opened({})
    await stage.presses('intro.begin')
    await stage.rates(...quick.map(() => 3))
    expect(stage.state()).toBe('secondLook')
    await stage.presses('secondLook.look')
    expect(stage.text()).toContain('1 / 12')
    expect(stage.labels()).toContain('✓ 😐')
    for (const _ of quick) await stage.presses('asking.next')
    expect(stage.state()).toBe('undifferentiated')
  })

  test('is not offered again for answers of the short part when the others differ', async () => {
    const stage = await opened({ earlier: [finished('quick', () => 3)] })
    await stage.presses('intro.show')
    await stage.presses('result.exact')
    await stage.rates(5, 1, 2, 4, 1, 3)
    expect(stage.state()).not.toBe('secondLook')
  })

  test('of the longer form leads to what was asked this time', async () => {
    const stage = await opened({ earlier: [finished('quick')] })
    await stage.presses('intro.show')
    await stage.presses('result.exact')
    await stage.rates(3, 3, 3, 3, 3, 3)
    expect(stage.state()).toBe('secondLook')
    await stage.presses('secondLook.look')
    expect(stage.text()).toContain('13 / 18')
  })

  test('is left and found again: the answers are all there', async () => {
    const stage = await opened({})
    await stage.presses('intro.begin')
    await stage.rates(...quick.map(() => 3))
    await stage.opens({ instrument: 'riasec', goOn: true })
    expect(stage.text()).toContain('12 / 12')
    await stage.presses('asking.next')
    await stage.presses('secondLook.keep')
    expect(stage.finished()).toHaveLength(1)
  })
})

describe('equal answers (fault 26, once more)', () => {
  test.each([1, 2, 3, 4, 5])('%d throughout: no type, and equal bars beside another result', async (value) => {
    const stage = await opened({ earlier: [finished('quick', () => value), finished()] })
    await stage.presses('result.history')
    const bars = stage
      .text()
      .split('\n')
      .flatMap((line) => /^([▁-█]) ([▁-█]) /u.exec(line)?.[2] ?? [])
    expect(new Set(bars).size).toBe(1)
    expect(bars).toHaveLength(6)
    await stage.presses('common:back')
    await stage.presses('intro.show')
    expect(stage.state()).toBe('undifferentiated')
  })
})

describe('two devices', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await createStage()
  })
  afterAll(() => stage.close())

  test('that press at the same moment give one answer, and the other press is told so', async () => {
    const actor = stage.actor('ru')
    await actor.starts()
    for (const button of [...meeting, ...toSurvey]) await actor.presses(button)
    const [one, other] = [actor.place('riasec:rate.4'), actor.place('riasec:rate.2')]
    await Promise.all([actor.pressesAt(one), actor.pressesAt(other)])
    expect(actor.sees()).toContain('2 / 18')
    await Promise.all([actor.pressesAt(actor.place('riasec:rate.1')), actor.writes('5')])
    expect(actor.sees()).toContain('4 / 18')
    expect(stage.complaints).toEqual([])
  })
})
