import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Person } from '../../../flows/common/person.ts'
import type { Bars, Card } from '../../../flows/kit/picture.ts'
import { viewOf } from '../../../flows/kit/view.ts'
import { exampleWords } from '../../../flows/kit/words.ts'
import { matchProfessions, type SuggestedFamily } from '../../../flows/professions/contract.ts'
import { type EarlierResult, openSurvey, surveyHistory } from '../../../flows/survey/contract.ts'
import { createSurvey } from '../../../flows/survey/index.ts'
import { type Form, formItems, type Instrument, parseInstrument } from '../../../flows/survey/instrument.ts'
import { scoreAnswers } from '../../../flows/survey/scoring.ts'
import { bestOf } from '../../../flows/survey/suggestions.ts'
import { openingsOf } from '../../../flows/vacancies/contract.ts'
import { reply } from '../../../src/engine/reply.ts'
import { agreed } from '../../support/people.ts'
import { rehearse } from '../../support/rehearse.ts'
import { standingReplies } from '../../support/surveyed.ts'

const file = new URL('../../../flows/survey/instruments/riasec.yaml', import.meta.url)
const riasec = parseInstrument(parse(readFileSync(file, 'utf8')))
/** When the results of these tests were finished. */
const day = Date.UTC(2026, 0, 15, 5)

/** One answer for each scale; what is not named is 2. */
type Answers = Readonly<Record<string, number>>

function finished(answers: Answers, form: Form = 'quick', instrument: Instrument = riasec): EarlierResult {
  const given = Object.fromEntries(formItems(instrument, form).map((item) => [item, answers[item.charAt(0)] ?? 2]))
  const result = { ...scoreAnswers(instrument, given, form), version: instrument.version }
  return { attempt: JSON.stringify([answers, form]), form, answers: given, finishedAt: day, result }
}

const suggestion = (id: string, place: number, more: object = {}) => ({
  ...{ id, place, name: exampleWords, shared: ['R'], holds: true },
  ...more,
})
const family = (id: string, ...professions: ReturnType<typeof suggestion>[]): SuggestedFamily => ({
  ...{ id, name: exampleWords, about: exampleWords },
  professions,
})
const families = [family('building', suggestion('plumber', 0), suggestion('carpenter', 1))]

type Options = {
  readonly person?: Partial<Person>
  readonly families?: readonly SuggestedFamily[]
  /** Vacancies of each profession. */
  readonly openings?: number
}

/** Somebody who opens their newest result. */
async function opens(
  earlier: readonly EarlierResult[],
  { person = {}, families: fitting = families, openings = 0 }: Options = {},
) {
  const flow = createSurvey([riasec])
  const replies = [
    reply(openSurvey, async () => null),
    reply(surveyHistory, async () => [...earlier]),
    reply(matchProfessions, async () => [...fitting]),
    reply(openingsOf, async ({ professions }) => ({ total: professions.length * openings })),
    ...standingReplies([riasec]),
  ]
  const input = { result: true }
  const rehearsal = await rehearse(flow, { replies, input, person: { ...agreed('en'), ...person } })
  const screen = () => viewOf(flow, rehearsal.frame(), rehearsal.person())
  return { ...rehearsal, screen, picture: () => screen().picture }
}

describe('a result', () => {
  test('says once what shows most, why, what to try, and that it can change', async () => {
    const stage = await opens([finished({ R: 5 })])
    expect(stage.keys()).toEqual([
      'riasec:lead.clear',
      'riasec:liked',
      ...['next', 'changes', 'near.any'].map((key) => `survey:result.${key}`),
    ])
    const name = stage.label('riasec:scales.R.name')
    expect(stage.text().split(name)).toHaveLength(2)
    const [one, other] = formItems(riasec, 'quick').filter((item) => item.startsWith('R'))
    expect(stage.text()).toContain(`“${stage.label(`riasec:items.${one}`)}”, “${stage.label(`riasec:items.${other}`)}”`)
  })

  test.each([
    ['work', 'plan'],
    ['college', 'plan'],
    ['university', 'any'],
    ['undecided', 'any'],
  ] as const)('speaks of a plan only where it leaves out professions: %s', async (plan, near) => {
    const stage = await opens([finished({ R: 5 })], { person: { plan } })
    expect(stage.keys()).toContain(`survey:result.near.${near}`)
  })

  test('names what follows where the first is not clear', async () => {
    const { result, ...earlier } = finished({ R: 5, S: 3 })
    const ranking = result.ranking.map((one, place) => ({ ...one, probability: place === 0 ? 0.6 : 0.08 }))
    const stage = await opens([{ ...earlier, result: { ...result, ranking } }])
    expect(stage.keys()[0]).toBe('riasec:lead.likely')
    expect(stage.text()).toContain(`Next: ${stage.label('riasec:scales.S.name')}`)
  })

  test('of equal answers puts none before the other: both are named alike, and their bars are as long', async () => {
    const stage = await opens([finished({ R: 5, E: 5 })])
    expect(stage.keys()[0]).toBe('riasec:lead.close')
    for (const scale of ['R', 'E']) expect(stage.text()).toContain(`“${stage.label(`riasec:scales.${scale}.name`)}”`)
    const { bars } = stage.picture() as Bars
    expect(bars.filter(({ highlighted }) => highlighted).map(({ sign, value }) => [sign, value])).toEqual([
      ['riasec.R', 1],
      ['riasec.E', 1],
    ])
  })

  test.each<Answers>([
    { R: 5 },
    { R: 5, E: 5 },
    { I: 4, S: 4, C: 4 },
    { R: 5, I: 5, A: 5, S: 5 },
    { I: 5, A: 5, S: 5, E: 5, C: 5 },
  ])(
    'names what shows most by the same words in the text, the picture, the card and the reasons: %j',
    async (answers) => {
      const stage = await opens([finished(answers)])
      const names = Object.keys(answers).map((scale) => stage.label(`riasec:scales.${scale}.name`))
      const named = (of: string) =>
        'RIASEC'.split('').filter((scale) => of.includes(stage.label(`riasec:scales.${scale}.name`)))
      const headline = stage.text().split('\n')[0] ?? ''
      expect(named(headline)).toEqual(Object.keys(answers))
      const { bars } = stage.picture() as Bars
      const told = ({ label }: { readonly label: { readonly key: string } }) => stage.label(label.key)
      expect(bars.filter(({ highlighted }) => highlighted).map(told)).toEqual(names)
      await stage.presses('result.card')
      expect((stage.picture() as Card).areas.map(told)).toEqual(names)
      await stage.presses('common:back')
      await stage.presses('result.reasons')
      for (const name of names) expect(stage.text()).toContain(name)
    },
  )

  test.each<[string, Answers, string]>([
    ['three that are close', { R: 5, I: 5, A: 5 }, 'lead.close'],
    [
      'one that is neither liked nor disliked, among what is disliked',
      { R: 3, I: 1, A: 1, S: 1, E: 1, C: 1 },
      'lead.faint',
    ],
    ['two that are disliked less', { R: 2, S: 2, I: 1, A: 1, E: 1, C: 1 }, 'lead.faint'],
    ['five that are disliked less', { R: 1 }, 'flat.low'],
  ])('of %s says what is true of it', async (_, answers, key) => {
    for (const language of ['kk', 'ru', 'en'] as const) {
      const stage = await opens([finished(answers)], { person: agreed(language) })
      expect(stage.keys()[0]).toBe(`riasec:${key}`)
      if (key !== 'lead.close')
        expect(stage.text().split('\n')[0]).not.toMatch(/ең қызығы|интереснее|interests you most/u)
    }
  })

  test.each<[number, string]>([
    [5, 'riasec:flat.high'],
    [4, 'riasec:flat.high'],
    [3, 'survey:undifferentiated.title'],
    [2, 'riasec:flat.low'],
    [1, 'riasec:flat.low'],
  ])('of %i throughout says whether much is liked or little', async (value, key) => {
    const all = Object.fromEntries(['R', 'I', 'A', 'S', 'E', 'C'].map((scale) => [scale, value]))
    const stage = await opens([finished(all)])
    expect([stage.state(), stage.keys()[0]]).toEqual(['undifferentiated', key])
  })

  test('has bars of the own answers, whatever a model makes of them', async () => {
    const own = { R: 5, I: 4, A: 1, S: 2, E: 3, C: 1 }
    for (const form of ['quick', 'full'] as const) {
      const { bars } = (await opens([finished(own, form)])).picture() as Bars
      expect(bars.map(({ value }) => 1 + 4 * value)).toEqual([5, 4, 1, 2, 3, 1])
    }
  })

  test.each<[string, Partial<Person>, string]>([
    ['at school', { ageBand: '14-15', plan: 'work' }, 'school'],
    ['nearly grown', { ageBand: '16-17', plan: 'college' }, 'school'],
    ['grown and about to study', { ageBand: '18+', plan: 'university' }, 'study'],
    ['grown and about to work', { ageBand: '18+', plan: 'work' }, 'work'],
    ['grown and not decided', { ageBand: '18+', plan: 'undecided' }, 'work'],
  ])('has something to try for somebody who is %s', async (_, person, life) => {
    const stage = await opens([finished({ I: 5 })], { person })
    expect(stage.text()).toContain(stage.label(`riasec:scales.I.next.${life}`))
  })

  test('sends no graduate to a teacher', async () => {
    for (const language of ['kk', 'ru', 'en'] as const) {
      const stage = await opens([finished({ I: 5 })], { person: { ...agreed(language), ageBand: '18+', plan: 'work' } })
      expect(stage.text()).not.toMatch(/мұғалім|учител|teacher/)
    }
  })

  test('leads on to vacancies of the professions it names, and back', async () => {
    const stage = await opens([finished({ R: 5 })], { openings: 3 })
    expect(stage.labels()).toContain('Vacancies: 6')
    await stage.presses('vacancies:openings')
    expect(stage.opened()).toMatchObject({ flow: 'vacancies', input: { professions: ['plumber', 'carpenter'] } })
    await stage.presses('common:back')
    expect([stage.state(), stage.labels().includes('Vacancies: 6')]).toEqual(['result', true])
  })

  test('offers no vacancies where there are none', async () => {
    const stage = await opens([finished({ R: 5 })])
    expect(stage.labels().join()).not.toContain('Vacancies')
  })

  test('comes back without its picture, which stands above, and with it when it is opened anew', async () => {
    const only = [family('building', suggestion('plumber', 0))]
    const stage = await opens([finished({ R: 5 })], { families: only })
    expect([stage.picture()?.type, stage.screen().keepsake]).toEqual(['bars', 'result'])
    for (const page of ['reasons', 'families', 'answers', 'card']) {
      await stage.presses(`result.${page}`)
      await stage.presses(page === 'answers' ? 'answers.toResult' : 'common:back')
      expect([stage.state(), stage.screen().picture, stage.screen().keepsake]).toEqual(['result', undefined, undefined])
    }
    await stage.presses('result.profession')
    await stage.presses('common:back')
    expect([stage.state(), stage.picture()]).toEqual(['result', undefined])
    await stage.opens({ result: true })
    expect(stage.picture()?.type).toBe('bars')
  })

  test('is not there to be opened: the questions are offered', async () => {
    expect((await opens([])).state()).toBe('intro')
  })

  test('is drawn as its reader likes it from then on', async () => {
    const stage = await opens([finished({ R: 5 })])
    await stage.presses('result.look.dark')
    expect([stage.state(), stage.person().look]).toEqual(['result', 'dark'])
    await stage.presses('result.card')
    await stage.presses('result.look.light')
    expect([stage.state(), stage.person().look]).toEqual(['card', 'light'])
  })
})

describe('a card for others', () => {
  test.each<[Answers, string[]]>([
    [{ A: 5 }, ['riasec.A']],
    [{ A: 5, C: 5 }, ['riasec.A', 'riasec.C']],
    [{ R: 5, A: 5, C: 5 }, ['riasec.A', 'riasec.C', 'riasec.R']],
    [{ R: 5, I: 5, A: 5, S: 5, C: 5 }, ['riasec.A', 'riasec.C', 'riasec.I', 'riasec.R', 'riasec.S']],
  ])('has what shows most, all of what shows equally, and no answer, name or age: %j', async (answers, signs) => {
    const stage = await opens([finished(answers)], { person: { name: 'Сәуле', ageBand: '14-15' } })
    await stage.presses('result.card')
    const card = stage.picture() as Card
    expect(card.areas.map(({ sign }) => sign).toSorted()).toEqual(signs)
    expect(Object.keys(card).toSorted()).toEqual(['areas', 'note', 'title', 'type'])
    expect(card.areas.flatMap((area) => Object.keys(area))).toEqual(
      card.areas.flatMap(() => ['label', 'place', 'sign']),
    )
    expect(JSON.stringify(stage.screen())).not.toMatch(/Сәуле|14-15|:items\./)
  })
})

describe('professions at once', () => {
  const idsOf = (...of: SuggestedFamily[]) => bestOf(of).map(({ id }) => id)

  test('are three, the best first, of whatever family', () => {
    const machines = family('machines', suggestion('welder', 0), suggestion('mechanic', 3))
    const food = family('food', suggestion('cook', 1), suggestion('tailor', 2))
    expect(idsOf(machines, food)).toEqual(['welder', 'cook', 'tailor'])
  })

  test('are as many as there are', () => {
    const building = family('building', ...['plumber', 'carpenter', 'roofer'].map((id, place) => suggestion(id, place)))
    expect(idsOf(building, family('food', suggestion('cook', 9)))).toEqual(['plumber', 'carpenter', 'roofer'])
    expect(idsOf(family('building', suggestion('plumber', 0)))).toEqual(['plumber'])
    expect(idsOf()).toEqual([])
  })
})

describe('a star beside a profession', () => {
  const labels = async (...holds: boolean[]) => {
    const professions = holds.map((one, place) => suggestion(`p${place}`, place, { holds: one }))
    const stage = await opens([finished({ R: 5 })], { families: [family('any', ...professions)] })
    await stage.presses('result.families')
    await stage.presses('common:value')
    return { labels: stage.labels().slice(0, holds.length), keys: stage.keys() }
  }

  test('is there, and explained, where it tells one from another', async () => {
    const { labels: seen, keys } = await labels(true, false, true)
    expect(seen.map((label) => label.startsWith('★'))).toEqual([true, false, true])
    expect(keys).toContain('survey:family.legend')
  })

  test.each([
    ['every one', [true, true]],
    ['none', [false, false]],
  ])('is not there where it would stand beside %s', async (_, holds) => {
    const { labels: seen, keys } = await labels(...holds)
    expect(seen.join()).not.toContain('★')
    expect(keys).not.toContain('survey:family.legend')
  })
})

describe('earlier results', () => {
  const isOffered = async (...results: EarlierResult[]) => {
    const stage = await opens(results)
    return stage.labels().includes(stage.label('result.history'))
  }

  test('are offered from the second of one kind on', async () => {
    const [one, other] = [finished({ R: 5 }), finished({ S: 5 })]
    expect(await isOffered(one)).toBe(false)
    expect(await isOffered(one, other)).toBe(true)
    expect(await isOffered(finished({ R: 5 }, 'full'), other)).toBe(false)
    expect(await isOffered(finished({ R: 5 }, 'full'), other, finished({ S: 5 }, 'full'))).toBe(true)
  })

  test('stand side by side with bars of one measure, those of another kind left out', async () => {
    const stage = await opens([
      finished({ R: 3 }),
      finished({ A: 5 }, 'full'),
      finished({ R: 5 }),
      finished({ R: 1, S: 5 }),
    ])
    await stage.presses('result.history')
    const name = stage.label('riasec:scales.R.name')
    expect(stage.text()).toContain(`▁ █ ▅  ${name}`)
    expect(stage.text().match(/2026/g)).toHaveLength(3)
    await stage.presses('common:back')
    expect(stage.state()).toBe('result')
  })
})
