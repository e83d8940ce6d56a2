import { longest, type RawVacancy, standsFor, Vacancy } from '../vacancy.ts'
import { createConditionReader } from './conditions.ts'
import { binIn, contactIn } from './contacts.ts'
import { createDateReader, type DateReader } from './dates.ts'
import { isOfHeadHunter, ofHeadHunter } from './headhunter.ts'
import { createPayReader, type PayReader } from './pay.ts'
import { createPlaceReader, type Place, type PlaceReader } from './places.ts'
import { createLanguageOf, lineOf, plainOf } from './text.ts'
import { createTitleReader } from './titles.ts'
import type { VacancyWords } from './words.ts'

/** What a vacancy is read with besides its own words. */
export type Given = {
  /** Epoch ms. */
  readonly now: number
  /** The name of the source, for `seen`. */
  readonly source: string
  /** Ids of professions of the catalogue that a title speaks of, the nearest first. */
  professionsFor(title: string): readonly string[]
}

/** What of a vacancy may be left out because it cannot be understood. */
export const doubtful = ['pay', 'date'] as const

/** What was left out of a vacancy, and why, in words for whoever imports. */
export type Doubt = { readonly about: (typeof doubtful)[number]; readonly why: string }

/** A vacancy with what was left out of it, or why a row is none. */
export type Normalised =
  | { readonly type: 'vacancy'; readonly vacancy: Vacancy; readonly doubts: readonly Doubt[] }
  | { readonly type: 'refused'; readonly why: string /** Its last day has passed. */; readonly isOver?: true }

/** Makes a vacancy of what a source says. It never throws. */
export type Normalise = (raw: RawVacancy, given: Given) => Normalised

const day = 86_400_000

/** Makes the reader of vacancies, with the words that `readVacancyWords` reads. */
export function createNormalise(words: VacancyWords): Normalise {
  const titleOf = createTitleReader(words.titles)
  const places = createPlaceReader(words.towns, words.regions)
  const pay = createPayReader(words.pay)
  const conditionsOf = createConditionReader(words.conditions)
  const dateOf = createDateReader(words.dates)
  const languageOf = createLanguageOf(words.titles.languages)

  return (given, { now, source, professionsFor }) => {
    const raw = isOfHeadHunter(given.url ?? '') ? ofHeadHunter(given) : given
    const title = titleOf(raw.title)
    if (title === '') return refused('no title')
    const dates = datesOf(raw, dateOf, now)
    if (dates.type === 'ended')
      return { ...refused(`ended on ${new Date(dates.at).toISOString().slice(0, 10)}`), isOver: true }
    const description = descriptionOf(raw)
    const running = `${title}\n${description}`
    const place = placeOf(raw, title, description, places)
    const paid = payOf(raw, title, pay)
    const url = urlOf(raw.url)
    const result = Vacancy.safeParse({
      title,
      employer: nameOf(raw.employer, longest.employer),
      bin: binIn(raw.bin ?? '') ?? binIn(raw.employer ?? ''),
      region: place.region,
      town: place.town ?? place.townAsWritten,
      pay: paid.type === 'pay' ? paid.pay : null,
      ...conditionsOf({ ...conditionTexts(raw), running }),
      contact: contactIn(`${raw.contact ?? ''}\n${description}`),
      description,
      professions: [...new Set(professionsFor(title))].slice(0, 3),
      publishedAt: dates.published,
      validThrough: dates.validThrough,
      language: languageOf(running),
      seen: [{ source, id: idOf(raw, title), url }],
    })
    if (!result.success) return refused(faultsOf(result.error.issues))
    const unpaid: readonly Doubt[] = paid.type === 'nonsense' ? [{ about: 'pay', why: paid.why }] : []
    const doubts = [...unpaid, ...dates.doubts]
    return { type: 'vacancy', vacancy: result.data, doubts }
  }
}

function refused(why: string): Extract<Normalised, { type: 'refused' }> {
  return { type: 'refused', why }
}

function faultsOf(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(', ')
}

type Dates =
  | {
      readonly type: 'standing'
      readonly published: number
      readonly validThrough: number
      readonly doubts: readonly Doubt[]
    }
  | { readonly type: 'ended'; readonly at: number }

/** Where no last day is said a vacancy stands `standsFor` days; what was "published" tomorrow was so now. */
function datesOf(raw: RawVacancy, dateOf: DateReader, now: number): Dates {
  const written = raw.published === null ? null : dateOf(raw.published, 'start', now)
  const published = Math.min(written ?? now, now)
  const last = raw.validThrough === null ? null : dateOf(raw.validThrough, 'end', now)
  const validThrough = last ?? published + standsFor * day
  if (validThrough < now) return { type: 'ended', at: validThrough }
  const unread = (text: string | null, at: number | null) =>
    text?.trim() && at === null ? [text.trim().slice(0, 40)] : []
  const doubts = [...unread(raw.published, written), ...unread(raw.validThrough, last)].map((text): Doubt => {
    return { about: 'date', why: `no date in "${text}"` }
  })
  return { type: 'standing', published, validThrough, doubts }
}

/** Requirements stand under the description; what says the same twice is left as it is. */
function descriptionOf({ description, requirements }: RawVacancy): string {
  const [about, asked] = [plainOf(description ?? ''), plainOf(requirements ?? '')]
  return asked === '' || about.includes(asked) ? about : joined(`${about}\n\n${asked}`)
}

/** Joined texts may be longer than one may be. */
function joined(text: string): string {
  return text.length <= longest.description ? text.trim() : plainOf(text)
}

/** Where the fields say nothing, title and description may name a town. */
function placeOf(raw: RawVacancy, title: string, description: string, places: PlaceReader): Place {
  const isSilent = !raw.region?.trim() && !raw.town?.trim()
  if (!isSilent) return places.read(raw.region, raw.town)
  const inTitle = places.firstIn(title)
  return inTitle.town === null && inTitle.region === null ? places.firstIn(description) : inTitle
}

function payOf(raw: RawVacancy, title: string, pay: PayReader) {
  const told = pay.read(raw)
  return told.type === 'none' ? pay.within(raw.title === title ? title : `${raw.title.slice(0, longest.title)}`) : told
}

function conditionTexts({ experience, education, employment, schedule, hours, format }: RawVacancy) {
  return { experience, education, employment, schedule, hours, format }
}

function nameOf(text: string | null, most: number): string | null {
  return lineOf(text ?? '', most) || null
}

/** Only pages of the web are linked to. */
function urlOf(text: string | null): string | null {
  const url = plain(text)
  return url.length <= longest.link && /^https?:\/\/[^\s/]+\.[^\s]+$/i.test(url) && URL.canParse(url) ? url : null
}

/** A source that numbers nothing is known by its page, else by what would be the same in its next list. */
function idOf(raw: RawVacancy, title: string): string {
  const own =
    plain(raw.id) || plain(raw.url) || plain([title, raw.employer, raw.town ?? raw.region].filter(Boolean).join(' · '))
  return own.slice(0, longestId).toWellFormed()
}

const longestId = 200

/** Without control signs: PostgreSQL takes no text with a NUL in it. */
function plain(text: string | null): string {
  return (text ?? '').replace(/\p{Cc}/gu, '').trim()
}
