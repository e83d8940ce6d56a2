import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { createDangerCheck } from '../../flows/help/danger/check.ts'
import { ContentError } from '../../flows/kit/content-error.ts'
import { languages } from '../../flows/kit/words.ts'
import { readRules } from '../capabilities/help/danger.ts'
import { root } from '../config.ts'
import { type Case, readCases } from './derive/danger/cases.ts'
import { checkRules, type Findings } from './derive/danger/check-rules.ts'

/** What the rules of danger make of the cases, in lines to read. Throws a ContentError when a file cannot be used. */
export async function tellFindings(files: URL): Promise<string[]> {
  const rules = await readRules(files)
  const cases = readCases(new URL('flows/help/danger/cases/', files))
  const check = createDangerCheck(rules)
  return languages.flatMap((language, at) => {
    const own = cases.filter((one) => one.language === language)
    return told(language, own, checkRules(check, rules.slice(at, at + 1), own))
  })
}

function told(language: string, cases: readonly Case[], { missed, cold, alarms, unproven }: Findings): string[] {
  const place = (one: Case) => `cases/${language}.tsv:${one.line} ${one.label}:${one.about} ${one.text}`
  const count = (label: Case['label']) => cases.filter((one) => one.label === label).length
  return [
    ...missed.map((one) => `missed   ${place(one)}`),
    ...cold.map((one) => `cold     ${place(one)}`),
    ...alarms.map(({ one, rule }) => `alarm    ${place(one)}   by ${rule.level} ${rule.subject}: ${rule.source}`),
    ...unproven.map(({ source }) => `unproven rules/${language}.yaml ${source}`),
    `${language}: level one finds ${count('danger') - missed.length} of ${count('danger')} of danger, ` +
      `either level ${count('sad') - cold.length} of ${count('sad')} of sadness; ` +
      `${alarms.length} alarms in ${count('harmless')} harmless; ${unproven.length} rules unproven`,
  ]
}

async function run(): Promise<void> {
  try {
    console.log((await tellFindings(root)).join('\n'))
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  new Command('derive:danger')
    .description('hold the rules of danger against the cases')
    .option('--check', 'only tell what the rules make of the cases')
    .action(run)
    .parse()
}
