import { describe, expect, test } from 'vitest'
import { plans } from '../../../flows/common/person.ts'
import { SuggestedFamily } from '../../../flows/professions/contract.ts'
import { fitsPlan, interestScales, leadingScale } from '../../../flows/professions/match.ts'
import { formItems } from '../../../flows/survey/instrument.ts'
import { scoreAnswers } from '../../../flows/survey/scoring.ts'
import { bestOf } from '../../../flows/survey/suggestions.ts'
import { type Profession, readCatalogue } from '../../../src/capabilities/professions/seed.ts'
import { suggestionReply } from '../../../src/capabilities/professions/suggestions.ts'
import { readInstruments } from '../../../src/capabilities/survey/instruments.ts'
import { root } from '../../../src/config.ts'
import { agreed } from '../../support/people.ts'

const catalogue = await readCatalogue(new URL('prisma/seed/', root))
const instruments = await readInstruments(new URL('flows/survey/instruments/', root))
const [riasec] = instruments
const { look } = suggestionReply(instruments, async () => catalogue)
const noInterests = { R: 0, I: 0, A: 0, S: 0, E: 0, C: 0 }
const byId = new Map(catalogue.professions.map((profession) => [profession.id, profession]))

/** What is suggested to somebody who likes the two areas. */
async function suggestedTo(liked: string, plan: (typeof plans)[number]) {
  return suggestedFor((item) => (liked.includes(item.charAt(0)) ? 5 : 2), plan)
}

async function suggestedFor(answerTo: (item: string) => number, plan: (typeof plans)[number]) {
  const answers = Object.fromEntries(formItems(riasec, 'quick').map((item) => [item, answerTo(item)]))
  const { scores } = scoreAnswers(riasec, answers, 'quick')
  const question = { instrument: riasec.id, form: 'quick', answers, scores }
  const found = await look(question, { chatId: 1, person: { ...agreed('kk'), plan }, now: 0 })
  return SuggestedFamily.array().parse(found)
}

const pairs = [...'RIASEC'].flatMap((first, at) => [...'RIASEC'].slice(at).map((second) => first + second))

describe.each(plans)('with the plan %s', (plan) => {
  test('three professions are named that it admits', async () => {
    for (const liked of pairs) {
      const best = bestOf(await suggestedTo(liked, plan)).flatMap(({ id }) => byId.get(id) ?? [])
      expect(best, liked).toHaveLength(3)
      expect(
        best.filter(({ ways }) => !fitsPlan(ways, plan)),
        liked,
      ).toEqual([])
    }
  })

  test('they are of two families at least, where another family leads in what the person likes, too', async () => {
    for (const liked of pairs) {
      const best = bestOf(await suggestedTo(liked, plan)).flatMap(({ id }) => byId.get(id) ?? [])
      const leads = (profession: Profession) => liked.includes(leadingScale(profession.interests) ?? '-')
      const open = catalogue.professions.filter(({ ways }) => fitsPlan(ways, plan))
      const others = open.filter((one) => leads(one) && one.family !== best[0]?.family)
      if (others.length > 0) expect(new Set(best.map(({ family }) => family)).size, liked).toBeGreaterThan(1)
    }
  })

  test.each(interestScales)(
    'whoever is at the maximum in %s alone is named three that lead in it, where there are three',
    async (scale) => {
      const leads = (profession: Profession | undefined) =>
        profession !== undefined && leadingScale(profession.interests) === scale
      const there = catalogue.professions.filter((one) => leads(one) && fitsPlan(one.ways, plan)).length
      for (const others of everyKindOfOthers(scale)) {
        const best = bestOf(await suggestedFor((item) => others(item.charAt(0)), plan))
        const leading = best.map(({ id }) => leads(byId.get(id)))
        // Those that lead come first, as many as there are.
        expect(leading, JSON.stringify(best)).toEqual([0, 1, 2].map((place) => place < there))
      }
    },
  )
})

/** The scale at the maximum, the others anyhow below it. */
function everyKindOfOthers(scale: string): ((of: string) => number)[] {
  const others = interestScales.filter((other) => other !== scale)
  const flat = [1, 2, 3, 4].map((level) => () => level)
  const peaked = others.map((second) => (of: string) => (of === second ? 4 : 1))
  const rising = [0, 1, 2, 3, 4].map((turn) => {
    const levels = new Map<string, number>(others.map((other, place) => [other, 1 + ((place + turn) % 4)]))
    return (of: string) => levels.get(of) ?? 1
  })
  return [...flat, ...peaked, ...rising].map((below) => (of) => (of === scale ? 5 : below(of)))
}

test('hands at the maximum and a plan to work now: no farmer, whose work is first of all to manage, before a plumber', async () => {
  const found = await suggestedFor((item) => ({ R: 5, E: 4, S: 3, C: 3 })[item.charAt(0)] ?? 2, 'work')
  const best = bestOf(found).map(({ id }) => id)
  expect(best).not.toContain('farmer')
  expect(best.map((id) => leadingScale(byId.get(id)?.interests ?? noInterests))).toEqual(['R', 'R', 'R'])
})

test('interests within one point are as good as equal, and professions of each may come first', async () => {
  // R and A differ by one answer, which decides nothing.
  const close = await suggestedFor((item) => ({ R: item === 'R1' ? 4 : 5, A: 5 })[item.charAt(0)] ?? 1, 'undecided')
  const leads = bestOf(close).map(({ id }) => leadingScale(byId.get(id)?.interests ?? noInterests))
  expect(new Set(leads)).toEqual(new Set(['R', 'A']))
})

test('whoever works now is told of nothing that needs a diploma', async () => {
  for (const liked of pairs) {
    const ways = (await suggestedTo(liked, 'work')).flatMap(({ professions }) =>
      professions.map(({ id }) => byId.get(id)?.ways),
    )
    expect(
      ways.every((one) => one?.includes('work')),
      liked,
    ).toBe(true)
  }
})

test('as many families are shown as fit on the screen, where there are so many', async () => {
  for (const liked of pairs) expect(await suggestedTo(liked, 'undecided'), liked).toHaveLength(3)
})

test('places say which of all fits best, over the families', async () => {
  const places = (await suggestedTo('RC', 'undecided')).flatMap(({ professions }) =>
    professions.map(({ place }) => place),
  )
  expect(places).toContain(0)
  expect(new Set(places).size).toBe(places.length)
})
