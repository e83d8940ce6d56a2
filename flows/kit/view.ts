import type { Person } from '../person.ts'
import { type Flow, type Frame, stateName } from './flow.ts'
import { isNavigation, type Screen } from './screen.ts'
import { translator } from './words.ts'

/** The screen of a frame for this person. Throws when it has none, or offers a button the machine has no event for. */
export function viewOf(flow: Flow, frame: Frame, person: Person): Screen {
  const name = stateName(frame.value)
  const make = flow.screens[name]
  if (make === undefined) throw new Error(`flow "${flow.id}": state "${name}" has no screen`)
  const screen = make({ context: frame.context, person, t: translator(flow.id) })
  for (const row of screen.rows) {
    for (const button of row) {
      if ('event' in button && !isNavigation(button.event) && !flow.machine.events.includes(button.event.type)) {
        throw new Error(`flow "${flow.id}", screen "${name}": the machine knows no event "${button.event.type}"`)
      }
    }
  }
  return screen
}
