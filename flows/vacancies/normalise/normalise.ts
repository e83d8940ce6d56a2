import { longest, type RawVacancy, standsFor, Vacancy } from '../vacancy.ts'
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

/** A vacancy, or why a row is none. `doubts` are what was left out of it, in words for whoever imports. */
export type Normalised =
  | { readonly type: 'vacancy'; readonly vacancy: Vacancy; readonly doubts: readonly string[] }
  | { readonly type: 'refused'; readonly why: string }

/** Makes a vacancy of what a source says. It never throws. */
export type Normalise = (raw: RawVacancy, given: Given) => Normalised

const day = 86_400_000

/** Makes the reader of vacancies, with the words that `readVacancyWords` reads. */
export function createNormalise(_words: VacancyWords): Normalise {
  return (raw, { now, source, professionsFor }) => {
    const title = raw.title.trim().slice(0, longest.title)
    const read = Vacancy.safeParse({
      ...{ title, employer: raw.employer, bin: null, region: null, town: raw.town, pay: null, experience: null },
      ...{ education: null, employment: null, schedule: null, weekHours: null, dayHours: null, night: null },
      ...{ rotation: null, format: null, housing: null, meals: null, contact: null, language: null },
      description: (raw.description ?? '').slice(0, longest.description),
      professions: professionsFor(title).slice(0, 3),
      publishedAt: now,
      validThrough: now + standsFor * day,
      seen: [{ source, id: raw.id ?? raw.url ?? title, url: raw.url }],
    })
    if (read.success) return { type: 'vacancy', vacancy: read.data, doubts: [] }
    return {
      type: 'refused',
      why: read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join(', '),
    }
  }
}
