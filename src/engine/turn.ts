import type { EventObject } from 'xstate'
import { personChange, withdrawal } from '../../flows/common/contract.ts'
import { changePerson, hasSaid, isMet, isWithdrawn, type Person, type PersonChange } from '../../flows/common/person.ts'
import { mayUse } from '../../flows/kit/access.ts'
import type { Flows } from '../../flows/kit/compile.ts'
import type { Effect } from '../../flows/kit/effects.ts'
import { foundType, type Stamp } from '../../flows/kit/events.ts'
import type { Flow, Frame } from '../../flows/kit/flow.ts'
import { readFrame } from '../../flows/kit/frame.ts'
import { isNavigation } from '../../flows/kit/screen.ts'
import { listens, type Step, start, step } from '../../flows/kit/step.ts'
import { type Message, translator, type Value } from '../../flows/kit/words.ts'
import type { ArchivedFrame, Fact } from './ports.ts'
import type { Replies } from './reply.ts'

/** Steps a turn may take before it is given up: enough for any honest dialogue, an end to any circle. */
export const stepLimit = 16
/** Open flows at once; opening one more drops the lowest above home. */
export const depthLimit = 8

/** A turn under way: what has come of it so far. Nothing outside sees it before the commit. */
export type Turn = {
  readonly chatId: number
  readonly stamp: Stamp
  person: Person
  personChanged: boolean
  stack: Frame[]
  steps: number
  readonly facts: Fact[]
  readonly effects: Effect[]
  readonly sends: Effect[]
  readonly archived: ArchivedFrame[]
  say?: Message
}

export type TurnTools = { readonly flows: Flows; readonly replies: Replies }

/** Too many steps in one turn, which only a circle in a flow can cause. */
export class StepLimitError extends Error {}

/** Gives the event to the flow on top, or takes the navigation step it stands for. */
export async function give(turn: Turn, event: EventObject, tools: TurnTools): Promise<void> {
  if (isNavigation(event)) return navigate(turn, event, tools)
  const { flow, frame } = top(turn, tools)
  const happened = step(flow, frame, { ...event, ...turn.stamp } as EventObject) // the stamp is part of every event
  await settle(turn, flow, happened, tools)
}

/** Whether the flow on top does something with the event. */
export function hears(turn: Turn, event: EventObject, tools: TurnTools): boolean {
  const { flow, frame } = top(turn, tools)
  return listens(flow, frame, { ...event, ...turn.stamp } as EventObject)
}

/**
 * Opens a flow on top of the stack; whoever may not use it comes home, or to onboarding before it is over. One
 * that does at once what it was opened for, and leaves, leaves the others as they were: `passed`.
 */
export async function openFlow(turn: Turn, id: string, input: unknown, tools: TurnTools): Promise<'open' | 'passed'> {
  const flow = tools.flows.byId.get(id)
  if (flow === undefined) throw new Error(`No flow is called "${id}"`)
  if (!mayOpen(flow, turn.person)) {
    await goHome(turn, tools)
    return 'open'
  }
  const isSame = (frame: Frame | undefined) => frame !== undefined && tools.flows.byId.get(frame.flow) === flow
  const place = turn.stack.length
  const standing = turn.stack.findIndex(isSame)
  const begun = start(flow, { person: turn.person, input, ...turn.stamp })
  turn.stack.push(begun.frame)
  await settle(turn, flow, begun, tools)
  if (!isSame(turn.stack[place])) return turn.stack.length === place ? 'passed' : 'open'
  // It stands once, and the way back leads to where it was opened from.
  if (standing !== -1) drop(turn, standing, 1, tools)
  if (id === 'home') drop(turn, 0, turn.stack.length - 1, tools)
  if (turn.stack.length > depthLimit) drop(turn, 1, turn.stack.length - depthLimit, tools)
  return 'open'
}

/** Leaves everything and begins at home, or goes on with onboarding for somebody with whom it is not over. */
export async function goHome(turn: Turn, tools: TurnTools): Promise<void> {
  if (!isMet(turn.person)) return meet(turn, tools)
  const lost = unsavedIn(turn.stack, tools)
  turn.stack = []
  await openFlow(turn, 'home', undefined, tools)
  if (lost !== undefined) turn.say = lost
}

/** Drops flows that stand below the top; what is lost with them is said. */
function drop(turn: Turn, from: number, count: number, tools: TurnTools): void {
  const lost = unsavedIn(turn.stack.splice(from, count), tools)
  if (lost !== undefined) turn.say = lost
}

function unsavedIn(frames: readonly Frame[], { flows }: TurnTools): Message | undefined {
  return frames.map((frame) => unsavedOf(frame, flows.byId.get(frame.flow))).find((word) => word !== undefined)
}

function unsavedOf(stored: Frame, flow: Flow | undefined): Message | undefined {
  const reading = readFrame(flow, stored)
  const word = reading.type === 'readable' ? flow?.unsaved?.(reading.frame) : undefined
  return flow === undefined || word === undefined ? undefined : translator(flow.id)(word)
}

/** Onboarding, gone on with where it stands already. */
async function meet(turn: Turn, tools: TurnTools): Promise<void> {
  const standing = turn.stack.findIndex((frame) => frame.flow === 'onboarding')
  cutTo(turn, standing === -1 ? 0 : standing + 1)
  if (standing === -1) await openFlow(turn, 'onboarding', undefined, tools)
  else await repair(turn, tools)
}

function mayOpen({ access = 'self' }: Flow, person: Person): boolean {
  return mayUse(access, person)
}

/** Keeps the lowest `height` flows; -1 keeps all. */
function cutTo(turn: Turn, height: number): void {
  if (height >= 0) turn.stack = turn.stack.slice(0, height)
}

/** The flow and frame on top of the stack; `repair` has made sure that they can be read. */
export function top(turn: Turn, tools: TurnTools): { flow: Flow; frame: Frame } {
  const frame = turn.stack.at(-1)
  const flow = frame && tools.flows.byId.get(frame.flow)
  if (flow === undefined) throw new Error('The stack is empty')
  return { flow, frame: frame as Frame } // there is a flow only where there is a frame
}

/**
 * Brings the top frame up to date; a frame that cannot be read is archived and the person comes home with a word.
 * Returns whether the stack could be used as it was.
 */
export async function repair(turn: Turn, tools: TurnTools): Promise<boolean> {
  const stored = turn.stack.at(-1)
  if (stored === undefined) {
    await goHome(turn, tools)
    // What stood here could not be read by the store.
    if (turn.archived.length > 0) turn.say = { key: 'common:lost' }
    return false
  }
  const flow = tools.flows.byId.get(stored.flow)
  const reading = readFrame(flow, stored)
  if (flow !== undefined && reading.type === 'readable') {
    turn.stack[turn.stack.length - 1] = reading.frame
    if (mayOpen(flow, turn.person)) return true
    await goHome(turn, tools)
    return false
  }
  if (reading.type === 'unreadable') turn.archived.push({ frame: stored, reason: reading.reason })
  turn.stack.pop()
  await goHome(turn, tools)
  turn.say = { key: 'common:changed' }
  return false
}

async function navigate(turn: Turn, event: EventObject, tools: TurnTools): Promise<void> {
  if (!isNavigation(event) || event.type === 'go.home') return goHome(turn, tools)
  if (event.type === 'go.leave') return leave(turn, undefined, tools)
  await openFlow(turn, event.flow, event.input, tools)
}

async function settle(turn: Turn, flow: Flow, happened: Step, tools: TurnTools): Promise<void> {
  if (++turn.steps > stepLimit) throw new StepLimitError(`flow "${flow.id}" took more than ${stepLimit} steps`)
  turn.stack[turn.stack.length - 1] = happened.frame
  for (const effect of happened.effects) {
    turn.effects.push(effect)
    await perform(turn, flow, effect, tools)
  }
  if (happened.done && turn.stack.at(-1) === happened.frame) await leave(turn, undefined, tools)
}

async function perform(turn: Turn, flow: Flow, effect: Effect, tools: TurnTools): Promise<void> {
  checkRight(turn, effect, tools)
  switch (effect.type) {
    case 'tell':
      return record(turn, effect)
    case 'send':
      turn.sends.push(effect)
      return
    case 'say':
      // The values of a `say` are the author's; null stands for none.
      turn.say = translator(flow.id)(effect.name, (effect.data ?? undefined) as Record<string, Value> | undefined)
      return
    case 'open':
      await openFlow(turn, effect.name, effect.data ?? undefined, tools)
      return
    case 'leave':
      return leave(turn, effect.data, tools)
    case 'ask':
      return ask(turn, effect, tools)
  }
}

/** A flow that asks or tells what its person may not is a mistake of ours, and its turn is given up. */
function checkRight({ person }: Turn, { type, name }: Effect, { flows }: TurnTools): void {
  if (type !== 'ask' && type !== 'tell' && type !== 'send') return
  const contract = flows.contracts.get(name)
  if (contract === undefined) throw new Error(`"${name}" has no contract`)
  if (!mayUse(contract.who, person)) throw new Error(`"${name}" is not for everybody: ${contract.who}`)
}

function record(turn: Turn, effect: Effect): void {
  if (effect.name !== personChange.name) {
    turn.facts.push({ name: effect.name, data: effect.data })
    return
  }
  const before = turn.person
  // `changePerson` parses the outcome, so a wrong change throws there.
  turn.person = changePerson(before, effect.data as PersonChange)
  turn.personChanged = true
  if (!isWithdrawn(before, turn.person)) return
  // Whatever flow took the consent back: nothing said with it stays, not in the open flows underneath either.
  turn.stack = turn.stack.slice(-1)
  turn.facts.push({ name: withdrawal.name, data: { hadSaid: hasSaid(before) } })
}

async function ask(turn: Turn, { name, data }: Effect, { replies, ...tools }: TurnTools): Promise<void> {
  const reply = replies[name]
  if (reply === undefined) throw new Error(`Nobody replies to "${name}"`)
  const world = { chatId: turn.chatId, person: turn.person, now: turn.stamp.turn.at }
  const found = { type: foundType(name), data: await reply.look(data, world) } as EventObject // one with more than the type says
  await give(turn, found, { replies, ...tools })
}

async function leave(turn: Turn, data: unknown, tools: TurnTools): Promise<void> {
  const left = turn.stack.pop()
  if (turn.stack.length === 0) return goHome(turn, tools)
  const usable = await repair(turn, tools)
  const event = { type: 'RETURN', flow: left?.flow, data } as EventObject
  if (usable && hears(turn, event, tools)) await give(turn, event, tools)
}
