import { toLocal } from '../../../flows/common/calendar.ts'
import { zone } from '../../../flows/common/regions.ts'
import { bands, type Made, type Reading } from '../../../flows/offers/contract.ts'
import type { Draft } from '../../../flows/offers/offer.ts'
import { explain } from '../../../flows/vacancies/law/explain.ts'
import { createDateReader, type DateReader } from '../../../flows/vacancies/normalise/dates.ts'
import { RawVacancy, type Vacancy } from '../../../flows/vacancies/vacancy.ts'
import type { WordsBook } from '../../i18n/words.ts'
import { createProfessionsByTitle } from '../professions/by-title.ts'
import type { WrittenCatalogue } from '../professions/seed.ts'
import { createReading as createVacancyReading, noFindings } from '../vacancies/candidates.ts'
import { factsOf, textOf } from '../vacancies/cards.ts'
import { digestOf } from '../vacancies/ingest.ts'
import type { Knowledge } from '../vacancies/knowledge.ts'
import { createNames } from '../vacancies/names.ts'

/** What offers are called among the sources of vacancies. */
export const source = 'offers'

/** An offer on its way, by its id; a new one has none yet. */
type Given = { readonly id: string; readonly offer: Draft; readonly now: number }
/** Where it stands, and which page of its text is read. */
type Read = Given & { readonly page: number }

/** Reads offers as all other vacancies are read. */
export type OfferReading = {
  /** The vacancy an offer becomes; null where its title is none or its last day has passed. */
  made(given: Given): Made | null
  /** As those who look for work will see it; null where its title is none. */
  read(given: Read): Reading | null
  dayIn: (text: string, now: number) => number | null
}

export function createOfferReading(knowledge: Knowledge, catalogue: WrittenCatalogue, words: WordsBook): OfferReading {
  const { normalise, identityOf } = knowledge
  const reading = createVacancyReading(knowledge, catalogue)
  const names = createNames(knowledge, catalogue)
  const professionsFor = createProfessionsByTitle(catalogue)
  const dateOf: DateReader = createDateReader(knowledge.words.dates)
  const regionName = (offer: Draft) =>
    offer.region === null ? null : words.plain({ key: `regions:${offer.region}` }, 'ru')

  function made({ id, offer, now }: Given): Made | null {
    const raw = rawOf(id, offer, regionName(offer))
    const read = normalise(raw, { now, source, professionsFor })
    if (read.type === 'refused') return null
    const vacancy = asAnswered(read.vacancy, offer)
    if (vacancy.validThrough <= now) return null
    const { seen: _, ...body } = vacancy
    return {
      vacancy,
      identity: identityOf(body),
      digest: digestOf({ ...raw, hours: JSON.stringify(answersOf(offer)) }),
    }
  }

  return {
    made,
    dayIn: (text, now) => dateOf(text, 'end', now),
    read: ({ id, offer, now, page }) => {
      // A day that has passed meanwhile is asked for again when it is sent, not here.
      const one = made({ id, offer: { ...offer, until: null }, now })
      if (one === null) return null
      const { seen, ...body } = { ...one.vacancy, validThrough: offer.until ?? one.vacancy.validThrough }
      const listing = reading.listing({ id: id || 'new', body }, { ageBand: '18+', findings: noFindings, fits: [] })
      return {
        card: {
          ...{ ...listing, ...factsOf(body, names), outcome: 'shown', isHeld: false, isOpen: true, reported: null },
          ...{ law: [], signs: [], text: textOf(body.description, page) },
          links: seen.flatMap(({ url }) => (url === null ? [] : [{ source, url }])),
        },
        laws: bands.map((band) => {
          const judgement = reading.judgement(body, band)
          const sections = explain(judgement).map(({ head, lines }) => ({ head, lines: [...lines] }))
          return { band, outcome: judgement.outcome, sections }
        }),
        signs: reading.signs(body).map(({ kind, words: found }) => ({ kind, words: found })),
      }
    },
  }
}

/** What an offer says in words, as any source would: the rest was pressed and needs no reading. */
function rawOf(id: string, offer: Draft, region: string | null): RawVacancy {
  const link = /https?:\/\/(?!(?:t|telegram)\.me\/)\S+/i.exec(offer.contact ?? '')?.[0]
  return RawVacancy.parse({
    title: offer.title ?? '',
    id: id || 'new',
    url: link ?? null,
    ...{ employer: offer.employer, bin: offer.bin, region, town: offer.town, salary: offer.pay },
    ...{ description: offer.description, contact: offer.contact },
    validThrough: offer.until === null ? null : dayOf(offer.until),
  })
}

function dayOf(until: number): string {
  const { year, month, day } = toLocal(until, zone)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** What was answered by a press is so, whatever the text says besides. */
function asAnswered(vacancy: Vacancy, offer: Draft): Vacancy {
  return {
    ...vacancy,
    region: offer.region ?? vacancy.region,
    employment: offer.employment ?? vacancy.employment,
    schedule: offer.schedule ?? vacancy.schedule,
    weekHours: offer.hours ?? vacancy.weekHours,
    night: offer.night ?? vacancy.night,
    experience: offer.experience ?? vacancy.experience,
    housing: offer.housing ?? vacancy.housing,
    validThrough: offer.until ?? vacancy.validThrough,
  }
}

function answersOf({ region, employment, schedule, hours, night, experience, housing, until }: Draft) {
  return { region, employment, schedule, hours, night, experience, housing, until }
}
