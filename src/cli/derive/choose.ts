import { interestScales } from '../../../flows/professions/match.ts'
import type { Judge } from './judge.ts'
import { itemNames, itemsPerScale, scaleOf, seeded, shuffled } from './sample.ts'

/** How the search judges each set it tries, and how the best of the sets that it came to are judged. */
export type Judges = { readonly quickly: Judge; readonly exactly: Judge }

/**
 * Chooses `perScale` items of each scale, ascending: starts from random sets and exchanges single items as long as that
 * helps by the quick judge; of the sets that all starts come to, the exact judge takes the best.
 */
export function chooseItems({ quickly, exactly }: Judges, perScale: number, starts: number, seed: number): number[] {
  const random = seeded(seed)
  const judge = remembering(quickly)
  const found = Array.from({ length: starts }, () => exchange(randomItems(perScale, random), judge, random))
  const judged = distinct(found.map(({ items }) => items)).map((items) => ({ items, value: exactly(items) }))
  return judged.reduce((best, choice) => (choice.value > best.value + 1e-12 ? choice : best)).items
}

/** The same set is met many times. */
function remembering(judge: Judge): Judge {
  const known = new Map<string, number>()
  return (items) => {
    const key = items.toSorted((a, b) => a - b).join()
    const value = known.get(key) ?? judge(items)
    known.set(key, value)
    return value
  }
}

function randomItems(perScale: number, random: () => number): number[] {
  const all = Array.from(itemNames.keys())
  return interestScales.flatMap((_, scale) =>
    shuffled(
      all.filter((item) => scaleOf(item) === scale),
      random,
    ).slice(0, perScale),
  )
}

/** Item numbers, ascending, and how good the quick judge finds them. */
type Choice = { readonly items: number[]; readonly value: number }

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

function distinct(sets: readonly number[][]): number[][] {
  return [...new Map(sets.map((items) => [items.join(), items])).values()]
}
