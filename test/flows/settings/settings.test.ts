import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStage, type Stage } from '../../support/stage.ts'
import { meeting } from '../../support/ways.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage.close())

test('the way back from the settings leads to where one came from', async () => {
  const actor = stage.actor('en')
  await actor.starts()
  for (const button of meeting) await actor.presses(button)
  await actor.writes('/professions')
  const professions = actor.sees()
  await actor.writes('/settings')
  await actor.presses('settings:topic.plan')
  await actor.presses('common:back')
  await actor.presses('common:back')
  expect(actor.sees()).toBe(professions)
})
