import { assign, setup } from 'xstate'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { openingsOf } from '../vacancies/contract.ts'
import type { ProfessionsContext as Context, ProfessionsEvent as Event, On, ProfessionsInput } from './context.ts'
import { professionCard, professionFamilies, professionFamily, savedProfessions, saveProfession } from './contract.ts'

const { ask, leave, open, say, tell } = effects<Context, Event>()

type Situation = { readonly context: Context }
const isEntry =
  (place: Context['entry']) =>
  ({ context }: Situation) =>
    context.entry === place
/** So many cards are gone back through at most. */
const longestTrail = 8

export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<ProfessionsInput> },
  guards: {
    hasTrail: ({ context }) => context.trail.length > 0,
    hasRoom: ({ context }) => context.card?.room === true,
    fromSaved: ({ context }) => context.list === 'saved',
  },
}).createMachine({
  id: 'professions',
  context: beginWith(({ input }) => begin(input)),
  initial: 'beginning',
  states: {
    beginning: {
      always: [
        { guard: isEntry('card'), target: 'card' },
        { guard: isEntry('family'), target: 'family' },
        { guard: isEntry('saved'), target: 'saved' },
        { target: 'families' },
      ],
    },
    families: {
      entry: [ask(professionFamilies, ({ context }) => ({ all: context.all })), ask(savedProfessions, () => null)],
      on: {
        'found.professions.families': { actions: assign({ families: ({ event }) => event.data }) },
        'found.professions.saved': { actions: assign({ saved: ({ event }) => event.data }) },
        FAMILY: { target: 'family', actions: assign({ wanted: ({ event }) => event.id, family: null }) },
        SAVED: 'saved',
        ALL: { target: 'families', reenter: true, actions: assign({ all: ({ context }) => !context.all }) },
      },
    },
    family: {
      entry: ask(professionFamily, ({ context }) => ({
        id: context.family?.id ?? context.wanted,
        all: context.all,
      })),
      on: {
        'found.professions.family': { actions: assign({ family: ({ event }) => event.data }) },
        CARD: { target: 'card', actions: assign(cardFrom('family')) },
        ALL: { target: 'family', reenter: true, actions: assign({ all: ({ context }) => !context.all }) },
        BACK: [{ guard: isEntry('family'), actions: leave() }, { target: 'families' }],
      },
    },
    saved: {
      entry: ask(savedProfessions, () => null),
      on: {
        'found.professions.saved': { actions: assign({ saved: ({ event }) => event.data }) },
        CARD: { target: 'card', actions: assign(cardFrom('saved')) },
        BACK: [{ guard: isEntry('saved'), actions: leave() }, { target: 'families' }],
      },
    },
    card: {
      entry: ask(professionCard, ({ context }) => ({ id: context.wanted })),
      on: {
        'found.professions.card': [
          {
            guard: ({ event }) => event.data === null,
            target: 'families',
            actions: [assign({ entry: 'families', trail: [] }), say('card.gone')],
          },
          {
            actions: [
              assign({ card: ({ event }) => event.data, openings: 0 }),
              ask(openingsOf, ({ context }) => ({ professions: [idOf(context)] })),
            ],
          },
        ],
        'found.vacancies.openings': { actions: assign({ openings: ({ event }) => event.data.total }) },
        SAVE: [
          {
            guard: 'hasRoom',
            actions: [
              tell(saveProfession, ({ context }) => ({ id: idOf(context), saved: true })),
              assign(({ context }) => marked(context, true)),
              say('card.kept'),
            ],
          },
          { actions: say('card.full') },
        ],
        UNSAVE: {
          actions: [
            tell(saveProfession, ({ context }) => ({ id: idOf(context), saved: false })),
            assign(({ context }) => marked(context, false)),
            say('card.dropped'),
          ],
        },
        REMIND: { actions: open('reminders', ({ context }) => ({ what: context.card?.task ?? '' })) },
        SIMILARS: { actions: say('card.similar') },
        SIMILAR: { target: 'card', reenter: true, actions: assign(further) },
        BACK: [
          { guard: 'hasTrail', target: 'card', reenter: true, actions: assign(({ context }) => nearer(context)) },
          { guard: isEntry('card'), actions: leave() },
          { guard: 'fromSaved', target: 'saved' },
          { target: 'family' },
        ],
      },
    },
  },
})

function begin(input: ProfessionsInput): Context {
  const empty: Context = {
    families: [],
    family: null,
    card: null,
    openings: 0,
    saved: [],
    all: false,
    entry: 'families',
    list: 'family',
    trail: [],
    wanted: null,
  }
  if (input === undefined) return empty
  if ('id' in input) return { ...empty, entry: 'card', wanted: input.id }
  if ('family' in input) return { ...empty, entry: 'family', wanted: input.family, all: true }
  return 'saved' in input ? { ...empty, entry: 'saved' } : { ...empty, all: true }
}

function cardFrom(list: Context['list']) {
  return ({ event }: On<'CARD'>) => ({ wanted: event.id, card: null, list, trail: [] })
}

/** On to a similar one; the way back leads through the present one. */
function further({ context, event }: On<'SIMILAR'>): Partial<Context> {
  return { wanted: event.id, card: null, trail: [...context.trail, idOf(context)].slice(-longestTrail) }
}

function nearer({ trail }: Context): Partial<Context> {
  return { wanted: trail.at(-1) ?? null, card: null, trail: trail.slice(0, -1) }
}

function marked({ card }: Context, saved: boolean): Partial<Context> {
  return { card: card && { ...card, saved } }
}

/** What is done with a card is done with one that is shown. */
function idOf({ card }: Context): string {
  if (card === null) throw new Error('There is no card')
  return card.id
}
