import { foldText } from '../../common/letters.ts'
import { type AgeBand, ageBands } from '../../common/person.ts'
import type { Outcome } from '../law/rules.ts'
import type { Pay, Vacancy } from '../vacancy.ts'
import { stemsOf } from './words.ts'

/** What is known of a vacancy besides itself. */
export type Surroundings = {
  readonly id: string
  /** What the law says for an age; asked once for each. */
  readonly outcomeFor: (ageBand: AgeBand) => Outcome
  /** The family of a profession of the catalogue; undefined for what is not there. */
  readonly familyOf: (profession: string) => string | undefined
  /** Held back for signs of a scam. */
  readonly isHeld: boolean
  /** Of its words, where they were read before: `vacancyStems`. */
  readonly stems?: ReadonlySet<string>
}

/** Pay in ₸ a month: the least that is promised, where a least is, and the most that is named. */
export type MonthlyPay = { readonly least: number | null; readonly most: number }

/** How one works there: many vacancies have the same. */
export type Conditions = Pick<Vacancy, 'experience' | 'schedule' | 'employment' | 'format' | 'housing'>

/** All of a vacancy that filters look at, prepared once. */
export type Candidate = Conditions &
  Pick<Vacancy, 'region' | 'publishedAt' | 'validThrough'> & {
    readonly id: string
    /** Folded. */
    readonly town: string | null
    readonly professions: readonly string[]
    readonly families: readonly string[]
    /** Null where it is not known, or cannot be compared. */
    readonly pay: MonthlyPay | null
    readonly stems: ReadonlySet<string>
    readonly outcomes: Readonly<Record<AgeBand, Outcome>>
    readonly isHeld: boolean
  }

/** Prepares a vacancy for any number of filters. */
export function prepare(vacancy: Omit<Vacancy, 'seen'>, around: Surroundings): Candidate {
  const { id, outcomeFor, familyOf, isHeld, stems = vacancyStems(vacancy) } = around
  const { town, pay } = vacancy
  const professions = [...new Set(vacancy.professions)]
  const { region, experience, schedule, employment, format, housing, publishedAt, validThrough } = vacancy
  const families = professions.flatMap((profession) => familyOf(profession) ?? [])
  const [youngest, younger, older, grown] = ageBands
  return {
    ...{
      id,
      region,
      experience,
      schedule,
      employment,
      format,
      housing,
      publishedAt,
      validThrough,
      isHeld,
      professions,
    },
    town: town === null ? null : foldText(town),
    families: [...new Set(families)],
    pay: pay === null ? null : monthly(pay),
    stems,
    outcomes: {
      [youngest]: outcomeFor(youngest),
      [younger]: outcomeFor(younger),
      [older]: outcomeFor(older),
      [grown]: outcomeFor(grown),
    },
  }
}

/** The stems of all words that are looked for in a vacancy. */
export function vacancyStems({ title, employer, description }: Omit<Vacancy, 'seen'>): ReadonlySet<string> {
  return stemsOf([title, employer ?? '', description].join('\n'))
}

function monthly({ min, max, currency, period }: Pay): MonthlyPay | null {
  const most = max ?? min
  return most === null || currency !== 'KZT' || period !== 'month' ? null : { least: min, most }
}
