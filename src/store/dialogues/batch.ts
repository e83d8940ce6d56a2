import type { Outcome } from '../../base/group.ts'
import type { Standing } from '../../engine/ports.ts'
import type { StoreError } from '../../engine/store-error.ts'
import { type FactWriters, OvertakenError } from '../capability.ts'
import type { Core } from '../core.ts'
import { isConflict, mediumError, toStoreError } from '../errors.ts'
import { isWell } from '../medium.ts'
import { refusal } from './refused-turn.ts'
import type { Work } from './turn.ts'
import { type Written, writeBatch } from './write.ts'

/** How often a turn is tried when PostgreSQL ends a deadlock at its cost, or nobody knows why it failed. */
const tries = 3

/** What came of a turn or a mark. */
export type Done = {
  readonly isWritten: boolean
  /** What the row said of the screen until a mark with a message came; only where another process may have said it. */
  readonly before?: Standing | undefined
}

/**
 * One transaction for the batch. When it fails for what is in it, each turn is tried alone, so that only the one at
 * fault fails; when the database itself is in the way, all fail and nothing is written.
 */
export async function writeAll(core: Core, writers: FactWriters, batch: readonly Work[]): Promise<Outcome<Done>[]> {
  try {
    const written = await core.prisma.$transaction((transaction) => writeBatch(core, writers, transaction, batch))
    return batch.map((work) => ({ type: 'done', value: doneOf(work, written) }))
  } catch (error) {
    const medium = mediumError(error, core.where)
    if (medium && medium.reason !== 'unknown' && !isConflict(error)) throw medium
    return oneByOne(core, writers, batch)
  }
}

async function oneByOne(core: Core, writers: FactWriters, batch: readonly Work[]): Promise<Outcome<Done>[]> {
  const outcomes: Outcome<Done>[] = []
  for (const work of batch) outcomes.push(await alone(core, writers, work))
  return outcomes
}

async function alone(core: Core, writers: FactWriters, work: Work): Promise<Outcome<Done>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const written = await core.prisma.$transaction((transaction) => writeBatch(core, writers, transaction, [work]))
      return { type: 'done', value: doneOf(work, written) }
    } catch (error) {
      if (error instanceof OvertakenError) return { type: 'done', value: { isWritten: false } }
      const medium = mediumError(error, core.where)
      if (attempt < tries && (isConflict(error) || medium?.reason === 'unknown')) continue
      return { type: 'failed', error: await failureOf(core, work, error, medium) }
    }
  }
}

async function failureOf(core: Core, work: Work, error: unknown, medium: StoreError | undefined): Promise<Error> {
  if (work.type === 'mark') return toStoreError(error, core.where)
  const isOfTurn = medium === undefined || (medium.reason === 'unknown' && (await isWell(core)))
  return isOfTurn ? refusal(work.commit, error, core.where) : medium
}

function doneOf(work: Work, { turns, before }: Written): Done {
  if (work.type === 'turn') return { isWritten: turns.has(work.commit.dialogue.chatId) }
  return { isWritten: true, before: before.get(work.shown.chatId) }
}
