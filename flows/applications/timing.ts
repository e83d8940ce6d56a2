import { assign } from 'xstate'
import { addDays, compareDates, isValidDate, type LocalDate, toLocal, toUtc } from '../common/calendar.ts'
import { zone } from '../common/regions.ts'
import { effects } from '../kit/effects.ts'
import { oncePerEvent } from '../kit/once.ts'
import type { States } from '../kit/states.ts'
import type { Change, ApplicationsContext as Context, ApplicationsEvent as Event, On, Situation } from './context.ts'
import type { Application } from './contract.ts'
import { applicationIn, save, standing } from './keeping.ts'
import { worried } from './listening.ts'
import { readWhen, type When } from './when.ts'

/** When a working day begins, for what has no hour of its own. */
const morningHour = 9

const { say } = effects<Context, Event>()

/** Of a first day only the day is asked; of an interview the hour, too. */
export const isFirstDay = ({ context }: Situation) => context.application?.state === 'offer'
const isDayKnown = ({ context }: Situation) => context.problem === null && context.day !== null
const hasProblem = ({ context }: Situation) => context.problem !== null
const isAhead = (given: On<'DAY'>) => isDayAhead(dayOf(given), given.event.turn.at)
const isPast = (given: On<'MINUTE'>) => momentOf(given) <= given.event.turn.at
const isTimed = (given: On<'TEXT'>) => timeIn(given) !== undefined
const hasPlace = ({ context }: Situation) => context.application?.place != null

/** When the interview or the first day is. It is kept as soon as it is known; then it is asked where. */
export const timingStates: States<Context, Event> = {
  timing: {
    on: {
      TEXT: [
        worried,
        { guard: isTimed, target: 'timed', actions: assign(hearTime) },
        { target: 'hearing', actions: assign(hear) },
      ],
      AHEAD: [
        { guard: isFirstDay, target: 'timed', actions: assign(wholeDay) },
        { target: 'hours', actions: assign(dayAhead) },
      ],
      DATE: { target: 'picking', actions: assign(beginPicking) },
      BACK: { target: 'reading', actions: assign(forget) },
    },
  },
  /** After words that named no moment: on with the day they named, or back to where it was asked. */
  hearing: {
    always: [{ guard: hasProblem, target: 'timing' }, { guard: isDayKnown, target: 'hours' }, { target: 'timing' }],
  },
  picking: {
    on: {
      TEXT: [
        worried,
        { guard: isTimed, target: 'timed', actions: assign(hearTime) },
        { target: 'hearing', actions: assign(hear) },
      ],
      MONTH: { actions: assign({ month: ({ event: { year, month } }) => ({ year, month }) }) },
      DAY: [
        { guard: (given) => isAhead(given) && isFirstDay(given), target: 'timed', actions: assign(wholePicked) },
        { guard: isAhead, target: 'hours', actions: assign(picked) },
        { actions: assign({ problem: 'past' }) },
      ],
      PASS: { actions: say('pass') },
      BACK: { target: 'timing', actions: assign(forget) },
    },
  },
  hours: {
    on: {
      TEXT: [
        worried,
        { guard: isTimed, target: 'timed', actions: assign(hearTime) },
        { actions: assign({ problem: (given) => problemOf(heard(given)) }) },
      ],
      HOUR: { target: 'minutes', actions: assign({ hour: ({ event }) => event.hour, problem: null }) },
      BACK: { target: 'timing', actions: assign(forget) },
    },
  },
  minutes: {
    on: {
      TEXT: [
        worried,
        { guard: isTimed, target: 'timed', actions: assign(hearTime) },
        { target: 'hours', actions: assign({ problem: (given) => problemOf(heard(given)) }) },
      ],
      MINUTE: [
        { guard: isPast, target: 'hours', actions: assign({ problem: 'past', now: ({ event }) => event.turn.at }) },
        { target: 'timed', actions: assign((given: On<'MINUTE'>) => timedAt(given, momentOf(given))) },
      ],
      BACK: { target: 'hours', actions: assign({ problem: null }) },
    },
  },
  timed: {
    always: [
      { guard: isFirstDay, target: 'reading', actions: [save, say('kept')] },
      { guard: hasPlace, target: 'reading', actions: [save, say('kept')] },
      { target: 'placing', actions: [save, say('kept')] },
    ],
  },
}

function forget(): Change {
  return { problem: null, day: null, hour: null, act: null }
}

function heard({ context: { language, day }, event }: On<'TEXT'>): When {
  return whenIn(event, { language, day })
}

const whenIn = oncePerEvent(
  ({ text, turn }: On<'TEXT'>['event'], said: Pick<Context, 'language' | 'day'>): When =>
    readWhen(text, { now: turn.at, ...said }),
)

/** The moment that is named; for a first day a day is enough. */
function timeIn(given: On<'TEXT'>): number | undefined {
  const when = heard(given)
  if (when.type === 'problem') return undefined
  if (!isFirstDay(given)) return when.type === 'moment' ? when.at : undefined
  const day = when.type === 'day' ? when.day : toLocal(when.at, zone)
  const at = morningOf(day)
  return at > given.event.turn.at ? at : undefined
}

function hearTime(given: On<'TEXT'>): Change {
  const at = timeIn(given)
  return at === undefined ? {} : timedAt(given, at)
}

function hear(given: On<'TEXT'>): Change {
  const now = given.event.turn.at
  const when = heard(given)
  if (when.type === 'problem') return { problem: when.problem, now }
  if (when.type === 'moment' || isFirstDay(given) || !isDayAhead(when.day, now)) return { problem: 'past', now }
  return { ...onDay(when.day), now }
}

function problemOf(when: When): Context['problem'] {
  return when.type === 'problem' ? when.problem : 'noHour'
}

type Timing = On<'TEXT' | 'AHEAD' | 'DAY' | 'MINUTE' | 'found.applications.news'>

/** The interview or the first day is then, epoch ms. */
export function timedAt({ context, event: { turn } }: Timing, nextAt: number): Change {
  const application = applicationIn(context)
  return { application: { ...timed(application), nextAt }, ...forget(), now: turn.at }
}

/** A new interview may be anywhere: its place is asked for, too. */
function timed(application: Application): Application {
  if (application.state === 'offer' || application.state === 'invited') return application
  return { ...application, state: 'invited', place: null, before: standing(application) }
}

/** The day is known, and its hour is to be asked. */
export function onDay(day: LocalDate): Change {
  return { day, month: { year: day.year, month: day.month }, hour: null, problem: null }
}

function dayAhead({ event: { days, turn } }: On<'AHEAD'>): Change {
  return { ...onDay(addDays(toLocal(turn.at, zone), days)), now: turn.at }
}

function wholeDay(given: On<'AHEAD'>): Change {
  const { days, turn } = given.event
  return timedAt(given, morningOf(addDays(toLocal(turn.at, zone), days)))
}

function beginPicking({ context: { application }, event: { turn } }: On<'DATE'>): Change {
  const { year, month } = toLocal(Math.max(application?.nextAt ?? turn.at, turn.at), zone)
  return { month: { year, month }, day: null, hour: null, problem: null, now: turn.at }
}

function dayOf({ context: { month }, event: { day } }: On<'DAY'>): LocalDate {
  return { ...month, day }
}

/** Whether a day is today or later, `now` being epoch ms. */
export function isDayAhead(day: LocalDate, now: number): boolean {
  return isValidDate(day) && compareDates(day, toLocal(now, zone)) >= 0
}

function picked(given: On<'DAY'>): Change {
  return { ...onDay(dayOf(given)), now: given.event.turn.at }
}

function wholePicked(given: On<'DAY'>): Change {
  return timedAt(given, morningOf(dayOf(given)))
}

/** When a working day begins, epoch ms. */
export function morningOf({ year, month, day }: LocalDate): number {
  return toUtc({ year, month, day, hour: morningHour, minute: 0 }, zone)
}

function momentOf({ context: { day, hour }, event: { minute } }: On<'MINUTE'>): number {
  return day === null || hour === null ? 0 : toUtc({ ...day, hour, minute }, zone)
}
