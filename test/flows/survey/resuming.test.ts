import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStage, type Stage } from '../../support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage.close())

test('“Continue” at home leads in one press to the question at which one stopped', async () => {
  const actor = stage.actor('en')
  await actor.starts()
  await actor.presses('onboarding:welcome.next')
  await actor.presses('common:age.18+')
  await actor.presses('onboarding:consent.self.agree')
  await actor.writes('/survey')
  await actor.presses('survey:intro.begin')
  await actor.presses('survey:rate.4')
  await actor.presses('survey:rate.2')
  const question = actor.sees()
  expect(question).toContain('3 / 18')
  await actor.writes('/menu')
  await actor.presses('home:next.go-on.button')
  expect(actor.sees()).toBe(question)
})
