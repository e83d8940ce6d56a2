import type { Stamp } from '../kit/events.ts'
import { carelessSigns } from './careless.ts'
import type { SurveyContext } from './context.ts'
import { formItems, type Instrument } from './instrument.ts'
import { scoreAnswers } from './scoring.ts'

/** Pure moves through a filling-in; each takes the context and gives what changes in it. */
type Change = Partial<SurveyContext>

/** The pace is judged by the newest presses, so that a long survey keeps no more than a short one. */
const gapsKept = 18

/** A pause of more than ten minutes says nothing about care, and is not kept. */
const longestGap = 10 * 60 * 1000

export function itemsOf(instrument: Instrument, { form }: SurveyContext): readonly string[] {
  return formItems(instrument, form)
}

export function currentItem(instrument: Instrument, context: SurveyContext): string {
  const item = itemsOf(instrument, context)[context.position]
  if (item === undefined) throw new Error(`There is no item ${context.position} in ${instrument.id}`)
  return item
}

export function begin(context: SurveyContext, event: Stamp): Change {
  return { ...fresh(event), form: 'quick', answers: {}, position: 0, earlier: context.earlier }
}

/** The rest of the items, after the answers of the newest quick form. */
export function makeExact(instrument: Instrument, context: SurveyContext, event: Stamp): Change {
  const quick = context.result === null ? context.earlier[0]?.answers : context.answers
  const answers = quick ?? {}
  return { ...fresh(event), form: 'full', answers, position: firstUnanswered(instrument, 'full', answers) }
}

export function goOn(instrument: Instrument, { unfinished }: SurveyContext): Change {
  if (unfinished === null) return {}
  const position = firstUnanswered(instrument, unfinished.form, unfinished.answers)
  return { ...unfinished, position, result: null, gaps: [], pressedAt: null, looked: false, changing: false }
}

export function showEarlier({ earlier }: SurveyContext): Change {
  const [newest] = earlier
  if (newest === undefined) return {}
  const { attempt, form, answers, result } = newest
  return { attempt, form, answers, result, changing: false, changed: false }
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
  const gap = context.pressedAt === null ? [] : [Math.min(at - context.pressedAt, longestGap)]
  return {
    answers,
    position: context.changing ? context.position : onward(instrument, { ...context, answers }),
    gaps: [...context.gaps, ...gap].slice(-gapsKept),
    pressedAt: at,
    changed: context.changing || context.changed,
    // Somebody who goes on from a screen of before sees a result made of what they say now.
    result: context.changing ? context.result : null,
  }
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

/** The next question; from the last one back to what was never asked, since the order may have changed meanwhile. */
function onward(instrument: Instrument, context: SurveyContext): number {
  const next = context.position + 1
  if (next < itemsOf(instrument, context).length) return next
  return firstUnanswered(instrument, context.form, context.answers)
}

export function score(instrument: Instrument, { answers, form }: SurveyContext): Change {
  return { result: { ...scoreAnswers(instrument, answers, form), version: instrument.version }, changed: false }
}

/** Signs of careless answering in what was asked this time. */
export function signsOf(instrument: Instrument, context: SurveyContext) {
  const given = itemsOf(instrument, context).map((item) => context.answers[item] ?? 0)
  return carelessSigns(given, context.gaps)
}

/** Goes back to the first of the answers that look alike, to go through them again. */
export function lookAgain(instrument: Instrument, context: SurveyContext): Change {
  const start = context.form === 'quick' ? 0 : instrument.forms.quick.length
  return { position: start, looked: true, gaps: [], pressedAt: null }
}

export function change(instrument: Instrument, context: SurveyContext, item: string): Change {
  return { position: Math.max(0, itemsOf(instrument, context).indexOf(item)), changing: true }
}

function fresh(event: Stamp): Change {
  return {
    attempt: event.turn.id,
    result: null,
    families: [],
    gaps: [],
    pressedAt: event.turn.at,
    looked: false,
    changing: false,
    changed: false,
  }
}

function firstUnanswered(instrument: Instrument, form: SurveyContext['form'], answers: SurveyContext['answers']) {
  const items = formItems(instrument, form)
  const place = items.findIndex((item) => answers[item] === undefined)
  return place === -1 ? items.length - 1 : place
}
