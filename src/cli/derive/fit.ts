import { interestScales } from '../../../flows/professions/match.ts'
import {
  type Instrument,
  type InstrumentModel,
  type LinearModel,
  parseInstrument,
} from '../../../flows/survey/instrument.ts'
import { balancedWeights } from './balance.ts'
import { type Coefficients, softmaxRegression } from './regression.ts'
import { itemNames, itemsPerScale, type Person, scaleOf, strongest, unseenMeans } from './sample.ts'

/** The middle answer; it is subtracted before weighting so that intercepts stay readable. */
export const middleAnswer = 3
const decimals = 4
/** Far below 12,000 people, it only steadies the weights. */
const penalty = 3

/** Raised when results of before and after cannot be laid side by side: 2 is balanced, and shows the person's own means. */
const instrumentVersion = 2

/** Fits the regression of the quick form on `people`, each type weighing the same. */
export function fitStrongest(people: readonly Person[], items: readonly number[]): LinearModel {
  const chosen = new Set(items)
  const inputs = people.map((person) =>
    Float64Array.from(items, (item) => (person[item] ?? middleAnswer) - middleAnswer),
  )
  const outcomes = people.map((person) => strongest(unseenMeans(person, chosen)))
  const weights = balancedWeights(outcomes)
  return named(centred(softmaxRegression({ inputs, outcomes, weights }, penalty)), items)
}

/** The whole instrument with these quick items (asked in rounds R, I, A, S, E, C) and this model. */
export function buildInstrument(
  quick: readonly number[],
  model: InstrumentModel,
  source?: Instrument['source'],
): Instrument {
  const ids = (items: readonly number[]) => inRounds(items).flatMap((item) => itemNames[item] ?? [])
  const rest = Array.from(itemNames.keys()).filter((item) => !quick.includes(item))
  return parseInstrument({
    id: 'riasec',
    version: instrumentVersion,
    scoring: 'rating',
    scales: [...interestScales],
    answers: { from: 1, to: 5 },
    items: itemNames.map((id, item) => ({ id, scale: interestScales[scaleOf(item)] })),
    forms: { quick: ids(quick), rest: ids(rest) },
    ...(source && { source }),
    model,
  })
}

/** Answers of a person to some items, as the scoring takes them. */
export function answersOf(person: Person, items: readonly number[]): Record<string, number> {
  return Object.fromEntries(items.map((item) => [itemNames[item] ?? '', person[item] ?? middleAnswer]))
}

/** Interleaves the scales, so that no two neighbouring questions speak for the same one. */
export function inRounds(items: readonly number[]): number[] {
  const byScale = interestScales.map((_, scale) => items.filter((item) => scaleOf(item) === scale))
  return Array.from({ length: itemsPerScale }, (_, round) =>
    byScale.flatMap((list) => list.slice(round, round + 1)),
  ).flat()
}

/** Softmax is unchanged when the same number is added to a whole row; rows that sum to 0 are the readable ones. */
function centred(weights: Coefficients): Coefficients {
  return weights.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length
    return row.map((value) => value - mean)
  })
}

function named(weights: Coefficients, items: readonly number[]): LinearModel {
  const row = (index: number) => Array.from(weights[index] ?? [], round)
  return {
    intercept: row(items.length),
    weights: Object.fromEntries(items.map((item, index) => [itemNames[item] ?? '', row(index)])),
  }
}

/** Four decimals, and never −0. */
export function round(value: number): number {
  return Number(value.toFixed(decimals)) + 0
}
