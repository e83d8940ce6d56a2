import type { Commit, Shown } from '../../engine/ports.ts'
import type { FactWriters } from '../capability.ts'
import type { Core } from '../core.ts'
import { personRow } from '../people.ts'
import type { Columns, Row } from '../rows.ts'
import { placeOf } from '../seal.ts'
import { RefusedTurn, refusal } from './refused-turn.ts'
import { dialogueRow } from './row.ts'

/** A turn ready to be written: its commit, and the rows that are made of it. */
export type Turn = {
  readonly type: 'turn'
  readonly commit: Commit
  readonly dialogue: Row
  readonly person: Row | undefined
  readonly archived: readonly Row[]
}
/** A screen that was shown. */
export type Mark = { readonly type: 'mark'; readonly shown: Shown }
export type Work = Turn | Mark

export const archivedColumns = {
  id: 'text',
  chatId: 'bigint',
  frame: 'bytes',
  reason: 'text',
  at: 'bigint',
} as const satisfies Columns

/** Everything that can be made ready before the transaction, so that it is short. */
export function toTurn({ seal, newId, where }: Core, writers: FactWriters, commit: Commit): Turn {
  const { dialogue, person, archived, facts, at } = commit
  const { chatId } = dialogue
  const unknown = facts.find((fact) => !Object.hasOwn(writers, fact.name))
  if (unknown) {
    throw new RefusedTurn(`No capability of the store writes the fact ${unknown.name}; see src/capabilities/index.ts.`)
  }
  try {
    return {
      type: 'turn',
      commit,
      dialogue: dialogueRow(dialogue, at, seal),
      person: person && personRow(chatId, person, at, seal),
      archived: archived.map(({ frame, reason }) => {
        const id = newId()
        const place = placeOf('ArchivedFrame', 'frame', id, chatId)
        return [id, chatId, seal.seal(JSON.stringify(frame ?? null), place), reason, at]
      }),
    }
  } catch (error) {
    throw refusal(commit, error, where)
  }
}
