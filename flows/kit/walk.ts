import type { EventObject } from 'xstate'
import type { Person } from '../common/person.ts'
import { contractsOf } from './actions.ts'
import type { Contract } from './contract.ts'
import type { Effect } from './effects.ts'
import { foundType, type Start } from './events.ts'
import { type Flow, type Frame, stateName } from './flow.ts'
import { buttonsOf, isNavigation, type Screen } from './screen.ts'
import { type Step, start, step } from './step.ts'
import { viewOf } from './view.ts'

/** A place a person can stand in, and the presses and texts that led there. */
export type Place = {
  readonly state: string
  readonly frame: Frame
  readonly screen: Screen
  readonly path: readonly string[]
}

/** When all of it happens. */
export const exampleTurn = { at: Date.UTC(2026, 0, 15, 5), id: 'example' }

/**
 * Walks a flow over everything its screens offer, its example texts, contents, answers and returns; two frames of one state
 * whose screens offer the same are one place. Throws where a step or a screen throws, naming the path.
 */
export function walk(flow: Flow, person: Person, limit = 2000): readonly Place[] {
  const places = new Map<string, Place>()
  const walked = { flow, contracts: contractsOf(flow) }
  // Far ones first: near places that look alike would hide where they lead.
  const queue = [...farStarts(flow), ...starts(walked, person)]
  for (let next = queue.shift(); next !== undefined && places.size < limit; next = queue.shift()) {
    const place = toPlace(flow, person, next)
    const key = keyOf(place)
    if (places.has(key)) continue
    places.set(key, place)
    queue.push(...onward(walked, place))
  }
  return [...places.values()]
}

/** An event as the engine gives it to a machine. */
export function stamped(event: EventObject): EventObject {
  return { ...event, turn: exampleTurn } as EventObject // one with more than the type says
}

/** A flow, with what it asks: looking for that at every step would take longer than all the rest. */
type Walked = { readonly flow: Flow; readonly contracts: readonly Contract[] }

type Arrival = { readonly step: Step; readonly path: readonly string[] }

function starts(walked: Walked, person: Person): Arrival[] {
  const { flow } = walked
  return (flow.examples?.inputs ?? [undefined]).flatMap((input) => {
    const begin: Start<unknown> = { person, input, turn: exampleTurn }
    return settle(walked, start(flow, begin), [`open ${JSON.stringify(input) ?? ''}`.trim()])
  })
}

function farStarts(flow: Flow): Arrival[] {
  return (flow.examples?.frames ?? []).map(({ value, context }, index) => {
    const frame = { flow: flow.id, version: flow.version, value, context: flow.context.parse(context) }
    return { step: { frame, effects: [], done: false }, path: [`frame ${index}`] }
  })
}

function onward(walked: Walked, place: Place): Arrival[] {
  const { flow } = walked
  const presses = buttonsOf(place.screen).flatMap((button) => ('event' in button ? [button.event] : []))
  const texts = (flow.examples?.texts ?? []).map((text) => ({ type: 'TEXT', text }))
  const contents = flow.examples?.contents ?? []
  const returns = (flow.examples?.returns ?? []).map((data) => ({ type: 'RETURN', flow: 'other', data }))
  return [...presses, ...texts, ...contents, ...returns]
    .filter((event) => !isNavigation(event))
    .flatMap((event) => advance(walked, place.frame, event, place.path))
}

function advance(walked: Walked, frame: Frame, event: EventObject, path: readonly string[]): Arrival[] {
  const { flow } = walked
  const onPath = [...path, describe(event)]
  try {
    return settle(walked, step(flow, frame, stamped(event)), onPath)
  } catch (error) {
    throw new Error(`flow "${flow.id}" fails after ${onPath.join(' → ')}`, { cause: error })
  }
}

/** Lets every look-up of the step come back with each of its example replies. */
function settle(walked: Walked, from: Step, path: readonly string[]): Arrival[] {
  if (from.done || from.effects.some((effect) => effect.type === 'leave')) return []
  return from.effects
    .filter((effect) => effect.type === 'ask')
    .reduce<Arrival[]>(
      (arrivals, ask) => arrivals.flatMap((arrival) => replied(walked, arrival, ask)),
      [{ step: from, path }],
    )
}

function replied(walked: Walked, arrival: Arrival, { name, data }: Effect): Arrival[] {
  return repliesTo(walked, name, data).flatMap((reply) =>
    advance(walked, arrival.step.frame, { type: foundType(name), data: reply } as EventObject, arrival.path),
  )
}

/** The flow's own examples, or the contract's. */
function repliesTo({ flow, contracts }: Walked, name: string, data: unknown): readonly unknown[] {
  const own = flow.examples?.replies?.find((examples) => examples.name === name)
  if (own !== undefined) return own.of(data)
  const contract = contracts.find((one) => one.name === name)
  if (contract?.type !== 'ask') throw new Error(`flow "${flow.id}" asks "${name}" without a contract`)
  return contract.examples(contract.data.parse(data))
}

function toPlace(flow: Flow, person: Person, { step: { frame }, path }: Arrival): Place {
  try {
    return { state: stateName(frame.value), frame, screen: viewOf(flow, frame, person), path }
  } catch (error) {
    throw new Error(`flow "${flow.id}" cannot be shown after ${path.join(' → ')}`, { cause: error })
  }
}

function keyOf(place: Place): string {
  const offers = buttonsOf(place.screen).map((button) => ('event' in button ? button.event.type : 'link'))
  const says = place.screen.text.flat().map((message) => message.key)
  return JSON.stringify([place.state, [...new Set(offers)], says, place.screen.picture !== undefined])
}

function describe(event: EventObject): string {
  const { type, ...rest } = event
  return Object.keys(rest).length === 0 ? type : `${type} ${JSON.stringify(rest).slice(0, 60)}`
}
