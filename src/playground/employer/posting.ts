import type { Offer } from './offer.ts'
import { lastMomentOf } from './offers.ts'
import type { PageWords } from './words.ts'

/** Hours a week from which work counts as full time; fewer are part of it. */
const fullTime = 36

/** Months of experience that each answer asks for at least. */
const months = { none: 0, under1: 6, '1to3': 12, '3to6': 36, over6: 72 } as const

/** The offer as a JobPosting (https://schema.org/JobPosting), as employers write them into their pages. */
export function postingOf(offer: Offer, words: PageWords): Readonly<Record<string, unknown>> {
  const employer = employerOf(offer, words)
  return {
    '@context': 'https://schema.org',
    '@type': 'JobPosting',
    title: offer.title,
    identifier: { '@type': 'PropertyValue', name: employer, value: offer.id },
    datePosted: new Date(offer.publishedAt).toISOString(),
    validThrough: new Date(lastMomentOf(offer.until)).toISOString(),
    hiringOrganization: { '@type': 'Organization', name: employer },
    jobLocation: {
      '@type': 'Place',
      address: {
        '@type': 'PostalAddress',
        addressCountry: 'KZ',
        addressRegion: words.region(offer.region),
        ...(offer.town === '' ? {} : { addressLocality: offer.town }),
      },
    },
    ...salaryOf(offer),
    ...(offer.hours === null ? {} : { employmentType: offer.hours < fullTime ? 'PART_TIME' : 'FULL_TIME' }),
    ...(offer.experience === null
      ? {}
      : {
          experienceRequirements: {
            '@type': 'OccupationalExperienceRequirements',
            monthsOfExperience: months[offer.experience],
          },
        }),
    ...given('workHours', workHoursOf(offer, words)),
    ...(offer.contact === '' ? {} : { applicationContact: { '@type': 'ContactPoint', telephone: offer.contact } }),
    description: paragraphsOf(offer, words).join('\n\n'),
  }
}

/** Whoever reads the name anywhere sees that it is nobody's. */
export function employerOf({ employer }: Offer, words: PageWords): string {
  return words.say('offer.sampleOf', { employer })
}

/** What the page says in running text: first of all that it is a sample. */
export function paragraphsOf(offer: Offer, words: PageWords): readonly string[] {
  const lines = [workHoursOf(offer, words), offer.housing ? words.say('offer.housingGiven') : '']
  const about = offer.description.split(/\n+/)
  return [words.say('offer.sampleMark'), ...about, ...lines].map((line) => line.trim()).filter((line) => line !== '')
}

/** Days, hours and part of the day, in the words that vacancies have for them. */
function workHoursOf({ schedule, hours, night }: Offer, words: PageWords): string {
  return [
    schedule === null ? '' : words.say(`schedules.${schedule}`),
    hours === null ? '' : words.say('offer.weekHours', { hours }),
    night === null ? '' : words.say(`nights.${night}`),
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function salaryOf({ payFrom, payTo }: Offer) {
  if (payFrom === null && payTo === null) return {}
  const value = {
    '@type': 'QuantitativeValue',
    ...(payFrom === null ? {} : { minValue: payFrom }),
    ...(payTo === null ? {} : { maxValue: payTo }),
    unitText: 'MONTH',
  }
  return { baseSalary: { '@type': 'MonetaryAmount', currency: 'KZT', value } }
}

function given(name: string, text: string) {
  return text === '' ? {} : { [name]: text }
}
