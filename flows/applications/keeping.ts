import { effects } from '../kit/effects.ts'
import type { Change, ApplicationsContext as Context, ApplicationsEvent as Event, Situation } from './context.ts'
import { type Application, type State, saveApplication } from './contract.ts'

const { tell } = effects<Context, Event>()

/** The application as it is now. */
export const save = tell(saveApplication, ({ context }) => applicationIn(context))

/** Where an application goes when it is moved to the state; what was to come of another state is over. */
export function moveTo(state: State) {
  return ({ context }: Situation): Change => {
    return { application: { ...applicationIn(context), state, nextAt: null }, act: null, problem: null }
  }
}

export function applicationIn({ application }: Context): Application {
  if (application === null) throw new Error('No application is open')
  return application
}
