import type { Model } from '../../../../flows/help/danger/classifier.ts'
import { mostAlarms } from './learn.ts'
import { type Counts, table } from './measure.ts'

export type Measured = {
  readonly model: Model
  /** Cases, and how many sentences of the project stand beside them. */
  readonly lines: { readonly cases: number; readonly project: number }
  /** Of the cases and sentences, each judged by a classifier that had not learned from it. */
  readonly known: Counts
  /** Of lines that whoever wrote the rules had not read. */
  readonly unseen: Counts | undefined
}

/** The report that stands beside the weights: what is found, and what is taken for danger and is none. */
export function report({ model, lines, known, unseen }: Measured): string {
  return [
    '# How well words of danger are found',
    '',
    'Written by `npm run derive:danger`; do not edit by hand. The same files give the same bytes.',
    '',
    'Level one is rules (`rules/*.yaml`): the help screen at once. Level two is rules and a classifier (`weights.json`): the',
    'ordinary answer, and a warm line with 111 and 150 above it. The classifier is a logistic regression on letters and pairs of',
    `words in ${2 ** model.bits} places, trained on ${lines.cases} cases (\`cases/*.tsv\`) and ${lines.project} sentences of the project, which are harmless.`,
    `Its threshold is where ${100 * mostAlarms} % of harmless lines alarm that it did not learn from. "near" is harmless and made to look otherwise.`,
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
