import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStage, type Stage } from '../../support/stage.ts'
import { meeting } from '../../support/ways.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage.close())

test('“Continue” at home leads in one press to the question at which one stopped', async () => {
  const actor = stage.actor('en')
  await actor.starts()
  for (const button of meeting) await actor.presses(button)
  await actor.writes('/survey')
  await actor.presses('survey:intro.begin')
  await actor.presses('riasec:rate.4')
  await actor.presses('riasec:rate.2')
  const question = actor.sees()
  expect(question).toContain('3 / 18')
  await actor.writes('/menu')
  await actor.presses('home:next.go-on.button')
  expect(actor.sees()).toBe(question)
})
