import {
  addDays,
  compareDates,
  isValidDate,
  type LocalDate,
  minuteLength,
  toLocal,
  toUtc,
  weekdayOf,
} from '../common/calendar.ts'
import { oncePerEvent } from '../kit/once.ts'
import {
  type Draft,
  emptyDraft,
  type Guess,
  type On,
  type Problem,
  type RemindersContext,
  type Situation,
} from './context.ts'
import type { Reminder } from './contract.ts'
import { fold } from './phrases/found.ts'
import { halvesIn, type PhraseContext, type Understood, understandReminder } from './phrases/index.ts'
import { onTheMinute } from './phrases/settle.ts'
import { isSmallTalk } from './phrases/small-talk.ts'
import { nextTime, type Repeat, type TimeOfDay } from './repeat.ts'

/** Pure moves of the dialogue: what changes where an event leads. */
type Change = Partial<RemindersContext>

const eveningHour = 19
const morningHour = 9
const firstHour = 6

/** A new reminder. */
export function begin(): Change {
  return { draft: emptyDraft, aside: null, guess: null, problem: null, day: null, told: false }
}

/** The reminder that is being looked at, to be changed. */
export function edit({ context: { reminder }, event }: On<'EDIT_WHAT' | 'EDIT_TIME' | 'RESUME'>): Change {
  const draft = reminder === null ? emptyDraft : draftOf(reminder)
  return { draft, aside: null, guess: null, problem: null, day: null, now: event.turn.at }
}

function draftOf({ id, what, nextAt, repeat, zone: meantIn, state }: Reminder): Draft {
  return { id, what, at: nextAt, repeat, zone: meantIn, state, touched: false }
}

/** What was wrong, was asked for or half chosen on the way. */
export function forget(): Change {
  return { problem: null, guess: null, act: null, day: null }
}

/** Free text about the draft: a whole reminder, or a part of one. What was known before stays unless it is said anew. */
export function hear({ context, event }: On<'TEXT'>): Change {
  const { draft } = context
  const now = event.turn.at
  const heard = listen(event, context)
  const { what, problem } = heard
  const time = what === null ? besideDraft(heard.time, event.text, context, now) : heard.time
  const timed = time === null ? draft : timedBy(draft, time)
  // Words alone are what to remember; beside a time that cannot be, they only fill in what is missing.
  const isWords = problem === null || problem === 'no-time'
  const text = isWords ? (what ?? draft.what) : (draft.what ?? what)
  const touched = draft.touched || time !== null || text !== draft.what
  const left = isWords && what !== null ? null : problem
  // A whole line anew; the text of before can be had again.
  const aside = time === null ? null : otherWords(draft.what, text)
  return { draft: { ...timed, what: text, touched }, aside, problem: left, now, ...guessedFrom(heard, draft) }
}

/** Whether a time is named in what is written, be it one that cannot be. */
export function namesTime({ context, event }: On<'TEXT'>): boolean {
  const { time, problem } = listen(event, context)
  return time !== null || (problem !== null && problem !== 'no-time' && problem !== 'empty' && problem !== 'too-long')
}

/**
 * Free text where only the time is asked: words beside the time do not replace what the reminder is about, but can be
 * chosen instead of it.
 */
export function hearTime({ context, event }: On<'TEXT'>): Change {
  const now = event.turn.at
  const onDay = hearClock(context, event.text.trim(), now)
  if (onDay !== undefined) return onDay
  const heard = listenOnDay(event, context) ?? listen(event, context)
  const draft = named(context.draft, heard.what)
  const isTimed = heard.time !== null || (heard.problem !== null && heard.problem !== 'no-time')
  const aside = (isTimed ? otherWords(heard.what, draft.what) : null) ?? context.aside
  const time = besideDraft(heard.time, event.text, context, now)
  if (time === null) {
    return { draft, aside, problem: heard.problem ?? 'no-time', now, ...guessedFrom(heard, draft) }
  }
  return { draft: timedBy(draft, time), aside, guess: null, problem: null, now }
}

/** The half of the moment that is not said stays as the reminder has it, if that is still to come. */
function besideDraft(time: Time | null, text: string, { draft, language }: RemindersContext, now: number): Time | null {
  if (time === null || draft.at === null) return time
  const said = halvesIn(text, language)
  if (!said.hour) return atItsHour(time, draft.at, now)
  return said.day ? time : onItsDay(time, draft, draft.at, now)
}

function atItsHour(time: Time, before: number, now: number): Time {
  const { hour, minute } = clockOf(before, time.zone)
  const at = toUtc({ ...toLocal(time.at, time.zone), hour, minute }, time.zone)
  if (at > now) return { ...time, at }
  const next = nextTime(now, { hour, minute }, time.repeat, time.zone)
  return next === undefined || time.repeat.type === 'once' ? time : { ...time, at: next }
}

/** Of the first hours nobody knows to which day they belong. */
function onItsDay(time: Time, { repeat }: Draft, before: number, now: number): Time {
  const { hour, minute } = clockOf(time.at, time.zone)
  if (hour < firstHour) return time
  const at = toUtc({ ...toLocal(before, time.zone), hour, minute }, time.zone)
  if (at > now) return { ...time, at }
  if (repeat === null || repeat.type === 'once') return time
  return { ...time, at: nextTime(now, { hour, minute }, repeat, time.zone) ?? time.at, repeat }
}

/** The words are what to remember, where nothing is yet. */
function named(draft: Draft, what: string | null): Draft {
  return draft.what !== null || what === null || isSmallTalk(what) ? draft : { ...draft, what, touched: true }
}

/** The words, unless the text has them already or they mean nothing. */
function otherWords(words: string | null, text: string | null): string | null {
  if (words === null || text === null || isSmallTalk(words)) return null
  return fold(text).includes(fold(words)) ? null : words
}

/** The other text for it takes the place of the first, which can be had again. */
export function takeAside({ context: { draft, aside } }: Situation): Change {
  return aside === null ? {} : { draft: { ...draft, what: aside, touched: true }, aside: draft.what }
}

/** "18:30" or "18" on the day chosen in the date picker. */
function hearClock({ day, draft, guess }: RemindersContext, text: string, now: number): Change | undefined {
  const said = /^(\d{1,2})(?:[:.\s-](\d{2}))?$/.exec(text)
  if (day === null || said === null) return undefined
  const [hour, minute] = [Number(said[1]), Number(said[2] ?? 0)]
  if (hour > 23 || minute > 59) return { problem: 'bad-time', now }
  return setTime({ draft, guess }, toUtc({ ...day, hour, minute }, draft.zone), now)
}

type Written = On<'TEXT'>['event']
type Time = Guess & { readonly zone: string }
type Heard = {
  readonly what: string | null
  readonly time: Time | null
  readonly problem: Problem | null
  readonly guess: Guess | null
}

/** Stands for the thing to remember, so that a line with nothing but a time can be read. */
const something = 'zzz'

/** "At seven in the evening" where the day has been chosen: an hour of that day, if the line names no other. */
function listenOnDay(event: Written, { day, language, draft }: RemindersContext): Heard | undefined {
  if (day === null) return undefined
  const two = (number: number) => String(number).padStart(2, '0')
  const dated = `${event.text.trim()} ${day.year}-${two(day.month)}-${two(day.day)} ${something}`
  const read = understand(event, { line: dated, zone: draft.zone, language })
  if (read.type !== 'understood' || read.repeat.type !== 'once') return undefined
  return { ...heardIn(read), what: read.what.replace(something, '').trim() || null }
}

function listen(event: Written, { language, draft }: RemindersContext): Heard {
  const context = { zone: draft.zone, language }
  const read = understand(event, { line: event.text, ...context })
  if (read.type !== 'problem' || read.reason !== 'no-what') return heardIn(read)
  const again = heardIn(understand(event, { line: `${event.text.trim()} ${something}`, ...context }))
  return { ...again, what: null }
}

const understand = oncePerEvent(
  ({ turn }: Written, { line, ...context }: Omit<PhraseContext, 'now'> & { readonly line: string }) =>
    understandReminder(line, { now: turn.at, ...context }),
)

function heardIn(read: Understood): Heard {
  const what = read.what ?? null
  switch (read.type) {
    case 'understood':
      return { what, time: read, problem: null, guess: null }
    case 'unclear': {
      const guess = { at: read.at, repeat: read.repeat }
      return { what, time: null, problem: read.lacks === 'hour' ? 'which-hour' : 'partly', guess }
    }
    case 'problem':
      return { what, time: null, problem: read.reason === 'no-what' ? 'no-time' : read.reason, guess: null }
  }
}

/** What was understood is kept: the day for the question for the hour, or the whole to be taken with one press. */
function guessedFrom({ problem, guess }: Heard, draft: Draft): Change {
  if (guess === null) return { guess: null }
  if (problem !== 'which-hour') return { guess }
  const { year, month, day } = toLocal(guess.at, draft.zone)
  return { guess, day: { year, month, day }, month: { year, month } }
}

/** What was understood of a line is right. */
export function takeGuess({ context: { draft, guess }, event }: On<'GUESS'>): Change {
  const now = event.turn.at
  if (guess === null) return { now }
  if (guess.at <= now) return { guess: null, problem: 'past', now }
  return { draft: timedBy(draft, { ...guess, zone: draft.zone }), guess: null, problem: null, now }
}

/** A time without a rhythm keeps the rhythm the reminder had, moved to the new day. */
function timedBy(draft: Draft, { at, repeat, zone: meantIn }: Time): Draft {
  const spoken = repeat.type === 'once' && draft.repeat !== null ? moved(draft.repeat, at, meantIn) : repeat
  return settled({ ...draft, at, repeat: spoken, zone: meantIn, state: 'active', touched: true })
}

/** A time chosen by button, for a rhythm that is known or was understood. How often any other comes is asked after it. */
function setTime({ draft, guess }: Pick<RemindersContext, 'draft' | 'guess'>, at: number, now: number): Change {
  if (at <= now) return { problem: 'past', now }
  const known = draft.repeat ?? guess?.repeat ?? null
  const repeat = known === null ? null : moved(known, at, draft.zone)
  return { draft: settled({ ...draft, at, repeat, state: 'active', touched: true }), guess: null, problem: null, now }
}

/** The rhythm on the day of the moment, where one day makes it. */
function moved(repeat: Repeat, at: number, meantIn: string): Repeat {
  const { year, month, day } = toLocal(at, meantIn)
  const date = { year, month, day }
  switch (repeat.type) {
    case 'once':
      return repeat
    case 'daily':
      return { ...repeat, ...stepFrom(repeat, date) }
    case 'weekly':
      return { ...repeat, ...stepFrom(repeat, date), ...(repeat.days.length === 1 && { days: [weekdayOf(date)] }) }
    case 'monthly':
      return { ...repeat, day }
    case 'monthlyWeekday':
      return { ...repeat, place: placeOf(date), weekday: weekdayOf(date) }
    case 'yearly':
      return { ...repeat, month, day }
  }
}

function stepFrom({ step }: Extract<Repeat, { type: 'daily' | 'weekly' }>, since: LocalDate) {
  return step === undefined ? {} : { step: { ...step, since } }
}

/** Which of its weekdays in its month; a fifth is the last. */
function placeOf({ day }: LocalDate): number {
  return day > 28 ? -1 : Math.ceil(day / 7)
}

/** The first time of a rhythm: on or after the chosen moment. */
function settled(draft: Draft): Draft {
  const { at, repeat } = draft
  if (at === null || repeat === null || repeat.type === 'once') return draft
  return { ...draft, at: nextTime(at - 1, clockOf(at, draft.zone), repeat, draft.zone) ?? at }
}

function clockOf(at: number, meantIn: string): TimeOfDay {
  const { hour, minute } = toLocal(at, meantIn)
  return { hour, minute }
}

export function waitFor({ context, event }: On<'WAIT'>): Change {
  const at = onTheMinute(event.turn.at + event.minutes * minuteLength, event.turn.at)
  return setTime({ ...context, guess: null }, at, event.turn.at)
}

export function thisEvening({ context: { draft }, event: { turn } }: On<'EVENING'>): Change {
  return setTime({ draft, guess: null }, eveningOf(turn.at, draft.zone), turn.at)
}

/** 19:00 of the day of `now`, epoch ms. */
export function eveningOf(now: number, meantIn: string): number {
  return toUtc({ ...toLocal(now, meantIn), hour: eveningHour, minute: 0 }, meantIn)
}

export function tomorrowMorning({ context: { draft }, event: { turn } }: On<'TOMORROW'>): Change {
  const date = addDays(toLocal(turn.at, draft.zone), 1)
  return setTime({ draft, guess: null }, toUtc({ ...date, hour: morningHour, minute: 0 }, draft.zone), turn.at)
}

/** The date picker begins at the month of the present time, or of the turn. */
export function beginPicking({ context: { draft }, event: { turn } }: On<'DATE'>): Change {
  const { year, month } = toLocal(Math.max(draft.at ?? turn.at, turn.at), draft.zone)
  return { month: { year, month }, day: null, hour: null, guess: null, problem: null, now: turn.at }
}

export function turnMonth({ event: { year, month, turn } }: On<'MONTH'>): Change {
  return { month: { year, month }, problem: null, now: turn.at }
}

export function pickDay(given: On<'DAY'>): Change {
  const isAhead = isDayAhead(given)
  return { day: isAhead ? dayOf(given) : null, problem: isAhead ? null : 'past', now: given.event.turn.at }
}

/** Whether the day exists and is not over. */
export function isDayAhead(given: On<'DAY'>): boolean {
  const day = dayOf(given)
  return isValidDate(day) && compareDates(day, toLocal(given.event.turn.at, given.context.draft.zone)) >= 0
}

function dayOf({ context, event }: On<'DAY'>): LocalDate {
  return { ...context.month, day: event.day }
}

export function pickHour({ event: { hour, turn } }: On<'HOUR'>): Change {
  return { hour, problem: null, now: turn.at }
}

export function pickMinute({ context: { day, hour, draft, guess }, event }: On<'MINUTE'>): Change {
  if (day === null || hour === null) return {}
  return setTime({ draft, guess }, toUtc({ ...day, hour, minute: event.minute }, draft.zone), event.turn.at)
}

export function pickRepeat({ context: { draft }, event }: On<'REPEAT'>): Change {
  if (draft.at === null) return {}
  const day = toLocal(draft.at, draft.zone).day
  const repeat: Repeat = event.repeat === 'monthly' ? { type: 'monthly', day } : { type: event.repeat }
  return { draft: settled({ ...draft, repeat, touched: true }), problem: null }
}

/** Weekdays begin with those it has, or with the day it is first due. */
export function beginWeekdays({ context: { draft } }: Situation): Change {
  if (draft.repeat?.type === 'weekly') return { days: draft.repeat.days }
  return { days: draft.at === null ? [] : [weekdayOf(toLocal(draft.at, draft.zone))] }
}

export function toggleWeekday({ context: { days }, event: { day } }: On<'WEEKDAY'>): Change {
  return { days: days.includes(day) ? days.filter((one) => one !== day) : [...days, day].sort((a, b) => a - b) }
}

export function pickWeekdays({ context: { draft, days } }: Situation): Change {
  return { draft: settled({ ...draft, repeat: { type: 'weekly', days }, touched: true }), problem: null }
}

/** Makes the draft ready to be kept: a rhythm whose first time has passed meanwhile goes on with the next. */
export function freshen({ context: { draft }, event: { turn } }: On<'SAVE'>): Change {
  const { at, repeat } = draft
  if (at === null || repeat === null || at > turn.at) return { problem: null, now: turn.at }
  const next = repeat.type === 'once' ? undefined : nextTime(turn.at, clockOf(at, draft.zone), repeat, draft.zone)
  return next === undefined
    ? { problem: 'past', now: turn.at, day: null }
    : { draft: { ...draft, at: next }, problem: null, now: turn.at }
}

/** The draft as the store takes it, null while something of it is missing. A new one gets the id of the turn. */
export function toReminder({ context: { draft }, event: { turn } }: On<'SAVE'>): Reminder | null {
  const { what, at, repeat } = draft
  if (what === null || at === null || repeat === null) return null
  const { hour, minute } = toLocal(at, draft.zone)
  const { zone: meantIn, state } = draft
  return { id: draft.id ?? turn.id, what, repeat, zone: meantIn, minute: hour * 60 + minute, nextAt: at, state }
}
