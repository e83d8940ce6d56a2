import type { AgeBand } from '../../../flows/common/person.ts'
import { type Judgement, judge } from '../../../flows/vacancies/law/judge.ts'
import { createLawWords } from '../../../flows/vacancies/law/terms.ts'
import type { Listing } from '../../../flows/vacancies/listing.ts'
import { type Candidate, prepare } from '../../../flows/vacancies/matching/candidate.ts'
import type { Fit } from '../../../flows/vacancies/matching/rank.ts'
import type { VacancyBody } from '../../../flows/vacancies/merge.ts'
import { isHeld, type Sign, signsOf } from '../../../flows/vacancies/scam/signs.ts'
import type { Catalogue } from '../professions/seed.ts'
import type { Knowledge } from './knowledge.ts'
import type { KeptVacancy } from './rows.ts'

/** What people have found of a vacancy: how many reported it, and what a mentor decided, if one has looked. */
export type Findings = { readonly reports: number; readonly verdict: 'cleared' | 'barred' | null }

/** So many reports hold a vacancy back until a mentor has looked. */
export const reportsToHold = 3

export const noFindings: Findings = { reports: 0, verdict: null }

/** What is made of a vacancy as it is kept. */
export type Reading = {
  candidate(kept: Pick<KeptVacancy, 'id' | 'body'>, findings: Findings): Candidate
  judgement(body: VacancyBody, ageBand: AgeBand): Judgement
  signs(body: VacancyBody): readonly Sign[]
  /** Held back: for signs of a scam or for reports, until a mentor has cleared it. */
  isHeld(body: VacancyBody, findings: Findings): boolean
  listing(kept: Pick<KeptVacancy, 'id' | 'body'>, seen: Seen): Listing
}

/** For whom a vacancy is listed, and why. */
export type Seen = { readonly ageBand: AgeBand; readonly findings: Findings; readonly fits: readonly Fit[] }

/** Makes the reader of kept vacancies: for filters, for lists, for the law. */
export function createReading(
  { law, scam, townName }: Pick<Knowledge, 'law' | 'scam' | 'townName'>,
  { professions }: Pick<Catalogue, 'professions'>,
): Reading {
  const words = createLawWords(law)
  const families = new Map(professions.map(({ id, family }) => [id, family]))
  const signs = (body: VacancyBody) => signsOf(body, scam)
  const judgement = (body: VacancyBody, ageBand: AgeBand) => judge(body, ageBand, words)
  const held = (body: VacancyBody, { reports, verdict }: Findings) =>
    verdict === 'barred' || (verdict === null && (reports >= reportsToHold || isHeld(signs(body))))
  return {
    judgement,
    signs,
    isHeld: held,
    candidate: ({ id, body }, findings) => {
      // Read once for all ages.
      const said = words(body)
      return prepare(body, {
        id,
        outcomeFor: (ageBand) => judge(body, ageBand, () => said).outcome,
        familyOf: (profession) => families.get(profession),
        isHeld: held(body, findings),
      })
    },
    listing: ({ id, body }, { ageBand, findings, fits }) => {
      const { title, employer, region, town, pay, publishedAt } = body
      return {
        ...{ id, title, employer, region, pay, publishedAt },
        town: town === null ? null : townName(town),
        outcome: judgement(body, ageBand).outcome,
        isHeld: held(body, findings),
        fits: [...fits],
      }
    },
  }
}
