import { interestScales } from '../../../flows/professions/match.ts'
import { balancedWeights, countOf } from './balance.ts'
import { byScale, guess, meanShare } from './figures.ts'
import { buildInstrument, fitStrongest, middleAnswer } from './fit.ts'
import { noLead } from './lead.ts'
import { type Matrix, solve } from './regression.ts'
import { itemNames, type Person, scaleOf } from './sample.ts'

/** How well a set of items does; the more, the better. */
export type Judge = (items: readonly number[]) => number

/**
 * Judges items by how well they name the strongest of the UNSEEN items, each type weighing the same. Counted are hits in
 * one guess and, twice, in two (any tied type is right) when figures decide within one point of the leader; the same
 * when they decide only among equal means, so that plain means do well too; and the share of the type that is found
 * least often. Thousands of sets are tried, so linear estimates stand for the softmax that is fitted in the end.
 */
export function quickJudge(people: readonly Person[]): Judge {
  const everything = Array.from(itemNames.keys())
  const totals = people.map((person) => addUp(person, everything, scaleRow()))
  // Filled anew for every set: making them anew would take longer than the sums.
  const table = people.map(() => ({ seen: scaleRow(), tied: new Uint8Array(size), chances: scaleRow() }))
  return (items) => {
    people.forEach((person, index) => {
      const row = table[index]
      if (row) markTied(addUp(person, items, row.seen), totals[index] ?? row.seen, row.tied)
    })
    estimate(people, items, table)
    const close = hits(table, 1)
    const equal = hits(table, 0)
    return close.one + 2 * close.two + equal.one + 2 * equal.two + close.least
  }
}

/** Judges the same without the part of plain means, by the model itself. */
export function exactJudge(people: readonly Person[]): Judge {
  return (items) => {
    const quick = { strongest: fitStrongest(people, items), lead: noLead }
    const instrument = buildInstrument(items, { centre: middleAnswer, quick, full: { slope: 1, lead: noLead } })
    const guesses = guess(people, instrument, 'quick', items, new Set(items))
    const scales = interestScales.map((_, scale) => byScale(guesses, scale))
    const least = Math.min(...scales.map(({ ownTwo }) => ownTwo.share))
    return meanShare(scales.map(({ one }) => one)).share + 2 * meanShare(scales.map(({ two }) => two)).share + least
  }
}

const size = interestScales.length
const scaleRow = () => new Float64Array(size)

/** One person: sums of the seen answers, which scales lead in the unseen ones, and how probable each is to do so. */
type Row = { readonly seen: Float64Array; readonly tied: Uint8Array; readonly chances: Float64Array }

function addUp(person: Person, items: readonly number[], into: Float64Array): Float64Array {
  into.fill(0)
  for (const item of items) into[scaleOf(item)] = (into[scaleOf(item)] ?? 0) + (person[item] ?? 0)
  return into
}

function markTied(seen: Float64Array, totals: Float64Array, into: Uint8Array) {
  let highest = 0
  for (let scale = 0; scale < size; scale++) highest = Math.max(highest, (totals[scale] ?? 0) - (seen[scale] ?? 0))
  for (let scale = 0; scale < size; scale++) {
    into[scale] = Number((totals[scale] ?? 0) - (seen[scale] ?? 0) === highest)
  }
}

/** Least-squares estimates of how probable each scale is to be the strongest of the unseen items, each weighing the same. */
function estimate(people: readonly Person[], items: readonly number[], table: readonly Row[]) {
  const inputs = Uint8Array.from([...items, intercept])
  const { left, right } = productsOf(people, inputs, table)
  const found = solve(left, right)
  people.forEach((person, index) => {
    const chances = table[index]?.chances ?? scaleRow()
    chances.fill(0)
    for (let input = 0; input < inputs.length; input++) {
      const row = found[input] ?? chances
      const answer = person[inputs[input] ?? 0] ?? 1
      for (let scale = 0; scale < size; scale++) chances[scale] = (chances[scale] ?? 0) + answer * (row[scale] ?? 0)
    }
  })
}

/** Behind the items, where nobody has an answer, stands the intercept: it counts 1. */
const intercept = itemNames.length
/** Steadies the estimates and is far below the number of people. */
const penalty = 10

/** Weighted products of the answers with one another (left) and with being the strongest, tied scales sharing (right). */
function productsOf(people: readonly Person[], inputs: Uint8Array, table: readonly Row[]) {
  const weights = balancedWeights(table.map(({ tied }) => tied))
  const left: Matrix = Array.from(inputs, (_, row) => new Float64Array(inputs.length).fill(penalty, row, row + 1))
  const right: Matrix = Array.from(inputs, scaleRow)
  people.forEach((person, index) => {
    const weight = weights[index] ?? 0
    const tied = table[index]?.tied ?? new Uint8Array(size)
    const part = weight / countOf(tied)
    for (let input = 0; input < inputs.length; input++) {
      const answer = person[inputs[input] ?? 0] ?? 1
      const row = left[input] ?? weights
      for (let other = 0; other <= input; other++) {
        row[other] = (row[other] ?? 0) + weight * answer * (person[inputs[other] ?? 0] ?? 1)
      }
      const shares = right[input] ?? weights
      for (let scale = 0; scale < size; scale++)
        shares[scale] = (shares[scale] ?? 0) + part * answer * (tied[scale] ?? 0)
    }
  })
  return { left, right }
}

type Hits = { readonly one: number; readonly two: number; readonly least: number }

/** Means over the scales, of those whose strongest it is: right in one guess, in two, and that very scale in two (least). */
function hits(table: readonly Row[], within: number): Hits {
  const tallies = interestScales.map(() => ({ people: 0, one: 0, two: 0, own: 0 }))
  for (const { seen, tied, chances } of table) {
    const [first, second] = firstTwo(seen, chances, within)
    const one = tied[first] ?? 0
    const two = Math.max(one, tied[second] ?? 0)
    tallies.forEach((tally, scale) => {
      if (tied[scale] !== 1) return
      tally.people++
      tally.one += one
      tally.two += two
      tally.own += Number(first === scale || second === scale)
    })
  }
  const shares = (part: 'one' | 'two' | 'own') => tallies.map((tally) => tally[part] / Math.max(1, tally.people))
  return { one: mean(shares('one')), two: mean(shares('two')), least: Math.min(...shares('own')) }
}

/** As scoring names them: by sums, but by chances among those within so many points of the leader. */
function firstTwo(sums: Float64Array, chances: Float64Array, within: number): [number, number] {
  let leader = 0
  for (let scale = 0; scale < size; scale++) leader = Math.max(leader, sums[scale] ?? 0)
  let [first, second] = [-1, -1]
  let [highest, next] = [-Infinity, -Infinity]
  for (let scale = 0; scale < sums.length; scale++) {
    // Sums are whole and estimated chances far below 10, so that chances only order what is equal.
    const place = Math.min(sums[scale] ?? 0, leader - within) + (chances[scale] ?? 0) / 100
    if (place > highest) [second, next, first, highest] = [first, highest, scale, place]
    else if (place > next) [second, next] = [scale, place]
  }
  return [first, second]
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
