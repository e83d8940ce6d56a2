import type { Metric } from 'prom-client'
import type { Surroundings } from '../../flows/kit/compile.ts'
import type { Ask, DataOf, ReplyOf } from '../../flows/kit/contract.ts'
import { Hit } from '../../flows/search/contract.ts'
import { createReadOnce } from '../base/read-once.ts'
import type { Makers } from '../charts/charts.ts'
import { type Replies, type Reply, repliesByName } from '../engine/reply.ts'
import { concernsOne, StoreError } from '../engine/store-error.ts'
import type { Job } from '../schedule/schedule.ts'
import type { Core } from '../store/core.ts'
import { asStoreError } from '../store/medium.ts'
import type { DocumentMaker } from '../telegram/ports.ts'
import type { Capability, Finder, Tools } from './capability.ts'
import type { Section } from './export.ts'
import { nothingOutside } from './outside.ts'

/** All that capabilities do with an open store. */
export type OpenCapabilities = {
  readonly replies: Replies
  readonly documents: readonly DocumentMaker[]
  readonly jobs: readonly Job[]
  /** Figures for `/metrics`. */
  readonly metrics: readonly Metric[]
  readonly find: Finder
}

/**
 * Opens them in their order. Trouble with the database in a look-up becomes a StoreError, so that the update that asked
 * comes again. Throws ContentError where files cannot be used, and an Error where two of them do the same.
 */
export async function openCapabilities(
  capabilities: readonly Capability[],
  given: Omit<Tools, 'ask' | 'find' | 'sections' | Optional> & Partial<Pick<Tools, Optional>>,
): Promise<OpenCapabilities> {
  let replies: Replies = {}
  const finders: Finder[] = []
  const sections: Section[] = []
  const find: Finder = async (text, world) => (await Promise.all(finders.map((one) => one(text, world)))).flat()
  const ask = async <A extends Ask>({ name }: A, data: DataOf<A>, world: Parameters<Finder>[1]) => {
    const reply = replies[name]
    if (reply === undefined) throw new Error(`Nobody replies to "${name}"`)
    return (await reply.look(data, world)) as ReplyOf<A> // the reply has parsed it
  }
  const opened = []
  const { outside = nothingOutside, read = createReadOnce(given.files), botName = '' } = given
  for (const capability of capabilities)
    opened.push(await capability.open({ ...given, outside, read, botName, ask, find, sections: () => sections }))
  replies = repliesByName(opened.flatMap((one) => one.replies).map((reply) => onMedium(reply, given.core)))
  finders.push(...opened.map(({ finder }) => bearable(finder, given)))
  sections.push(...opened.flatMap((one) => one.sections))
  const documents = opened.flatMap((one) => one.documents)
  const jobs = opened.flatMap((one) => one.jobs)
  refuseTwins(
    'make the document',
    documents.map(({ send }) => send.name),
  )
  refuseTwins(
    'tell of the table',
    sections.map(({ table }) => table),
  )
  refuseTwins(
    'run the job',
    jobs.map(({ name }) => name),
  )
  return { replies, find, documents, jobs, metrics: opened.flatMap((one) => one.metrics) }
}

/** What stands for itself where nothing is given. */
type Optional = 'outside' | 'read' | 'botName'

/** The makers of pictures of all capabilities. Throws when two have the same name. */
export function makersOf(capabilities: readonly Capability[]): Makers {
  const entries = capabilities.flatMap(({ makers = {} }) => Object.entries(makers))
  refuseTwins(
    'make the picture',
    entries.map(([name]) => name),
  )
  return Object.fromEntries(entries)
}

function refuseTwins(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`Two capabilities both ${what} ${twice}; rename one.`)
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

/** A finder that fails finds nothing, and takes nobody else's hits away; while the database is away, the text comes again. */
function bearable(finder: Finder, { core, log }: Pick<Tools, 'core' | 'log'>): Finder {
  return async (text, world) => {
    try {
      const hits = await asStoreError(core, () => finder(text, world))
      const usable = hits.filter((hit) => Hit.safeParse(hit).success)
      if (usable.length < hits.length)
        log.error({ hits: hits.length - usable.length }, 'Hits of another shape are left out')
      return usable
    } catch (error) {
      if (error instanceof StoreError && !concernsOne(error)) throw error
      log.error({ error }, 'A finder of the search failed; it found nothing')
      return []
    }
  }
}

function onMedium(reply: Reply, core: Core): Reply {
  return { ...reply, look: (data, world) => asStoreError(core, () => reply.look(data, world)) }
}
