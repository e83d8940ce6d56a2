import type { AnyStateNode, EventObject } from 'xstate'
import type { Person } from '../common/person.ts'
import { back, help, home, toBack } from './buttons.ts'
import { type Flow, type Frame, stateName } from './flow.ts'
import { type Button, buttonsOf, isNavigation, type Screen } from './screen.ts'
import { translator } from './words.ts'

/**
 * The screen of a frame for this person; where people write, with the way to help: no check finds all words of need. Throws when it has none, or offers a button the machine has no event for.
 */
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
  return hearsText(flow, name) ? withHelp(screen) : screen
}

/** Whether the state, or one around it, does something with what people write. */
function hearsText({ machine }: Flow, name: string): boolean {
  let node: AnyStateNode | undefined = machine.root
  for (const part of name.split('.')) {
    if (node?.transitions.has('TEXT')) return true
    node = node?.states[part]
  }
  return node?.transitions.has('TEXT') === true
}

/** Beside the ways back and home, or below everything: three of longer words would be cut on a phone. */
function withHelp(screen: Screen): Screen {
  const isThere = buttonsOf(screen).some(({ label }) => label.key === help().label.key)
  if (isThere) return screen
  const last = screen.rows.at(-1) ?? []
  const isBeside = last.length > 0 && last.length < 3 && last.every(isShortWay)
  const rows = isBeside ? [...screen.rows.slice(0, -1), [...last, help()]] : [...screen.rows, [help()]]
  return { ...screen, rows }
}

const shortWays: readonly string[] = [back(toBack).label.key, home().label.key]

function isShortWay({ label }: Button): boolean {
  return shortWays.includes(label.key)
}

function faultOf(button: Button, { machine }: Flow): string | undefined {
  if ('url' in button) return undefined
  // The types have one everywhere; what was built past them must not become a button that does nothing.
  const event: EventObject | undefined = button.event
  if (event === undefined) return `the button "${button.label.key}" has no event: give it one of the machine's`
  if (isNavigation(event) || machine.events.includes(event.type)) return undefined
  return `the machine knows no event "${event.type}": add it to the machine, or give the button another`
}
