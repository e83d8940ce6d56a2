import type { DangerCheck } from '../../../../flows/help/danger/check.ts'
import type { PlacedRule, RuleFile } from '../../../../flows/help/danger/rule-file.ts'
import type { Case } from './cases.ts'

/** What the cases say of the rules. */
export type Findings = {
  /** Of danger, and found by no rule that brings the help screen. */
  readonly missed: readonly Case[]
  /** Of sadness, and found by no rule at all. */
  readonly cold: readonly Case[]
  /** Harmless, and found. */
  readonly alarms: readonly { readonly one: Case; readonly rule: PlacedRule }[]
  /** Rules that no case needs, and whose example they do not find. */
  readonly unproven: readonly PlacedRule[]
}

/** Holds the rules against the cases. A rule is proven by a case of its level, or by an example of its own. */
export function checkRules(check: DangerCheck, files: readonly RuleFile[], cases: readonly Case[]): Findings {
  const proven = new Set<PlacedRule>()
  const missed: Case[] = []
  const cold: Case[] = []
  const alarms: { one: Case; rule: PlacedRule }[] = []
  for (const one of cases) {
    const rules = check.rulesIn(one.text)
    const [rule] = rules
    if (one.label === 'harmless') {
      if (rule !== undefined) alarms.push({ one, rule })
      continue
    }
    for (const found of rules) proven.add(found)
    if (one.label === 'danger' && rule?.level !== 'danger') missed.push(one)
    if (one.label === 'sad' && rule === undefined) cold.push(one)
  }
  const unproven = files
    .flatMap(({ rules }) => rules)
    .filter((rule) => !proven.has(rule) && !(rule.example && check.rulesIn(rule.example).includes(rule)))
  return { missed, cold, alarms, unproven }
}
