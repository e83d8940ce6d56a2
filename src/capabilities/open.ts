import type { Surroundings } from '../../flows/kit/compile.ts'
import type { Ask, DataOf, ReplyOf } from '../../flows/kit/contract.ts'
import type { Makers } from '../charts/charts.ts'
import { type Replies, type Reply, repliesByName } from '../engine/reply.ts'
import type { Job } from '../schedule/schedule.ts'
import type { Core } from '../store/core.ts'
import { asStoreError } from '../store/medium.ts'
import type { DocumentMaker } from '../telegram/ports.ts'
import type { Capability, Finder, Tools } from './capability.ts'

/** All that capabilities do with an open store. */
export type OpenCapabilities = {
  readonly replies: Replies
  readonly documents: readonly DocumentMaker[]
  readonly jobs: readonly Job[]
  readonly find: Finder
}

/**
 * Opens them in their order. Trouble with the database in a look-up becomes a StoreError, so that the update that asked
 * comes again. Throws ContentError where files cannot be used.
 */
export async function openCapabilities(
  capabilities: readonly Capability[],
  given: Omit<Tools, 'ask' | 'find'>,
): Promise<OpenCapabilities> {
  let replies: Replies = {}
  const finders: Finder[] = []
  const find: Finder = async (text, world) => (await Promise.all(finders.map((one) => one(text, world)))).flat()
  const ask = async <A extends Ask>({ name }: A, data: DataOf<A>, world: Parameters<Finder>[1]) => {
    const reply = replies[name]
    if (reply === undefined) throw new Error(`Nobody replies to "${name}"`)
    return (await reply.look(data, world)) as ReplyOf<A> // the reply has parsed it
  }
  const opened = []
  for (const capability of capabilities) opened.push(await capability.open({ ...given, ask, find }))
  replies = repliesByName(opened.flatMap((one) => one.replies).map((reply) => onMedium(reply, given.core)))
  finders.push(...opened.map(({ finder }) => finder))
  return {
    replies,
    find,
    documents: opened.flatMap(({ documents }) => documents),
    jobs: opened.flatMap(({ jobs }) => jobs),
  }
}

/** The makers of pictures of all capabilities. Throws when two have the same name. */
export function makersOf(capabilities: readonly Capability[]): Makers {
  const entries = capabilities.flatMap(({ makers = {} }) => Object.entries(makers))
  const twice = entries.find(([name], index) => entries.findIndex(([other]) => other === name) !== index)
  if (twice !== undefined) throw new Error(`Two capabilities both make the picture ${twice[0]}; rename one.`)
  return Object.fromEntries(entries)
}

/** What they answer to, for the check of the flows. */
export function surroundingsOf(
  capabilities: readonly Capability[],
  { replies, documents }: Pick<OpenCapabilities, 'replies' | 'documents'>,
  alsoTold: readonly string[],
): Surroundings {
  const facts = capabilities.flatMap((capability) => capability.facts ?? [])
  return {
    asks: new Set(Object.keys(replies)),
    tells: new Set([...facts.map(({ tell }) => tell.name), ...alsoTold]),
    sends: new Set(documents.map(({ send }) => send.name)),
  }
}

function onMedium(reply: Reply, core: Core): Reply {
  return { ...reply, look: (data, world) => asStoreError(core, () => reply.look(data, world)) }
}
