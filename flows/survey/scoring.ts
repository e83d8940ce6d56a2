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
 * What answers say. `scores` are the person's own: rating = mean in units of the answers, choice = how often the scale
 * was chosen. `ranking` is in the order of naming, its probabilities fall and sum to 1; when `differentiated` is false
 * it must not be shown as a type. `close`: by the person's own answers others stand within one point of the leader; nothing is differentiated where all do.
 */
export type Result = {
  readonly scores: Record<string, number>
  readonly ranking: Ranked[]
  readonly differentiated: boolean
  readonly close: boolean
}

export type Answers = Readonly<Record<string, number>>

/** Answers that cannot be scored; the message says which and what is needed. */
export class UnscorableAnswers extends Error {
  override readonly name = 'UnscorableAnswers'
}

/**
 * Scores one form. The person's own means rank the scales; the derived figures decide only among those that are within
 * one point of the leader. Items outside the form are ignored. At least two thirds of each scale's items (rounded up)
 * must be answered; a missing answer counts as the mean of the scale's answered ones. Throws UnscorableAnswers
 * otherwise, or when an answer is outside its range.
 */
export function scoreAnswers(instrument: Instrument, answers: Answers, form: Form): Result {
  const scales = gather(instrument, answers, form)
  const { probabilities, lead, chance } = judge(instrument, answers, form, scales)
  const judged = scales.map((scale, index) => ({ ...scale, probability: probabilities[index] ?? 0 }))
  const { leading, others } = byOwnAnswers(judged)
  return {
    scores: Object.fromEntries(scales.map((one) => [one.scale, scoreOf(instrument, one)])),
    ranking: correctLead(falling([...leading, ...others]), lead),
    differentiated: others.length > 0 && spreadOf(scales) >= chance,
    close: leading.length > 1,
  }
}

/**
 * How sure the strongest is, in a word. Close where others are within the close rule; otherwise right more than 3 times
 * in 4: clear; more often than not: likely; else close.
 */
export function certaintyWord({ ranking, close }: Pick<Result, 'ranking' | 'close'>): 'clear' | 'likely' | 'close' {
  const probability = close ? 0 : (ranking[0]?.probability ?? 0)
  if (probability >= 0.75) return 'clear'
  return probability >= 0.5 ? 'likely' : 'close'
}

/** Scores of whatever is answered, be it a whole form or not. Scales that nothing is answered of are left out. */
export function ownScores(instrument: Instrument, answers: Answers): Record<string, number> {
  const scores = new Map<string, { sum: number; count: number }>()
  for (const item of instrument.items) {
    for (const { scale, value } of valuesOf(item, answers[item.id])) {
      if (value === undefined) continue
      const { sum, count } = scores.get(scale) ?? { sum: 0, count: 0 }
      scores.set(scale, { sum: sum + value, count: count + 1 })
    }
  }
  const isCounted = instrument.scoring === 'choice'
  return Object.fromEntries([...scores].map(([scale, { sum, count }]) => [scale, isCounted ? sum : sum / count]))
}

/** Lowest and highest score that a scale can come to in a form: the ends of its bar. */
export function scoreRange(instrument: Instrument, scale: string, form: Form): { from: number; to: number } {
  if (instrument.scoring === 'rating') return instrument.answers
  const asked = new Set(formItems(instrument, form))
  return { from: 0, to: instrument.items.filter((item) => asked.has(item.id) && item.options.includes(scale)).length }
}

/** Scales whose scores are within one point of the highest, in the order of the instrument; see `isWithinPoint`. */
export function closeToHighest(
  instrument: Instrument,
  scores: Readonly<Record<string, number>>,
  form: Form,
): readonly string[] {
  const asked = new Set(formItems(instrument, form))
  const countOf = (scale: string) =>
    instrument.items.filter((item) => asked.has(item.id) && 'scale' in item && item.scale === scale).length
  const point = (scale: string) => (instrument.scoring === 'choice' ? 1 : 1 / Math.max(1, countOf(scale)))
  const highest = Math.max(...instrument.scales.map((scale) => scores[scale] ?? 0))
  return instrument.scales.filter((scale) => highest - (scores[scale] ?? 0) <= point(scale) + 1e-9)
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

/** How probable each scale is to be the strongest, the correction of that, and the spread that may come by chance. */
type Judgement = { readonly probabilities: readonly number[]; readonly lead: Lead; readonly chance: number }
type Lead = InstrumentModel['full']['lead']

function judge(instrument: Instrument, answers: Answers, form: Form, scales: Gathered[]): Judgement {
  if (instrument.scoring !== 'rating' || !instrument.model) return plainly(instrument, scales)
  const { centre, quick, full } = instrument.model
  const logits =
    form === 'quick'
      ? predict(quick.strongest, fill(instrument, answers, scales), centre)
      : scales.map(({ mean }) => mean * full.slope)
  return { probabilities: softmax(logits), lead: instrument.model[form].lead, chance: 0 }
}

/**
 * Without derived figures: the certainty that follows from the person's own spread inside the scales.
 * Two means of n answers with variance v differ by chance with standard error √(2v/n); the logistic curve of slope
 * 1.7 / error stands for the normal one. One answer of middling variance is added so that few answers do not look sure.
 */
function plainly(instrument: Instrument, scales: Gathered[]): Judgement {
  const error = chanceError(instrument, scales)
  const probabilities = softmax(scales.map(({ mean }) => (mean * 1.7) / error))
  return { probabilities, lead: { shift: 0, slope: 1 }, chance: error }
}

type Judged = Gathered & { readonly probability: number }

/**
 * The scales within one point of the leader, by how probable they are, and the others by their means: whoever leads by
 * more than a point is first. Equal ones stay in the order of the instrument.
 */
function byOwnAnswers(scales: readonly Judged[]): { leading: Judged[]; others: Judged[] } {
  const sorted = scales.toSorted((a, b) => b.mean - a.mean || b.probability - a.probability)
  const leading = sorted.filter((scale) => isWithinPoint(scale, sorted[0] ?? scale))
  return {
    leading: leading.toSorted((a, b) => b.probability - a.probability),
    others: sorted.filter((scale) => !leading.includes(scale)),
  }
}

/**
 * One point is one step of one answer: 1 of the 15 that three answers may come to, 1 of the 40 of eight, one choice.
 * Compared as means, so that a missing answer changes nothing, with room for rounding.
 */
function isWithinPoint(scale: Gathered, leader: Gathered): boolean {
  return leader.mean - scale.mean <= 1 / Math.min(leader.asked, scale.asked) + 1e-9
}

function scoreOf({ scoring }: Instrument, { mean, asked }: Gathered): number {
  return scoring === 'choice' ? mean * asked : mean
}

function chanceError(instrument: Instrument, scales: Gathered[]): number {
  const range = instrument.scoring === 'rating' ? instrument.answers.to - instrument.answers.from : 1
  const squares = scales.flatMap(({ values, mean }) => values.map((value) => (value - mean) ** 2))
  const sum = squares.reduce((total, square) => total + square, (range / 4) ** 2)
  const variance = sum / Math.max(1, squares.length - scales.length + 1)
  return Math.sqrt((2 * variance) / average(scales.map(({ values }) => values.length)))
}

function spreadOf(scales: readonly Gathered[]): number {
  const means = scales.map(({ mean }) => mean)
  return Math.max(...means) - Math.min(...means)
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

/** Probabilities that contradict the order are pooled with those before them, so that they fall (isotonic regression). */
function falling(ranked: readonly Judged[]): Ranked[] {
  const pools: { scales: string[]; sum: number }[] = []
  const mean = (pool: { scales: string[]; sum: number } | undefined) =>
    pool ? pool.sum / pool.scales.length : Infinity
  for (const { scale, probability } of ranked) {
    let pool = { scales: [scale], sum: probability }
    while (mean(pool) > mean(pools.at(-1))) {
      const before = pools.pop()
      if (before) pool = { scales: [...before.scales, ...pool.scales], sum: before.sum + pool.sum }
    }
    pools.push(pool)
  }
  return pools.flatMap((pool) => pool.scales.map((scale) => ({ scale, probability: mean(pool) })))
}

function correctLead(ranking: Ranked[], { shift, slope }: Lead): Ranked[] {
  const leading = Math.min(ranking[0]?.probability ?? 1, 1 - 1e-9)
  const corrected = 1 / (1 + Math.exp(-shift - slope * Math.log(leading / (1 - leading))))
  const others = (1 - corrected) / (1 - leading)
  return ranking.map(({ scale, probability }, index) => ({
    scale,
    probability: index === 0 ? corrected : probability * others,
  }))
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
