import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Language } from '../../../flows/kit/words.ts'
import { createStage, type Stage } from '../../support/stage.ts'
import { meeting, toSurvey } from '../../support/ways.ts'

const hour = 60 * 60_000
let stage: Stage
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage.close())

const meets = async (language: Language = 'kk') => {
  const actor = stage.actor(language)
  await actor.starts()
  for (const button of meeting) await actor.presses(button)
  const says = (key: string) => stage.bot.words.plain({ key }, language)
  return { actor, says }
}

test.each([
  ['/settings', 'common:back'],
  ['/help', 'help:back'],
  ['/privacy', 'common:back'],
  ['/professions', 'common:back'],
  ['/survey', 'common:back'],
])('fault 12: %s over a reminder not yet saved leads back to it', async (command, back) => {
  const { actor, says } = await meets()
  await actor.presses('reminders:menu')
  await actor.writes('ертең 18:00 сабақ')
  await actor.writes(command)
  expect(actor.sees()).not.toContain(says('reminders:confirming.title'))
  await actor.presses(back)
  expect(actor.sees()).toContain(says('reminders:confirming.title'))
  expect(actor.sees()).toContain('сабақ')
})

test('fault 24: a reminder is done in the middle of a survey, and the question keeps its buttons', async () => {
  const { actor, says } = await meets()
  await actor.writes('екі сағаттан кейін дәрі ішу')
  await actor.presses('reminders:confirming.save')
  await actor.presses('common:home')
  for (const button of toSurvey) await actor.presses(button)
  await actor.presses('survey:rate.4')
  const question = actor.screen()
  expect(await stage.until(stage.now() + 2 * hour)).toHaveLength(1)
  await actor.presses('reminders:done.label')
  expect(actor.person.toasts.at(-1)?.text).toBe(says('reminders:done.said'))
  expect(actor.person.messages.at(-1)?.text).toContain('дәрі ішу')
  const now = actor.person.messages.find(({ id }) => id === question.id)
  expect(now).toMatchObject({ text: question.text })
  expect(now?.keyboard.flat().map(({ text }) => text)).toEqual(question.keyboard.flat().map(({ text }) => text))
  await actor.presses('survey:rate.4')
  expect(stage.complaints).toEqual([])
})

test.each([
  ['kk', 'ертең 18:00 құжат тапсыру', 'құжат тапсыру'],
  ['ru', 'через 2 часа позвонить маме', 'позвонить маме'],
  ['en', 'every Monday at 9 English', 'English'],
] as const)(
  'fault 23: a phrase with a time written anywhere (%s) is asked about at once',
  async (language, line, what) => {
    const { actor, says } = await meets(language)
    await actor.writes(line)
    expect(actor.sees()).toContain(says('reminders:confirming.title'))
    expect(actor.sees()).toContain(what)
    await actor.presses('reminders:confirming.save')
    await actor.presses('common:back')
    expect(actor.sees()).not.toContain(says('search:again'))
  },
)

test.each([
  ['kk', 'Жұма Асан'],
  ['en', 'Friday Robinson'],
] as const)('fault 23: words that may be a name (%s: %s) are looked for like others', async (language, line) => {
  const { actor, says } = await meets(language)
  await actor.writes(line)
  expect(actor.sees()).toContain(says('search:again'))
  expect(actor.sees()).toContain(says('search:remind'))
})

test('fault 23: sad words with a time lead to no reminder', async () => {
  const { actor, says } = await meets('ru')
  await actor.writes('завтра в 18:00 мне опять будет грустно')
  expect(actor.sees()).not.toContain(says('reminders:confirming.title'))
  await actor.writes('завтра в 18:00 меня опять побьют')
  expect(actor.sees()).not.toContain(says('reminders:confirming.title'))
})
