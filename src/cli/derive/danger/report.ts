import type { Models } from '../../../../flows/help/danger/classifier.ts'
import { mostAlarms } from './learn.ts'
import { type Counts, table } from './measure.ts'

export type Measured = {
  readonly models: Models
  /** Cases, and how many sentences of the project stand beside them. */
  readonly lines: { readonly cases: number; readonly project: number }
  /** Of the cases and sentences, each judged by a classifier that had not learned from it. */
  readonly known: Counts
  /** Of lines that whoever wrote the rules had not read. */
  readonly unseen: Counts | undefined
}

/** The report that stands beside the weights: what is found, and what is taken for danger and is none. */
export function report({ models, lines, known, unseen }: Measured): string {
  return [
    '# How well words of danger are found',
    '',
    'Written by `npm run derive:danger`; do not edit by hand. The same files give the same bytes.',
    '',
    'Level one brings the help screen at once, level two the ordinary answer with a warm line, 111 and 150 above it. Either is',
    'found by rules (`rules/*.yaml`) or by a classifier (`weights.json`): logistic regressions on letters and pairs of words in',
    `${2 ** models.danger.bits} places, trained on ${lines.cases} cases (\`cases/*.tsv\`) and ${lines.project} sentences of the project, which are harmless.`,
    `Their thresholds are where ${100 * mostAlarms.danger} % and ${100 * mostAlarms.worry} % of harmless lines alarm that they did not learn from.`,
    '"near" is harmless and made to look otherwise.',
    '',
    '## The cases and sentences themselves',
    '',
    'Whoever wrote the rules knew these lines, so the first level looks better here than it is. The classifier is judged on',
    'lines kept apart (five parts; lines that begin alike stay together).',
    '',
    ...table(known),
    '',
    ...(unseen === undefined ? [] : ['## Lines that nobody who wrote rules had read', '', ...table(unseen), '']),
  ].join('\n')
}
