import { describe, expect, test } from 'vitest'
import { neighboursOf, withNeighbours } from '../../../../flows/common/neighbours.ts'
import { regions } from '../../../../flows/common/regions.ts'
import { prepare } from '../../../../flows/vacancies/matching/candidate.ts'
import { criteriaOf, Filter, matches } from '../../../../flows/vacancies/matching/filter.ts'
import { nearest } from '../../../../flows/vacancies/matching/nearest.ts'
import { dayStart, fitsOf } from '../../../../flows/vacancies/matching/rank.ts'
import { createVacancyIndex } from '../../../../flows/vacancies/matching/search.ts'
import type { Pay, Vacancy } from '../../../../flows/vacancies/vacancy.ts'
import { candidateOf, familyOf, filterOf, now, vacancyOf } from './arbitrary.ts'

const monthly = (min: number | null, max: number | null = null): Pay => {
  return { min, max, currency: 'KZT', tax: null, period: 'month' }
}

type Row = readonly [string, Partial<Filter>, Partial<Vacancy>, boolean]
const rows: readonly Row[] = [
  ['nothing asked, nothing said', {}, {}, true],
  ['the region', { regions: ['71'] }, { region: '71' }, true],
  ['another region', { regions: ['71'] }, { region: '75' }, false],
  ['an unknown region', { regions: ['71'] }, {}, false],
  ['remote work elsewhere', { regions: ['71'] }, { region: '75', format: 'remote' }, true],
  [
    'remote work elsewhere, switched off',
    { regions: ['71'], remoteAnywhere: false },
    { region: '75', format: 'remote' },
    false,
  ],
  [
    'remote work here, switched off',
    { regions: ['71'], remoteAnywhere: false },
    { region: '71', format: 'remote' },
    true,
  ],
  ['a town by its id', { towns: ['temirtau'] }, { town: 'temirtau' }, true],
  ['a town as it is written', { towns: ['АҚСУ ауылы'] }, { town: 'Аксу ауылы' }, true],
  ['another town of the region', { regions: ['35'], towns: ['temirtau'] }, { region: '35', town: 'karaganda' }, false],
  ['a profession', { professions: ['cook'] }, { professions: ['waiter', 'cook'] }, true],
  ['a profession of the family', { families: ['food-service'] }, { professions: ['waiter'] }, true],
  [
    'a profession or a family',
    { professions: ['welder'], families: ['food-service'] },
    { professions: ['welder'] },
    true,
  ],
  ['another profession', { professions: ['cook'] }, { professions: ['waiter'] }, false],
  ['a profession that is not known', { professions: ['cook'] }, {}, false],
  ['pay that reaches it', { leastPay: 200_000 }, { pay: monthly(150_000, 250_000) }, true],
  ['pay that does not reach it', { leastPay: 200_000 }, { pay: monthly(150_000) }, false],
  ['pay up to just that', { leastPay: 200_000 }, { pay: monthly(null, 200_000) }, true],
  ['no pay said', { leastPay: 200_000 }, {}, true],
  ['no pay said where it must be', { payMayBeUnknown: false }, {}, false],
  ['dollars are never compared', { leastPay: 200_000 }, { pay: { ...monthly(500), currency: 'USD' } }, true],
  [
    'an hour is never compared',
    { leastPay: 200_000, payMayBeUnknown: false },
    { pay: { ...monthly(900_000), period: 'hour' } },
    false,
  ],
  ['no experience', { noExperience: true }, { experience: 'none' }, true],
  ['experience not said', { noExperience: true }, {}, true],
  ['experience asked for', { noExperience: true }, { experience: 'under1' }, false],
  ['a schedule', { schedules: ['shifts', 'flexible'] }, { schedule: 'flexible' }, true],
  ['a schedule that is not said', { schedules: ['shifts'] }, {}, false],
  ['employment', { employments: ['part'] }, { employment: 'full' }, false],
  ['a format', { formats: ['remote'] }, { format: 'hybrid' }, false],
  ['housing', { housing: true }, { housing: true }, true],
  ['housing that is not said', { housing: true }, {}, false],
  ['a word in another case', { words: ['повар'] }, { description: 'Требуются повара!' }, true],
  ['a Kazakh word in another case', { words: ['аспазшы'] }, { description: 'Аспазшыларға жұмыс' }, true],
  ['an English word in the plural', { words: ['driver'] }, { title: 'DRIVERS' }, true],
  ['a fleeting vowel', { words: ['продавец'] }, { title: 'Ищем продавца' }, true],
  ['a Russian word that ends as a Kazakh one', { words: ['склад'] }, { title: 'Работа на складе' }, true],
  ['a consonant that softens', { words: ['мектеп'] }, { title: 'Мектебі' }, true],
  ['one of the words', { words: ['сварщик', 'повар'] }, { title: 'Повар' }, true],
  ['half of a phrase', { words: ['ночная смена'] }, { title: 'Смена' }, false],
  ['a whole phrase', { words: ['ночная смена'] }, { title: 'Смены ночные' }, true],
  ['none of the words', { words: ['сварщик'] }, { title: 'Повар' }, false],
  ['signs alone ask for nothing', { words: ['—'] }, { title: 'Повар' }, true],
  ['a word to avoid', { avoid: ['ночь'] }, { description: 'Работа ночью' }, false],
]

describe('a filter', () => {
  test.each(rows)('%s', (_, asked, said, expected) => {
    expect(matches(criteriaOf(filterOf(asked)), candidateOf(said))).toBe(expected)
  })

  test('never lets through what the law bars for the age, or what is held back', () => {
    const asked: string[] = []
    const outcomeFor = (ageBand: string) => {
      asked.push(ageBand)
      return ageBand === '16-17' ? 'barred' : 'condition'
    }
    const candidate = prepare(vacancyOf(), { id: 'v', outcomeFor, familyOf, isHeld: false })
    expect(asked).toEqual(['12-13', '14-15', '16-17', '18+'])
    expect(matches(criteriaOf(filterOf({ ageBand: '16-17' })), candidate)).toBe(false)
    expect(matches(criteriaOf(filterOf({ ageBand: '14-15' })), candidate)).toBe(true)
    expect(matches(criteriaOf(filterOf()), { ...candidate, isHeld: true })).toBe(false)
  })

  test('refuses what it does not know', () => {
    expect(Filter.safeParse({ ageBand: '18+', regions: ['99'] }).success).toBe(false)
    expect(Filter.safeParse({ ageBand: '18+', leastPay: 1.5 }).success).toBe(false)
    expect(Filter.safeParse({ ageBand: '18+', words: [' '] }).success).toBe(false)
  })
})

test('what speaks for a vacancy, the weightiest first', () => {
  const criteria = criteriaOf(
    filterOf({ professions: ['cook'], towns: ['temirtau'], leastPay: 100_000, noExperience: true }),
  )
  const said = {
    professions: ['cook'],
    town: 'temirtau',
    pay: monthly(150_000),
    housing: true,
    publishedAt: now,
  } as const
  const candidate = candidateOf({ ...said, professions: ['cook'], experience: 'none' })
  const today = dayStart(now)
  expect(fitsOf(criteria, candidate, today)).toEqual([
    'profession',
    'town',
    'noExperience',
    'payAbove',
    'newToday',
    'housing',
  ])
  expect(fitsOf(criteria, candidateOf({ pay: monthly(100_000), publishedAt: today - 1 }), today)).toEqual([])
})

describe('regions that border on each other', () => {
  test.each(regions)('%s: both ways, never itself, and every region has one', (region) => {
    expect(neighboursOf(region).length).toBeGreaterThan(0)
    expect(neighboursOf(region)).not.toContain(region)
    for (const other of neighboursOf(region)) expect(neighboursOf(other)).toContain(region)
    expect(new Set(neighboursOf(region)).size).toBe(neighboursOf(region).length)
  })

  test('cities with the region around them', () => {
    expect(withNeighbours(['71'])).toEqual(['71', '11'])
    expect(withNeighbours(['63'])).toEqual(['10', '63'])
    expect(withNeighbours([])).toEqual([])
  })
})

describe('the nearest that finds something', () => {
  const index = createVacancyIndex([
    candidateOf({ region: '11', professions: ['cook'] }, 'near'),
    candidateOf({ region: '47', professions: ['cook'] }, 'far'),
    candidateOf({ region: '71', town: 'astana', professions: ['waiter'] }, 'family'),
  ])
  const steps = (asked: Partial<Filter>) =>
    nearest(filterOf(asked), index, now, familyOf).map(({ step, total }) => [step, total])

  test('one condition alone is given up, in order of kindness', () => {
    expect(steps({ regions: ['71'], professions: ['cook'] })).toEqual([
      ['neighbours', 1],
      ['anywhere', 2],
      ['family', 1],
      ['work', 1],
    ])
    expect(steps({ regions: ['71'], towns: ['kosshy'], professions: ['waiter'] })).toEqual([
      ['town', 1],
      ['neighbours', 1],
      ['anywhere', 1],
    ])
    expect(steps({ regions: ['11'], words: ['сварщик'] })).toEqual([['words', 1]])
    expect(steps({ regions: ['11'], schedules: ['shifts'] })).toEqual([['schedule', 1]])
    expect(steps({ regions: ['11'], housing: true })).toEqual([['housing', 1]])
    expect(steps({ regions: ['11'], payMayBeUnknown: false })).toEqual([['pay', 1]])
  })

  test('nothing where two conditions stand in the way, and never a word to avoid', () => {
    expect(steps({ regions: ['11'], housing: true, schedules: ['shifts'] })).toEqual([])
    expect(steps({ professions: ['tailor'] })).toEqual([['work', 3]])
    expect(steps({ avoid: ['x'], regions: ['11'], housing: true, professions: ['tailor'] })).toEqual([])
  })
})
