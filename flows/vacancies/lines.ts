import { type Region, regions } from '../common/regions.ts'
import { type Message, translator, type Value, value } from '../kit/words.ts'
import type { FilterNames } from './contract.ts'
import type { Listing } from './listing.ts'
import type { Filter } from './matching/filter.ts'
import type { Pay } from './vacancy.ts'

const t = translator('vacancies')
/** Names of one kind in a line; the others are counted. */
const mostNames = 4
/** Cities that are regions: their name says all of the place. */
const cities: readonly (Region | null)[] = ['71', '75', '79']

/**
 * A vacancy as the lines of one paragraph, the same in lists, notices and fairs: title, employer and place, pay, what
 * speaks for it, and what to mind. With a number it is one of several.
 */
export function listingLines(listing: Listing, number?: number): Message[] {
  const { title, fits, isHeld, outcome } = listing
  return [
    number === undefined ? t('listing.title', { title }) : t('listing.numbered', { number, title }),
    ...whereLine(listing),
    payLine(listing.pay),
    ...(fits.length === 0 ? [] : [t('listing.fits', { fits: fits.map((fit) => t(`fit.${fit}`)) })]),
    ...(isHeld ? [t('listing.held')] : []),
    ...(outcome === 'shown' ? [] : [t(`listing.${outcome}`)]),
  ]
}

/** Employer and place, as far as they are known. */
function whereLine(listing: Pick<Listing, 'employer' | 'region' | 'town'>): Message[] {
  const { employer } = listing
  const place = placeOf(listing)
  if (employer === null) return place === undefined ? [] : [t('listing.place', { place })]
  return [place === undefined ? t('listing.employer', { employer }) : t('listing.where', { employer, place })]
}

/** Town and region as one value; undefined where neither is known. */
export function placeOf({ region, town }: Pick<Listing, 'region' | 'town'>): Value | undefined {
  const name: Value | undefined = region === null ? undefined : { key: `regions:${region}` }
  if (town === null) return name
  return name === undefined || cities.includes(region) ? town : t('place', { town, region: name })
}

/** Pay as it was offered, in its own currency and period; or that nobody said. */
export function payLine(pay: Pay | null): Message {
  if (pay === null) return t('pay.unknown')
  const line = { sum: sumOf(pay), period: t(`period.${pay.period}`) }
  return pay.tax === null ? t('pay.line', line) : t('pay.taxed', { ...line, tax: t(`tax.${pay.tax}`) })
}

function sumOf({ min, max, currency }: Pay): Message {
  const sign = t(`currency.${currency}`)
  if (min !== null && max !== null) {
    return min === max ? t('pay.exactly', { sum: min, sign }) : t('pay.between', { min, max, sign })
  }
  return min === null ? t('pay.most', { sum: max ?? 0, sign }) : t('pay.least', { sum: min, sign })
}

/** What a filter asks for, a line for each kind; with the names that `vacancies.named` gives. */
export function filterLines(filter: Filter, names: FilterNames): Message[] {
  const { leastPay, payMayBeUnknown, noExperience, housing, words, avoid, remoteAnywhere } = filter
  const [places, works] = [placesOf(filter, names), worksOf(names)]
  const terms = termsOf(filter)
  return [
    places.length === 0 ? t('filter.anywhere') : t('filter.places', { places: some(places) }),
    ...(places.length > 0 && remoteAnywhere ? [t('filter.remote')] : []),
    works.length === 0 ? t('filter.anyWork') : t('filter.works', { works: some(works) }),
    ...(leastPay === null ? [] : [t('filter.pay', { sum: leastPay })]),
    ...(payMayBeUnknown ? [] : [t('filter.payNamed')]),
    ...(noExperience ? [t('filter.noExperience')] : []),
    ...(terms.length === 0 ? [] : [t('filter.terms', { terms })]),
    ...(housing ? [t('filter.housing')] : []),
    ...(words.length === 0 ? [] : [t('filter.words', { words: some(words) })]),
    ...(avoid.length === 0 ? [] : [t('filter.avoid', { words: some(avoid) })]),
  ]
}

/** A filter in a few words, for a label: what work, and where. */
export function filterName(filter: Filter, names: FilterNames): Message {
  const [work] = [...worksOf(names), ...filter.words]
  const [place] = placesOf(filter, names)
  const what: Value = work ?? t('filter.shortAny')
  return place === undefined ? value(what) : t('filter.name', { work: what, place })
}

function placesOf({ regions: chosen, towns }: Filter, names: FilterNames): Value[] {
  if (towns.length > 0) return towns.map((town) => names.towns.find(({ id }) => id === town)?.name ?? town)
  return regions.filter((region) => chosen.includes(region)).map((region) => ({ key: `regions:${region}` }))
}

function worksOf({ professions, families }: FilterNames): Value[] {
  return [...professions, ...families].map(({ name }) => name)
}

function termsOf({ schedules, employments, formats }: Filter): Message[] {
  return [
    ...schedules.map((schedule) => t(`schedule.${schedule}`)),
    ...employments.map((employment) => t(`employment.${employment}`)),
    ...formats.map((format) => t(`format.${format}`)),
  ]
}

/** The first of many values, and how many more there are. */
function some(values: readonly Value[]): Value {
  if (values.length <= mostNames) return values
  return t('filter.some', { names: values.slice(0, mostNames - 1), count: values.length - mostNames + 1 })
}
