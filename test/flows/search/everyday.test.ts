import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createStage, type Stage } from '../../support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage.close())

const atQuestion = async () => {
  const actor = stage.actor('ru')
  await actor.starts()
  await actor.presses('onboarding:welcome.next')
  await actor.presses('common:age.18+')
  await actor.presses('onboarding:consent.self.agree')
  await actor.writes('/survey')
  await actor.presses('survey:intro.begin')
  return actor
}

describe('in the middle of the questions', () => {
  test('a greeting is answered in place', async () => {
    const actor = await atQuestion()
    const question = actor.sees()
    await actor.writes('превет')
    expect(actor.sees()).toContain('Хорошо, что вы написали!')
    expect(actor.sees()).toContain(question)
  })

  test.each(['стоп', '/stop', 'сменить язык', 'вакансии', 'удалить данные', 'ты кто'])(
    '%s leads where it should, and back to the question',
    async (text) => {
      const actor = await atQuestion()
      const question = actor.sees()
      await actor.writes(text)
      expect(actor.sees()).not.toContain('1 / 18')
      for (let presses = 0; presses < 2 && actor.sees() !== question; presses++) {
        await actor.presses(actor.sees().includes('[Продолжить с того же места]') ? 'help:back' : 'common:back')
      }
      expect(actor.sees()).toBe(question)
    },
  )

  test('the word for home leads home', async () => {
    const actor = await atQuestion()
    await actor.writes('домой')
    expect(actor.sees()).toContain('Здравствуйте!')
  })
})

test('an unknown command is told so where nothing is meant by it, with ways to go on', async () => {
  const actor = await atQuestion()
  await actor.writes('/qwerty')
  for (const said of ['Такой команды нет', '[💼 Все профессии]', '[🧭 Что мне интересно]'])
    expect(actor.sees()).toContain(said)
})

test('a text of which nothing is known offers all professions, whatever the plan, and the questions', async () => {
  const actor = await atQuestion()
  await actor.writes('ыыыыыыыы')
  expect(actor.sees()).toContain('[🧭 Что мне интересно]')
  await actor.presses('search:professions')
  expect(actor.sees()).not.toContain('Только профессии по вашему плану')
})
