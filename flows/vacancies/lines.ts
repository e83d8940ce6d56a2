import type { Region } from '../common/regions.ts'
import { type Message, translator, type Value } from '../kit/words.ts'
import type { Listing } from './listing.ts'
import type { Pay } from './vacancy.ts'

const t = translator('vacancies')
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
