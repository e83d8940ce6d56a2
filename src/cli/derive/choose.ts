import { type Matrix, solve } from './regression.ts'
import { itemNames, itemsPerScale, type Person, scaleNames, scaleOf, seeded, shuffled } from './sample.ts'

/** Chosen item numbers, ascending, and how good they are (share of hits in one plus in two guesses, so 0..2). */
export type Choice = { readonly items: readonly number[]; readonly value: number }

/**
 * Chooses `perScale` items of each scale so that a linear regression on them names the strongest of the UNSEEN items:
 * maximises hits in one guess plus hits in two, ties shared equally. Starts from random sets and exchanges single items
 * as long as that helps; the best of all starts wins.
 */
export function chooseItems(people: readonly Person[], perScale: number, starts: number, seed: number): Choice {
  const random = seeded(seed)
  const judge = judgeOf(people)
  const found = Array.from({ length: starts }, () => exchange(randomItems(perScale, random), judge, random))
  return found.reduce((best, choice) => (choice.value > best.value + 1e-12 ? choice : best))
}

function randomItems(perScale: number, random: () => number): number[] {
  const all = Array.from(itemNames.keys())
  return scaleNames.flatMap((_, scale) =>
    shuffled(
      all.filter((item) => scaleOf(item) === scale),
      random,
    ).slice(0, perScale),
  )
}

type Judge = (items: readonly number[]) => number

function exchange(start: number[], judge: Judge, random: () => number): Choice {
  let best: Choice = { items: start, value: judge(start) }
  for (let improved = true; improved; ) {
    improved = false
    for (const item of shuffled(best.items, random)) {
      const better = bestExchange(best, item, judge)
      improved ||= better !== best
      best = better
    }
  }
  return { items: best.items.toSorted((a, b) => a - b), value: best.value }
}

function bestExchange(current: Choice, item: number, judge: Judge): Choice {
  const first = scaleOf(item) * itemsPerScale
  const others = Array.from({ length: itemsPerScale }, (_, index) => first + index)
  return others
    .filter((other) => !current.items.includes(other))
    .map((other) => current.items.map((kept) => (kept === item ? other : kept)))
    .map((items) => ({ items, value: judge(items) }))
    .reduce((best, choice) => (choice.value > best.value + 1e-6 ? choice : best), current)
}

function judgeOf(people: readonly Person[]): Judge {
  const covariance = covarianceOf(people)
  const totals = people.map(scaleTotals)
  const predicted = new Float64Array(scaleNames.length)
  const unseen = new Float64Array(scaleNames.length)
  return (items) => {
    const weights = unseenWeights(items, covariance)
    let hits = 0
    people.forEach((person, index) => {
      unseen.set(totals[index] ?? unseen)
      predicted.set(weights.at(-1) ?? predicted)
      items.forEach((item, row) => {
        addAnswer(person[item] ?? 0, weights[row] ?? predicted, predicted)
        unseen[scaleOf(item)] = (unseen[scaleOf(item)] ?? 0) - (person[item] ?? 0)
      })
      hits += hitsOf(predicted, unseen)
    })
    return hits / people.length
  }
}

function addAnswer(answer: number, weights: Float64Array, predicted: Float64Array) {
  for (let scale = 0; scale < predicted.length; scale++) {
    predicted[scale] = (predicted[scale] ?? 0) + answer * (weights[scale] ?? 0)
  }
}

function scaleTotals(person: Person): Float64Array {
  const totals = new Float64Array(scaleNames.length)
  person.forEach((answer, item) => {
    totals[scaleOf(item)] = (totals[scaleOf(item)] ?? 0) + answer
  })
  return totals
}

/** Share of the tied strongest that the first guess takes, plus the share that the first two take. */
function hitsOf(predicted: Float64Array, unseen: Float64Array): number {
  let first = 0
  let second = 1
  let highest = 0
  for (let scale = 0; scale < predicted.length; scale++) {
    const value = predicted[scale] ?? 0
    highest = Math.max(highest, unseen[scale] ?? 0)
    if (scale === 0) continue
    if (value > (predicted[first] ?? 0)) [first, second] = [scale, first]
    else if (scale === 1 || value > (predicted[second] ?? 0)) second = scale
  }
  let tied = 0
  for (const total of unseen) tied += Number(total === highest)
  return (2 * Number(unseen[first] === highest) + Number(unseen[second] === highest)) / tied
}

/** Mean and covariance of all 48 items; the means stand in the last row. */
function covarianceOf(people: readonly Person[]): Matrix {
  const size = itemNames.length
  const means = new Float64Array(size)
  const sums: Matrix = itemNames.map(() => new Float64Array(size))
  for (const person of people) {
    person.forEach((left, i) => {
      means[i] = (means[i] ?? 0) + left / people.length
      const row = sums[i] ?? means
      for (let j = 0; j < size; j++) row[j] = (row[j] ?? 0) + (left * (person[j] ?? 0)) / people.length
    })
  }
  return [...sums.map((row, i) => row.map((sum, j) => sum - (means[i] ?? 0) * (means[j] ?? 0))), means]
}

/** Least-squares weights of the unseen means on the chosen items; the last row is the intercept. */
function unseenWeights(items: readonly number[], covariance: Matrix): Matrix {
  const cell = (i: number, j: number) => covariance[i]?.[j] ?? 0
  const within = items.map((i) => Float64Array.from(items, (j) => cell(i, j) + (i === j ? 0.002 : 0)))
  const unseen = scaleNames.map((_, scale) =>
    Array.from(itemNames.keys()).filter((item) => scaleOf(item) === scale && !items.includes(item)),
  )
  const mean = (row: number, list: readonly number[]) => list.reduce((sum, j) => sum + cell(row, j), 0) / list.length
  const weights = solve(
    within,
    items.map((item) => Float64Array.from(unseen, (list) => mean(item, list))),
  )
  const intercept = Float64Array.from(unseen, (list, scale) =>
    items.reduce(
      (rest, item, row) => rest - cell(itemNames.length, item) * (weights[row]?.[scale] ?? 0),
      mean(itemNames.length, list),
    ),
  )
  return [...weights, intercept]
}
