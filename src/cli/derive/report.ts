import { interestScales } from '../../../flows/professions/match.ts'
import { longRun } from '../../../flows/survey/careless.ts'
import type { Instrument } from '../../../flows/survey/instrument.ts'
import { balancedWeights } from './balance.ts'
import { type Derivation, firstSeed, orders } from './derivation.ts'
import {
  byScale,
  calibration,
  type Guess,
  hits,
  meanShare,
  type OfScale,
  type Share,
  shareOf,
  type TieRule,
  tieRules,
} from './figures.ts'
import { eachTiedCounts, tieWeight } from './lead.ts'
import { shareOfRuns } from './runs.ts'
import { itemNames, type Person } from './sample.ts'
import { table } from './table.ts'

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
    ...aimsPart(found),
    ...rulePart(found),
    ...typesPart(found),
    ...certaintyPart(found),
    ...plainPart(found),
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
    '  Collect own answers and derive again.',
    `- **No type is favoured by the sample**, in which the strongest is, alone or tied: ${sampleShares(quick)}.`,
    '  In choosing, fitting and calibrating each type weighs the same: a person counts 1 / the share of their strongest type, tied',
    '  types sharing. *Balanced* below means this; *plain* means that everybody counts alike, as in the sample.',
    `- Split by seed ${firstSeed}: ${people.fitted} people for choosing items and fitting; ${people.measured} who had no part in that`,
    '  calibrate and measure. Every figure of accuracy or calibration below is of them; where stated probabilities are judged, one',
    '  half of them has calibrated what the other half is told. The shipped weights are then fitted on everybody.',
    '  The kind of model, three items per scale, the rule of one point, what the search seeks and the weight of ties were settled',
    '  beforehand on other splits of the same answers, so these people are new to the weights but not to every decision; only',
    '  answers from elsewhere are a wholly fresh test.',
    `- Quick items: ${items.map((item) => itemNames[item]).join(', ')}. Chosen by`,
    '  exchange from eight random starts, three per scale, judged by the 30 items that were not chosen: balanced hits in one guess',
    '  and in two (these twice), of the rule below and of plain means, and the share of the type that is found least often.',
    '',
  ]
}

function aimsPart({ quick }: Derivation): string[] {
  const types = ofScales(quick)
  const own = leastOf(interestScales.map((_, scale) => ownFirst(quick, scale)))
  const least = leastOf(types.map(({ two }) => two))
  const rarest = leastOf(types.map(({ ownTwo }) => ownTwo))
  return [
    '## What was aimed at, and what was found',
    '',
    ...table([
      ['quick form, balanced, any tied type counts', 'aim', 'found'],
      ['named first: whoever leads by two points of fifteen (worst scale)', '≥ 99.5', points(own.share.share)],
      ['first guess right, mean over the six types', '≥ 67.0', percent(meanShare(types.map(({ one }) => one)))],
      ['right among the two, mean over the six types', '≥ 87.0', percent(meanShare(types.map(({ two }) => two)))],
      [`right among the two, worst type (${interestScales[least.scale]})`, '≥ 73.0', percent(least.share)],
      [
        'stated probability off on average, points',
        '≤ 3.0',
        points(calibration(quick, 'any', balanced(quick)).weighted),
      ],
    ]),
    '',
    'Shares in per cent ± standard error. By the stricter question, whether the very type that is strongest is among the two (another',
    `one tied with it does not count), the worst type is ${interestScales[rarest.scale]}: ${percent(rarest.share)}.`,
    '',
  ]
}

function rulePart({ quick }: Derivation): string[] {
  const share = (of: readonly Guess[]) => points(of.length / quick.length)
  const led = quick.filter(({ own }) => own.lead > quickPoint + 1e-9)
  return [
    '## The rule: the person’s own answers first',
    '',
    'Scores are the person’s own means, 1 to 5, and they rank the scales. Among those within one point of the leader (one step of',
    'one answer: 1 of the 15 that three answers come to, 1 of the 40 of eight) the derived figures decide, and the words say that',
    `it is close. ${share(quick.filter(({ own }) => own.lead <= quickPoint + 1e-9))} % of these people are close; for the other ${share(led)} % the leader of their own answers is named first:`,
    '',
    ...table([
      ['leads by two points of fifteen or more', 'people', 'named first'],
      ...interestScales.map((scale, index) => {
        const { people, share } = ownFirst(quick, index)
        return [scale, `${people}`, `${points(share)} %`]
      }),
    ]),
    '',
  ]
}

function typesPart({ quick, plain }: Derivation): string[] {
  const rows = ofScales(quick)
  const means = ofScales(plain)
  const line = (name: string, { one, two, ownOne, ownTwo }: OfScale) => [
    name,
    `${one.people}`,
    ...[one, two, ownOne, ownTwo].map(percent),
  ]
  return [
    '## Quick form (18 items) against the 30 items it never saw, each type weighing the same',
    '',
    'The first two columns of shares: was a strongest type named (any tied type counts)? The last two: was this very type named?',
    '',
    ...table([
      [
        'really strongest (alone or tied)',
        'people',
        'first right',
        'right in two',
        'this type first',
        'this type in two',
      ],
      ...rows.map((row, index) => line(interestScales[index] ?? '', row)),
      line('mean of the six', meanOf(rows)),
      line('… by plain means alone', meanOf(means)),
    ]),
    '',
    'Plain means alone: without derived figures, equal ones in the order R, I, A, S, E, C.',
    '',
  ]
}

function certaintyPart({ quick }: Derivation): string[] {
  const weights = balanced(quick)
  const gap = (of: Float64Array | undefined) => points(calibration(quick, 'any', of).weighted)
  return [
    '## How sure: the stated probability',
    '',
    'Softmax regression on the 18 answers; a tie in the outcome asks only that one of the tied types is named. Where the rule names',
    'another order, its probabilities are pooled until they fall (isotonic regression). That of the first is then corrected',
    '(logistic regression), so that it states how probable the type is to be first, alone or together with another.',
    '',
    ...table([
      ['stated (balanced, any tied type counts)', 'people', 'mean stated', 'right'],
      ...calibration(quick, 'any', weights).bins.map(({ from, stated, right }) => [
        `${from.toFixed(1)}–${(from + 0.1).toFixed(1)}`,
        `${right.people}`,
        `${points(stated)} %`,
        percent(right),
      ]),
    ]),
    '',
    `Off on average by ${gap(weights)} points when a person counts once, however many types are tied (tied types sharing), and by ${gap(eachTiedCounts(quick.map(({ tied }) => tied)))}`,
    `when they count once for each tied type, as in the means over the six types above; the correction is fitted in between (${tieWeight}).`,
    `Plain, everybody counting alike: ${gap(undefined)}.`,
    '',
    ...table([
      ['word', 'people', 'plain share', 'right, plain', 'right, balanced'],
      ...(['clear', 'likely', 'close'] as const).map((word) => wordLine(quick, weights, word)),
    ]),
    '',
    '*Clear* needs a stated probability of 0.75, *likely* of 0.5; within one point of the leader it is always *close*.',
    '',
  ]
}

function wordLine(quick: readonly Guess[], weights: Float64Array, word: Guess['word']): string[] {
  const cases = quick.flatMap((guess, person) => (guess.word === word ? [{ guess, weight: weights[person] ?? 1 }] : []))
  const right = ({ tied, first }: Guess) => tied[first] ?? 0
  const total = cases.reduce((sum, { weight }) => sum + weight, 0)
  const hit = cases.reduce((sum, { guess, weight }) => sum + weight * right(guess), 0)
  return [
    word,
    `${cases.length}`,
    `${points(cases.length / quick.length)} %`,
    percent(shareOf(cases.map(({ guess }) => right(guess)))),
    `${points(hit / Math.max(1e-9, total))} %`,
  ]
}

function plainPart({ quick }: Derivation): string[] {
  return [
    '## Plain shares: everybody counting alike, as in this sample',
    '',
    ...accuracyTable(quick),
    '',
    'Weights that know the sample do better here, and worse for everybody whose type is rare in it.',
    '',
  ]
}

function fullPart({ halves, slopes }: Derivation): string[] {
  const { theory } = slopes
  const rows = meanOf(ofScales(halves))
  return [
    '## Full form (48 items)',
    '',
    'Scores are plain means of eight, which rank the scales; one point is 1 of 40. The probability of the strongest means: **it would',
    'come first, alone or tied, in eight other activities per scale of the same kind**. That cannot be observed, for there are no',
    'other eight. What can: four items a scale against the four others (ten random splits). There p ∝ exp(slope × mean), the first',
    'corrected as above. Balanced, any tied type counting: first guess',
    `${percent(rows.one)}, among the two ${percent(rows.two)}, stated probability ${points(calibration(halves, 'any', balanced(halves)).weighted)} points off. Plain:`,
    '',
    ...accuracyTable(halves),
    '',
    `The slope for eight is carried on from two (${slopes.two.toFixed(2)}) and four (${slopes.four.toFixed(2)}) items: theory has ${theory.two.toFixed(2)}, ${theory.four.toFixed(2)} and ${theory.full.toFixed(2)}; the step from`,
    `two to four was ×${(slopes.four / slopes.two).toFixed(2)} where theory says ×${(theory.four / theory.two).toFixed(2)}, and the step from four to eight is shortened alike: ${slopes.full.toFixed(2)}.`,
    'So the calibration of the four-item form is measured, that of the full form is inferred.',
    '',
  ]
}

function flatPart({ flat }: Derivation): string[] {
  return [
    '## Not differentiated yet',
    '',
    'Where all scales are within one point of the leader, no type is named: by the answers themselves nothing stands out.',
    `Concerned: ${(100 * flat.quick).toFixed(2)} % of quick and ${(100 * flat.full).toFixed(2)} % of full forms.`,
    '',
  ]
}

function runsPart({ items }: Derivation, sample: readonly Person[]): string[] {
  const { quick, full } = orders(items)
  const line = (order: readonly number[]) => {
    const run = longRun(order.length)
    return [`${order.length}`, `${run}`, `${points(shareOfRuns(sample, order, run))} %`]
  }
  return [
    '## Long runs of one answer',
    '',
    'Share of these people who would be asked to look again, had they been asked in the order of the forms:',
    '',
    ...table([['items', 'run', 'people'], line(quick), line(full)]),
    '',
  ]
}

function accuracyTable(guesses: readonly Guess[]): string[] {
  return [
    ...table([
      ['ties in the outcome', 'people', 'first guess', 'among the two', 'gap, weighted', 'gap, largest bin'],
      ...tieRules.map((rule) => {
        const { one, two } = hits(guesses, rule)
        const { weighted, largest } = calibration(guesses, rule)
        const gaps = [points(weighted), largest === undefined ? '–' : points(largest)]
        return [ruleNames[rule], `${one.people}`, percent(one), percent(two), ...gaps]
      }),
    ]),
    '',
    'Gaps in points between stated and true probability over tenths, the largest of bins with 200 people or more.',
  ]
}

/** One point of fifteen, as a difference of means. */
const quickPoint = 1 / 3

/** Of those whose own answers put this scale first by two points of fifteen or more: how many it was named first to. */
function ownFirst(guesses: readonly Guess[], scale: number): Share {
  const led = guesses.filter(({ own }) => own.scale === scale && own.lead >= 2 * quickPoint - 1e-9)
  return shareOf(led.map(({ own }) => Number(own.leads)))
}

function ofScales(guesses: readonly Guess[]): OfScale[] {
  return interestScales.map((_, scale) => byScale(guesses, scale))
}

function meanOf(scales: readonly OfScale[]): OfScale {
  const mean = (part: keyof OfScale) => meanShare(scales.map((scale) => scale[part]))
  return { one: mean('one'), two: mean('two'), ownOne: mean('ownOne'), ownTwo: mean('ownTwo') }
}

function leastOf(shares: readonly Share[]): { share: Share; scale: number } {
  const kept = shares.map((share, scale) => ({ share, scale })).filter(({ share }) => share.people > 0)
  return kept.reduce((least, one) => (one.share.share < least.share.share ? one : least), kept[0] ?? nothing)
}

const nothing = { share: { share: 0, error: 0, people: 0 }, scale: 0 }

function balanced(guesses: readonly Guess[]): Float64Array {
  return balancedWeights(guesses.map(({ tied }) => tied))
}

function sampleShares(guesses: readonly Guess[]): string {
  const share = (scale: number) => guesses.filter(({ tied }) => tied[scale] === 1).length / guesses.length
  return interestScales.map((name, scale) => `${name} ${(100 * share(scale)).toFixed(0)} %`).join(', ')
}

function points(share: number): string {
  return (100 * share).toFixed(1)
}

function percent({ share, error }: Share): string {
  return `${(100 * share).toFixed(1)} ± ${(100 * error).toFixed(1)} %`
}
