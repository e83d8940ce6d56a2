/** A gentle reason to look at the answers once more; never a verdict. */
export type CarelessSign = 'run' | 'same' | 'fast'

/** How many answers followed another one, and how many of them too quickly to have read. */
export type Pace = { readonly timed: number; readonly hasty: number }

/** Quicker than this (milliseconds after the answer before) nobody reads a line of text and decides. */
const tooFast = 700
/** Fewer answers than this say nothing. */
const fewestAnswers = 6

export const noPace: Pace = { timed: 0, hasty: 0 }

/** The pace with one answer more, given so many milliseconds after the one before. Only the count is kept of it. */
export function paced({ timed, hasty }: Pace, milliseconds: number): Pace {
  return { timed: timed + 1, hasty: hasty + Number(milliseconds < tooFast) }
}

/**
 * Signs that a form may have been answered without reading. `same`: every answer alike. `run`: a run of one answer as
 * long as `longRun` names. `fast`: more than half of the answers came under 0.7 s after the one before (a reader of 250
 * words a minute needs that for three words). `answersInOrder` as asked. Below six answers there are no signs.
 */
export function carelessSigns(answersInOrder: readonly number[], { timed, hasty }: Pace): readonly CarelessSign[] {
  if (answersInOrder.length < fewestAnswers) return []
  const longest = longestRun(answersInOrder)
  const same = longest === answersInOrder.length
  const signs: CarelessSign[] = []
  if (same) signs.push('same')
  if (!same && longest >= longRun(answersInOrder.length)) signs.push('run')
  if (timed >= fewestAnswers - 1 && hasty > timed / 2) signs.push('fast')
  return signs
}

/**
 * A third of the form, but at least ten answers. Asked in rounds over the scales, such a run stands in 1.1 % of 20,847
 * real 18-item forms (instruments/riasec.report.md), 0.7 % of 48-item ones and 3 % of 60-item ones.
 */
export function longRun(items: number): number {
  return Math.max(10, Math.ceil(items / 3))
}

/** The length of the longest run of one answer. */
export function longestRun(answers: readonly number[]): number {
  let longest = 0
  let current = 0
  answers.forEach((answer, index) => {
    current = answer === answers[index - 1] ? current + 1 : 1
    longest = Math.max(longest, current)
  })
  return longest
}
