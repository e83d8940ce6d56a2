import { z } from 'zod'
import type { Core, Transaction } from '../../store/core.ts'
import type { VacancySourceModel } from '../../store/generated/sqlite/models.ts'
import type { Trouble } from './readers/source.ts'

export const outcomes = ['stored', 'changed', 'unchanged', 'merged', 'refused', 'gone'] as const
/** What became of all that one run of a source has read. */
export type Counts = Readonly<Record<(typeof outcomes)[number], number>>

export const noCounts: Counts = { stored: 0, changed: 0, unchanged: 0, merged: 0, refused: 0, gone: 0 }

/** The kinds of trouble a run may end with. */
export const troubles = [
  'blocked',
  'limited',
  'broken',
  'refused',
  'captcha',
  'robots',
  'token',
  'changedLayout',
  'shrunk',
] as const satisfies Trouble['trouble'][]

/** How a source stands. Times are epoch ms. */
export type SourceState = {
  readonly name: string
  readonly checkpoint: string | undefined
  readonly startedAt: number
  /** Undefined while its run is under way, be it that the process died in it. */
  readonly finishedAt: number | undefined
  readonly goodAt: number | undefined
  readonly nextAt: number
  readonly counts: Counts
  readonly trouble: Trouble['trouble'] | undefined
  readonly why: string | undefined
  readonly failures: number
}

/** The states of all sources that were ever read, by their names. */
export async function readStates({ prisma }: Pick<Core, 'prisma'>): Promise<ReadonlyMap<string, SourceState>> {
  const rows = await prisma.vacancySource.findMany()
  return new Map(rows.map((row) => [row.name, toState(row)]))
}

export async function readState({ prisma }: Pick<Core, 'prisma'>, name: string): Promise<SourceState | undefined> {
  const row = await prisma.vacancySource.findUnique({ where: { name } })
  return row === null ? undefined : toState(row)
}

/**
 * Whether the source still stands as `state` says, which nobody changes until the transaction has ended: a process that
 * was asleep for long may find that another has read on. SQLite has one writer at a time.
 */
export async function standsAs(
  transaction: Transaction,
  { provider }: Pick<Core, 'provider'>,
  state: SourceState,
): Promise<boolean> {
  if (provider === 'postgresql') {
    await transaction.$queryRaw`SELECT 1 AS "held" FROM "VacancySource" WHERE "name" = ${state.name} FOR UPDATE`
  }
  const row = await transaction.vacancySource.findUnique({ where: { name: state.name } })
  return row !== null && placeIn(toState(row)) === placeIn(state)
}

/** How far a run has come, as one text. */
function placeIn({ startedAt, finishedAt, checkpoint, counts }: SourceState): string {
  return JSON.stringify([startedAt, finishedAt, checkpoint, ...outcomes.map((outcome) => counts[outcome])])
}

/** Writes it over what was there before. */
export async function writeState(transaction: Transaction, state: SourceState): Promise<void> {
  const { name, checkpoint = null, trouble = null, why = null, failures } = state
  const data = {
    ...{ checkpoint, trouble, why: why === null ? null : storable(why), failures },
    startedAt: BigInt(state.startedAt),
    finishedAt: state.finishedAt === undefined ? null : BigInt(state.finishedAt),
    goodAt: state.goodAt === undefined ? null : BigInt(state.goodAt),
    nextAt: BigInt(state.nextAt),
    counts: JSON.stringify(state.counts),
  }
  await transaction.vacancySource.upsert({ where: { name }, create: { name, ...data }, update: data })
}

const longestWhy = 1_000

/** Parts of what a site said may stand in it; PostgreSQL takes neither NUL nor halves of signs. */
function storable(text: string): string {
  return text.replaceAll('\0', '').slice(0, longestWhy).toWellFormed()
}

const Count = z.int().nonnegative().default(0)
const StoredCounts = z.object({
  ...{ stored: Count, changed: Count, unchanged: Count, merged: Count, refused: Count, gone: Count },
})
const KnownTrouble = z.enum(troubles)

/** What of a row cannot be read counts as not there: a source is read anew rather than never. */
function toState({ name, checkpoint, counts, trouble, why, failures, ...times }: VacancySourceModel): SourceState {
  return {
    ...{ name, failures },
    checkpoint: checkpoint ?? undefined,
    startedAt: Number(times.startedAt),
    finishedAt: times.finishedAt === null ? undefined : Number(times.finishedAt),
    goodAt: times.goodAt === null ? undefined : Number(times.goodAt),
    nextAt: Number(times.nextAt),
    counts: StoredCounts.safeParse(parsed(counts)).data ?? noCounts,
    trouble: trouble === null ? undefined : (KnownTrouble.safeParse(trouble).data ?? 'broken'),
    why: why ?? undefined,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
