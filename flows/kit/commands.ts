import type { Flow } from './flow.ts'
import type { Message } from './words.ts'

/** A command of the menu beside the text field, with the words that describe it. */
export type MenuCommand = { readonly name: string; readonly description: Message }

/** The commands that people see, in the order of their places. */
export function menuCommands(flows: readonly Flow[]): readonly MenuCommand[] {
  const placed = flows.flatMap(({ id, commands = {} }) =>
    Object.entries(commands).flatMap(([name, { place }]) => (place === undefined ? [] : [{ id, name, place }])),
  )
  return placed
    .sort((one, other) => one.place - other.place)
    .map(({ id, name }) => ({ name, description: { key: `${id}:command.${name}` } }))
}
