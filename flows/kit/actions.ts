import type { AnyStateNode } from 'xstate'
import type { Contract } from './contract.ts'
import { type EffectAction, isEffectAction } from './effects.ts'
import type { Flow } from './flow.ts'

/** What a flow asks, tells and sends, each once. */
export function contractsOf(flow: Flow): readonly Contract[] {
  return [...new Set(actionsOf(flow).flatMap(({ effect }) => effect.contract ?? []))]
}

/** The flows that it opens by effects; buttons open others. */
export function openedBy(flow: Flow): string[] {
  const opens = actionsOf(flow).filter(({ effect }) => effect.type === 'open')
  return [...new Set(opens.map(({ effect }) => effect.name))]
}

export type EffectPlace = {
  readonly action: EffectAction<unknown, never>
  /** Where the dialogue can be when the effect has been performed; none where it stands at an exit, which may lead anywhere. */
  readonly states: readonly AnyStateNode[]
}

/** Every effect of the flow that stands in its states and transitions. */
export function effectPlaces(flow: Flow): readonly EffectPlace[] {
  return placesOf(flow.machine.root, flow)
}

function placesOf(node: AnyStateNode, flow: Flow): EffectPlace[] {
  const own = node.entry.flatMap((action) => effectIn(action, flow)).map((action) => ({ action, states: [node] }))
  const atExit = node.exit.flatMap((action) => effectIn(action, flow)).map((action) => ({ action, states: [] }))
  const leading = [...node.transitions.values()].flat().concat(node.always ?? [])
  const onTheWay = leading.flatMap((transition) =>
    transition.actions
      .flatMap((action) => effectIn(action, flow))
      .map((action) => ({ action, states: transition.target ?? [node] })),
  )
  return [...own, ...atExit, ...onTheWay, ...Object.values(node.states).flatMap((inner) => placesOf(inner, flow))]
}

/** The effect that an action of a state is, perhaps by the name it has in the machine's set-up. */
function effectIn(action: unknown, { machine }: Flow): EffectAction<unknown, never>[] {
  const name = nameOf(action)
  const found = name === undefined ? action : machine.implementations.actions[name]
  return isEffectAction(found) ? [found] : []
}

function nameOf(action: unknown): string | undefined {
  if (typeof action === 'string') return action
  return typeof action === 'object' && action !== null && 'type' in action ? String(action.type) : undefined
}

function actionsOf(flow: Flow): EffectAction<unknown, never>[] {
  const found = [...Object.values(flow.machine.implementations.actions), ...nodeActions(flow.machine.root)]
  return found.filter(isEffectAction)
}

function nodeActions(node: AnyStateNode): unknown[] {
  const transitions = [...node.transitions.values()].flat().concat(node.always ?? [])
  return [
    ...node.entry,
    ...node.exit,
    ...transitions.flatMap((transition) => transition.actions),
    ...Object.values(node.states).flatMap(nodeActions),
  ]
}
