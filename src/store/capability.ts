import type { DataOf, Tell } from '../../flows/kit/contract.ts'
import type { Core, Transaction } from './core.ts'

/** One fact of a turn, on its way into its table. */
export type FactEntry<Data = unknown> = { readonly chatId: number; readonly data: Data; readonly at: number }

/**
 * What a turn was played on is no longer so: somebody else was quicker. Thrown by a writer of facts; nothing of the turn
 * is written, and it is played once more on what stands there now, so that its flow can say what has become of it.
 */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError'
}

export type FactTools = Pick<Core, 'seal' | 'newId' | 'provider' | 'deletions'> & {
  /** Epoch milliseconds of the commit. */
  readonly now: number
}

/**
 * Writes all facts of one name that a batch of turns carries, with as few statements as it can. May throw: then the batch
 * is tried again turn by turn, and only the turns at fault fail.
 */
export type WriteFacts<Data = unknown> = (
  transaction: Transaction,
  entries: readonly FactEntry<Data>[],
  tools: FactTools,
) => Promise<void>

/**
 * When the facts of a turn are written: first what changes, then the notices that speak of it, at last what forgets.
 * Within a phase capabilities come in the order of their list, and writers in that of their capability.
 */
const phases = ['change', 'notify', 'forget'] as const
type Phase = (typeof phases)[number]

export type FactWriter = { readonly tell: Tell; readonly phase: Phase; readonly write: WriteFacts }

/** What the store knows of a capability. */
export type StoredCapability = { readonly name: string; readonly facts?: readonly FactWriter[] }

/** Writers by the name of their fact, in the order in which the facts of one turn are written. */
export type FactWriters = Readonly<Record<string, WriteFacts>>

export const change = writerIn('change')
export const notify = writerIn('notify')
export const forget = writerIn('forget')

/** A writer of the phase; what a turn tells is checked before it is written. */
function writerIn(phase: Phase) {
  return <T extends Tell>(tell: T, write: WriteFacts<DataOf<T>>): FactWriter => ({
    tell,
    phase,
    write: (transaction, entries, tools) => {
      // zod knows the type, but not of this generic
      const checked = entries.map(({ data, ...entry }) => ({ ...entry, data: tell.data.parse(data) as DataOf<T> }))
      return write(transaction, checked, tools)
    },
  })
}

/** The writers of all capabilities. Throws when two record the same fact. */
export function writersOf(capabilities: readonly StoredCapability[]): FactWriters {
  const writers = capabilities.flatMap(({ facts = [] }) => facts)
  const ordered = phases.flatMap((phase) => writers.filter((writer) => writer.phase === phase))
  const names = ordered.map(({ tell }) => tell.name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`Two capabilities both record ${twice}; rename one fact.`)
  return Object.fromEntries(ordered.map(({ tell, write }) => [tell.name, write]))
}
