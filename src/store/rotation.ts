import { StoreError } from '../engine/store-error.ts'
import type { Core } from './core.ts'
import { isConflict } from './errors.ts'
import { Prisma } from './generated/sqlite/client.ts'
import { beginRotation, endRotation, isPresentKeyShown } from './key.ts'
import { type Columns, type Row, rowsOf } from './rows.ts'
import type { Place } from './seal.ts'
import { placeIn, type SealedTable, sealedTables } from './sealed.ts'

/** Values sealed anew with the present key, and values that neither key opens, which stay as they are. */
export type RotatedTable = { readonly table: string; readonly resealed: number; readonly unreadable: number }

/** Values in one short transaction, so that a bot beside it hardly waits. */
const sliceSize = 100
/** How often a slice is tried when PostgreSQL ends a deadlock at its cost. */
const tries = 5
/** Rounds over everything: the second finds what a bot wrote with the old key behind the first one's back. */
const rounds = 5

/**
 * Seals everything anew that is not under the present key, slice by slice, while the bot runs; begun again, it goes on.
 * `pause` is awaited after each slice. When nothing is left under the old key, the database opens with the new one alone.
 * Throws StoreError when a bot is at work that does not have both keys.
 */
export async function rotateKey(core: Core, pause: () => Promise<void>): Promise<readonly RotatedTable[]> {
  if (!(await isPresentKeyShown(core)) && (await isBotAtWork(core))) {
    throw new StoreError(
      'key',
      `A bot works with ${core.where} and does not know the new key: it could not read what is sealed with it. ` +
        'Start it again with SERIK_DATA_KEY (the new key) and SERIK_DATA_KEY_OLD (the one until now), then run this again.',
    )
  }
  await beginRotation(core) // a bot with the old key alone would take for damaged what an ended run has sealed anew
  const totals = new Map<string, RotatedTable>()
  for (let round = 1; round <= rounds; round++) {
    const found = await rotateTables(core, pause)
    for (const one of found) {
      const before = totals.get(one.table)?.resealed ?? 0
      totals.set(one.table, { ...one, resealed: before + one.resealed })
    }
    if (found.every(({ resealed }) => resealed === 0)) {
      await endRotation(core)
      return [...totals.values()]
    }
  }
  throw new StoreError(
    'key',
    `Something goes on writing to ${core.where} with the old key. Start every process with both keys and run this again.`,
  )
}

/** Values not under the present key, readable or not. */
export async function countUnrotated({ prisma, seal }: Core): Promise<number> {
  let count = 0
  for (const { table, columns } of sealedTables) {
    for (const column of columns) {
      const [row] = await prisma.$queryRaw<{ count: bigint | number }[]>`
        SELECT count(*) AS "count" FROM ${named(table)} WHERE ${otherwiseSealed(column, seal.beginning)}`
      count += Number(row?.count ?? 0)
    }
  }
  return count
}

async function isBotAtWork({ prisma, clock }: Core): Promise<boolean> {
  return (await prisma.lease.count({ where: { name: 'delivery', until: { gt: BigInt(clock.now()) } } })) > 0
}

async function rotateTables(core: Core, pause: () => Promise<void>): Promise<RotatedTable[]> {
  const found: RotatedTable[] = []
  for (const sealed of sealedTables) {
    const counts = { resealed: 0, unreadable: 0 }
    for (const column of sealed.columns) {
      for (let after: Key | undefined, isLast = false; !isLast; ) {
        const slice = await rotateSlice(core, sealed, column, after)
        counts.resealed += slice.resealed
        counts.unreadable += slice.unreadable
        ;({ last: after, isLast } = slice)
        await pause()
      }
    }
    found.push({ table: sealed.table, ...counts })
  }
  return [...found, await rotateLog(core)]
}

/** The log of deletions, which stands beside the database. */
async function rotateLog({ deletions }: Core): Promise<RotatedTable> {
  const resealed = await deletions.reseal()
  const { unreadable } = await deletions.read()
  return { table: 'log of deletions', resealed, unreadable }
}

type Key = string | bigint
type Found = Readonly<Record<string, unknown>> & { readonly key: Key; readonly value: Uint8Array }

/** The next values in the order of their rows' keys. What was written meanwhile keeps what it holds now. */
async function rotateSlice(core: Core, sealed: SealedTable, column: string, after: Key | undefined) {
  const rows = await read(core, sealed, column, after)
  const changes = rows.flatMap(({ key, value, ...row }): Row[] => {
    const anew = sealAnew(core, value, placeIn(sealed.table, column, row))
    return anew === undefined ? [] : [[typeof key === 'bigint' ? Number(key) : key, value, anew]]
  })
  const resealed = changes.length === 0 ? 0 : await write(core, sealed, column, changes)
  return {
    resealed,
    unreadable: rows.length - changes.length,
    last: rows.at(-1)?.key,
    isLast: rows.length < sliceSize,
  }
}

function read({ prisma, seal }: Core, { table, key, isOwned }: SealedTable, column: string, after: Key | undefined) {
  const onward = after === undefined ? Prisma.empty : Prisma.sql`AND ${named(key)} > ${after}`
  const owner = isOwned ? Prisma.sql`, "chatId"` : Prisma.empty
  return prisma.$queryRaw<Found[]>`
    SELECT ${named(key)} AS "key", ${named(key)}${owner}, ${named(column)} AS "value" FROM ${named(table)}
    WHERE ${otherwiseSealed(column, seal.beginning)} ${onward} ORDER BY ${named(key)} LIMIT ${sliceSize}`
}

/** undefined when neither key opens the value. */
function sealAnew({ seal }: Core, value: Uint8Array, place: Place | undefined): Uint8Array | undefined {
  if (place === undefined) return undefined
  try {
    return seal.seal(seal.open(value, place), place)
  } catch (error) {
    if (error instanceof Error && error.name === 'SealError') return undefined
    throw error
  }
}

async function write(core: Core, { table, key }: SealedTable, column: string, rows: readonly Row[]): Promise<number> {
  const columns: Columns = { key: key === 'chatId' ? 'bigint' : 'text', before: 'bytes', anew: 'bytes' }
  for (let attempt = 1; ; attempt++) {
    try {
      return await core.prisma.$executeRaw`
        UPDATE ${named(table)} SET ${named(column)} = r."anew" FROM ${rowsOf(core.provider, columns, rows)} r
        WHERE ${named(table)}.${named(key)} = r."key" AND ${named(table)}.${named(column)} = r."before"`
    } catch (error) {
      if (!isConflict(error) || attempt === tries) throw error
    }
  }
}

function otherwiseSealed(column: string, beginning: Uint8Array<ArrayBuffer>): Prisma.Sql {
  return Prisma.sql`${named(column)} IS NOT NULL AND substr(${named(column)}, 1, ${beginning.length}) <> ${beginning}`
}

/** A name of the models, never of foreign text. */
function named(name: string): Prisma.Sql {
  return Prisma.raw(`"${name}"`)
}
