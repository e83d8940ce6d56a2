import type { EventOf } from '../kit/effects.ts'
import type { Stamp } from '../kit/events.ts'
import { carelessSigns, noPace, paced } from './careless.ts'
import type { SurveyContext, SurveyEvent } from './context.ts'
import { formItems, type Instrument } from './instrument.ts'
import { scoreAnswers } from './scoring.ts'

/** Pure moves through a filling-in; each takes the context and gives what changes in it. */
type Change = Partial<SurveyContext>

/** Items in the order of asking. */
export function itemsOf(instrument: Instrument, { form, order }: Pick<SurveyContext, 'form' | 'order'>) {
  return order ?? formItems(instrument, form)
}

/** Items that have been answered, in the order of the instrument: also those that the form asks no more. */
export function answeredItems(instrument: Instrument, { answers }: SurveyContext): readonly string[] {
  return formItems(instrument, 'full').filter((item) => answers[item] !== undefined)
}

export function currentItem(instrument: Instrument, context: SurveyContext): string {
  const item = context.changing ?? itemsOf(instrument, context)[context.position]
  if (item === undefined) throw new Error(`There is no item ${context.position} in ${instrument.id}`)
  return item
}

export function begin(context: SurveyContext, event: Stamp): Change {
  return { ...fresh(event), form: 'quick', answers: {}, ...start, earlier: context.earlier }
}

/**
 * The questions that are left after the answers of the result: a longer form left unfinished goes on, and the answers of
 * any other one are taken along.
 */
export function makeExact(instrument: Instrument, context: SurveyContext, event: Stamp): Change {
  const { unfinished, result, earlier } = context
  const given = { ...(result === null ? earlier[0]?.answers : context.answers), ...unfinished?.answers }
  const attempt = unfinished?.form === 'full' ? { attempt: unfinished.attempt } : {}
  return { ...fresh(event), ...attempt, ...withAnswers(instrument, 'full', given) }
}

export function goOn(instrument: Instrument, { unfinished }: SurveyContext): Change {
  if (unfinished === null) return {}
  const { attempt, form, answers } = unfinished
  const asked = withAnswers(instrument, form, answers)
  return { attempt, ...asked, result: null, pace: noPace, pressedAt: null, looked: false, changing: null }
}

/** What is missing from the form by now is asked before the answers are counted. */
export function complete(instrument: Instrument, { form, answers }: SurveyContext): Change {
  return { ...withAnswers(instrument, form, answers), pace: noPace, pressedAt: null, changed: false }
}

export function isComplete(instrument: Instrument, { form, answers }: SurveyContext): boolean {
  return formItems(instrument, form).every((item) => answers[item] !== undefined)
}

export function showEarlier({ earlier }: SurveyContext): Change {
  const [newest] = earlier
  if (newest === undefined) return {}
  const { attempt, form, answers, result } = newest
  return { attempt, form, answers, result, ...start, changing: null, changed: false }
}

/** How many questions of the form are answered. */
export function answeredCount(
  instrument: Instrument,
  { form, answers }: Pick<SurveyContext, 'form' | 'answers'>,
): number {
  return formItems(instrument, form).filter((item) => answers[item] !== undefined).length
}

/** The answer to the question that is asked, given at `at` (epoch ms). */
export function rate(instrument: Instrument, context: SurveyContext, value: number, at: number): Change {
  const answers = { ...context.answers, [currentItem(instrument, context)]: value }
  const isChange = context.changing !== null
  return {
    answers,
    position: isChange ? context.position : onward(instrument, { ...context, answers }),
    ...(isChange ? {} : inTime(context, at)),
    changed: isChange || context.changed,
    // Somebody who goes on from a screen of before sees a result made of what they say now.
    result: isChange ? context.result : null,
  }
}

/** Of the time between two answers only this is kept: whether it was too short to read. */
function inTime({ pace, pressedAt }: SurveyContext, at: number): Change {
  return { pace: pressedAt === null ? pace : paced(pace, at - pressedAt), pressedAt: at }
}

/** On past a question that is answered already. */
export function skip(instrument: Instrument, context: SurveyContext): Change {
  return { position: onward(instrument, context), pressedAt: null }
}

/** Nothing is left to ask once this question is answered. */
export function isLast(instrument: Instrument, context: SurveyContext): boolean {
  const items = itemsOf(instrument, context)
  const others = items.filter((_, place) => place !== context.position)
  return context.position === items.length - 1 && others.every((item) => context.answers[item] !== undefined)
}

/** The next question; from the last one back to what was never asked. */
function onward(instrument: Instrument, context: SurveyContext): number {
  const items = itemsOf(instrument, context)
  const next = context.position + 1
  if (next < items.length) return next
  const unanswered = items.findIndex((item) => context.answers[item] === undefined)
  return unanswered === -1 ? items.length - 1 : unanswered
}

export function score(instrument: Instrument, { answers, form }: SurveyContext): Change {
  const result = { ...scoreAnswers(instrument, answers, form), version: instrument.version }
  return { result, changed: false, pace: noPace, pressedAt: null }
}

/** A changed answer counts at once: whoever goes elsewhere from the list finds no result of what they said before. */
export function recount(instrument: Instrument, context: SurveyContext): Change {
  return { result: score(instrument, context).result ?? null, changed: true }
}

/** Signs of careless answering in what was asked this time. */
export function signsOf(instrument: Instrument, context: SurveyContext) {
  return carelessSigns(
    itemsOf(instrument, context).flatMap((item) =>
      isOfThisTime(instrument, context, item) ? (context.answers[item] ?? 0) : [],
    ),
    context.pace,
  )
}

/** Goes back to the first of the answers that look alike, to go through them again. */
export function lookAgain(instrument: Instrument, context: SurveyContext): Change {
  const first = itemsOf(instrument, context).findIndex((item) => isOfThisTime(instrument, context, item))
  return { position: Math.max(0, first), looked: true, pace: noPace, pressedAt: null }
}

/** The answers of the quick form stand behind a result already when the other questions are asked. */
function isOfThisTime({ forms }: Instrument, { form }: SurveyContext, item: string): boolean {
  return form === 'quick' || !forms.quick.includes(item)
}

/** A result that another version counted keeps what it said: with an answer changed it becomes another filling-in. */
export function change(instrument: Instrument, context: SurveyContext, event: EventOf<SurveyEvent, 'CHANGE'>): Change {
  const isOwn = context.changed || context.result?.version === instrument.version
  return { ...(isOwn ? {} : { attempt: event.turn.id }), changing: event.item }
}

const start = { position: 0, order: null } as const

function fresh(event: Stamp): Change {
  return {
    attempt: event.turn.id,
    result: null,
    families: [],
    pace: noPace,
    pressedAt: event.turn.at,
    looked: false,
    changing: null,
    changed: false,
  }
}

/**
 * A form some of which is answered, at the first question that is not. Where the answers are not its beginning (they were
 * given when it had another), they come first in the order of asking, so that nothing is asked twice.
 */
export function withAnswers(instrument: Instrument, form: SurveyContext['form'], answers: SurveyContext['answers']) {
  const items = formItems(instrument, form)
  const given = items.filter((item) => answers[item] !== undefined)
  const isBeginning = given.every((item, place) => items[place] === item)
  const order = isBeginning ? null : [...given, ...items.filter((item) => answers[item] === undefined)]
  return { form, answers, order, position: Math.min(given.length, items.length - 1) }
}
