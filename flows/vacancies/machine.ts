import { assign, setup } from 'xstate'
import { personChange } from '../common/contract.ts'
import { withNeighbours } from '../common/neighbours.ts'
import { isMentor } from '../common/person.ts'
import { anyFair } from '../fairs/contract.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { choosing } from './choosing.ts'
import {
  type Change,
  type VacanciesContext as Context,
  type VacanciesEvent as Event,
  emptyContext,
  type On,
  type Situation,
  type VacanciesInput,
} from './context.ts'
import {
  chooseFilter,
  defaultFilter,
  listedVacancies,
  nameFilter,
  savedVacancies,
  searchVacancies,
} from './contract.ts'
import { forSearch, toSearch } from './listening.ts'
import { ofProfessions } from './matching/filter.ts'
import { reading } from './reading.ts'

const { ask, tell, leave } = effects<Context, Event>()

const isEntry =
  (entry: Context['entry']) =>
  ({ context }: Situation) =>
    context.entry === entry
const isYoung = ({ context }: Situation) => context.ageBand === null || context.ageBand === '12-13'
const isPlaceless = ({ context, event }: On<'found.vacancies.defaults'>) =>
  context.entry === 'list' && context.isPlaceless && !event.data.isChosen
const hasTrail = ({ context }: Situation) => context.trail.length > 0
const opening =
  (from: Context['from']) =>
  ({ event }: On<'OPEN'>): Change => ({ wanted: event.id, from, textPage: 0, card: null })

/** Looking for work: the list, one vacancy, and choosing what is looked for. */
export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<VacanciesInput> },
}).createMachine({
  id: 'vacancies',
  context: beginWith(begin),
  initial: 'beginning',
  states: {
    beginning: { always: [{ guard: isYoung, target: 'young' }, { target: 'starting' }] },
    /** Too young to work, or nobody knows. */
    young: {},
    starting: {
      entry: ask(defaultFilter, () => null),
      on: {
        'found.vacancies.defaults': [
          { guard: isEntry('editing'), target: 'editing', actions: assign(known) },
          { guard: isEntry('card'), target: 'loading', actions: assign(known) },
          { guard: isEntry('given'), target: 'given', actions: assign(known) },
          { guard: isPlaceless, target: 'asking', actions: assign(known) },
          { target: 'listing', actions: assign(known) },
        ],
      },
    },
    /** Asked once: where somebody looks decides more than all else. */
    asking: {
      on: {
        REGION: {
          target: 'listing',
          actions: [
            tell(personChange, ({ event }: On<'REGION'>) => ({ region: event.region })),
            assign(
              ({ context, event }: On<'REGION'>): Change => ({
                isPlaceless: false,
                filter: { ...context.filter, regions: [...withNeighbours([event.region])] },
              }),
            ),
          ],
        },
        ANYWHERE: {
          target: 'listing',
          actions: [tell(chooseFilter, ({ context }) => ({ filter: context.filter })), assign({ isPlaceless: false })],
        },
        TEXT: [...forSearch, { target: 'hearing', actions: assign(toSearch) }],
      },
    },
    listing: {
      entry: [
        assign({ card: null, wanted: null, from: 'list' }),
        ask(searchVacancies, ({ context: { filter, list } }) => ({ filter, page: list.page })),
        ask(nameFilter, ({ context }) => ({ filter: context.filter })),
        ask(anyFair, () => null),
      ],
      on: {
        'found.vacancies.search': {
          actions: assign({ list: ({ event }) => event.data, now: ({ event }) => event.turn.at }),
        },
        'found.vacancies.named': { actions: assign({ names: ({ event }) => event.data }) },
        'found.fairs.any': { actions: assign({ isFairComing: ({ event }) => event.data.isComing }) },
        OPEN: { target: 'loading', actions: assign(opening('list')) },
        PAGE: {
          target: 'listing',
          reenter: true,
          actions: assign({ list: ({ context, event }) => ({ ...context.list, page: event.page }) }),
        },
        WIDEN: { target: 'listing', reenter: true, actions: assign(widen) },
        MINE: 'starting',
        EDIT: { target: 'editing', actions: assign({ before: ({ context }) => context.filter }) },
        SAVED: 'saved',
        TEXT: [...forSearch, { target: 'hearing', actions: assign(toSearch) }],
        RETURN: { target: 'listing', reenter: true },
        BACK: [{ guard: hasTrail, target: 'loading', actions: assign(nearer) }, { actions: leave() }],
      },
    },
    saved: {
      entry: [
        assign({ card: null, wanted: null }),
        ask(savedVacancies, ({ context }) => ({ page: context.saved.page })),
      ],
      on: {
        'found.vacancies.saved': { actions: assign({ saved: ({ event }) => event.data }) },
        OPEN: { target: 'loading', actions: assign(opening('saved')) },
        PAGE: {
          target: 'saved',
          reenter: true,
          actions: assign({ saved: ({ context, event }) => ({ ...context.saved, page: event.page }) }),
        },
        TEXT: [...forSearch, { target: 'hearing', actions: assign(toSearch) }],
        BACK: 'listing',
      },
    },
    /** A list that was made elsewhere, for example a fair's. */
    given: {
      entry: ask(listedVacancies, ({ context }) => ({ ids: (context.given?.ids ?? []).slice(0, 200) })),
      on: {
        'found.vacancies.listed': { actions: assign(listed) },
        OPEN: { target: 'loading', actions: assign(opening('given')) },
        PAGE: {
          actions: assign({ given: ({ context, event }) => context.given && { ...context.given, page: event.page } }),
        },
        TEXT: [...forSearch, { target: 'hearing', actions: assign(toSearch) }],
        BACK: { actions: leave() },
      },
    },
    ...reading,
    ...choosing,
  },
})

function begin({ person, input, turn }: Start<VacanciesInput>): Context {
  const ageBand = person.ageBand ?? null
  const empty: Context = {
    ...emptyContext,
    ageBand,
    isPlaceless: person.region === undefined && !isMentor(person),
    now: turn.at,
    filter: { ...emptyContext.filter, ageBand: ageBand ?? '12-13' },
  }
  if (input === undefined) return empty
  if ('id' in input) return { ...empty, entry: 'card', wanted: input.id, act: input.act ?? null }
  if ('filter' in input) return { ...empty, entry: 'filter', filter: input.filter }
  if ('editing' in input) return { ...empty, entry: 'editing', filter: input.editing, before: input.editing }
  if ('words' in input) return { ...empty, entry: 'words', filter: { ...empty.filter, words: [...input.words] } }
  if ('professions' in input) {
    return { ...empty, entry: 'profession', filter: ofProfessions(empty.filter, input.professions) }
  }
  return { ...empty, entry: 'given', given: { ids: [...input.ids], title: input.title, items: [], page: 0 } }
}

/** What the person looks for always, as far as it was opened for nothing else. */
function known({ context, event }: On<'found.vacancies.defaults'>): Change {
  const { filter: own, professions } = event.data
  const { entry, filter } = context
  const base = { own: professions, list: { ...context.list, page: 0 }, trail: [] }
  switch (entry) {
    case 'list':
    case 'card':
    case 'given':
      return { ...base, filter: own, before: own, isOwn: true }
    case 'words':
      // Said once, it is looked for where the person looks; later on it is as any other search.
      return { ...base, entry: 'list', isOwn: false, filter: { ...ofProfessions(own, []), words: filter.words } }
    case 'profession':
      return { ...base, entry: 'list', isOwn: false, filter: ofProfessions(own, filter.professions) }
    case 'filter':
      return { ...base, entry: 'list', isOwn: false }
    case 'editing':
      return { own: professions }
  }
}

function widen({ context, event }: On<'WIDEN'>): Change {
  const found = context.list.nearer.find(({ step }) => step === event.step)
  return found === undefined ? {} : { filter: found.filter, isOwn: false, list: { ...context.list, page: 0 } }
}

/** One step back: to the card whose similar ones were looked at. */
function nearer({ context: { trail } }: Situation): Change {
  const last = trail.at(-1)
  if (last === undefined) return {}
  const { id, filter, isOwn } = last
  return { wanted: id, filter, isOwn, trail: trail.slice(0, -1), textPage: 0 }
}

function listed({ context: { given }, event }: On<'found.vacancies.listed'>): Change {
  return { given: given && { ...given, items: event.data, page: 0 } }
}
