import type { Models } from '../../../../flows/help/danger/classifier.ts'
import { mostAlarms, mostLost } from './learn.ts'
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
    'The classifier finds by itself what scores more than on lines it has not learned from all but',
    `${percent(mostAlarms.danger.harmless)} and ${percent(mostAlarms.worry.harmless)} of harmless lines, ${percent(mostAlarms.danger.near)} and ${percent(mostAlarms.worry.near)} of near misses do;`,
    `what a rule finds counts unless it scores less than all but ${percent(mostLost.danger)} and ${percent(mostLost.worry)} of such findings that are right.`,
    '"near" is harmless and made to look otherwise.',
    '',
    '## The cases and sentences themselves',
    '',
    'The older of these lines were known to whoever wrote the rules, so the first level looks better here than it is. The',
    'classifier is judged on lines kept apart (five parts; lines that begin alike stay together).',
    '',
    ...table(known),
    '',
    ...(unseen === undefined ? [] : ['## Lines that nobody who wrote rules had read', '', ...table(unseen), '']),
  ].join('\n')
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`
}
