import { describe, expect, test } from 'vitest'
import { plans } from '../../../flows/common/person.ts'
import { SuggestedFamily } from '../../../flows/professions/contract.ts'
import { fitsPlan } from '../../../flows/professions/match.ts'
import { formItems } from '../../../flows/survey/instrument.ts'
import { scoreAnswers } from '../../../flows/survey/scoring.ts'
import { bestOf } from '../../../flows/survey/suggestions.ts'
import { readCatalogue } from '../../../src/capabilities/professions/seed.ts'
import { suggestionReply } from '../../../src/capabilities/professions/suggestions.ts'
import { readInstruments } from '../../../src/capabilities/survey/instruments.ts'
import { root } from '../../../src/config.ts'
import { agreed } from '../../support/people.ts'

const catalogue = await readCatalogue(new URL('prisma/seed/', root))
const instruments = await readInstruments(new URL('flows/survey/instruments/', root))
const [riasec] = instruments
const { look } = suggestionReply(instruments, async () => catalogue)
const byId = new Map(catalogue.professions.map((profession) => [profession.id, profession]))

/** What is suggested to somebody who likes the two areas. */
async function suggestedTo(liked: string, plan: (typeof plans)[number]) {
  const answers = Object.fromEntries(
    formItems(riasec, 'quick').map((item) => [item, liked.includes(item.charAt(0)) ? 5 : 2]),
  )
  const { scores } = scoreAnswers(riasec, answers, 'quick')
  const question = { instrument: riasec.id, form: 'quick', answers, scores }
  const found = await look(question, { chatId: 1, person: { ...agreed('kk'), plan }, now: 0 })
  return SuggestedFamily.array().parse(found)
}

const pairs = [...'RIASEC'].flatMap((first, at) => [...'RIASEC'].slice(at).map((second) => first + second))

describe.each(plans)('with the plan %s', (plan) => {
  test('three professions are named that it admits, of two families at least', async () => {
    for (const liked of pairs) {
      const best = bestOf(await suggestedTo(liked, plan)).flatMap(({ id }) => byId.get(id) ?? [])
      expect(best, liked).toHaveLength(3)
      expect(
        best.filter(({ ways }) => !fitsPlan(ways, plan)),
        liked,
      ).toEqual([])
      expect(new Set(best.map(({ family }) => family)).size, liked).toBeGreaterThan(1)
    }
  })
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

test('places say which of all fits best, over the families', async () => {
  const places = (await suggestedTo('RC', 'undecided')).flatMap(({ professions }) =>
    professions.map(({ place }) => place),
  )
  expect(places).toContain(0)
  expect(new Set(places).size).toBe(places.length)
})
