import { type Flow, type Frame, stateName } from './flow.ts'

export type Reading =
  | { readonly type: 'readable'; readonly frame: Frame }
  | { readonly type: 'unreadable'; readonly reason: string }

/** Brings a stored frame up to the flow's present version, or says why that cannot be done. Never throws. */
export function readFrame(flow: Flow | undefined, stored: Frame): Reading {
  if (flow === undefined) return unreadable(`no flow is called "${stored.flow}"`)
  if (stored.version > flow.version) return unreadable(`version ${stored.version} is newer than ${flow.version}`)
  try {
    const { value, context } = migrate(flow, stored)
    // The compiler has seen to it that every state has a screen and every screen a state.
    const state = stateName(value)
    if (!Object.hasOwn(flow.screens, state)) return unreadable(`there is no state "${state}"`)
    const frame = { flow: flow.id, version: flow.version, value, context: flow.context.parse(context) }
    return { type: 'readable', frame }
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error))
  }
}

function migrate(flow: Flow, stored: Frame): { value: unknown; context: unknown } {
  let { value, context }: { value: unknown; context: unknown } = stored
  for (let version = stored.version; version < flow.version; version++) {
    const migration = flow.migrations?.[version]
    if (migration === undefined) throw new Error(`no migration from version ${version}`)
    ;({ value, context } = migration({ value, context }))
  }
  return { value, context }
}

function unreadable(reason: string): Reading {
  return { type: 'unreadable', reason }
}
