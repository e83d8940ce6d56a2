import {
  answerRange,
  type Form,
  formItems,
  type Instrument,
  type InstrumentModel,
  type LinearModel,
} from './instrument.ts'

/** One scale and how probable it is (0..1) to be the person's strongest. */
export type Ranked = { readonly scale: string; readonly probability: number }

/**
 * What answers say. `scores`: rating = mean in units of the answers (a quick form with a model: the expected mean of the
 * whole scale), choice = how often the scale was chosen. `ranking` is descending and sums to 1; when `differentiated`
 * is false it must not be shown as a type.
 */
export type Result = {
  readonly scores: Record<string, number>
  readonly ranking: Ranked[]
  readonly differentiated: boolean
}

export type Answers = Readonly<Record<string, number>>

/** Answers that cannot be scored; the message says which and what is needed. */
export class UnscorableAnswers extends Error {
  override readonly name = 'UnscorableAnswers'
}

/**
 * Scores one form. Items outside the form are ignored. At least two thirds of each scale's items (rounded up) must be
 * answered; a missing answer counts as the mean of the scale's answered ones. Throws UnscorableAnswers otherwise, or
 * when an answer is outside its range.
 */
export function scoreAnswers(instrument: Instrument, answers: Answers, form: Form): Result {
  const scales = gather(instrument, answers, form)
  if (instrument.scoring !== 'rating' || !instrument.model) return plainResult(instrument, scales)
  if (form === 'full') return fullResult(scales, instrument.model.full)
  return quickResult(instrument.answers, instrument.model, scales, fill(instrument, answers, scales))
}

/** How sure the strongest is, in a word. Right more than 3 times in 4: clear; more often than not: likely; else close. */
export function certaintyWord(probability: number): 'clear' | 'likely' | 'close' {
  if (probability >= 0.75) return 'clear'
  return probability >= 0.5 ? 'likely' : 'close'
}

/** Ids of the person's up to `n` answers that speak most for a scale: highest first, then in the order of asking. */
export function reasons(instrument: Instrument, answers: Answers, scale: string, n: number): string[] {
  const order = new Map(formItems(instrument, 'full').map((id, index) => [id, index]))
  return instrument.items
    .map((item) => ({ id: item.id, value: valuesOf(item, answers[item.id]).find((v) => v.scale === scale)?.value }))
    .filter(
      (item): item is { id: string; value: number } => item.value !== undefined && item.value > middle(instrument),
    )
    .sort((a, b) => b.value - a.value || (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
    .slice(0, n)
    .map(({ id }) => id)
}

type Range = { readonly from: number; readonly to: number }

/** A scale's answered values, how many there could have been, and their mean. */
type Gathered = {
  readonly scale: string
  readonly values: readonly number[]
  readonly asked: number
  readonly mean: number
}

function gather(instrument: Instrument, answers: Answers, form: Form): Gathered[] {
  const gathered = new Map(
    instrument.scales.map((scale) => [scale, { scale, values: [] as number[], asked: 0, mean: 0 }]),
  )
  const asked = new Set(formItems(instrument, form))
  for (const item of instrument.items) {
    if (!asked.has(item.id)) continue
    const answer = answers[item.id]
    if (answer !== undefined) checkAnswer(instrument, item.id, answer)
    for (const { scale, value } of valuesOf(item, answer)) {
      const into = gathered.get(scale)
      if (!into) continue
      into.asked++
      if (value !== undefined) into.values.push(value)
    }
  }
  return [...gathered.values()].map(withMean)
}

function checkAnswer(instrument: Instrument, itemId: string, answer: number) {
  const { from, to } = answerRange(instrument, itemId)
  if (Number.isInteger(answer) && answer >= from && answer <= to) return
  throw new UnscorableAnswers(`${itemId} is ${answer}; answers are whole numbers from ${from} to ${to}`)
}

function withMean(part: Gathered): Gathered {
  const needed = Math.ceil((part.asked * 2) / 3)
  if (part.values.length >= needed) return { ...part, mean: average(part.values) }
  const { scale, values, asked } = part
  throw new UnscorableAnswers(`${scale}: ${values.length} of ${asked} answered; at least ${needed} are needed`)
}

/** What an answer says of each scale of its item: the rating itself, or 1 for the chosen option and 0 for the others. */
function valuesOf(item: Instrument['items'][number], answer: number | undefined) {
  if ('scale' in item) return [{ scale: item.scale, value: answer }]
  return item.options.map((scale, index) => ({
    scale,
    value: answer === undefined ? undefined : Number(answer === index + 1),
  }))
}

function middle(instrument: Instrument): number {
  return instrument.scoring === 'rating' ? (instrument.answers.from + instrument.answers.to) / 2 : 0
}

/** The derived regressions of a quick form; expected means are kept inside the range of answers. */
function quickResult(range: Range, model: InstrumentModel, scales: Gathered[], filled: Map<string, number>): Result {
  const { strongest, lead, means, spread } = model.quick
  const names = scales.map(({ scale }) => scale)
  const expected = predict(means, filled, model.centre)
  return {
    scores: record(names, (_, index) => Math.min(range.to, Math.max(range.from, expected[index] ?? range.from))),
    ranking: correctLead(rank(names, softmax(predict(strongest, filled, model.centre))), lead),
    differentiated: differs(scales, spread),
  }
}

function fullResult(scales: Gathered[], { slope, lead, spread }: InstrumentModel['full']): Result {
  const names = scales.map(({ scale }) => scale)
  return {
    scores: record(names, (_, index) => scales[index]?.mean ?? 0),
    ranking: correctLead(rank(names, softmax(scales.map(({ mean }) => mean * slope))), lead),
    differentiated: differs(scales, spread),
  }
}

/**
 * Without derived figures: means, and the certainty that follows from the person's own spread inside the scales.
 * Two means of n answers with variance v differ by chance with standard error √(2v/n); the logistic curve of slope
 * 1.7 / error stands for the normal one. One answer of middling variance is added so that few answers do not look sure.
 */
function plainResult(instrument: Instrument, scales: Gathered[]): Result {
  const error = chanceError(instrument, scales)
  const names = scales.map(({ scale }) => scale)
  const counted = instrument.scoring === 'choice'
  return {
    scores: record(names, (_, index) => (scales[index]?.mean ?? 0) * (counted ? (scales[index]?.asked ?? 0) : 1)),
    ranking: rank(names, softmax(scales.map(({ mean }) => (mean * 1.7) / error))),
    differentiated: differs(scales, error),
  }
}

function chanceError(instrument: Instrument, scales: Gathered[]): number {
  const range = instrument.scoring === 'rating' ? instrument.answers.to - instrument.answers.from : 1
  const squares = scales.flatMap(({ values, mean }) => values.map((value) => (value - mean) ** 2))
  const sum = squares.reduce((total, square) => total + square, (range / 4) ** 2)
  const variance = sum / Math.max(1, squares.length - scales.length + 1)
  return Math.sqrt((2 * variance) / average(scales.map(({ values }) => values.length)))
}

/** All alike, or differences below the smallest that may be named (compared with room for rounding). */
function differs(scales: Gathered[], least: number): boolean {
  const means = scales.map(({ mean }) => mean)
  const spread = Math.max(...means) - Math.min(...means)
  return spread > 1e-9 && spread >= least - 1e-9
}

function fill(instrument: Instrument, answers: Answers, scales: Gathered[]): Map<string, number> {
  const means = new Map(scales.map(({ scale, mean }) => [scale, mean]))
  return new Map(
    instrument.items.map((item) => [item.id, answers[item.id] ?? means.get('scale' in item ? item.scale : '') ?? 0]),
  )
}

function predict({ intercept, weights }: LinearModel, filled: Map<string, number>, centre: number): number[] {
  const sums = [...intercept]
  for (const [itemId, row] of Object.entries(weights)) {
    const answer = (filled.get(itemId) ?? centre) - centre
    for (let index = 0; index < sums.length; index++) sums[index] = (sums[index] ?? 0) + answer * (row[index] ?? 0)
  }
  return sums
}

function softmax(logits: readonly number[]): number[] {
  const highest = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - highest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

function rank(scales: readonly string[], probabilities: readonly number[]): Ranked[] {
  const ranked = scales.map((scale, index) => ({ scale, probability: probabilities[index] ?? 0 }))
  return ranked.sort((a, b) => b.probability - a.probability)
}

function correctLead(ranking: Ranked[], { shift, slope }: InstrumentModel['full']['lead']): Ranked[] {
  const leading = Math.min(ranking[0]?.probability ?? 1, 1 - 1e-9)
  // Two that lead together stay equal.
  if (leading - (ranking[1]?.probability ?? 0) < 1e-9) return ranking
  const corrected = 1 / (1 + Math.exp(-shift - slope * Math.log(leading / (1 - leading))))
  const others = (1 - corrected) / (1 - leading)
  return ranking.map(({ scale, probability }, index) => ({
    scale,
    probability: index === 0 ? corrected : probability * others,
  }))
}

function record(scales: readonly string[], value: (scale: string, index: number) => number): Record<string, number> {
  return Object.fromEntries(scales.map((scale, index) => [scale, value(scale, index)]))
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
