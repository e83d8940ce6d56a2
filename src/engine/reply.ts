import type { Ask, DataOf, ReplyOf } from '../../flows/kit/contract.ts'
import type { World } from './ports.ts'

/** How an ask is replied to. */
export type Reply = {
  readonly ask: Ask
  /** Reads only. Throws to give the turn up, a ZodError where question or reply are not what was agreed on. */
  look(data: unknown, world: World): Promise<unknown>
}

/** Replies by the name of their ask. */
export type Replies = Readonly<Record<string, Reply>>

/** Replies to an ask; what comes of it is checked here, where it is made, and not where it is met with later. */
export function reply<A extends Ask>(ask: A, look: (data: DataOf<A>, world: World) => Promise<ReplyOf<A>>): Reply {
  return {
    ask,
    look: async (data, world) => {
      const asked = ask.data.parse(data) as DataOf<A> // zod knows the type, but not of this generic
      return ask.reply.parse(await look(asked, world))
    },
  }
}

/** The replies by name. Throws when two reply to the same ask. */
export function repliesByName(replies: readonly Reply[]): Replies {
  const names = replies.map(({ ask }) => ask.name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`Two capabilities both reply to ${twice}; rename one ask.`)
  return Object.fromEntries(replies.map((one) => [one.ask.name, one]))
}
