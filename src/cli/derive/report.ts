import { longRun } from '../../../flows/survey/careless.ts'
import type { Instrument } from '../../../flows/survey/instrument.ts'
import { commonest, type Derivation, firstSeed, orders } from './derivation.ts'
import { byType, calibration, type Guess, hits, type Share, type TieRule, tieRules } from './figures.ts'
import { tieWeight } from './lead.ts'
import { shareOfRuns } from './runs.ts'
import { itemNames, type Person, scaleNames } from './sample.ts'

const ruleNames: Record<TieRule, string> = {
  first: 'only the first in R, I, A, S, E, C order counts',
  shared: 'each tied type counts its share',
  any: 'any tied type counts',
  without: 'people with a tie left out',
}

/** The report that stands beside the instrument: how its figures were obtained, for whom they hold, how good they are. */
export function report(
  found: Derivation,
  sample: readonly Person[],
  source: NonNullable<Instrument['source']>,
): string {
  return [
    ...origin(found, source),
    ...quickPart(found),
    ...fullPart(found),
    ...flatPart(found),
    ...runsPart(found, sample),
  ].join('\n')
}

function origin({ items, people, quick }: Derivation, source: NonNullable<Instrument['source']>): string[] {
  return [
    '# How the figures of the interest survey were obtained',
    '',
    'Written by `npm run derive:riasec -- FILE`; do not edit by hand. The same file gives the same bytes.',
    '',
    `- Answers: ${people.all} people, 48 activities each (8 per scale, 1 dislike … 5 enjoy); SHA-256 ${source.answers}…, ${source.date}.`,
    '- **For whom they hold:** adults with a degree, mostly from the USA and the United Kingdom. Not teenagers, not Kazakhstan.',
    `  ${leading(quick)}; the weights know that and lean towards it. Collect own answers and derive again.`,
    `- Split by seed ${firstSeed}: ${people.fitted} people for choosing items and fitting, ${people.measured} people who only measure.`,
    '  Every figure of accuracy or calibration below is of those who only measure; the shipped weights are then fitted on everybody.',
    '  The kind of model, three items per scale and the weight of ties were settled beforehand on other splits of the same answers,',
    '  so these people are new to the weights but not to every decision; only answers from elsewhere are a wholly fresh test.',
    `- Quick items: ${items.map((item) => itemNames[item]).join(', ')}. Chosen by exchange from four random starts, three per scale, for hits in one`,
    '  guess plus hits in two by a linear regression on the 18 answers, judged by the 30 items that were not chosen.',
    '',
  ]
}

function quickPart({ quick }: Derivation): string[] {
  return [
    '## Quick form (18 items) against the 30 items it never saw',
    '',
    'Softmax regression on the 18 answers; a tie in the outcome asks only that one of the tied types is named. The leading',
    `probability is then corrected (logistic regression; people with a tie weigh ${tieWeight}), so that it states how probable the type is to be`,
    `first, alone or together with another: ${points(calibration(quick, 'any').weighted)} points off on average when any tied type counts, ${points(calibration(quick, 'without').weighted)} when ties are left`,
    `out. Where a tie must be broken by a coin or by order it states more than is true: ${points(calibration(quick, 'shared').weighted)} and ${points(calibration(quick, 'first').weighted)} points.`,
    '',
    ...accuracyTable(quick),
    '',
    ...calibrationTable(quick, 'any'),
    '',
    '| really strongest (alone or tied) | people | first guess | among the two |',
    '|---|---|---|---|',
    ...scaleNames.map((scale, index) => {
      const { one, two } = byType(quick, index)
      return `| ${scale} | ${one.people} | ${percent(one)} | ${percent(two)} |`
    }),
    '',
    `Naming everybody the two commonest types (${names(commonest(quick))}) would be right in ${percent(baseline(quick))} when any tied type counts.`,
    ...rareTypes(quick),
    '',
  ]
}

function fullPart({ halves, slopes }: Derivation): string[] {
  const { theory } = slopes
  return [
    '## Full form (48 items)',
    '',
    'Scores are plain means of eight. The probability of the strongest means: **it would come first, alone or tied, in eight other',
    'activities per scale of the same kind**. That cannot be observed, for there are no other eight. What can: four items a scale',
    'against the four others (ten random splits). There p ∝ exp(slope × mean), the leader corrected as above:',
    '',
    ...accuracyTable(halves),
    '',
    ...calibrationTable(halves, 'any'),
    '',
    'Two scales with equal means keep equal probabilities and are not corrected; they are why the lowest tenths state too little.',
    '',
    `The slope for eight is carried on from two (${slopes.two.toFixed(2)}) and four (${slopes.four.toFixed(2)}) items: theory has ${theory.two.toFixed(2)}, ${theory.four.toFixed(2)} and ${theory.full.toFixed(2)}; the step from`,
    `two to four was ×${(slopes.four / slopes.two).toFixed(2)} where theory says ×${(theory.four / theory.two).toFixed(2)}, and the step from four to eight is shortened alike: ${slopes.full.toFixed(2)}.`,
    'So the calibration of the four-item form is measured, that of the full form is inferred.',
    '',
  ]
}

function flatPart({ model, flat }: Derivation): string[] {
  return [
    '## Not differentiated yet',
    '',
    `A quick form names a type only when its highest and lowest raw scale means are at least ${model.quick.spread.toFixed(3)} apart: below that, two`,
    'guesses are no better than everybody’s two commonest types (by one standard error). For the full form the same difference times',
    `√(3/8): ${model.full.spread.toFixed(3)}. All answers alike never name a type. Concerned: ${(100 * flat.quick).toFixed(2)} % of quick and ${(100 * flat.full).toFixed(2)} % of full forms.`,
    '',
  ]
}

function runsPart({ items }: Derivation, sample: readonly Person[]): string[] {
  const { quick, full } = orders(items)
  const line = (order: readonly number[]) =>
    `| ${order.length} | ${longRun(order.length)} | ${(100 * shareOfRuns(sample, order, longRun(order.length))).toFixed(1)} % |`
  return [
    '## Long runs of one answer',
    '',
    'Share of these people who would be asked to look again, had they been asked in the order of the forms:',
    '',
    '| items | run | people |',
    '|---|---|---|',
    line(quick),
    line(full),
    '',
  ]
}

function accuracyTable(guesses: readonly Guess[]): string[] {
  return [
    '| ties in the outcome | people | first guess | among the two | gap, weighted | gap, largest bin |',
    '|---|---|---|---|---|---|',
    ...tieRules.map((rule) => {
      const { one, two } = hits(guesses, rule)
      const { weighted, largest } = calibration(guesses, rule)
      const gaps = `${points(weighted)} | ${largest === undefined ? '–' : points(largest)}`
      return `| ${ruleNames[rule]} | ${one.people} | ${percent(one)} | ${percent(two)} | ${gaps} |`
    }),
    '',
    'Shares ± standard error; gaps in points between stated and true probability over tenths, the largest of bins with 200 people or more.',
  ]
}

function calibrationTable(guesses: readonly Guess[], rule: TieRule): string[] {
  return [
    `| stated (${ruleNames[rule]}) | people | mean stated | right |`,
    '|---|---|---|---|',
    ...calibration(guesses, rule).bins.map(
      ({ from, stated, right }) =>
        `| ${from.toFixed(1)}–${(from + 0.1).toFixed(1)} | ${right.people} | ${(100 * stated).toFixed(1)} % | ${percent(right)} |`,
    ),
  ]
}

/** In how many people a scale leads, alone or tied (0..1). */
function leads(guesses: readonly Guess[], scale: number): number {
  return guesses.filter(({ tied }) => tied[scale] === 1).length / guesses.length
}

function leading(guesses: readonly Guess[]): string {
  const [scale = 0] = commonest(guesses)
  return `${scaleNames[scale]} is strongest in ${(100 * leads(guesses, scale)).toFixed(0)} % of these people`
}

function rareTypes(guesses: readonly Guess[]): string[] {
  const rare = [...scaleNames.keys()].filter((scale) => leads(guesses, scale) < 0.06)
  if (rare.length === 0) return []
  return [
    `Types that are rarely strongest in this sample (${names(rare)}) are found far less often than the averages say.`,
  ]
}

function baseline(guesses: readonly Guess[]): Share {
  const common = commonest(guesses)
  const right = guesses.filter(({ tied }) => common.some((scale) => tied[scale] === 1)).length / guesses.length
  return { share: right, error: Math.sqrt((right * (1 - right)) / guesses.length), people: guesses.length }
}

function points(share: number): string {
  return (100 * share).toFixed(1)
}

function names(scales: readonly number[]): string {
  return scales.map((scale) => scaleNames[scale]).join(', ')
}

function percent({ share, error }: Share): string {
  return `${(100 * share).toFixed(1)} ± ${(100 * error).toFixed(1)} %`
}
