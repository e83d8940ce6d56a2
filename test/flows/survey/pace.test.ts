import { expect, test } from 'vitest'
import { kept as listOfKept } from '../../../flows/common/kept.ts'
import { readFrame } from '../../../flows/kit/frame.ts'
import type { SurveyContext } from '../../../flows/survey/context.ts'
import { createSurvey } from '../../../flows/survey/index.ts'
import { smallInstrument } from '../../support/instruments.ts'
import { rehearseSurvey } from '../../support/surveyed.ts'
import { readWords } from '../../support/words.ts'

const kept = (stage: Awaited<ReturnType<typeof rehearseSurvey>>) => stage.frame().context as SurveyContext // its own flow

test('of the times between presses only two numbers are kept, and none once the result is there', async () => {
  const stage = await rehearseSurvey({ instruments: [smallInstrument] })
  await stage.presses('intro.begin')
  await stage.rates(5, 1, 2)
  for (const value of [3, 1, 4, 2]) await stage.presses(`riasec:rate.${value}`)
  expect(kept(stage).pace).toEqual({ timed: 7, hasty: 4 })
  expect(JSON.stringify(kept(stage))).not.toMatch(/gaps/)
  await stage.rates(5, 1, 2, 1, 3)
  expect(kept(stage)).toMatchObject({ pace: { timed: 0, hasty: 0 }, pressedAt: null })
})

test('changing an answer afterwards is timed by nobody', async () => {
  const stage = await rehearseSurvey({ instruments: [smallInstrument] })
  await stage.presses('intro.begin')
  await stage.rates(5, 1, 2, 3, 1, 2, 5, 1, 2, 1, 3, 2)
  await stage.presses('result.answers')
  await stage.presses(stage.labels()[0] ?? '')
  await stage.presses('riasec:rate.4')
  expect(kept(stage)).toMatchObject({ pace: { timed: 0, hasty: 0 }, pressedAt: null })
})

test('times that the third version kept are counted and dropped', () => {
  const survey = createSurvey([smallInstrument])
  const [old] = [{ instrument: 'riasec', attempt: 'a', form: 'quick', answers: { R1: 4 }, position: 3, order: null }]
  const rest = { looked: false, changing: null, changed: false, result: null, finishedAt: null, pictured: true }
  const more = { direct: false, goesOn: false, families: [], family: 0, page: 0, unfinished: null, earlier: [] }
  const context = { ...old, ...rest, ...more, gaps: [300, 699, 700, 5000], pressedAt: 9 }
  const reading = readFrame(survey, { flow: 'survey', version: 3, value: 'asking', context })
  if (reading.type === 'unreadable') throw new Error(reading.reason)
  expect(reading.frame.context).toMatchObject({ pace: { timed: 4, hasty: 2 }, pressedAt: 9 })
  expect(reading.frame.context).not.toHaveProperty('gaps')
})

test('that answers are timed is said where it is said what is kept', async () => {
  const words = await readWords()
  const said = { kk: /тым тез/u, ru: /очень быстро/u, en: /very quick/u }
  for (const language of ['kk', 'ru', 'en'] as const) expect(words.plain(listOfKept, language)).toMatch(said[language])
})
