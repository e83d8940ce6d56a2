import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Actor, createStage, type Stage } from '../../support/stage.ts'
import { meeting } from '../../support/ways.ts'
import { contentWith, workStyle, workStyleText } from '../../support/work-style.ts'

/** Fault 30: a second survey is data alone, and nothing that is said of it speaks of the first. */
const content = contentWith()
let stage: Stage
beforeAll(async () => {
  stage = await createStage(content)
})
afterAll(async () => {
  await stage.close()
  content.remove()
})

async function met(language: 'kk' | 'ru' | 'en'): Promise<Actor> {
  const actor = stage.actor(language)
  await actor.starts()
  for (const button of meeting) await actor.presses(button)
  return actor
}

/** Into the second survey, by home. */
async function begins(actor: Actor): Promise<void> {
  await actor.writes('/menu')
  for (const button of ['survey:menu', 'workstyle:name']) await actor.presses(button)
}

/** What only the interest survey says. */
const ofInterests = {
  kk: /қызық|ұнай|іс туралы|18|30|48|АҚШ|😐/iu,
  ru: /интерес|нравит|(?<!\p{L})дел[ао](?!\p{L})|18|30|48|США|😐/iu,
  en: /interest|like at all|activit|18|30|48|US|😐/u,
}

test.each(['kk', 'ru', 'en'] as const)(
  'fault 30: the second survey goes its whole way by its own words (%s)',
  async (language) => {
    const actor = await met(language)
    const own = ofInterests[language]
    const seen: string[] = []
    const look = () => seen.push(actor.screen().text)
    const says = (key: string) => workStyleText(language, key)
    await begins(actor)
    look()
    await actor.presses('survey:intro.begin')
    look()
    expect(actor.sees()).toContain('1 / 5')
    expect(actor.sees()).toContain(says('items.w1'))
    for (const value of [1, 2]) expect(actor.sees()).toContain(says(`options.w1.${value}`))

    // The text of an option, in small letters; what was counted stands above the next question.
    await actor.writes(says('options.w1.1').toLowerCase())
    look()
    expect(actor.screen().text).toMatch(new RegExp(`^✓ ${says('options.w1.1')}`))
    expect(actor.sees()).toContain('2 / 5')
    // Taken back, and given by its number.
    await actor.presses('common:back')
    expect(actor.sees()).toContain(`✓ ${says('options.w1.1')}`)
    await actor.writes('2')
    expect(actor.screen().text).toMatch(new RegExp(`^✓ ${says('options.w1.2')}`))
    await actor.presses('common:back')
    await actor.writes('1')
    // By a letter, and by a word of it.
    await actor.writes('б')
    expect(actor.screen().text).toMatch(new RegExp(`^✓ ${says('options.w2.2')}`))
    // No such answer, and one that is not known.
    await actor.writes('7')
    expect(actor.sees()).toContain('3 / 5')
    await actor.writes(language === 'kk' ? 'білмеймін' : language === 'ru' ? 'не знаю' : 'idk')
    look()
    expect(actor.sees()).toContain('3 / 5')
    // What may be two is asked.
    await actor.writes(language === 'kk' ? '1 немесе 2' : language === 'ru' ? '1 или 2' : '1 or 2')
    look()
    for (const value of [1, 2]) expect(actor.screen().text).toContain(says(`options.w3.${value}`))
    expect(actor.sees()).toContain('3 / 5')

    // Left for home, which leads back to the question of this very survey, after a new start, too.
    await actor.writes('/menu')
    expect(actor.sees()).toContain('2 / 5')
    await stage.restart()
    await actor.presses('home:next.go-on.button')
    expect(actor.sees()).toContain(says('items.w3'))
    await actor.writes('2')
    await actor.presses(`workstyle:options.w4.1`)
    look()
    await actor.writes(says('options.w5.3'))
    const shown = actor.sees()
    look()
    expect(shown).toContain('(picture)')
    for (const text of seen) expect(text).not.toMatch(own)

    // Why, the answers, a card: each by its own words.
    for (const page of ['survey:result.reasons', 'survey:result.answers', 'survey:result.card']) {
      await actor.presses(page)
      expect(actor.screen().text).not.toMatch(own)
      await actor.presses(page === 'survey:result.answers' ? 'survey:answers.toResult' : 'common:back')
    }
    await actor.presses('common:home')
    expect(actor.sees()).not.toContain('/ 5')
    await actor.presses('home:result')
    expect(actor.sees()).toContain('(picture)')
    expect(actor.screen().text).not.toMatch(own)

    // Once more, and the two side by side.
    await actor.writes('/survey')
    await actor.presses('workstyle:name')
    await actor.presses('survey:intro.again')
    for (const value of [2, 2, 1, 2, 1]) await actor.writes(String(value))
    await actor.presses('survey:result.history')
    for (const name of ['team', 'alone', 'outdoors']) expect(actor.screen().text).toContain(says(`scales.${name}.name`))
    expect(actor.screen().text).not.toMatch(own)
    expect(stage.complaints).toEqual([])
  },
)

test('fault 30: home leads to whichever survey was answered last, and to the result of whichever came last', async () => {
  const actor = await met('en')
  await actor.presses('survey:menu')
  await actor.presses('riasec:name')
  await actor.presses('survey:intro.begin')
  await actor.presses('riasec:rate.4')
  await begins(actor)
  await actor.presses('survey:intro.begin')
  await actor.presses('workstyle:options.w1.1')
  await actor.writes('/menu')
  expect(actor.sees()).toContain('1 / 5')
  await actor.presses('home:next.go-on.button')
  expect(actor.sees()).toContain('Saturday')
  for (const value of [2, 2, 1, 3]) await actor.writes(String(value))
  await actor.writes('/menu')
  expect(actor.sees()).toContain('1 / 18')
  await actor.presses('home:result')
  expect(actor.screen().text).toMatch(/suits/i)
  await actor.writes('/menu')
  await actor.presses('home:next.go-on.button')
  expect(actor.sees()).toContain('2 / 18')
  // By what people call it, too.
  await actor.writes('my result')
  expect(actor.screen().text).toMatch(/suits/i)
})

test('fault 30: the way back from a survey leads to the choice, and from there home', async () => {
  const actor = await met('en')
  await begins(actor)
  await actor.presses('common:back')
  await actor.presses('riasec:name')
  expect(actor.sees()).toContain('Think about what you like')
  await actor.presses('common:back')
  await actor.presses('common:back')
  expect(actor.sees()).toContain('Hello')
})

test('fault 30: both surveys are exported whole and deleted whole', async () => {
  const actor = await met('ru')
  await begins(actor)
  await actor.presses('survey:intro.begin')
  for (const value of [1, 1, 2, 1, 3]) await actor.writes(String(value))
  await actor.writes('/export_me')
  const files = actor.person.messages.flatMap(({ document }) => document ?? [])
  expect(files).toHaveLength(2)
  const [page = '', data = ''] = files.map(({ bytes }) => Buffer.from(bytes).toString('utf8'))
  for (const key of ['name', 'items.w1', 'options.w1.1', 'options.w3.2', 'scales.team.name'])
    expect(page).toContain(workStyleText('ru', key))
  expect(data).toContain('workstyle')
  const chatId = BigInt(actor.person.id)
  expect(await stage.store.prisma.surveyAttempt.count({ where: { chatId } })).toBe(1)
  await actor.writes('/delete_me')
  await actor.presses('privacy:confirm.yes')
  expect(await stage.store.prisma.surveyAttempt.count({ where: { chatId } })).toBe(0)
})

test('a survey that is taken away leads home with a word, and is offered by nobody', async () => {
  const before = contentWith([workStyle])
  const after = contentWith([])
  const other = await createStage(before)
  try {
    const actor = other.actor('en')
    await actor.starts()
    for (const button of [...meeting, 'survey:menu', 'workstyle:name', 'survey:intro.begin'])
      await actor.presses(button)
    await actor.presses('workstyle:options.w1.1')
    await other.restart(after)
    await actor.writes('2')
    expect(actor.sees()).toContain('Serik has been updated')
    await actor.writes('/menu')
    expect(actor.sees()).not.toContain('/ 5')
    await actor.presses('home:next.begin.button')
    expect(actor.sees()).toContain('First 18')
    expect(other.complaints).toEqual([])
  } finally {
    await other.close()
    before.remove()
    after.remove()
  }
})
