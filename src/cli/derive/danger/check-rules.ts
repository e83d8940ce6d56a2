import type { DangerCheck } from '../../../../flows/help/danger/check.ts'
import type { PlacedRule, RuleFile } from '../../../../flows/help/danger/rule-file.ts'
import type { Case } from './cases.ts'

/** What the cases say of the rules, and of the classifier where there is one. */
export type Findings = {
  /** Of danger, and not answered by the help screen. */
  readonly missed: readonly Case[]
  /** Of sadness, and heard on neither level. */
  readonly cold: readonly Case[]
  /** Harmless, and heard: by a rule, or by the classifier alone. */
  readonly alarms: readonly { readonly one: Case; readonly rule: PlacedRule | undefined }[]
  /** Rules that no case needs, and whose example they do not find. */
  readonly unproven: readonly PlacedRule[]
}

/** Holds the check against the cases. A rule is proven by a case of its level, or by an example of its own. */
export function checkRules(check: DangerCheck, files: readonly RuleFile[], cases: readonly Case[]): Findings {
  const isHeard = ({ text }: Case) => check.isDanger(text) || check.isWorry(text)
  const meant = cases.filter(({ label }) => label !== 'harmless')
  const proven = new Set(meant.flatMap(({ text }) => check.rulesIn(text)))
  const alarms = cases.filter((one) => one.label === 'harmless' && isHeard(one))
  return {
    missed: cases.filter(({ label, text }) => label === 'danger' && !check.isDanger(text)),
    cold: cases.filter((one) => one.label === 'sad' && !isHeard(one)),
    alarms: alarms.map((one) => ({ one, rule: check.rulesIn(one.text)[0] })),
    unproven: files
      .flatMap(({ rules }) => rules)
      .filter((rule) => !proven.has(rule) && !(rule.example && check.rulesIn(rule.example).includes(rule))),
  }
}
