import type { AnyActorScope, AnyMachineSnapshot, EventObject, ExecutableActionObject } from 'xstate'
import { type Effect, isEffectAction } from './effects.ts'
import type { Start } from './events.ts'
import type { Flow, Frame } from './flow.ts'

/** The outcome of one pure step: the frame to store, what is to be done, and whether the dialogue has ended. */
export type Step = {
  readonly frame: Frame
  readonly effects: readonly Effect[]
  readonly done: boolean
}

/** Begins a flow: its initial state, and the effects of entering it. */
export function start(flow: Flow, input: Start<unknown>): Step {
  const actions: ExecutableActionObject[] = []
  const snapshot = flow.machine.getInitialSnapshot(scopeOf(flow, actions), input)
  return toStep(flow, snapshot, actions)
}

/** One event through the machine. Throws what a guard or an assign throws; the caller keeps the old frame then. */
export function step(flow: Flow, frame: Frame, event: EventObject): Step {
  return stepsFrom(flow, frame)(event)
}

/** Steps of which each begins at this frame: it is restored once, which costs as much as a step. */
export function stepsFrom(flow: Flow, frame: Frame): (event: EventObject) => Step {
  const restored = restore(flow, frame)
  return (event) => {
    const actions: ExecutableActionObject[] = []
    const snapshot = flow.machine.transition(restored, event, scopeOf(flow, actions))
    return toStep(flow, snapshot, actions)
  }
}

/** Whether the flow in this state does something with this event. */
export function listens(flow: Flow, frame: Frame, event: EventObject): boolean {
  return restore(flow, frame).can(event)
}

/** The machine's snapshot of a stored frame. Throws when the machine knows no such state. */
export function restore(flow: Flow, frame: Frame): AnyMachineSnapshot {
  // XState types the value by the machine's own states; a stored one is checked by resolveState, which throws.
  return flow.machine.resolveState({ value: frame.value as never, context: frame.context as never })
}

/**
 * What XState's pure `transition` gives the machine to work in, but with one actor for all steps: it would make one,
 * with an initial state of its own, for every step, which costs as much as the step.
 */
function scopeOf({ actor }: Flow, actions: ExecutableActionObject[]): AnyActorScope {
  const nothing = () => {}
  return {
    self: actor,
    system: actor.system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    stopChild: nothing,
    emit: nothing,
    actionExecutor: (action) => actions.push(action),
  }
}

function toStep(flow: Flow, snapshot: AnyMachineSnapshot, actions: readonly ExecutableActionObject[]): Step {
  return {
    frame: { flow: flow.id, version: flow.version, value: snapshot.value, context: snapshot.context },
    effects: actions.flatMap(effectOf),
    done: snapshot.status === 'done',
  }
}

function effectOf(action: ExecutableActionObject): Effect[] {
  if (!isEffectAction(action.exec)) return [] // XState's own, already applied
  const { type, name, data } = action.exec.effect
  return [{ type, name, data: data(action.info) }]
}
