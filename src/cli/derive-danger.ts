import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { createDangerCheck } from '../../flows/help/danger/check.ts'
import type { PlacedRule } from '../../flows/help/danger/rule-file.ts'
import { ContentError } from '../../flows/kit/content-error.ts'
import { languages } from '../../flows/kit/words.ts'
import { readRules } from '../capabilities/help/danger.ts'
import { readModels, writtenModels } from '../capabilities/help/models.ts'
import { root } from '../config.ts'
import { type Case, readCases } from './derive/danger/cases.ts'
import { checkRules, type Findings } from './derive/danger/check-rules.ts'
import { projectLines } from './derive/danger/harmless.ts'
import { learn } from './derive/danger/learn.ts'
import { lineOf } from './derive/danger/lines.ts'
import { count, foundBy } from './derive/danger/measure.ts'
import { report } from './derive/danger/report.ts'

const danger = 'flows/help/danger/'

/**
 * Trains the classifier on the cases and the project's own sentences, and writes weights.json and report.md beside the
 * rules. The same files give the same bytes. `unseen` is a folder of cases that are only measured.
 */
export async function deriveDanger(files: URL, unseen?: URL): Promise<string> {
  const rules = await readRules(files)
  const cases = readCases(new URL(`${danger}cases/`, files)).map(lineOf)
  const project = projectLines(files)
  const lines = [...cases, ...project]
  const { models, taken } = learn(lines, createDangerCheck(rules))
  const others = unseen && readCases(unseen).map(lineOf)
  const told = report({
    models,
    lines: { cases: cases.length, project: project.length },
    known: count(lines, (level, at) => taken[level][at] === true),
    unseen: others && count(others, foundBy(createDangerCheck(rules, models), others)),
  })
  writeFileSync(new URL(`${danger}weights.json`, files), writtenModels(models))
  writeFileSync(new URL(`${danger}report.md`, files), told)
  return told
}

/** What rules and classifier make of the cases, in lines to read. Throws a ContentError when a file cannot be used. */
export async function tellFindings(files: URL): Promise<string[]> {
  const rules = await readRules(files)
  const cases = readCases(new URL(`${danger}cases/`, files))
  const check = createDangerCheck(rules, await readModels(new URL(`${danger}weights.json`, files)))
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
    ...alarms.map(({ one, rule }) => `alarm    ${place(one)}   by ${rule ? nameOf(rule) : 'the classifier'}`),
    ...unproven.map(({ source }) => `unproven rules/${language}.yaml ${source}`),
    `${language}: level one finds ${count('danger') - missed.length} of ${count('danger')} of danger, ` +
      `either level ${count('sad') - cold.length} of ${count('sad')} of sadness; ` +
      `${alarms.length} alarms in ${count('harmless')} harmless; ${unproven.length} rules unproven`,
  ]
}

function nameOf({ level, subject, source }: PlacedRule): string {
  return `${level} ${subject}: ${source}`
}

async function run({ check, unseen }: { check?: boolean; unseen?: string }): Promise<void> {
  try {
    const folder = unseen === undefined ? undefined : pathToFileURL(`${resolve(unseen)}/`)
    console.log(check === true ? (await tellFindings(root)).join('\n') : await deriveDanger(root, folder))
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  new Command('derive:danger')
    .description('train the classifier of danger on the cases and measure rules and classifier')
    .option('--check', 'only tell what rules and classifier make of the cases')
    .option('--unseen <folder>', 'measure lines that nobody has read who writes rules, too')
    .action(run)
    .parse()
}
