import { effects } from '../kit/effects.ts'
import type { Change, ApplicationsContext as Context, ApplicationsEvent as Event, Situation } from './context.ts'
import { type Application, type State, saveApplication } from './contract.ts'

const { tell } = effects<Context, Event>()

/** The application as it is now. */
export const save = tell(saveApplication, ({ context }) => applicationIn(context))

/** Where an application goes when it is moved to the state; what was to come of another state is over. */
export function moveTo(state: State) {
  return ({ context }: Situation): Change => {
    const application = applicationIn(context)
    return {
      application: { ...application, state, nextAt: null, before: standing(application) },
      act: null,
      problem: null,
    }
  }
}

/** How it stands, for whoever takes back what comes next. */
export function standing({ state, nextAt, place }: Application): Application['before'] {
  return { state, nextAt, place }
}

/** As it stood before it was moved, with the date that was to come. */
export function movedBack({ context, event: { turn } }: Situation & { readonly event: Event }): Change {
  const application = applicationIn(context)
  return { application: { ...application, ...application.before, before: null }, act: null, now: turn.at }
}

export function applicationIn({ application }: Context): Application {
  if (application === null) throw new Error('No application is open')
  return application
}
