import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Language, languages } from '../../../flows/kit/words.ts'
import { press } from '../../support/buttons.ts'
import { type Actor, createStage, type Stage } from '../../support/stage.ts'
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

/** Where a button stands, to be pressed when it may be there no more. */
const held = (actor: Actor, button: string) => press(actor.person, actor.place(button))

test('fault 24: a reminder is done in the middle of a survey, and the question stands below it with its buttons', async () => {
  const { actor, says } = await meets()
  await actor.writes('екі сағаттан кейін дәрі ішу')
  await actor.presses('reminders:confirming.save')
  await actor.presses('common:home')
  for (const button of toSurvey) await actor.presses(button)
  await actor.presses('riasec:rate.4')
  const question = actor.screen()
  expect(await stage.until(stage.now() + 2 * hour)).toHaveLength(1)
  await actor.presses('reminders:done.label')
  expect(actor.person.toasts.at(-1)?.text).toBe(says('reminders:done.said'))
  const [notice, now] = actor.person.messages.slice(-2)
  expect(notice?.text).toContain('дәрі ішу')
  expect(now).toMatchObject({ text: question.text })
  expect(now?.keyboard.flat().map(({ text }) => text)).toEqual(question.keyboard.flat().map(({ text }) => text))
  // It does not stand twice.
  expect(actor.person.messages.map(({ id }) => id)).not.toContain(question.id)
  await actor.presses('riasec:rate.4')
  expect(stage.complaints).toEqual([])
})

/** Somebody whose reminder has just rung. */
const isReminded = async (language: Language = 'kk') => {
  const { actor, says } = await meets(language)
  await actor.writes(
    { kk: 'екі сағаттан кейін дәрі ішу', ru: 'через 2 часа лекарство', en: 'in 2 hours pills' }[language],
  )
  await actor.presses('reminders:confirming.save')
  await stage.until(stage.now() + 2 * hour)
  const notice = actor.screen()
  const now = () => actor.person.messages.find(({ id }) => id === notice.id)
  const buttons = () =>
    now()
      ?.keyboard.flat()
      .map(({ text }) => text)
  return { actor, says, notice: now, buttons }
}

test.each(languages)(
  'a notice that was answered with done says so in %s, and its old buttons change nothing',
  async (language) => {
    const { actor, says, notice, buttons } = await isReminded(language)
    const later = held(actor, 'reminders:snooze.hour')
    const again = held(actor, 'reminders:done.label')
    await actor.presses('reminders:done.label')
    expect(notice()?.text).toMatch(/^✓ /)
    expect(buttons()).toEqual([says('reminders:open')])
    for (const press of [later, again]) {
      await actor.repeats(press)
      expect(actor.person.toasts.at(-1)?.text).toBe(says('reminders:already.done'))
    }
    await actor.writes('/reminders')
    expect(actor.sees()).toContain(says('reminders:listing.none').split('\n')[1])
    expect(await stage.until(stage.now() + 2 * hour)).toEqual([])
    await actor.presses('reminders:open')
    expect(actor.sees()).toContain(says('reminders:reading.title'))
  },
)

test('a notice that was put off says until when; done on it changes nothing, and the next one can be answered', async () => {
  const { actor, says, notice, buttons } = await isReminded()
  const done = held(actor, 'reminders:done.label')
  await actor.presses('reminders:snooze.hour')
  expect(notice()?.text).toContain(says('reminders:due.again'))
  expect(buttons()).toEqual([says('reminders:open')])
  await actor.repeats(done)
  expect(actor.person.toasts.at(-1)?.text).toBe(says('reminders:already.later'))
  expect(await stage.until(stage.now() + hour)).toHaveLength(1)
  await actor.presses('reminders:done.label')
  expect(actor.person.toasts.at(-1)?.text).toBe(says('reminders:done.said'))
  expect(stage.complaints).toEqual([])
})

test('what is done on the reminder itself stands by its notice, too', async () => {
  const { actor, says, notice, buttons } = await isReminded()
  await actor.presses('reminders:open')
  await actor.presses('reminders:done.label')
  expect(notice()?.text).toMatch(/^✓ /)
  expect(buttons()).toEqual([says('reminders:open')])
})

test('an old notice does not end a reminder that has another time now', async () => {
  const { actor, says } = await isReminded()
  const done = held(actor, 'reminders:done.label')
  await actor.presses('reminders:open')
  await actor.presses('reminders:confirming.time')
  await actor.presses('reminders:timing.hour')
  await actor.presses('reminders:confirming.save')
  await actor.repeats(done)
  expect(actor.person.toasts.at(-1)?.text).toBe(says('reminders:already.later'))
  expect(await stage.until(stage.now() + hour)).toHaveLength(1)
})

test('a press that comes twice answers once', async () => {
  const { actor, notice } = await isReminded()
  const later = held(actor, 'reminders:snooze.hour')
  await actor.repeats(later)
  const said = notice()?.text
  stage.wait(hour / 2)
  await actor.repeats(later)
  expect(notice()?.text).toBe(said)
})

test.each([
  ['kk', 'кеше 10:00 нан алу', 'нан алу'],
  ['ru', 'вчера в 10:00 купить хлеб', 'купить хлеб'],
  ['en', 'yesterday at 10:00 buy bread', 'buy bread'],
] as const)(
  'a time that has passed, written anywhere (%s), is made a reminder of by one press',
  async (language, text, what) => {
    const { actor, says } = await meets(language)
    await actor.writes(text)
    await actor.presses('search:remind')
    expect(actor.sees()).toContain(says('reminders:problem.past'))
    expect(actor.sees()).toContain(what)
  },
)

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

test.each([
  ['kk', 'жұмысқа 16да тұруға бола ма'],
  ['ru', 'можно ли работать с 15?'],
  ['en', 'can I work at 16?'],
] as const)('a question with a number (%s: %s) is answered, and no reminder is made of it', async (language, line) => {
  const { actor } = await meets(language)
  await actor.writes(line)
  const answer = stage.bot.words.plain({ key: 'search:answer.limits' }, language)
  expect(actor.sees()).toContain(answer)
})

test.each([
  ['kk', 'ертең 18:00 сабақ бола ма'],
  ['ru', 'завтра в 18:00 будет ли урок'],
  ['en', 'tomorrow at 18:00 is there a lesson?'],
] as const)('a question that nothing is known of (%s: %s) may still be made a reminder', async (language, line) => {
  const { actor, says } = await meets(language)
  await actor.writes(line)
  expect(actor.sees()).not.toContain(says('reminders:confirming.title'))
  await actor.presses('search:remind')
  expect(actor.sees()).toContain(says('reminders:confirming.title'))
})

describe('a reminder on its way', () => {
  const begins = async () => {
    const met = await meets()
    await met.actor.presses('reminders:menu')
    await met.actor.writes('ертең 18:00 сабақ')
    return met
  }

  test.each(['/menu', '/start', '/reminders'])('is not lost silently by %s', async (command) => {
    const { actor, says } = await begins()
    await actor.writes(command)
    expect(actor.sees()).toContain(says('reminders:unsaved.new'))
  })

  test('nor by the way home from a flow above it', async () => {
    const { actor, says } = await begins()
    await actor.writes('/settings')
    await actor.presses('common:home')
    expect(actor.sees() + actor.person.toasts.at(-1)?.text).toContain(says('reminders:unsaved.new'))
  })

  test('that changes a kept one says so, too', async () => {
    const { actor, says } = await begins()
    await actor.presses('reminders:confirming.save')
    await actor.writes('/menu')
    expect(actor.sees()).not.toContain(says('reminders:unsaved.new'))
    await actor.presses('reminders:menu')
    await actor.presses('1. сабақ')
    await actor.presses('reminders:confirming.what')
    await actor.writes('құжат тапсыру')
    await actor.writes('/menu')
    expect(actor.sees()).toContain(says('reminders:unsaved.change'))
  })
})

test.each(['неше жастан жұмыс істеуге болады', 'рахмет', 'можно ли работать с 15?'])(
  '%s, written in the list, is made no reminder of',
  async (text) => {
    const { actor, says } = await meets()
    await actor.presses('reminders:menu')
    await actor.writes(text)
    expect(actor.sees()).not.toContain(says('reminders:timing.how'))
    expect(actor.sees()).not.toContain(says('reminders:confirming.title'))
  },
)
