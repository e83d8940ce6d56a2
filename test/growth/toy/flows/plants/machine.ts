import { assign, setup } from 'xstate'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import type { PlantsContext as Context, PlantsEvent as Event, On, PlantsInput } from './context.ts'
import { careSheet, keepPlant, listPlants } from './contract.ts'

const { ask, send, tell } = effects<Context, Event>()

export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<PlantsInput> },
}).createMachine({
  id: 'plants',
  context: beginWith(({ input }) => ({
    list: { kinds: [], own: [] },
    plant: { id: '', kind: input?.kind ?? '', name: '' },
  })),
  initial: 'choosing',
  states: {
    choosing: {
      entry: ask(listPlants, () => null),
      on: {
        'found.plants.list': [
          { guard: ({ context }) => context.plant.kind !== '', target: 'naming', actions: assign({ list: found }) },
          { actions: assign({ list: found }) },
        ],
        KIND: { target: 'naming', actions: assign(chosen) },
      },
    },
    naming: {
      on: {
        TEXT: { target: 'kept', actions: [assign(named), tell(keepPlant, ({ context }) => context.plant)] },
        BACK: { target: 'choosing', actions: assign(none) },
      },
    },
    kept: {
      on: {
        CARE: { actions: send(careSheet, ({ context }) => ({ kind: context.plant.kind })) },
        BACK: { target: 'choosing', actions: assign(none) },
      },
    },
  },
})

function found({ event }: On<'found.plants.list'>): Context['list'] {
  return event.data
}

function chosen({ event }: On<'KIND'>): Partial<Context> {
  return { plant: { id: '', kind: event.id, name: '' } }
}

function named({ context, event }: On<'TEXT'>): Partial<Context> {
  return { plant: { ...context.plant, id: event.turn.id, name: [...event.text].slice(0, 40).join('') } }
}

function none(): Partial<Context> {
  return { plant: { id: '', kind: '', name: '' } }
}
