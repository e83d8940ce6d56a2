import type { AgeBand } from '../../common/person.ts'
import { findingsOf, type Judged } from './findings.ts'
import { type Kind, kinds, type Outcome, outcomeOf, outcomes, type Rule, rules } from './rules.ts'
import type { LawWords } from './terms.ts'

export type Reason = { readonly rule: Rule; readonly kind: Kind }
export type Judgement = { readonly outcome: Outcome; readonly reasons: readonly Reason[] }

/**
 * What a person of this age may do with the vacancy: the hardest of all reasons counts, and all of them are told, the
 * hardest first. What the vacancy does not say is never taken as fine for anybody under 18.
 */
export function judge(vacancy: Judged, ageBand: AgeBand, words: LawWords): Judgement {
  const findings = findingsOf(vacancy, ageBand, words)
  const reasons = kinds.flatMap((kind) =>
    rules
      .filter((rule) => rule.kind === kind && rule.bands.includes(ageBand) && findings.has(rule.when))
      .map((rule) => ({ rule, kind })),
  )
  const found = reasons.map(({ kind }) => outcomeOf[kind])
  return { outcome: outcomes.findLast((outcome) => found.includes(outcome)) ?? 'shown', reasons }
}
