import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStage, type Stage } from '../../support/stage.ts'
import { meeting, toSurvey } from '../../support/ways.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage.close())

test('an exact form begun twice is not left unfinished behind the newer one', async () => {
  const actor = stage.actor('en')
  await actor.starts()
  for (const button of [...meeting, ...toSurvey]) await actor.presses(button)
  const rates = ['riasec:rate.5', 'riasec:rate.2', 'riasec:rate.1', 'riasec:rate.4', 'riasec:rate.2', 'riasec:rate.3']
  for (let place = 0; place < 18; place++) await actor.presses(rates[place % 6] ?? '')
  const begun = async () => {
    await actor.presses('survey:result.exact')
    await actor.presses('riasec:rate.5')
    await actor.presses('survey:asking.pause')
    await actor.presses('common:home')
    await actor.presses('survey:menu')
  }
  await begun()
  await actor.presses('survey:intro.show')
  await begun()
  const open = await stage.store.prisma.surveyAttempt.count({ where: { finishedAt: null } })
  expect(open).toBe(1)
})
