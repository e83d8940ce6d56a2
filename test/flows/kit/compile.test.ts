import { describe, expect, test } from 'vitest'
import { type AnyEventObject, type AnyStateMachine, createMachine, setup } from 'xstate'
import { z } from 'zod'
import { compileFlows, type Surroundings } from '../../../flows/kit/compile.ts'
import { ContentError } from '../../../flows/kit/content-error.ts'
import { defineAsk, defineSend, defineTell } from '../../../flows/kit/contract.ts'
import { effects } from '../../../flows/kit/effects.ts'
import { defineFlow, type Flow, type FlowDefinition } from '../../../flows/kit/flow.ts'
import { readFrame } from '../../../flows/kit/frame.ts'
import { defineNotice } from '../../../flows/kit/notice.ts'
import { screen } from '../../../flows/kit/screen.ts'

const look = defineAsk('toy.look', { who: 'self', data: z.null(), reply: z.string(), examples: ['seen'] })
const note = defineTell('toy.note', { who: 'self', data: z.null() })
const paper = defineSend('toy.paper', { who: 'self', data: z.null() })
const { ask, tell, send, open } = effects<object, AnyEventObject>()
const asking = ask(look, () => null)

/** A flow of these states, each with a screen. */
function toy(states: object, more: Partial<FlowDefinition<object, AnyEventObject>> = {}): Flow {
  const id = more.id ?? 'toy'
  return flowOf(createMachine({ id, initial: Object.keys(states)[0], states } as never), more) // states of any shape
}

function flowOf(machine: AnyStateMachine, more: Partial<FlowDefinition<object, AnyEventObject>> = {}): Flow {
  return defineFlow<object, AnyEventObject>({
    id: machine.id,
    version: 1,
    context: z.object({}),
    machine,
    screens: seen(...Object.keys(machine.states)),
    ...more,
  })
}

function seen(...states: readonly string[]) {
  return Object.fromEntries(states.map((state) => [state, () => screen({ key: state })]))
}

/** What the compiler finds wrong, a line each. */
function faultsOf(flows: readonly Flow[], surroundings?: Surroundings): string[] {
  try {
    compileFlows(flows, { walks: false, ...(surroundings && { surroundings }) })
    return []
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    return String(error).split('\n- ').slice(1)
  }
}

describe('an ask', () => {
  const hearing = { on: { 'found.toy.look': {} } }
  const deaf = 'flow "toy": ask "toy.look": state "deaf" does not hear "found.toy.look"'

  test.each([
    ['on entry', toy({ deaf: { entry: asking } })],
    ['on the way to a state', toy({ first: { on: { GO: { target: 'deaf', actions: asking } } }, deaf: {} })],
    ['on the way past a condition', toy({ deaf: { on: { GO: [{ guard: () => true, actions: asking }] } } })],
    [
      'without an event',
      toy({ first: { always: { target: 'deaf', actions: [asking] } }, deaf: {} }, { screens: seen('deaf') }),
    ],
    [
      'by the name in the set-up',
      flowOf(
        setup({ actions: { asking } }).createMachine({
          id: 'toy',
          initial: 'deaf',
          states: { deaf: { entry: 'asking' } },
        }),
      ),
    ],
    ['behind which only another state listens', toy({ deaf: { entry: asking, on: { GO: 'other' } }, other: hearing })],
  ])('%s is refused where the state that it leads to does not hear the reply', (_, flow) => {
    expect(faultsOf([flow])).toEqual([deaf])
  })

  test('is refused in a state within another, by the names of both', () => {
    const flow = toy(
      { outer: { initial: 'deaf', states: { deaf: { entry: asking } } } },
      { screens: seen('outer.deaf') },
    )
    expect(faultsOf([flow])).toEqual([deaf.replace('"deaf"', '"outer.deaf"')])
  })

  test('at an exit is refused, for nobody knows where that leads', () => {
    expect(faultsOf([toy({ first: { exit: asking, on: { GO: 'second' } }, second: hearing })])).toEqual([
      'flow "toy": ask "toy.look" stands at the exit of a state: put it at the entry of the next',
    ])
  })

  test.each([
    ['itself', toy({ first: { entry: asking, ...hearing } })],
    [
      'with a state around it',
      toy(
        { outer: { initial: 'inner', states: { inner: { entry: asking } }, ...hearing } },
        { screens: seen('outer.inner') },
      ),
    ],
    [
      'in the state that it is left for at once',
      toy({ first: { entry: asking, always: 'second' }, second: hearing }, { screens: seen('second') }),
    ],
  ])('is fine where the reply is heard %s', (_, flow) => {
    expect(faultsOf([flow])).toEqual([])
  })
})

describe('contracts', () => {
  const listening = { entry: asking, on: { 'found.toy.look': {} } }

  test('of one name are refused, in one flow or in two', () => {
    const other = tell(defineTell('toy.look', { who: 'self', data: z.null() }), () => null)
    const faults = ['two contracts are called "toy.look"']
    expect(faultsOf([toy({ first: { ...listening, exit: other } })])).toEqual(faults)
    expect(faultsOf([toy({ first: listening }), toy({ first: { exit: other } }, { id: 'other' })])).toEqual(faults)
  })

  test('may be used by several flows and in several places', () => {
    const flows = [
      toy({ first: { ...listening, on: { ...listening.on, GO: { actions: asking } } } }),
      toy({ first: listening }, { id: 'other' }),
    ]
    expect(faultsOf(flows)).toEqual([])
    expect([...compileFlows(flows, { walks: false }).contracts.values()]).toEqual([look])
  })

  test('that nobody stands behind are refused, each by what is missing', () => {
    const effectsOfAll = [tell(note, () => null), send(paper, () => null)]
    const flow = toy({ first: { ...listening, exit: effectsOfAll } })
    const nobody = { asks: new Set<string>(), tells: new Set<string>(), sends: new Set<string>() }
    expect(faultsOf([flow], nobody)).toEqual([
      'flow "toy": ask "toy.look" has nobody who answers it',
      'flow "toy": tell "toy.note" has nobody who records it',
      'flow "toy": send "toy.paper" has nobody who sends it',
    ])
    const swapped = { asks: new Set(['toy.note']), tells: new Set(['toy.paper']), sends: new Set(['toy.look']) }
    expect(faultsOf([flow], swapped)).toHaveLength(3)
    const all = { asks: new Set(['toy.look']), tells: new Set(['toy.note']), sends: new Set(['toy.paper']) }
    expect(faultsOf([flow], all)).toEqual([])
  })
})

describe('a kind of notice', () => {
  const kind = (name: string) =>
    defineNotice<object>(name, {
      priority: 'nudge',
      values: z.object({}),
      examples: [],
      screen: () => screen({ key: 'x' }),
    })

  test.each(['other.due', 'toyed.due', 'due', 'toy'])('called %s, not by its flow, is refused', (name) => {
    expect(faultsOf([toy({ first: {} }, { notices: [kind('toy.fine'), kind(name)] })])).toEqual([
      `flow "toy": its kind of notice "${name}" must be called "toy.…"`,
    ])
  })
})

describe('former ids', () => {
  const renamed = toy({ first: {} }, { formerIds: ['former'] })

  test('lead to the flow, and what is stored under them is read', () => {
    const flow = compileFlows([renamed]).byId.get('former')
    expect(flow).toBe(renamed)
    const frame = { version: 1, value: 'first', context: {} }
    expect(readFrame(flow, { flow: 'former', ...frame })).toEqual({
      type: 'readable',
      frame: { flow: 'toy', ...frame },
    })
  })

  test.each([
    ['the id of another flow', toy({ first: {} }, { id: 'former' })],
    ['the former id of another flow', toy({ first: {} }, { id: 'other', formerIds: ['former'] })],
  ])('are refused when they are %s', (_, other) => {
    expect(faultsOf([renamed, other])).toEqual(['two flows are called "former"'])
  })
})

describe('a flow', () => {
  test.each<[string, Flow | readonly Flow[], string]>([
    ['with a state nobody can see', toy({ first: {} }, { screens: {} }), 'flow "toy": state "first" has no screen'],
    [
      'with a screen of no state',
      toy({ first: {} }, { screens: seen('first', 'gone') }),
      'flow "toy": screen "gone" belongs to no state',
    ],
    [
      'with another name than its machine',
      flowOf(createMachine({ id: 'toy', initial: 'first', states: { first: {} } }), { id: 'other' }),
      'flow "other": its machine is called "toy"',
    ],
    [
      'without a step between versions',
      toy({ first: {} }, { version: 3, migrations: { 1: (stored) => stored } }),
      'flow "toy": no migration from version 2 to 3',
    ],
    ['that opens none', toy({ first: { entry: open('nowhere') } }), 'flow "toy": open "nowhere" is no flow'],
    [
      'with the command of another',
      [toy({ first: {} }, { commands: { go: {} } }), toy({ first: {} }, { id: 'other', commands: { go: {} } })],
      'two flows answer the command /go',
    ],
    ['with the name of another', [toy({ first: {} }), toy({ first: {} })], 'two flows are called "toy"'],
  ])('%s is refused', (_, flows, fault) => {
    expect(faultsOf([flows].flat())).toEqual([fault])
  })

  test('of many faults is told of all at once', () => {
    const flow = toy({ first: { entry: [asking, open('nowhere')] } }, { screens: {}, version: 2 })
    expect(faultsOf([flow])).toHaveLength(4)
  })
})
