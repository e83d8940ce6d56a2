import type { EventObject } from 'xstate'
import type { Person } from '../common/person.ts'
import { type Flow, type Frame, stateName } from './flow.ts'
import { type Button, isNavigation, type Screen } from './screen.ts'
import { translator } from './words.ts'

/** The screen of a frame for this person. Throws when it has none, or offers a button the machine has no event for. */
export function viewOf(flow: Flow, frame: Frame, person: Person): Screen {
  const name = stateName(frame.value)
  const make = flow.screens[name]
  if (make === undefined) throw new Error(`flow "${flow.id}": state "${name}" has no screen`)
  const screen = make({ context: frame.context, person, t: translator(flow.id) })
  for (const row of screen.rows) {
    for (const button of row) {
      const fault = faultOf(button, flow)
      if (fault !== undefined) throw new Error(`flow "${flow.id}", screen "${name}": ${fault}`)
    }
  }
  return screen
}

function faultOf(button: Button, { machine }: Flow): string | undefined {
  if ('url' in button) return undefined
  // The types have one everywhere; what was built past them must not become a button that does nothing.
  const event: EventObject | undefined = button.event
  if (event === undefined) return `the button "${button.label.key}" has no event: give it one of the machine's`
  if (isNavigation(event) || machine.events.includes(event.type)) return undefined
  return `the machine knows no event "${event.type}": add it to the machine, or give the button another`
}
