import type { SurveyContext } from './context.ts'
import type { EarlierResult } from './contract.ts'

/** Results that are shown side by side. */
const shownTogether = 3

/** Of results, the newest first, so many of each form as are shown together. */
export function keptOf(results: readonly EarlierResult[]): EarlierResult[] {
  return results.filter((one, place) => results.slice(0, place).filter(isLike(one)).length < shownTogether)
}

/** Whether there is a second result to be compared with the one that is shown, or with the newest. */
export function hasSeveral(context: SurveyContext): boolean {
  const { result, attempt } = context
  const others = result === null ? comparable(context) : comparable(context).filter((one) => one.attempt !== attempt)
  return others.length + (result === null ? 0 : 1) > 1
}

/** Those of the form that is shown, or of the newest: answers to different questions are not comparable. */
export function comparable({ result, form, earlier }: SurveyContext): EarlierResult[] {
  const [newest] = earlier
  const like = result === null ? newest : earlier.find((one) => one.form === form)
  return like === undefined ? [] : earlier.filter(isLike(like)).slice(0, shownTogether)
}

function isLike({ form }: EarlierResult) {
  return (other: EarlierResult) => other.form === form
}
