import fc from 'fast-check'
import { ageBands } from '../../../../flows/common/person.ts'
import { type Candidate, prepare } from '../../../../flows/vacancies/matching/candidate.ts'
import { Filter } from '../../../../flows/vacancies/matching/filter.ts'
import type { Vacancy } from '../../../../flows/vacancies/vacancy.ts'

export const now = Date.UTC(2026, 10, 30, 6)
const day = 24 * 60 * 60 * 1000

/** Few values of each kind, so that filters and vacancies meet often. */
const regionIds = ['71', '75', '35', '11'] as const
const towns = ['astana', 'almaty', 'karaganda', 'Ақсу ауылы']
const professions = ['cook', 'waiter', 'welder', 'tailor', 'unheard-of']
const families = ['food-service', 'machines', 'art']
const words = [
  'повар',
  'повара',
  'аспазшы',
  'аспазшылар',
  'driver',
  'drivers',
  'ночная смена',
  'ночь',
  'қойма',
  'Welder!',
  '—',
]
const texts = ['Ищем повара', 'Аспазшыларға жұмыс', 'Drivers wanted', 'Ночные смены', 'Қоймада', '', 'ночью', '<b>']
const sums = [100_000, 150_000, 200_000]

export function familyOf(profession: string): string | undefined {
  return { cook: 'food-service', waiter: 'food-service', welder: 'machines', tailor: 'art' }[profession]
}

/** A vacancy that says nothing but what is given. */
export function vacancyOf(said: Partial<Vacancy> = {}): Omit<Vacancy, 'seen'> {
  return {
    title: '…',
    employer: null,
    bin: null,
    region: null,
    town: null,
    pay: null,
    experience: null,
    education: null,
    employment: null,
    schedule: null,
    weekHours: null,
    dayHours: null,
    night: null,
    rotation: null,
    format: null,
    housing: null,
    meals: null,
    contact: null,
    description: '',
    professions: [],
    publishedAt: now - day,
    validThrough: now + day,
    language: null,
    ...said,
  }
}

export function candidateOf(said: Partial<Vacancy> = {}, id = 'v'): Candidate {
  return prepare(vacancyOf(said), { id, outcomeFor: () => 'shown', familyOf, isHeld: false })
}

export function filterOf(asked: Partial<Filter> = {}): Filter {
  return Filter.parse({ ageBand: '18+', ...asked })
}

const some = <T>(values: readonly T[], most = 2) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: most })
const perhaps = <T>(values: readonly T[]) => fc.constantFrom(null, ...values)

/** Most ask for little, as people do; else nothing would be found by any. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary })

export const anyFilter: fc.Arbitrary<Filter> = fc
  .record({
    regions: some(regionIds, 3),
    towns: seldom(some(towns), []),
    remoteAnywhere: fc.boolean(),
    professions: seldom(some(professions), []),
    families: seldom(some(families), []),
    leastPay: seldom(fc.constantFrom(...sums), null as number | null),
    payMayBeUnknown: seldom(fc.constant(false), true),
    noExperience: fc.boolean(),
    schedules: seldom(some(['shifts', 'flexible', 'fiveTwo'] as const), []),
    employments: seldom(some(['full', 'part'] as const), []),
    formats: seldom(some(['remote', 'onSite', 'hybrid'] as const), []),
    housing: seldom(fc.constant(true), false),
    words: seldom(some(words, 3), []),
    avoid: seldom(some(words), []),
    ageBand: fc.constantFrom(...ageBands),
  })
  .map((filter) => Filter.parse(filter))

const pay = fc
  .record({
    min: perhaps(sums),
    max: perhaps(sums.map((sum) => sum + 100_000)),
    currency: fc.constantFrom('KZT', 'KZT', 'KZT', 'USD'),
    tax: fc.constant(null),
    period: fc.constantFrom('month', 'month', 'month', 'hour'),
  } as const)
  .map((one) => (one.min === null && one.max === null ? null : one))

const anyVacancy = fc.record({
  title: fc.constantFrom(...texts).map((text) => text || '…'),
  description: fc.constantFrom(...texts),
  employer: fc.constantFrom(null, 'ТОО «Аспазшы»'),
  region: perhaps(regionIds),
  town: perhaps(towns),
  pay,
  experience: perhaps(['none', '1to3'] as const),
  schedule: perhaps(['shifts', 'flexible', 'fiveTwo'] as const),
  employment: perhaps(['full', 'part'] as const),
  format: perhaps(['remote', 'onSite', 'hybrid'] as const),
  housing: fc.constantFrom(null, true, false),
  professions: some(professions, 3),
  publishedAt: fc.constantFrom(now - day, now - 1, now - 40 * day),
  validThrough: fc.constantFrom(now - 1, now, now + day),
})

export const anyCandidates: fc.Arbitrary<Candidate[]> = fc
  .array(
    fc.record({
      said: anyVacancy,
      barred: fc.uniqueArray(fc.constantFrom(...ageBands), { maxLength: 2 }),
      isHeld: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    all.map(({ said, barred, isHeld }, at) =>
      prepare(vacancyOf(said), {
        id: `v${at}`,
        outcomeFor: (ageBand) => (barred.includes(ageBand) ? 'barred' : 'condition'),
        familyOf,
        isHeld,
      }),
    ),
  )
