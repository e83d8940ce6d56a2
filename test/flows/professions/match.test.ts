import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import {
  type InterestProfile,
  interestScales,
  leadingScale,
  type Matchable,
  rankFamilies,
  rankProfessions,
  sharedScales,
  variedRanking,
} from '../../../flows/professions/match.ts'
import { holdingSuggestions } from '../../../flows/professions/resample.ts'
import { formItems, parseInstrument } from '../../../flows/survey/instrument.ts'
import { readCatalogue } from '../../../src/capabilities/professions/seed.ts'

// Made data: five professions that do not exist.
const table: Matchable[] = [
  made('mason', 'hands', [7, 2, 1, 2, 2, 4], ['work', 'college']),
  made('fitter', 'hands', [7, 3, 1, 1, 2, 5], ['college']),
  made('healer', 'people', [2, 5, 1, 7, 3, 3], ['university']),
  made('singer', 'stage', [1, 2, 7, 4, 4, 1], ['work', 'university']),
  made('clerk', 'papers', [2, 2, 1, 3, 5, 7], ['work']),
]

function made(id: string, family: string, scores: number[], ways: Matchable['ways']): Matchable {
  return { id, family, interests: profile(scores), ways }
}

function profile([R = 0, I = 0, A = 0, S = 0, E = 0, C = 0]: number[]): InterestProfile {
  return { R, I, A, S, E, C }
}

const ids = (ranking: readonly { id: string }[]) => ranking.map(({ id }) => id)

describe('ranking professions', () => {
  test.each(table)('$id ranks itself first', ({ id, interests }) => {
    const [first] = rankProfessions(interests, table)
    expect(first?.id).toBe(id)
    expect(first?.congruence).toBeCloseTo(1, 9)
  })

  test('compares shapes, not levels or units', () => {
    const small = profile([1.7, 1.2, 1.1, 1.2, 1.2, 1.4])
    expect(ids(rankProfessions(small, table))).toEqual(ids(rankProfessions(profile([7, 2, 1, 2, 2, 4]), table)))
  })

  test('a flat profile ranks nothing', () => {
    expect(rankProfessions(profile([3, 3, 3, 3, 3, 3]), table)).toEqual([])
    expect(rankProfessions(profile([0.1, 0.1, 0.1, 0.1, 0.1, 0.1]), table)).toEqual([])
  })

  test('what leads in the work as in the person comes before an all-rounder of a more similar shape', () => {
    const jobs = [
      made('farmer', 'land', [5, 3, 1, 3, 5.5, 4], ['work']),
      made('plumber', 'building', [7, 2, 1, 1, 1, 4], ['work']),
    ]
    const person = profile([5, 2, 1, 3, 4.9, 4])
    expect(ids(rankProfessions(person, jobs))).toEqual(['plumber', 'farmer'])
    expect(ids(rankProfessions(person, jobs, { leading: ['R', 'E'] }))).toEqual(['farmer', 'plumber'])
  })

  test.each(interestScales)('the first place never goes past the professions that lead in %s', (scale) => {
    for (const { interests } of table) {
      const person = { ...interests, [scale]: 9 }
      const leading = rankProfessions(person, table).map(
        ({ id }) => leadingScale(table.find((one) => one.id === id)?.interests ?? interests) === scale,
      )
      expect(leading).toEqual(leading.toSorted((one, other) => Number(other) - Number(one)))
    }
  })

  test('equal congruence is ordered by id, whatever the order of the list', () => {
    const twins = ['b', 'c', 'a'].map((id) => made(id, 'twins', [7, 2, 1, 2, 2, 4], ['work']))
    expect(ids(rankProfessions(profile([5, 1, 1, 2, 3, 4]), twins))).toEqual(['a', 'b', 'c'])
  })

  test.each([
    ['work', ['clerk', 'mason', 'singer']],
    ['college', ['clerk', 'fitter', 'mason', 'singer']],
    ['university', ['clerk', 'fitter', 'healer', 'mason', 'singer']],
    ['undecided', ['clerk', 'fitter', 'healer', 'mason', 'singer']],
  ] as const)('plan %s admits %j', (plan, expected) => {
    expect(ids(rankProfessions(profile([5, 1, 1, 2, 3, 4]), table, { plan })).sort()).toEqual(expected)
  })
})

test('families are ranked by the mean of their best three', () => {
  const ranked = [0.9, 0.8, 0.7, -0.9].map((congruence, index) => ({ id: `wide${index}`, family: 'wide', congruence }))
  const families = rankFamilies([...ranked, { id: 'lucky', family: 'narrow', congruence: 0.75 }])
  expect(families.map(({ family }) => family)).toEqual(['wide', 'narrow'])
  expect(families[0]?.congruence).toBeCloseTo(0.8, 9)
  expect(families[0]?.best).toEqual(['wide0', 'wide1', 'wide2'])
})

describe('of those named at once', () => {
  const ranked = (id: string, family: string) => ({ id, family, congruence: 0.5 })
  const ranking = [ranked('a', 'one'), ranked('b', 'one'), ranked('c', 'one'), ranked('d', 'two'), ranked('e', 'one')]

  test('the last gives its place to another family that leads as much', () => {
    expect(ids(variedRanking(ranking, 3, () => true))).toEqual(['a', 'b', 'd', 'c', 'e'])
  })

  test('it does not where the other leads in something else', () => {
    expect(ids(variedRanking(ranking, 3, (id) => id !== 'd'))).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('nothing changes where there are two families', () => {
    expect(ids(variedRanking(ranking.slice(1), 3, () => true))).toEqual(['b', 'c', 'd', 'e'])
  })
})

test('a reason names the person’s strongest scales that are strong in the profession', () => {
  expect(sharedScales(profile([5, 2, 1, 2, 3, 4]), profile([2, 2, 1, 3, 5, 7]))).toEqual(['C', 'E'])
  expect(sharedScales(profile([3, 3, 3, 3, 3, 3]), profile([2, 2, 1, 3, 5, 7]))).toEqual([])
})

describe('the starter catalogue', () => {
  test('every profession ranks itself first', async () => {
    const { professions } = await readCatalogue(new URL('../../../prisma/seed/', import.meta.url))
    expect(professions.length).toBeGreaterThan(0)
    for (const { id, interests } of professions) expect(rankProfessions(interests, professions)[0]?.id).toBe(id)
  })
})

describe('suggestions under resampling', () => {
  const instrument = parseInstrument(
    parse(readFileSync(new URL('../../../flows/survey/instruments/riasec.yaml', import.meta.url), 'utf8')),
  )
  const answers = (value: (id: string, index: number) => number) =>
    Object.fromEntries(formItems(instrument, 'quick').map((id, index) => [id, value(id, index)]))
  const suggesting = { instrument, form: 'quick', professions: table, top: 2 } as const

  test('hold when the person answers alike within each scale', () => {
    const steady = answers((id) => (id.startsWith('R') ? 5 : id.startsWith('C') ? 4 : 1))
    expect(holdingSuggestions({ ...suggesting, answers: steady })).toEqual(new Set(['fitter', 'mason']))
  })

  test('do not all hold when the answers contradict each other, and are the same each time', () => {
    const wavering = answers((_, index) => ((index + Math.floor(index / 6)) % 2 === 0 ? 1 : 5))
    const first = holdingSuggestions({ ...suggesting, top: 1, answers: wavering })
    expect(first.size).toBe(0)
    expect(holdingSuggestions({ ...suggesting, top: 1, answers: wavering })).toEqual(first)
  })

  test('do not depend on the order in which answers were stored', () => {
    const some = answers((id, index) => ((id.charCodeAt(0) + index) % 5) + 1)
    const reversed = Object.fromEntries(Object.entries(some).reverse())
    expect(holdingSuggestions({ ...suggesting, answers: reversed })).toEqual(
      holdingSuggestions({ ...suggesting, answers: some }),
    )
  })

  test('keep to the plan', () => {
    const steady = answers((id) => (id.startsWith('R') ? 5 : 1))
    expect(holdingSuggestions({ ...suggesting, plan: 'work', top: 1, answers: steady })).toEqual(new Set(['mason']))
  })

  test('are none for a flat profile of a full form', () => {
    const flat = Object.fromEntries(formItems(instrument, 'full').map((id) => [id, 3]))
    expect(holdingSuggestions({ ...suggesting, form: 'full', answers: flat }).size).toBe(0)
  })
})

test('the six scales are in the order R, I, A, S, E, C', () => {
  expect(interestScales.join('')).toBe('RIASEC')
})
