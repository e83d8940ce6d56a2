/** A gentle reason to look at the answers once more; never a verdict. */
export type CarelessSign = 'run' | 'same' | 'fast'

/** Quicker than this (milliseconds between presses, at the median) nobody reads a line of text and decides. */
const tooFast = 700
/** Fewer answers than this say nothing. */
const fewestAnswers = 6

/**
 * Signs that a form may have been answered without reading. `same`: every answer alike. `run`: a run of one answer as
 * long as `longRun` names. `fast`: the median time between presses is under 0.7 s (a reader of 250 words a minute needs
 * that for three words). `answersInOrder` as asked, `millisecondsBetween` the waiting times between neighbouring
 * presses (empty when unknown). Below six answers there are no signs.
 */
export function carelessSigns(
  answersInOrder: readonly number[],
  millisecondsBetween: readonly number[],
): readonly CarelessSign[] {
  if (answersInOrder.length < fewestAnswers) return []
  const longest = longestRun(answersInOrder)
  const same = longest === answersInOrder.length
  const signs: CarelessSign[] = []
  if (same) signs.push('same')
  if (!same && longest >= longRun(answersInOrder.length)) signs.push('run')
  if (millisecondsBetween.length >= fewestAnswers - 1 && median(millisecondsBetween) < tooFast) signs.push('fast')
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

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
