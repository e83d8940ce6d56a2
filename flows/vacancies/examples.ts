import { exampleWords } from '../kit/words.ts'
import { type VacanciesContext as Context, emptyContext } from './context.ts'
import { emptyFilter, exampleCard, type VacancyCard } from './contract.ts'
import { exampleListing, type Listing } from './listing.ts'
import type { Filter } from './matching/filter.ts'
import { steps } from './matching/nearest.ts'
import { fits } from './matching/rank.ts'
import { signKinds } from './scam/signs.ts'
import { currencies, educations, employments, experiences, formats, payPeriods, schedules } from './vacancy.ts'

const pay = { min: 1_000, max: null, currency: 'KZT', tax: null, period: 'month' } as const
const told: Listing = { ...exampleListing, fits: ['newToday'], region: '10', outcome: 'barred' }
const listed: readonly Listing[] = [
  ...fits.map((fit) => ({ ...told, fits: [fit] })),
  { ...told, town: null, isHeld: true },
  { ...told, employer: null },
  { ...told, region: null, town: null, pay: null },
  { ...told, pay: { ...pay, max: 1_000, tax: 'gross' } },
  { ...told, pay: { ...pay, min: null, max: 1_000 } },
  ...currencies.map((currency) => ({ ...told, pay: { ...pay, currency } })),
  ...payPeriods.map((period) => ({ ...told, pay: { ...pay, period } })),
]

const everything: Filter = {
  ...emptyFilter,
  ...{ regions: ['75', '19'], professions: ['cook'], families: ['food'], leastPay: 100_000, noExperience: true },
  ...{ schedules: [...schedules], employments: [...employments], formats: [...formats], housing: true },
  ...{ words: ['example'], avoid: ['other'] },
}
const names = { professions: [{ id: 'cook', name: exampleWords }], families: [], towns: [] }

const cards: readonly VacancyCard[] = [
  { ...exampleCard, pay: { ...pay, max: 1_000, period: 'hour' } },
  ...experiences.map((experience) => ({ ...exampleCard, experience })),
  ...educations.map((education) => ({ ...exampleCard, education })),
  ...employments.map((employment) => ({ ...exampleCard, employment })),
  ...schedules.map((schedule) => ({ ...exampleCard, schedule })),
  ...formats.map((format) => ({ ...exampleCard, format })),
  { ...exampleCard, night: true, rotation: true, housing: false, meals: false, reported: 'other' },
  { ...exampleCard, isHeld: true },
  ...[1, 2].map((page) => ({ ...exampleCard, text: { body: 'Example', page, pages: 4 } })),
]
/** Two signs stand on a card; so all of them are on one of these. */
const held = signKinds.flatMap((_, at) =>
  at % 2 > 0
    ? []
    : [
        {
          ...exampleCard,
          isHeld: true,
          signs: signKinds.slice(at, at + 2).map((kind) => ({ kind, words: 'example' })),
        },
      ],
)

const placeOf = (value: string, context: Partial<Context>) => ({ value, context: { ...emptyContext, ...context } })

/** Places in which all words of lists, cards and filters are met. */
export const exampleFrames = [
  placeOf('editing', { filter: everything, names }),
  placeOf('editing', { filter: { ...everything, remoteAnywhere: false, payMayBeUnknown: false }, names }),
  placeOf('editing', { filter: { ...emptyFilter, payMayBeUnknown: false } }),
  placeOf('editing', { filter: { ...everything, remoteAnywhere: false }, names }),
  placeOf('working', { own: names.professions }),
  ...listed.flatMap((_, at) =>
    at % 4 > 0
      ? []
      : [
          placeOf('listing', {
            list: { items: [...listed].slice(at, at + 4), total: 30, page: 0, pages: 6, nearer: [] },
          }),
        ],
  ),
  ...[steps.slice(0, 4), steps.slice(4, 8), steps.slice(8)].map((some) => {
    const nearer = some.map((step) => ({ step, filter: emptyFilter, total: 2 }))
    return placeOf('listing', { list: { ...emptyContext.list, nearer }, isFairComing: true })
  }),
  placeOf('listing', { isFairComing: true }),
  placeOf('young', { ageBand: '12-13' }),
  ...[...cards, ...held].map((card) => placeOf('card', { card })),
  ...(['scam', 'other'] as const).flatMap((reported) =>
    [true, false].map((isLookedAt) => placeOf('reported', { card: { ...exampleCard, reported, isLookedAt } })),
  ),
]
