import { z } from 'zod'
import { defineNotice } from '../kit/notice.ts'
import { type Button, button, go, type Navigation, type Paragraph, screen } from '../kit/screen.ts'
import { Message, type Translate } from '../kit/words.ts'
import { short } from '../reminders/screens.ts'
import { listingLines } from '../vacancies/lines.ts'
import { exampleListing, Listing } from '../vacancies/listing.ts'
import { Filter } from '../vacancies/matching/filter.ts'
import { exampleFilters } from './contract.ts'

/** Vacancies in one notice at most. */
export const mostTold = 10
/** Filters whose other vacancies a notice leads to, at most. */
export const mostOthers = 3

/** Why a vacancy is told: it is new; it was told before, and pays more now, or has changed for the better otherwise. */
export const newsKinds = ['new', 'morePay', 'again'] as const

const Item = z.object({
  listing: Listing,
  news: z.enum(newsKinds),
  /** For a vacancy that stands alone: what the law says at the person's age, and how its text begins. */
  law: z.array(Message),
  excerpt: z.string().max(400),
})
export type FoundItem = z.infer<typeof Item>

/** Vacancies that were found, the best first, and how many more there are for which filters. */
export const FoundValues = z.object({
  items: z.array(Item).min(1).max(mostTold),
  others: z.array(z.object({ name: Message, filter: Filter, count: z.int().positive() })).max(mostOthers),
})
export type FoundValues = z.infer<typeof FoundValues>

const alone: FoundItem = {
  listing: exampleListing,
  news: 'new',
  law: [{ key: 'vacancies:law.consent' }],
  excerpt: 'Example',
}
const again: FoundItem = { ...alone, news: 'again', law: [], excerpt: '' }

/** What is new for a person, of all their subscriptions together. */
export const found = defineNotice<FoundValues>('alerts.found', {
  values: FoundValues,
  priority: 'alert',
  canBeMuted: true,
  screen: ({ values, t }) => {
    const [first, ...rest] = values.items
    return first !== undefined && rest.length === 0 ? oneFound(t, first, values) : manyFound(t, values)
  },
  examples: [
    { items: [alone], others: [] },
    { items: [again], others: [] },
    {
      items: [alone, { ...alone, news: 'morePay' }, again],
      others: [{ name: { key: 'vacancies:filter.anyWork' }, filter: exampleFilters.plain, count: 7 }],
    },
  ],
})

function oneFound(t: Translate, { listing, news, law, excerpt }: FoundItem, values: FoundValues) {
  const { id, title, employer } = listing
  return screen(
    [
      t('found.one'),
      [...newsLine(t, news), ...listingLines(shortened(listing))],
      law,
      ...(excerpt === '' ? [] : [t('found.excerpt', { text: excerpt })]),
      ...othersLine(t, values),
    ],
    [button(t('found.open'), opening({ id }), 'primary')],
    [button(t('found.save'), opening({ id, act: 'save' })), button(t('found.hide'), opening({ id, act: 'hide' }))],
    [
      button(t('found.similar'), opening({ id, act: 'similar' })),
      button(t('found.applied'), go.open('applications', { vacancy: { id, title, employer } })),
    ],
    [button(t('found.report'), opening({ id, act: 'report' })), button(t('found.mine'), go.open('alerts'))],
    ...otherRows(t, values),
  )
}

function manyFound(t: Translate, values: FoundValues) {
  const { items } = values
  const entries: Paragraph[] = items.map(({ listing, news }, place) => [
    ...newsLine(t, news),
    ...listingLines(shortened(listing), place + 1),
  ])
  return screen(
    [t('found.many', { count: items.length }), ...entries, ...othersLine(t, values)],
    ...items.map(({ listing: { id, title } }, place) => [
      button(t('found.openOne', { number: place + 1, title: short(title, 40) }), opening({ id })),
    ]),
    ...otherRows(t, values),
    [button(t('found.mine'), go.open('alerts'))],
  )
}

/** What a message holds: ten of these are under its limit. */
function shortened(listing: Listing): Listing {
  const { title, employer, town } = listing
  return {
    ...listing,
    title: short(title, 80),
    employer: employer === null ? null : short(employer, 50),
    town: typeof town === 'string' ? short(town, 40) : town,
  }
}

function newsLine(t: Translate, news: FoundItem['news']): Message[] {
  return news === 'new' ? [] : [t(`found.news.${news}`)]
}

function othersLine(t: Translate, { others }: FoundValues): Message[] {
  const count = others.reduce((sum, other) => sum + other.count, 0)
  return count === 0 ? [] : [t('found.others', { count })]
}

function otherRows(t: Translate, { others }: FoundValues): Button<Navigation>[][] {
  return others.map(({ name, filter, count }) => [
    button(t('found.list', { name, count }), go.open('vacancies', { filter })),
  ])
}

function opening(input: unknown): Navigation {
  return go.open('vacancies', input)
}
