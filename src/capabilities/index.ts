import * as notices from '../delivery/notices/put.ts'
import type { Answerer } from '../engine/ports.ts'
import type { Capability, Core, FactWriters } from '../store/core.ts'
import { asStoreError } from '../store/medium.ts'
import * as people from '../store/people.ts'
import * as consent from './consent/codes.ts'
import * as professions from './professions/catalogue.ts'
import * as reminders from './reminders/rows.ts'
import * as surveys from './survey/attempts.ts'

/** Every capability that flows may tell or ask; a new one is one module and one line. `people` forgets, so it comes last. */
// `reminders` stands before `notices`: a change waits for a job that tells the same row, then withdraws what it put.
const capabilities: readonly Capability[] = [consent, surveys, professions, reminders, notices, people]

/** The writers of all facts, in the order in which the facts of one turn are written. */
export const factWriters: FactWriters = merge(capabilities.map((capability) => capability.facts ?? {}))

/** The names flows may `tell`. */
export const factNames: readonly string[] = Object.keys(factWriters)

/** The look-ups of all capabilities on one open database. Trouble with the database is a StoreError: it can be retried. */
export function asksOf(core: Core): Readonly<Record<string, Answerer>> {
  const answerers = merge(capabilities.map((capability) => capability.asks?.(core) ?? {}))
  return Object.fromEntries(Object.entries(answerers).map(([name, answerer]) => [name, told(answerer, core)]))
}

function told(answerer: Answerer, core: Core): Answerer {
  return (data, world) => asStoreError(core, () => answerer(data, world))
}

function merge<T>(parts: readonly Readonly<Record<string, T>>[]): Readonly<Record<string, T>> {
  const entries = parts.flatMap((part) => Object.entries(part))
  const twice = entries.find(([name], index) => entries.findIndex(([other]) => other === name) !== index)
  if (twice) throw new Error(`Two capabilities of the store both claim ${twice[0]}; rename one.`)
  return Object.fromEntries(entries)
}
