import { toLocal } from '../common/calendar.ts'
import { zone } from '../common/regions.ts'
import { oncePerEvent } from '../kit/once.ts'
import { halvesIn } from '../reminders/phrases/index.ts'
import type { On, Situation } from './context.ts'
import { type Application, openStates, type Saying, type State, states } from './contract.ts'
import { readWhen, type When } from './when.ts'

/** What a line tells of an application: where it stands now, when its interview or first day is, or that this is to be asked. */
export type News =
  | { readonly type: 'state'; readonly to: State }
  | { readonly type: 'same' }
  | { readonly type: 'silent' | 'missed' }
  | { readonly type: 'when'; readonly of: 'interview' | 'firstDay'; readonly when: When }
  /** An interview whose time is not said. */
  | { readonly type: 'untimed' }

type Given = On<'found.applications.news'>

/** What was written on a card tells of its application; undefined where it tells nothing, and means something else. */
export function newsIn({ context, event }: Given): News | undefined {
  return read(event, { application: context.application, language: context.language })
}

const read = oncePerEvent(
  ({ data: { text, said }, turn }: Given['event'], { application, language }: Known): News | undefined => {
    if (application === null) return undefined
    if (said.includes('missed') && application.state === 'invited') return { type: 'missed' }
    const to = states.find((state) => said.includes(state))
    // A time is looked for only where it can be one: to read a line for it takes longer than all the rest.
    const when = () => timeOf(text, { now: turn.at, language, application })
    if (isFirstDay(said, to, application)) {
      const day = when()
      if (isTime(day)) return { type: 'when', of: 'firstDay', when: day }
    }
    if (isInterview(said, to, application)) {
      const time = when()
      if (isTime(time)) return { type: 'when', of: 'interview', when: time }
      if (to === 'invited' && (application.state !== 'invited' || application.nextAt === null))
        return { type: 'untimed' }
    }
    if (to === undefined) return undefined
    if (to === 'applied' && openStates.includes(application.state)) return stillWaiting(application)
    return to === application.state ? { type: 'same' } : { type: 'state', to }
  },
)

/** Whoever has heard more than nothing waits for nothing else. */
function stillWaiting({ state }: Application): News {
  return { type: state === 'applied' ? 'silent' : 'same' }
}

type Known = Pick<Situation['context'], 'application' | 'language'>

function isFirstDay(said: readonly Saying[], to: State | undefined, { state }: Application): boolean {
  if (!said.includes('firstDay') || state === 'started') return false
  return to === 'offer' || (to === undefined && openStates.includes(state))
}

/** Where one is taken on already, an interview is another one. */
function isInterview(said: readonly Saying[], to: State | undefined, { state }: Application): boolean {
  const isSaid = to === 'invited' || (to === undefined && said.includes('interview'))
  return isSaid && state !== 'offer' && state !== 'started'
}

/** An hour alone is one of the day that is known already. */
function timeOf(text: string, { now, language, application }: { now: number } & Known): When {
  const { day: isDayNamed } = halvesIn(text.slice(0, longest), language)
  const { state, nextAt } = application ?? { state: null, nextAt: null }
  const day = isDayNamed || state !== 'invited' || nextAt === null || nextAt <= now ? null : toLocal(nextAt, zone)
  return readWhen(text, { now, language, day })
}

/** Letters that are read. */
const longest = 400

/** A time was named, be it one that cannot be. */
function isTime(when: When): boolean {
  return when.type !== 'problem' || when.problem === 'past' || when.problem === 'badTime'
}
