import { assign, setup } from 'xstate'
import { z } from 'zod'
import { isQuestion } from '../common/questions.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import type { Transitions } from '../kit/states.ts'
import { countVacancies, defaultFilter, nameFilter, readSearch } from '../vacancies/contract.ts'
import { criteriaOf, Filter } from '../vacancies/matching/filter.ts'
import {
  type AlertsInput,
  type AlertsContext as Context,
  type AlertsEvent as Event,
  emptyContext,
  type On,
  type Situation,
} from './context.ts'
import { isSameFilter, listSubscriptions, type ShownSubscription, subscriptionLimit } from './contract.ts'
import { keep, keepAnew, remove } from './keeping.ts'
import { defaultRhythm } from './rhythm.ts'

type Change = Partial<Context>

const { ask, leave, open, say } = effects<Context, Event>()

const Returned = z.object({ filter: Filter })

const isGiven = ({ context }: Situation) => context.given !== null
const isAimed = ({ context }: Situation) => context.wanted !== null
const isNew = ({ context }: Situation) => context.isNew
const isPassing = ({ context }: Situation) => context.passing
const isFull = ({ context }: Situation) => context.list.length >= subscriptionLimit
const isThere = ({ context, event }: On<'found.alerts.list'>) => event.data.some(({ id }) => id === context.wanted)
const isKept = ({ context: { chosen, given, list } }: Situation) =>
  given !== null && list.some(({ id, filter }) => id !== chosen?.id && isSameFilter(filter, given))
const isFilter = ({ event }: On<'RETURN'>) => Returned.safeParse(event.data).success

/** A question, or a word of sadness, says nothing of what to look for. */
const mayName = ({ event }: On<'TEXT'>) => event.worry !== true && !isQuestion(event.text)
/** Words alone may mean anything; what names work, a place or pay is looked for. */
const isRead = ({ context, event }: On<'found.vacancies.read'>) => {
  if (event.data === null) return false
  const { words: _, ...named } = criteriaOf(event.data.filter)
  const { words: __, ...before } = criteriaOf(chosenIn(context).filter)
  return JSON.stringify(named) !== JSON.stringify(before)
}

/** What the person may set of a subscription, whether it is kept already or not. */
const settings: Transitions<Context, Event> = {
  HOW: 'rhythm',
  MOST: 'perDay',
  EDIT: 'editing',
}

/** The list of subscriptions, one of them, and the making of a new one: a single screen with all of it set. */
export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<AlertsInput> },
}).createMachine({
  id: 'alerts',
  context: beginWith(begin),
  initial: 'beginning',
  states: {
    beginning: {
      always: [{ guard: isGiven, target: 'checking' }, { guard: isAimed, target: 'looking' }, { target: 'listing' }],
    },
    listing: {
      entry: [
        assign({ wanted: null, given: null, chosen: null, isNew: false, passing: false }),
        ask(listSubscriptions, () => null),
      ],
      on: {
        'found.alerts.list': { actions: assign({ list: ({ event }) => event.data }) },
        OPEN: { target: 'looking', actions: assign({ wanted: ({ event }) => event.id }) },
        ADD: [{ guard: isFull, actions: say('full') }, { target: 'suggesting' }],
      },
    },
    looking: {
      entry: ask(listSubscriptions, () => null),
      on: {
        'found.alerts.list': [
          { guard: isThere, target: 'counting', actions: assign(look) },
          { target: 'listing', actions: say('gone') },
        ],
      },
    },
    /** A new one begins with what is known of the person; where that is kept already, they choose themselves. */
    suggesting: {
      entry: ask(defaultFilter, () => null),
      on: {
        'found.vacancies.defaults': {
          target: 'suggested',
          actions: assign({ given: ({ event }) => event.data.filter }),
        },
      },
    },
    suggested: {
      always: [
        { guard: isKept, target: 'editing', actions: assign(draft) },
        { target: 'naming', actions: assign(draft) },
      ],
    },
    /** What is given from elsewhere: there must be room, and it must not be kept already. */
    checking: {
      entry: ask(listSubscriptions, () => null),
      on: { 'found.alerts.list': { target: 'checked', actions: assign({ list: ({ event }) => event.data }) } },
    },
    checked: {
      always: [
        { guard: isKept, target: 'counting', actions: [assign(lookAtSame), say('same')] },
        { guard: isFull, target: 'listing', actions: say('full') },
        { target: 'naming', actions: assign(draft) },
      ],
    },
    naming: {
      entry: ask(nameFilter, ({ context }) => ({ filter: chosenIn(context).filter })),
      on: { 'found.vacancies.named': { target: 'counting', actions: assign(name) } },
    },
    counting: {
      entry: ask(countVacancies, ({ context }) => ({ filter: chosenIn(context).filter })),
      on: {
        'found.vacancies.count': { target: 'showing', actions: assign({ present: ({ event }) => event.data.total }) },
      },
    },
    showing: { always: [{ guard: isNew, target: 'making' }, { target: 'reading' }] },
    making: {
      on: {
        ...settings,
        /** All of it can be written in one line. */
        TEXT: {
          guard: mayName,
          actions: [
            assign({ said: ({ event }) => event.text }),
            ask(readSearch, ({ context }) => ({ text: context.said, filter: chosenIn(context).filter })),
          ],
        },
        'found.vacancies.read': [
          {
            guard: isRead,
            target: 'edited',
            actions: assign({ given: ({ context, event }) => event.data?.filter ?? context.given }),
          },
          { actions: open('search', ({ context }) => ({ text: context.said })) },
        ],
        SAVE: { target: 'reading', actions: [assign({ isNew: false }), keepAnew, say('saved')] },
        BACK: [{ guard: isPassing, actions: leave() }, { target: 'listing' }],
      },
    },
    /** Asks for nothing on entry: what this very turn tells is not in the store yet. */
    reading: {
      on: {
        ...settings,
        PAUSE: { actions: [assign(inState('paused')), ...keep, say('paused')] },
        /** Others may have come meanwhile. */
        RESUME: { target: 'counting', actions: [assign(inState('active')), keepAnew, say('resumed')] },
        DELETE: { target: 'deleted', actions: remove },
        BACK: [{ guard: isPassing, actions: leave() }, { target: 'listing' }],
      },
    },
    deleted: {
      on: {
        UNDO: { target: 'counting', actions: [keepAnew, say('restored')] },
        BACK: [{ guard: isPassing, actions: leave() }, { target: 'listing' }],
      },
    },
    rhythm: {
      on: {
        RHYTHM: [
          { guard: ({ event }) => event.rhythm === 'once', target: 'set', actions: assign(atOnce) },
          { guard: ({ event }) => event.rhythm === 'daily', target: 'hours', actions: assign({ rhythm: 'daily' }) },
          { target: 'weekdays', actions: assign({ rhythm: 'weekly' }) },
        ],
        BACK: 'showing',
      },
    },
    weekdays: {
      on: {
        WEEKDAY: { target: 'hours', actions: assign({ weekday: ({ event }) => event.weekday }) },
        BACK: 'rhythm',
      },
    },
    hours: { on: { HOUR: { target: 'set', actions: assign(atHour) }, BACK: 'rhythm' } },
    perDay: {
      on: { PER_DAY: { target: 'set', actions: assign(atMost) }, BACK: 'showing' },
    },
    /** What is kept already is kept as it is now. */
    set: {
      always: [
        { guard: isNew, target: 'making' },
        { target: 'reading', actions: [keepAnew, say('changed')] },
      ],
    },
    /** The filter is edited where vacancies are looked for. */
    editing: {
      entry: open('vacancies', ({ context }) => ({ editing: chosenIn(context).filter })),
      on: {
        RETURN: [
          {
            guard: isFilter,
            target: 'edited',
            actions: assign({ given: ({ event }) => Returned.parse(event.data).filter }),
          },
          { target: 'naming' },
        ],
        BACK: 'naming',
      },
    },
    edited: {
      always: [
        { guard: isKept, target: 'naming', actions: say('same') },
        { guard: isNew, target: 'naming', actions: assign(refilter) },
        { target: 'naming', actions: [assign(refilter), ...keep, say('changed')] },
      ],
    },
  },
})

function begin({ input }: Start<AlertsInput>): Context {
  const empty = emptyContext()
  if (input === undefined) return empty
  return 'filter' in input
    ? { ...empty, given: input.filter, passing: true }
    : { ...empty, wanted: input.id, passing: true }
}

function chosenIn({ chosen }: Context): ShownSubscription {
  if (chosen === null) throw new Error('No subscription is open')
  return chosen
}

function look({ context, event }: On<'found.alerts.list'>): Change {
  return { list: event.data, chosen: event.data.find(({ id }) => id === context.wanted) ?? null, isNew: false }
}

function lookAtSame({ context: { list, given } }: Situation): Change {
  return { chosen: list.find(({ filter }) => given !== null && isSameFilter(filter, given)) ?? null, isNew: false }
}

/** A new subscription with good defaults, to be kept with one press. */
function draft({ context: { given }, event: { turn } }: Situation & { readonly event: Event }): Change {
  if (given === null) return {}
  const names = { professions: [], families: [], towns: [] }
  const begun = { id: turn.id, filter: given, ...defaultRhythm, state: 'active', since: turn.at } as const
  return { chosen: { ...begun, names, told: 0 }, isNew: true }
}

function name({ context, event }: On<'found.vacancies.named'>): Change {
  return { chosen: { ...chosenIn(context), names: event.data } }
}

function refilter({ context }: Situation): Change {
  const chosen = chosenIn(context)
  return { chosen: { ...chosen, filter: context.given ?? chosen.filter } }
}

function inState(state: ShownSubscription['state']) {
  return ({ context }: Situation): Change => ({ chosen: { ...chosenIn(context), state } })
}

function atOnce({ context }: Situation): Change {
  return { chosen: { ...chosenIn(context), rhythm: 'once' } }
}

function atHour({ context, event }: On<'HOUR'>): Change {
  const { rhythm, weekday } = context
  return { chosen: { ...chosenIn(context), rhythm, weekday, hour: event.hour } }
}

function atMost({ context, event }: On<'PER_DAY'>): Change {
  return { chosen: { ...chosenIn(context), perDay: event.perDay } }
}
