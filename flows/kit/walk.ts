import type { EventObject } from 'xstate'
import type { Person } from '../common/person.ts'
import { contractsOf } from './actions.ts'
import type { Contract } from './contract.ts'
import type { Effect } from './effects.ts'
import { foundType, type Start } from './events.ts'
import { type Flow, type Frame, stateName } from './flow.ts'
import { buttonsOf, isNavigation, type Screen } from './screen.ts'
import { type Step, start, stepsFrom } from './step.ts'
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
  const isNew = createFrameCheck()
  const walked: Walked = { flow, contracts: contractsOf(flow), given: givenBy(flow) }
  // Far ones first: near places that look alike would hide where they lead.
  const queue = [...farStarts(flow), ...starts(walked, person)]
  for (const arrival of queue) {
    if (places.size >= limit) break
    // Most ways lead to where one has been; the same frame has the same screen, which is dearer to make.
    if (!isNew(arrival.step.frame)) continue
    const screen = screenAt(flow, person, arrival)
    const { frame } = arrival.step
    const state = stateName(frame.value)
    const key = keyOf(state, screen)
    if (places.has(key)) continue
    const place = { state, frame, screen, path: wordsOf(arrival.path) }
    places.set(key, place)
    queue.push(...onward(walked, place, arrival))
  }
  return [...places.values()]
}

/** Says whether a frame comes for the first time. What is not heard leaves the very context: that is seen at once. */
function createFrameCheck(): (frame: Frame) => boolean {
  const contexts = new Map<unknown, Set<string>>()
  const frames = new Set<string>()
  return ({ value, context }) => {
    const state = stateName(value)
    const states = contexts.get(context) ?? new Set()
    if (states.has(state)) return false
    contexts.set(context, states.add(state))
    const { size } = frames
    return frames.add(`${state} ${JSON.stringify(context)}`).size > size
  }
}

/** An event as the engine gives it to a machine. */
export function stamped(event: EventObject): EventObject {
  return { ...event, turn: exampleTurn } as EventObject // one with more than the type says
}

/** A flow, with what it asks and what is given to it: looking for that at every step would take longer than all the rest. */
type Walked = { readonly flow: Flow; readonly contracts: readonly Contract[]; readonly given: readonly EventObject[] }

type Arrival = { readonly step: Step; readonly path: Path }

/** A beginning, or an event and the way before it: it is put into words only for places and for what went wrong. */
type Path = string | { readonly before: Path; readonly event: EventObject }

function wordsOf(path: Path): readonly string[] {
  return typeof path === 'string' ? [path] : [...wordsOf(path.before), describe(path.event)]
}

function starts(walked: Walked, person: Person): Arrival[] {
  const { flow } = walked
  return (flow.examples?.inputs ?? [undefined]).flatMap((input) => {
    const begin: Start<unknown> = { person, input, turn: exampleTurn }
    return settle(walked, start(flow, begin), `open ${JSON.stringify(input) ?? ''}`.trim())
  })
}

function farStarts(flow: Flow): Arrival[] {
  return (flow.examples?.frames ?? []).map(({ value, context }, index) => {
    const frame = { flow: flow.id, version: flow.version, value, context: flow.context.parse(context) }
    return { step: { frame, effects: [], done: false }, path: `frame ${index}` }
  })
}

function onward(walked: Walked, place: Place, arrival: Arrival): Arrival[] {
  const presses = buttonsOf(place.screen).flatMap((button) => ('event' in button ? [button.event] : []))
  const pressed = presses.filter((event) => !isNavigation(event)).map(stamped)
  return advance(walked, arrival, [...pressed, ...walked.given])
}

/** What comes without a button, the same events at every place. */
function givenBy({ examples }: Flow): readonly EventObject[] {
  const texts = (examples?.texts ?? []).flatMap((text) => [
    { type: 'TEXT', text },
    { type: 'DANGER', text, sent: null },
  ])
  const returns = (examples?.returns ?? []).map((data) => ({ type: 'RETURN', flow: 'other', data }))
  return [...texts, ...(examples?.contents ?? []), ...returns].map(stamped)
}

/** Where each of the events leads from there. */
function advance(walked: Walked, { step, path: before }: Arrival, events: readonly EventObject[]): Arrival[] {
  const stepBy = stepsFrom(walked.flow, step.frame)
  return events.flatMap((event) => {
    const path = { before, event }
    try {
      return settle(walked, stepBy(event), path)
    } catch (error) {
      throw new Error(`flow "${walked.flow.id}" fails after ${wordsOf(path).join(' → ')}`, { cause: error })
    }
  })
}

/** Lets every look-up of the step come back with each of its example replies. */
function settle(walked: Walked, from: Step, path: Path): Arrival[] {
  if (from.done || from.effects.some((effect) => effect.type === 'leave')) return []
  return from.effects
    .filter((effect) => effect.type === 'ask')
    .reduce<Arrival[]>(
      (arrivals, ask) => arrivals.flatMap((arrival) => replied(walked, arrival, ask)),
      [{ step: from, path }],
    )
}

function replied(walked: Walked, arrival: Arrival, { name, data }: Effect): Arrival[] {
  const found = repliesTo(walked, name, data).map((reply) =>
    stamped({ type: foundType(name), data: reply } as EventObject),
  )
  return advance(walked, arrival, found)
}

/** The flow's own examples, or the contract's. */
function repliesTo({ flow, contracts }: Walked, name: string, data: unknown): readonly unknown[] {
  const own = flow.examples?.replies?.find((examples) => examples.name === name)
  if (own !== undefined) return own.of(data)
  const contract = contracts.find((one) => one.name === name)
  if (contract?.type !== 'ask') throw new Error(`flow "${flow.id}" asks "${name}" without a contract`)
  return contract.examples(contract.data.parse(data))
}

function screenAt(flow: Flow, person: Person, { step: { frame }, path }: Arrival): Screen {
  try {
    return viewOf(flow, frame, person)
  } catch (error) {
    throw new Error(`flow "${flow.id}" cannot be shown after ${wordsOf(path).join(' → ')}`, { cause: error })
  }
}

function keyOf(state: string, screen: Screen): string {
  const offers = buttonsOf(screen).map((button) => ('event' in button ? button.event.type : 'link'))
  const says = screen.text.flat().map((message) => message.key)
  return JSON.stringify([state, [...new Set(offers)], says, screen.picture !== undefined])
}

function describe(event: EventObject): string {
  const { type, turn: _, ...rest }: EventObject & { readonly turn?: unknown } = event
  return Object.keys(rest).length === 0 ? type : `${type} ${JSON.stringify(rest).slice(0, 60)}`
}
