import { assign } from 'xstate'
import { effects } from '../kit/effects.ts'
import type { States, Transitions } from '../kit/states.ts'
import { professionFamilies } from '../professions/contract.ts'
import * as changes from './changes.ts'
import type { Change, VacanciesContext as Context, VacanciesEvent as Event, On, Situation } from './context.ts'
import { chooseFilter, countVacancies, emptyFilter, nameFilter, readSearch } from './contract.ts'
import { forSearch } from './listening.ts'

const { ask, tell, say, leave } = effects<Context, Event>()

const isAlone = ({ context }: Situation) => context.entry === 'editing'
/** Nothing to look for: the search hears it, which is kind to whoever wrote it. */
const sad = [{ guard: ({ event }: On<'TEXT'>) => event.worry === true }]
const hasWord = (given: On<'found.vacancies.read'>) => wordIn(given) !== undefined
const isUnread = ({ event }: On<'TEXT'>) => changes.phrasesIn(event.text) === undefined

const count = [
  ask(countVacancies, ({ context }) => ({ filter: context.filter })),
  ask(nameFilter, ({ context }) => ({ filter: context.filter })),
]
const total = ({ event }: On<'found.vacancies.count'>): Change => ({ total: event.data.total })
const names = ({ event }: On<'found.vacancies.named'>): Change => ({ names: event.data })
const said =
  (hearing: Context['hearing']) =>
  ({ event }: On<'TEXT'>): Change => ({ said: event.text, hearing })

type Read = On<'found.vacancies.read'>['event']
type State = NonNullable<States<Context, Event>[string]>
type Heard = Transitions<Context, Event>

/** A part of the filter: every change of it is counted anew. `hearing` is what is read in a line there. */
function part(name: string, hearing: Context['hearing'] | undefined, more: Heard = {}): State {
  const again = { target: name, reenter: true } as const
  return {
    entry: count,
    on: {
      'found.vacancies.count': { actions: assign(total) },
      'found.vacancies.named': { actions: assign(names) },
      TOGGLE: [
        { guard: changes.isFull, actions: say('choosing.full') },
        { ...again, actions: assign(changes.toggle) },
      ],
      SWITCH: { ...again, actions: assign(changes.switchOver) },
      TEXT: [
        ...sad,
        hearing === undefined
          ? { actions: say('choosing.press') }
          : { target: 'hearing', actions: assign(said(hearing)) },
      ],
      BACK: 'editing',
      ...more,
    },
  }
}

/** Choosing what is looked for: one screen with all of it and how many fit, and a short one for each part. */
export const choosing: States<Context, Event> = {
  editing: part('editing', undefined, {
    TEXT: [...forSearch, { target: 'hearing', actions: assign(said('all')) }],
    PLACE: 'placing',
    WORK: 'working',
    PAY: 'paying',
    TERMS: 'terms',
    WORDS: { target: 'wording', actions: assign({ wording: ({ event }) => event.wording }) },
    CLEAR: { target: 'editing', reenter: true, actions: assign(changes.clear) },
    DONE: [
      { guard: isAlone, actions: leave(({ context }) => ({ filter: context.filter })) },
      {
        target: 'listing',
        actions: [
          tell(chooseFilter, ({ context }) => ({ filter: context.filter })),
          assign(({ context: { list } }): Change => ({ isOwn: true, trail: [], list: { ...list, page: 0 } })),
        ],
      },
    ],
    BACK: [
      { guard: isAlone, actions: leave() },
      { target: 'listing', actions: assign({ filter: ({ context }) => context.before }) },
    ],
  }),
  placing: part('placing', 'place', {
    REGION: { target: 'placing', reenter: true, actions: assign(changes.toggleRegion) },
    NEIGHBOURS: { target: 'placing', reenter: true, actions: assign(changes.addNeighbours) },
    ANYWHERE: { target: 'placing', reenter: true, actions: assign(changes.anywhere) },
    REMOTE: { target: 'placing', reenter: true, actions: assign(changes.switchRemote) },
  }),
  working: part('working', 'work', {
    FAMILIES: 'families',
    ANYWHERE: { target: 'working', reenter: true, actions: assign(changes.anyWork) },
  }),
  families: {
    ...part('families', 'work', {
      'found.professions.families': {
        actions: assign({ families: ({ event }) => event.data.map(({ id, name }) => ({ id, name })) }),
      },
      BACK: 'working',
    }),
    entry: [ask(professionFamilies, () => ({ all: true })), ...count],
  },
  paying: part('paying', 'pay', {
    LEAST: { target: 'paying', reenter: true, actions: assign(changes.setPay) },
  }),
  terms: part('terms', undefined),
  wording: part('wording', undefined, {
    TEXT: [
      ...sad,
      { guard: isUnread, actions: say('wording.unread') },
      { target: 'wording', reenter: true, actions: assign(changes.write) },
    ],
  }),
  /** What was written is read: for the list, or for a part of the filter, which takes of it what it asks for. */
  hearing: {
    entry: ask(readSearch, ({ context }) => ({ text: context.said, filter: startOf(context) })),
    on: {
      'found.vacancies.read': [
        { guard: isUnreadFor('place'), target: 'placing', actions: say('placing.unread') },
        { guard: isFor('place'), target: 'placing', actions: assign(take) },
        {
          guard: (given) => isFor('work')(given) && hasWord(given),
          target: 'working',
          actions: [assign(take), say<Read>('working.worded', (given) => ({ word: wordIn(given) ?? '' }))],
        },
        { guard: isUnreadFor('work'), target: 'working', actions: say('working.unread') },
        { guard: isFor('work'), target: 'working', actions: assign(take) },
        { guard: isUnreadFor('pay'), target: 'paying', actions: say('paying.unread') },
        { guard: isFor('pay'), target: 'paying', actions: assign(take) },
        { guard: isUnreadFor('all'), target: 'editing', actions: say('listing.unread') },
        { guard: isFor('all'), target: 'editing', actions: assign(take) },
        { guard: (given) => understood(given) === undefined, target: 'listing', actions: say('listing.unread') },
        {
          target: 'listing',
          actions: assign((given): Change => ({ ...take(given), isOwn: false, list: first(given) })),
        },
      ],
    },
  },
}

/** Work that no profession is known for: vacancies may have the word. */
function wordIn(given: On<'found.vacancies.read'>): string | undefined {
  const { professions = [], words = [] } = given.event.data?.filter ?? {}
  return professions.length === 0 ? words[0] : undefined
}

function isFor(hearing: Context['hearing']) {
  return ({ context }: Situation) => context.hearing === hearing
}

function isUnreadFor(hearing: Context['hearing']) {
  return (given: On<'found.vacancies.read'>) => isFor(hearing)(given) && understood(given) === undefined
}

/** A part is read by itself, so that it is known whether it was named. */
function startOf({ hearing, filter }: Context) {
  return hearing === 'list' || hearing === 'all' ? filter : { ...emptyFilter, ageBand: filter.ageBand }
}

function understood({ context, event }: On<'found.vacancies.read'>) {
  return changes.heard(context.hearing, context.filter, event.data?.filter)
}

function take(given: On<'found.vacancies.read'>): Change {
  return { filter: understood(given) ?? given.context.filter }
}

function first({ context: { list } }: Situation) {
  return { ...list, page: 0 }
}
