import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Actor, createStage, type Stage } from '../../support/stage.ts'
import { meeting, toSurvey } from '../../support/ways.ts'

let stage: Stage
let actor: Actor
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage.close())

/** Answers that like what is done by hand. */
const answers = [5, 2, 1, 3, 2, 1, 5, 3, 2, 1, 3, 2, 5, 1, 2, 3, 1, 2]

beforeEach(async () => {
  actor = stage.actor('kk')
  await actor.starts()
  for (const button of [...meeting, ...toSurvey, ...answers.map((value) => `riasec:rate.${value}`)])
    await actor.presses(button)
})

/** Pictures in the chat, oldest first: whether each still has buttons. */
const pictures = () =>
  actor.person.messages.filter(({ photo }) => photo !== undefined).map(({ keyboard }) => keyboard.length > 0)

test('the picture of a result stays in the chat, without buttons, whatever is looked at after it', async () => {
  expect(pictures()).toEqual([true])
  for (const button of ['survey:result.reasons', 'common:back', 'survey:result.families', 0, 0, 'common:home']) {
    await actor.presses(button)
    expect(pictures(), String(button)).toEqual([false])
  }
  expect(actor.screen().text).not.toBe('')
})

test('it is not sent a second time to whoever comes back from a page of the result, and is to whoever opens it anew', async () => {
  await actor.presses('survey:result.reasons')
  await actor.presses('common:back')
  expect(pictures()).toEqual([false])
  await actor.presses('common:home')
  await actor.presses('home:result')
  expect(pictures()).toEqual([false, true])
})

test('a press that is delivered twice, with a start of the bot in between, brings no second picture', async () => {
  await actor.presses('common:home')
  const { message, index } = actor.place('home:result')
  const update = actor.person.presses(index, message.id)
  await actor.repeats(update)
  await stage.restart()
  await actor.repeats(update)
  await actor.repeats(update)
  expect(pictures()).toEqual([false, true])
})

test('it is left in the chat by a bot that has started anew since it was sent', async () => {
  await stage.restart()
  await actor.presses('survey:result.reasons')
  expect(pictures()).toEqual([false])
})

test('it is drawn anew in place while it is the screen, and the card for others is a picture of its own', async () => {
  const [before] = actor.person.messages.filter(({ photo }) => photo !== undefined)
  await actor.presses('survey:result.look.dark')
  expect(pictures()).toEqual([true])
  expect(actor.screen().photo).not.toEqual(before?.photo)
  await actor.presses('survey:result.card')
  expect(pictures()).toEqual([false, true])
  await actor.presses('survey:result.look.light')
  await actor.presses('common:back')
  expect(pictures()).toEqual([false, false])
})

test('the card for others says how to send it to a friend', async () => {
  await actor.presses('survey:result.card')
  const line = stage.bot.words.plain({ key: 'survey:card.send' }, 'kk')
  expect(actor.sees()).toContain(line)
  expect(line).toContain('«Қайта жіберу»')
})
