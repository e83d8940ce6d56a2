import type { SurveyContext } from './context.ts'
import type { EarlierResult } from './contract.ts'

/** Results that are shown side by side. */
const shownTogether = 3

/** Of results, the newest first, so many of each kind as are shown together. */
export function keptOf(results: readonly EarlierResult[]): EarlierResult[] {
  return results.filter((one, place) => results.slice(0, place).filter(isLike(one)).length < shownTogether)
}

/** Whether there is a second result to be compared with the one that is shown, or with the newest. */
export function hasSeveral(context: SurveyContext): boolean {
  const { result, attempt } = context
  if (others(context).length > 0) return true
  const rest = result === null ? comparable(context) : comparable(context).filter((one) => one.attempt !== attempt)
  return rest.length + (result === null ? 0 : 1) > 1
}

/** Those of the kind that is shown, or of the newest: other questions, or another way of counting, are not comparable. */
export function comparable({ result, form, earlier }: SurveyContext): EarlierResult[] {
  const [newest] = earlier
  const isShown = (one: EarlierResult) => one.form === form && one.result.version === result?.version
  const like = result === null ? newest : earlier.find(isShown)
  return like === undefined ? [] : earlier.filter(isLike(like)).slice(0, shownTogether)
}

/** Those counted in another way than what is shown, or than the newest: they stand apart and keep what they said. */
export function others({ result, earlier }: SurveyContext): EarlierResult[] {
  const version = result?.version ?? earlier[0]?.result.version
  return earlier.filter((one) => one.result.version !== version)
}

function isLike({ form, result: { version } }: EarlierResult) {
  return (other: EarlierResult) => other.form === form && other.result.version === version
}
