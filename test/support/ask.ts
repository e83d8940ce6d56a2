import type { Ask, DataOf, ReplyOf } from '../../flows/kit/contract.ts'
import { createLog } from '../../src/base/log.ts'
import type { Capability } from '../../src/capabilities/capability.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { openCapabilities } from '../../src/capabilities/open.ts'
import { readInstruments } from '../../src/capabilities/survey/instruments.ts'
import { root } from '../../src/config.ts'
import type { World } from '../../src/engine/ports.ts'
import type { Core } from '../../src/store/core.ts'
import { readWords } from './words.ts'

/** The replies on an open store, as the bot has them. */
export async function repliesOn(core: Core, chosen?: readonly Capability[]) {
  return (await openedOn(core, chosen)).replies
}

/** The capabilities on an open store, as the bot has them; the catalogue is left as it is, unless it is asked for. */
export async function openedOn(core: Core, chosen: readonly Capability[] = withoutCatalogue) {
  const content = { instruments: await readInstruments(new URL('flows/survey/instruments/', root)) }
  return openCapabilities(chosen, {
    core,
    log: createLog('silent'),
    files: root,
    content,
    flows: [],
    words: await readWords(),
  })
}

/** Asks as a flow does. */
export async function ask<A extends Ask>({ name }: A, data: DataOf<A>, world: World, core: Core): Promise<ReplyOf<A>> {
  const reply = (await repliesOn(core))[name]
  if (reply === undefined) throw new Error(`nobody replies to ${name}`)
  return (await reply.look(data, world)) as ReplyOf<A> // the reply has parsed it
}

const withoutCatalogue = capabilities.filter(({ name }) => name !== 'professions')
