import type { Command } from 'commander'
import type { Metric } from 'prom-client'
import type { FlowContent } from '../../flows/index.ts'
import type { Ask, DataOf, ReplyOf } from '../../flows/kit/contract.ts'
import type { Flow } from '../../flows/kit/flow.ts'
import type { Hit } from '../../flows/search/contract.ts'
import type { Log } from '../base/log.ts'
import type { ReadOnce } from '../base/read-once.ts'
import type { Makers } from '../charts/charts.ts'
import type { Config } from '../config.ts'
import type { World } from '../engine/ports.ts'
import type { Reply } from '../engine/reply.ts'
import type { WordsBook } from '../i18n/words.ts'
import type { Job } from '../schedule/schedule.ts'
import type { StoredCapability } from '../store/capability.ts'
import type { Core } from '../store/core.ts'
import type { DocumentMaker } from '../telegram/ports.ts'
import type { Section } from './export.ts'
import type { CountFigures } from './figures.ts'
import type { Operator } from './operator.ts'
import type { Outside } from './outside.ts'

/** What a capability works with once the store is open. */
export type Tools = {
  readonly core: Core
  readonly log: Pick<Log, 'error'>
  /** Root folder of the project, or of one laid out like it, with a trailing slash. */
  readonly files: URL
  /** Reads it, once for all that need the same: `read(readCatalogue)`. */
  readonly read: ReadOnce
  readonly content: FlowContent
  readonly flows: readonly Flow[]
  readonly words: WordsBook
  /** User name of the bot, without the `@`; links into it are made with it. */
  readonly botName: string
  /** What may be asked of the net. */
  readonly outside: Outside
  /** Asks another capability. */
  ask<A extends Ask>(ask: A, data: DataOf<A>, world: World): Promise<ReplyOf<A>>
  /** What all capabilities find in a text. */
  find: Finder
  /** What all capabilities tell of a chat; complete when all are open. */
  sections(): readonly Section[]
}

/** What of a subject fits a text, the best first. It serves the search of a chat and inline queries. */
export type Finder = (text: string, world: World) => Promise<readonly Hit[]>

/** What a check for `doctor` found: fine, or what is wrong and what to do. */
export type Finding = { readonly name: string; readonly fine: boolean; readonly text: string }

/** What a check has to look at. */
export type CheckupTools = {
  /** Root folder of the project, with a trailing slash. */
  readonly files: URL
  readonly config: Config
}

/**
 * What one subject of Serik looks up, records and does on its own: one folder, one line in the list. `Own` is what
 * `load` makes and the other parts share.
 */
export type CapabilityParts<Own> = StoredCapability & {
  /** Reads the subject's files, puts into tables what belongs there, and makes what its other parts share. */
  readonly load?: (tools: Tools) => Promise<Own>
  /** Look-ups. */
  readonly asks?: (own: Own, tools: Tools) => readonly Reply[]
  /** Documents that flows hand over. */
  readonly documents?: (own: Own, tools: Tools) => readonly DocumentMaker[]
  /** Hits for free text. */
  readonly finds?: (own: Own, tools: Tools) => Finder
  /** What it keeps of a person, put into words on the page they take with them. */
  readonly exports?: (own: Own, tools: Tools) => readonly Section[]
  /** What it does on its own, at times. */
  readonly jobs?: (own: Own, tools: Tools) => readonly Job[]
  /** Pictures of its own, by the name that screens ask for them with. */
  readonly makers?: Makers
  /** Checks the subject's files for `doctor` and for the start; says in some words what there is. Throws a ContentError. */
  readonly check?: (read: ReadOnce) => Promise<string>
  /** Checks for `doctor` alone, of what is outside: they may take a while. */
  readonly checkups?: (tools: CheckupTools) => Promise<readonly Finding[]>
  /** Figures of its own for `/metrics`, in no registry yet; their names begin with `serik_`. */
  readonly metrics?: (own: Own, tools: Tools) => readonly Metric[]
  /** Counts for the operator's `stats`. */
  readonly figures?: CountFigures
  /** Commands of the operator's tool; loads what only they need. */
  readonly commands?: (program: Command, operator: Operator) => void | Promise<void>
}

/** A capability as the rest of the program sees it: what its parts share stays inside. */
export type Capability = StoredCapability &
  Pick<CapabilityParts<never>, 'makers' | 'check' | 'checkups' | 'figures' | 'commands'> & {
    /** Loads it on an open store. */
    open(tools: Tools): Promise<Opened>
  }

export type Opened = {
  readonly replies: readonly Reply[]
  readonly documents: readonly DocumentMaker[]
  readonly finder: Finder
  readonly sections: readonly Section[]
  readonly jobs: readonly Job[]
  readonly metrics: readonly Metric[]
}

/** Declares a capability; its parts share what `load` makes, or nothing. */
export function defineCapability<Own = void>(parts: CapabilityParts<Own>): Capability {
  const { load, asks, documents, finds, exports, jobs, metrics, ...rest } = parts
  return {
    ...rest,
    async open(tools) {
      const own = (await load?.(tools)) as Own // without a loader the parts share nothing, by their type
      return {
        replies: asks?.(own, tools) ?? [],
        documents: documents?.(own, tools) ?? [],
        finder: finds?.(own, tools) ?? (async () => []),
        sections: exports?.(own, tools) ?? [],
        jobs: jobs?.(own, tools) ?? [],
        metrics: metrics?.(own, tools) ?? [],
      }
    },
  }
}
