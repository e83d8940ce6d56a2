import { longestRun } from '../../../flows/survey/careless.ts'
import type { Person } from './sample.ts'

/** Share of people whose longest run of one answer, in this order of asking, is at least `length`. */
export function shareOfRuns(people: readonly Person[], order: readonly number[], length: number): number {
  const reached = people.filter((person) => longestRun(order.map((item) => person[item] ?? 0)) >= length)
  return reached.length / people.length
}
