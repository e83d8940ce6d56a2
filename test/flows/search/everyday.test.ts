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
  await actor.presses('common:plan.work')
  await actor.presses('common:skip')
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

test('a text of which nothing is known takes no question away', async () => {
  const actor = await atQuestion()
  await actor.writes('ыыыыыыыы')
  expect(actor.sees()).toContain('Не получилось понять, какой это ответ')
  expect(actor.sees()).toContain('1 / 18')
  await actor.writes('ну да, нравится')
  expect(actor.sees()).toContain('2 / 18')
})

test('a text of which nothing is known offers all professions, whatever the plan, and the questions', async () => {
  const actor = await atQuestion()
  await actor.writes('домой')
  await actor.writes('ыыыыыыыы')
  expect(actor.sees()).toContain('[🧭 Что мне интересно]')
  await actor.presses('search:professions')
  expect(actor.sees()).not.toContain('Только профессии по вашему плану')
})

describe('beside sadness', () => {
  test.each([
    'мне так одиноко',
    'мне грустно, мама болеет, врач сказал ждать',
    'I feel so lonely at work',
    'жалғызбын, балалар мені жақтырмайды',
  ])('%s: whom to call and a calm way on, and nothing to choose among', async (text) => {
    const actor = await atQuestion()
    await actor.writes(text)
    expect(actor.sees()).toMatch(/111.*150/s)
    const offered = [...actor.sees().matchAll(/\[([^\]]+)\]/g)].map(([, label]) => label)
    expect(offered).toEqual(['🤝 Помощь', '← Назад', '🏠 На главную'])
  })
})

describe('a question about life', () => {
  test('is answered at once, with its source, its age and people to ask', async () => {
    const actor = await atQuestion()
    await actor.writes('потерял удостоверение личности')
    for (const said of [
      'Если потеряно удостоверение',
      '865 ₸',
      'Источник: inform.kz',
      'Проверено: 11.2026',
      '[🤝 Помощь]',
    ])
      expect(actor.sees()).toContain(said)
  })

  test('that nothing is known of is told so, with whom to ask and what there are answers for', async () => {
    const actor = await atQuestion()
    await actor.writes('как выйти замуж')
    expect(actor.sees()).toContain('Ответа на «как выйти замуж» у меня пока нет')
    expect(actor.sees()).toMatch(/111.*150/s)
    await actor.presses('search:subjects.label')
    await actor.presses('Общежитие')
    expect(actor.sees()).toContain('приёмной комиссии')
  })

  test('written in sadness is not opened over the warm line: it stands below, to be chosen', async () => {
    const actor = await atQuestion()
    await actor.writes('мне грустно, дадут ли мне общежитие')
    expect(actor.sees()).toMatch(/111.*150/s)
    expect(actor.sees()).toContain('[Общежитие]')
  })
})

describe('whoever', () => {
  test('looks for work comes to the vacancies', async () => {
    const actor = await atQuestion()
    await actor.writes('найти работу')
    expect(actor.sees()).toContain('Где ищем работу?')
  })

  test('has a plan to study is not told to make it', async () => {
    const actor = await atQuestion()
    await actor.writes('настройки')
    await actor.presses('План')
    await actor.presses('common:plan.college')
    await actor.writes('куда поступать')
    expect(actor.sees()).toContain('Ваш план: «Учиться в колледже»')
  })
})
