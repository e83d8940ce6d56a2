import { z } from 'zod'
import { defineAsk, defineTell } from '../kit/contract.ts'
import { exampleWords } from '../kit/words.ts'
import { FilterNames, noNames } from '../vacancies/filter-lines.ts'
import { criteriaOf, Filter } from '../vacancies/matching/filter.ts'
import { employments, formats, schedules } from '../vacancies/vacancy.ts'
import { defaultRhythm, rhythms } from './rhythm.ts'

/** How many subscriptions a person keeps at most, paused ones among them. */
export const subscriptionLimit = 10

const id = z.string().min(1).max(100)

/** What somebody looks for, and how they want to hear of it. */
export const Subscription = z.object({
  id,
  filter: Filter,
  rhythm: z.enum(rhythms),
  hour: z.int().min(0).max(23),
  /** 1 = Monday. */
  weekday: z.int().min(1).max(7),
  /** Vacancies told on one day at most. */
  perDay: z.int().min(1).max(10),
  state: z.enum(['active', 'paused']),
  /** What is older is not told, epoch ms. */
  since: z.int(),
})
export type Subscription = z.infer<typeof Subscription>

/** A subscription as it is shown: with the names its filter needs, and how many were told in the last seven days. */
export const ShownSubscription = Subscription.extend({ names: FilterNames, told: z.int() })
export type ShownSubscription = z.infer<typeof ShownSubscription>

/** Whether two filters ask for the same, however they were written and whoever asks. */
export function isSameFilter(one: Filter, other: Filter): boolean {
  const keyOf = (filter: Filter) => JSON.stringify(criteriaOf({ ...filter, ageBand: '18+' }))
  return keyOf(one) === keyOf(other)
}

const plain = Filter.parse({ ageBand: '18+' })
const rich = Filter.parse({
  ...{ regions: ['75', '19'], professions: ['cook'], leastPay: 150_000, noExperience: true, schedules, employments },
  ...{ formats, housing: true, words: ['example'], avoid: ['example'], ageBand: '16-17' },
})
const cook = { id: 'cook', name: exampleWords }
/** What the flow may be opened with and shows, for its examples: nothing asked for, everything, and in between. */
export const exampleFilters = {
  plain,
  rich,
  near: Filter.parse({
    regions: ['75'],
    remoteAnywhere: false,
    leastPay: 100_000,
    payMayBeUnknown: false,
    ageBand: '18+',
  }),
  named: Filter.parse({ towns: ['almaty'], payMayBeUnknown: false, ageBand: '18+' }),
} as const

const example: ShownSubscription = {
  ...{ id: 'example', filter: rich, ...defaultRhythm, state: 'active', since: 0 },
  ...{ names: { ...noNames, professions: [cook] }, told: 4 },
}
const others: readonly ShownSubscription[] = [
  { ...example, id: 'once', filter: plain, names: noNames, rhythm: 'once', told: 0 },
  { ...example, id: 'weekly', filter: exampleFilters.near, names: noNames, rhythm: 'weekly', weekday: 5, told: 1 },
  { ...example, id: 'paused', filter: exampleFilters.named, names: noNames, state: 'paused' },
]

/** All of a person's subscriptions, the oldest first. */
export const listSubscriptions = defineAsk('alerts.list', {
  who: 'met',
  data: z.null(),
  reply: z.array(ShownSubscription).max(subscriptionLimit),
  examples: [
    [],
    [example, ...others],
    [example],
    Array.from({ length: subscriptionLimit }, (_, place) => ({
      ...example,
      id: `example${place}`,
      filter: { ...rich, leastPay: 100_000 + place },
    })),
  ],
})

/** A subscription as a whole, new or changed. */
export const saveSubscription = defineTell('alerts.save', { who: 'met', data: Subscription })

export const deleteSubscription = defineTell('alerts.delete', { who: 'met', data: z.object({ id }) })

/** What stood in notices that were taken back before they went waits again, for what is looked for now. */
export const releaseAlerts = defineTell('alerts.release', { who: 'met', data: z.null() })
