import type { SurveyContext } from './context.ts'
import type { Attempt, EarlierResult } from './contract.ts'
import { answerRange, formItems, type Instrument } from './instrument.ts'

/**
 * A survey is data and may change while people are in the middle of it: what is stored is fitted to what it is by now.
 * An answer that can no longer be given counts as not given.
 */
export function fitting(instruments: readonly Instrument[]) {
  return (context: SurveyContext): SurveyContext => {
    const instrument = instruments.find(({ id }) => id === context.instrument)
    return instrument === undefined ? context : fitted(instrument, context)
  }
}

/** Whether the survey of the context is there; '' is none yet. */
export function isOfThese(instruments: readonly Instrument[]) {
  return ({ instrument }: SurveyContext) => instrument === '' || instruments.some(({ id }) => id === instrument)
}

/** Only those answers that the questions take; what is asked no more is left as it is. */
export function withFittingAnswers<A extends Pick<Attempt, 'answers'>>(instrument: Instrument, attempt: A): A {
  const given = Object.entries(attempt.answers)
  const fit = given.filter(([item, answer]) => fits(instrument, item, answer))
  return fit.length === given.length ? attempt : { ...attempt, answers: Object.fromEntries(fit) }
}

/** What a result says of scales that there are no more has no name: it is left out. */
export function fittingResult(instrument: Instrument, earlier: EarlierResult): EarlierResult {
  const { result } = earlier
  const ranking = result.ranking.filter(({ scale }) => instrument.scales.includes(scale))
  const differentiated = result.differentiated && ranking.length > 1
  return { ...withFittingAnswers(instrument, earlier), result: { ...result, ranking, differentiated } }
}

function fitted(instrument: Instrument, context: SurveyContext): SurveyContext {
  const items = formItems(instrument, context.form)
  const { order, changing } = context
  return {
    ...withFittingAnswers(instrument, context),
    order: order === null ? null : inForm(order, items),
    position: Math.min(context.position, items.length - 1),
    changing: changing !== null && hasItem(instrument, changing) ? changing : null,
  }
}

/** The order in which the form is asked, with neither more nor less than is in it. */
function inForm(order: readonly string[], items: readonly string[]): string[] {
  const kept = order.filter((item) => items.includes(item))
  return [...kept, ...items.filter((item) => !kept.includes(item))]
}

function fits(instrument: Instrument, item: string, answer: number): boolean {
  if (!hasItem(instrument, item)) return true
  const { from, to } = answerRange(instrument, item)
  return answer >= from && answer <= to
}

function hasItem(instrument: Instrument, item: string): boolean {
  return instrument.items.some(({ id }) => id === item)
}
