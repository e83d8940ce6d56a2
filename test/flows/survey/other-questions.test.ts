import { describe, expect, test } from 'vitest'
import { readFrame } from '../../../flows/kit/frame.ts'
import type { EarlierResult } from '../../../flows/survey/contract.ts'
import { createSurvey } from '../../../flows/survey/index.ts'
import { formItems, parseInstrument } from '../../../flows/survey/instrument.ts'
import { scoreAnswers } from '../../../flows/survey/scoring.ts'
import { readInstruments } from '../../../src/capabilities/survey/instruments.ts'
import { rehearseSurvey } from '../../support/surveyed.ts'

const instruments = await readInstruments(new URL('../../../flows/survey/instruments/', import.meta.url))
const [riasec] = instruments

/** The quick form of the first version, in the order it was asked. */
const oldQuick = 'R4 I1 A5 S3 E3 C3 R6 I5 A6 S6 E5 C4 R7 I6 A8 S8 E6 C6'.split(' ')

/** The first so many answers of a form, which differ from question to question. */
const answers = (items: readonly string[], count = items.length) =>
  Object.fromEntries(items.slice(0, count).map((item, place) => [item, 1 + ((place * 2 + Math.floor(place / 6)) % 5)]))

function result(form: 'quick' | 'full', given = answers(formItems(riasec, form))): EarlierResult {
  const counted = { ...scoreAnswers(riasec, given, form), version: riasec.version }
  return { attempt: 'finished', form, answers: given, finishedAt: 0, result: counted }
}

const old: EarlierResult = {
  ...{ attempt: 'old', form: 'quick', finishedAt: 0, answers: answers(oldQuick) },
  result: {
    scores: { R: 3.1, I: 2.9, A: 3.3, S: 3.5, E: 2.6, C: 2.7 },
    ranking: ['S', 'A', 'R', 'I', 'C', 'E'].map((scale, at) => ({ scale, probability: (6 - at) / 21 })),
    differentiated: true,
    close: false,
    version: 1,
  },
}

const unfinishedFull = { attempt: 'begun', form: 'full' as const, answers: answers(formItems(riasec, 'full'), 28) }

describe('28 of 48 answered, the result looked at, then more answered: goes on at the first question that is left', () => {
  test('from the intro', async () => {
    const stage = await rehearseSurvey({ instruments, unfinished: unfinishedFull, earlier: [result('quick')] })
    expect(stage.text()).toContain('28 / 48')
    await stage.presses('intro.show')
    await stage.presses('result.exact')
    expect(stage.text()).toContain('29 / 48')
    await stage.rates(4)
    expect(stage.open()).toEqual([
      { ...unfinishedFull, answers: { ...unfinishedFull.answers, [formItems(riasec, 'full')[28] ?? '']: 4 } },
    ])
  })

  test('straight from home, where the result is opened without the intro', async () => {
    const stage = await rehearseSurvey({ instruments, unfinished: unfinishedFull, earlier: [result('quick')] })
    await stage.opens({ instrument: 'riasec', result: true })
    await stage.presses('result.exact')
    expect(stage.text()).toContain('29 / 48')
  })

  test('and after an answer of the result was changed', async () => {
    const stage = await rehearseSurvey({ instruments, unfinished: unfinishedFull, earlier: [result('quick')] })
    await stage.presses('intro.show')
    await stage.presses('result.answers')
    await stage.presses(stage.labels()[0] ?? '')
    await stage.rates(5)
    await stage.presses('answers.toResult')
    await stage.presses('result.exact')
    expect(stage.text()).toContain('29 / 48')
    await stage.rates(3)
    expect(Object.keys(stage.open()[0]?.answers ?? {})).toHaveLength(29)
  })
})

test('a quick form left in the middle is taken along when the rest is asked', async () => {
  const items = formItems(riasec, 'quick')
  const again = { attempt: 'again', form: 'quick' as const, answers: { [items[0] ?? '']: 5, [items[1] ?? '']: 5 } }
  const stage = await rehearseSurvey({ instruments, unfinished: again, earlier: [result('quick')] })
  await stage.presses('intro.show')
  await stage.presses('result.exact')
  expect(stage.text()).toContain('19 / 48')
  await stage.rates(3)
  expect(stage.open()).toEqual([
    expect.objectContaining({ form: 'full', answers: expect.objectContaining(again.answers) }),
  ])
})

describe('a quick form begun when it had other questions', () => {
  const missing = formItems(riasec, 'quick').filter((item) => !oldQuick.includes(item))
  const kept = 18 - missing.length

  test('keeps its answers and asks what is missing', async () => {
    const begun = { attempt: 'begun', form: 'quick' as const, answers: answers(oldQuick) }
    const stage = await rehearseSurvey({ instruments, unfinished: begun })
    expect(stage.text()).toContain(`${kept} / 18`)
    await stage.presses('intro.goOn')
    for (const [place, item] of missing.entries()) {
      expect(stage.text()).toContain(`${kept + place + 1} / 18`)
      expect(stage.text()).toContain(stage.label(`riasec:items.${item}`))
      await stage.rates(1 + ((place * 3) % 5))
    }
    expect(stage.finished()).toHaveLength(1)
    expect(stage.finished()[0]).toMatchObject({ answers: begun.answers, result: { version: riasec.version } })
  })

  test('goes back through what was answered, and on again', async () => {
    const begun = { attempt: 'begun', form: 'quick' as const, answers: answers(oldQuick, 7) }
    const stage = await rehearseSurvey({ instruments, unfinished: begun })
    await stage.presses('intro.goOn')
    const first = stage.text()
    await stage.rates(4)
    await stage.presses('common:back')
    expect(stage.text()).toBe(first)
  })
})

describe('a result of the earlier way of counting', () => {
  test('keeps what it said, and all its answers', async () => {
    const stage = await rehearseSurvey({ instruments, earlier: [old] })
    await stage.presses('intro.show')
    expect(stage.text()).toContain(stage.label('riasec:scales.S.name'))
    await stage.presses('result.answers')
    expect(stage.labels().filter((label) => label.includes('–'))).toEqual([])
    expect(stage.text()).toContain('1 / 3')
  })

  test('stays as it was when an answer is changed: the changed one asks what is missing and becomes another', async () => {
    const stage = await rehearseSurvey({ instruments, earlier: [old] })
    await stage.presses('intro.show')
    await stage.presses('result.answers')
    const [shown = ''] = stage.labels()
    const item = oldQuick.find((id) => shown.includes(stage.label(`riasec:items.${id}`))) ?? ''
    await stage.presses(shown)
    await stage.rates(5)
    await stage.presses('answers.toResult')
    expect(stage.state()).toBe('asking')
    const missing = formItems(riasec, 'quick').filter((item) => !oldQuick.includes(item))
    for (const [place] of missing.entries()) await stage.rates(1 + ((place * 3) % 5))
    const [newest, before] = stage.finished()
    expect(before).toEqual(old)
    expect(newest).toMatchObject({ answers: { [item]: 5 }, result: { version: riasec.version } })
  })

  test('is made more exact by all the questions that were not asked', async () => {
    const stage = await rehearseSurvey({ instruments, earlier: [old] })
    await stage.presses('intro.show')
    await stage.presses('result.exact')
    expect(stage.text()).toContain('19 / 48')
  })
})

describe('what the second version stored', () => {
  const survey = createSurvey(instruments)
  const stored = {
    ...{ instrument: 'riasec', attempt: 'begun', form: 'quick', position: 18, gaps: [], pressedAt: null },
    ...{
      looked: false,
      changing: false,
      changed: false,
      result: null,
      finishedAt: null,
      pictured: true,
      direct: false,
    },
    ...{ families: [], family: 0, page: 0, unfinished: null, earlier: [], answers: answers(oldQuick) },
  }
  const read = (value: string, change: object = {}) => {
    const reading = readFrame(survey, { flow: 'survey', version: 2, value, context: { ...stored, ...change } })
    if (reading.type === 'unreadable') throw new Error(reading.reason)
    return { value: reading.frame.value, context: reading.frame.context as Record<string, unknown> } // the flow has parsed it
  }
  const kept = formItems(riasec, 'quick').filter((item) => oldQuick.includes(item)).length

  test.each(['asking', 'paused'])('%s goes on with what is missing', (value) => {
    const { value: state, context } = read(value, { position: 5, answers: answers(oldQuick, 18) })
    expect(state).toBe(value)
    expect(context).toMatchObject({ position: kept, answers: stored.answers })
  })

  test('a second look at other questions becomes the questions that are missing', () => {
    expect(read('secondLook')).toMatchObject({ value: 'asking', context: { position: kept } })
  })

  test('an answer that was being changed is chosen once more', () => {
    expect(read('asking', { changing: true })).toMatchObject({ value: 'answers', context: { changing: null } })
  })

  test('a full form goes on where it stood', () => {
    const full = [...oldQuick, ...formItems(riasec, 'full').filter((item) => !oldQuick.includes(item))]
    const { context } = read('asking', { form: 'full', position: 28, answers: answers(full, 28) })
    expect(context).toMatchObject({ position: 28, form: 'full' })
  })

  test('and people of other surveys are left where they are', () => {
    expect(read('choosing', { instrument: '', answers: {} })).toMatchObject({ value: 'choosing' })
  })
})

test('an instrument without further questions has none to go on with', async () => {
  const short = parseInstrument({
    ...{ id: 'riasec', version: 1, scoring: 'rating', scales: ['R', 'I'], answers: { from: 1, to: 5 } },
    items: ['R1', 'I1', 'R2', 'I2'].map((id) => ({ id, scale: id[0] })),
    forms: { quick: ['R1', 'I1', 'R2', 'I2'], rest: [] },
  })
  const stage = await rehearseSurvey({ instruments: [short] })
  await stage.presses('intro.begin')
  await stage.rates(5, 1, 5, 1)
  expect(stage.state()).toBe('result')
  expect(stage.labels().join()).not.toMatch(/more/i)
})
