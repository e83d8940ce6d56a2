import { assign } from 'xstate'
import { toLocal } from '../common/calendar.ts'
import { zone } from '../common/regions.ts'
import { effects } from '../kit/effects.ts'
import type { Transitions } from '../kit/states.ts'
import type { Change, ApplicationsContext as Context, ApplicationsEvent as Event, On, Situation } from './context.ts'
import { readNews } from './contract.ts'
import { moveTo, save } from './keeping.ts'
import { type News, newsIn } from './news.ts'
import { isDayAhead, morningOf, onDay, timedAt } from './timing.ts'

const { ask, open, say } = effects<Context, Event>()

type Told = On<'found.applications.news'>

const tells = (type: News['type']) => (given: Told) => newsIn(given)?.type === type
const tellsMoment = (given: Told) => momentIn(given) !== undefined
const tellsDay = (given: Told) => dayIn(given) !== undefined
const isDated = ({ context: { application } }: Situation) => application?.nextAt != null

/** What is written on a card may tell what has come of its application, in one's own words; anything else is looked for. */
export const telling: Transitions<Context, Event> = {
  TEXT: {
    guard: ({ event }) => event.worry !== true,
    actions: ask(readNews, ({ event }: On<'TEXT'>) => ({ text: event.text })),
  },
  'found.applications.news': [
    { guard: tellsMoment, target: 'timed', actions: assign(toMoment) },
    { guard: tellsDay, target: 'hours', actions: assign(toDay) },
    { guard: tells('when'), target: 'timing', actions: assign(toProblem) },
    { guard: tells('untimed'), target: 'timing', actions: assign(toAsk) },
    { guard: tells('state'), actions: [assign(toState), save, say('kept')] },
    { guard: tells('silent'), actions: assign({ act: 'silent' }) },
    { guard: tells('missed'), actions: assign({ act: 'missed', now: ({ event }) => event.turn.at }) },
    { guard: tells('same'), actions: say('same') },
    { actions: open<Told['event']>('search', ({ event }) => ({ text: event.data.text })) },
  ],
  /** The card says it, where it is known. */
  WHEN: [{ guard: isDated, actions: assign({ now: ({ event }) => event.turn.at }) }, { actions: say('undated') }],
}

/** Of a first day only the day is asked. */
function momentIn(given: Told): number | undefined {
  const news = newsIn(given)
  if (news?.type !== 'when' || news.when.type === 'problem') return undefined
  if (news.of === 'interview') return news.when.type === 'moment' ? news.when.at : undefined
  const morning = morningOf(news.when.type === 'day' ? news.when.day : toLocal(news.when.at, zone))
  return morning > given.event.turn.at ? morning : undefined
}

function dayIn(given: Told) {
  const news = newsIn(given)
  if (news?.type !== 'when' || news.of !== 'interview' || news.when.type !== 'day') return undefined
  return isDayAhead(news.when.day, given.event.turn.at) ? news.when.day : undefined
}

/** A first day is that of an offer, also where only the day was told. */
function aimed(given: Told): Context {
  const news = newsIn(given)
  const isOffered = news?.type === 'when' && news.of === 'firstDay' && given.context.application?.state !== 'offer'
  return isOffered ? { ...given.context, ...moveTo('offer')(given) } : given.context
}

function toMoment(given: Told): Change {
  const at = momentIn(given)
  return at === undefined ? {} : timedAt({ context: aimed(given), event: given.event }, at)
}

function toDay(given: Told): Change {
  const day = dayIn(given)
  return day === undefined ? {} : { ...onDay(day), act: null, now: given.event.turn.at }
}

function toProblem(given: Told): Change {
  const news = newsIn(given)
  const problem = news?.type === 'when' && news.when.type === 'problem' ? news.when.problem : 'past'
  return { ...toAsk(given), problem, application: aimed(given).application }
}

function toAsk({ event }: Told): Change {
  return { problem: null, day: null, act: null, now: event.turn.at }
}

function toState(given: Told): Change {
  const news = newsIn(given)
  return news?.type === 'state' ? moveTo(news.to)(given) : {}
}
