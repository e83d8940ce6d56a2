import type { Person } from './sample.ts'

/** Share of people whose longest run of one answer, in this order of asking, is at least `length`. */
export function shareOfRuns(people: readonly Person[], order: readonly number[], length: number): number {
  const reached = people.filter((person) => longestRun(order.map((item) => person[item] ?? 0)) >= length)
  return reached.length / people.length
}

function longestRun(answers: readonly number[]): number {
  let longest = 0
  let current = 0
  answers.forEach((answer, index) => {
    current = answer === answers[index - 1] ? current + 1 : 1
    longest = Math.max(longest, current)
  })
  return longest
}
