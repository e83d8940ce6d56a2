import { endsOf, isPossible, type Message, type Part, type Places } from './message.ts'
import type { PlacedRule } from './rule-file.ts'
import type { Excuse } from './syntax.ts'

/** A rule with numbers in the place of words and classes. */
export type Compiled = { readonly rule: PlacedRule; readonly excuses: readonly Excusing[] } & (
  | { readonly type: 'together'; readonly ids: readonly number[]; readonly width: number }
  | { readonly type: 'in-order'; readonly parts: readonly Part[]; readonly atStart: boolean; readonly atEnd: boolean }
)
export type Excusing = { readonly where: Excuse['where']; readonly ids: readonly number[] }
type Span = { readonly start: number; readonly end: number }

/** A harmless word counts so many words away from what it excuses. */
const beside = { around: 3, after: 1 }

/** Whether the rule fits where it, or its rarest class, begins at one of these words. */
export function isFound(rule: Compiled, starts: readonly number[], message: Message, rarest?: number): boolean {
  if (rule.type === 'in-order') return isInOrder(rule, starts, message)
  if (rarest === undefined || !rule.ids.every((id) => message.classes.has(id))) return false
  return starts.some((start) => isTogether(rule, start, message, rarest))
}

type InOrder = Extract<Compiled, { type: 'in-order' }>

function isInOrder({ parts, atStart, atEnd, excuses }: InOrder, starts: readonly number[], message: Message): boolean {
  if (!isPossible(parts, message)) return false
  const allowed = atStart ? starts.filter((start) => start === 0) : starts
  return allowed.some((start) =>
    endsOf(parts, start, message).some(
      (end) => (!atEnd || end === message.words.length) && counts({ start, end }, excuses, message),
    ),
  )
}

function isTogether(
  { ids, width, excuses }: Extract<Compiled, { type: 'together' }>,
  at: number,
  message: Message,
  rarest: number,
): boolean {
  const others = ids.flatMap((id) => (id === rarest ? [] : (message.classes.get(id) ?? [])))
  const complete = (spans: readonly Span[], left: readonly Places[]): boolean => {
    const [next, ...rest] = left
    const whole = around(spans)
    if (next === undefined) return counts(whole, excuses, message)
    return spansIn(next, { start: whole.end - width, end: whole.start + width }).some(
      (span) => isApart(span, spans) && inOneSentence(span, whole, message) && complete([...spans, span], rest),
    )
  }
  return (message.classes.get(rarest)?.get(at) ?? []).some((end) => complete([{ start: at, end }], others))
}

function around(spans: readonly Span[]): Span {
  return { start: Math.min(...spans.map(({ start }) => start)), end: Math.max(...spans.map(({ end }) => end)) }
}

function spansIn(places: Places, within: Span): Span[] {
  const spans: Span[] = []
  for (let start = Math.max(0, within.start); start < within.end; start++) {
    for (const end of places.get(start) ?? []) if (end <= within.end) spans.push({ start, end })
  }
  return spans
}

/** Words of its own; it may stand in the gap of another ("дал мне по лицу"). */
function isApart(span: Span, others: readonly Span[]): boolean {
  return others.every((other) => isBeside(span, other) || isInside(span, other) || isInside(other, span))
}

function isBeside(one: Span, other: Span): boolean {
  return one.end <= other.start || other.end <= one.start
}

function isInside(one: Span, other: Span): boolean {
  return one.start > other.start && one.end < other.end
}

function inOneSentence(one: Span, other: Span, { sentences }: Message): boolean {
  const { start, end } = around([one, other])
  return sentences[start] === sentences[end - 1]
}

/** Whether what has been found is neither harmless nor for another language to judge. */
function counts(match: Span, excuses: readonly Excusing[], message: Message): boolean {
  return !isExcused(excuses, match, message) && !isForeign(match, message)
}

function isForeign({ start, end }: Span, { words, numbers, foreign }: Message): boolean {
  return words.slice(start, end).every((word, at) => numbers[start + at]?.length === 0 || foreign(word))
}

function isExcused(excuses: readonly Excusing[], match: Span, message: Message): boolean {
  return excuses.some(({ where, ids }) =>
    ids.some((id) => {
      const places = message.classes.get(id)
      return places !== undefined && isExcuse[where](places, match, message)
    }),
  )
}

const isExcuse = { around: isAround, after: isAfter, anywhere: isInSentence }

function isAfter(places: Places, { end }: Span, { sentences }: Message): boolean {
  const starts = Array.from({ length: beside.after + 1 }, (_, skipped) => end + skipped)
  return starts.some((start) => places.has(start) && sentences[start] === sentences[end - 1])
}

function isAround(places: Places, { start, end }: Span, { sentences }: Message): boolean {
  const from = Math.max(0, start - beside.around)
  for (let at = from; at < end + beside.around; at++) {
    const isNear = sentences[at] === sentences[start] || sentences[at] === sentences[end - 1]
    if (isNear && places.has(at)) return true
  }
  return false
}

function isInSentence(places: Places, { start, end }: Span, { sentences }: Message): boolean {
  return [...places.keys()].some((at) => sentences[at] === sentences[start] || sentences[at] === sentences[end - 1])
}
