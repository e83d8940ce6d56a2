import type { Core } from './core.ts'
import { Prisma } from './generated/sqlite/client.ts'

/** A lease as one look at its row finds it. `stamp` is another one after every renewal. */
export type LeaseRow = { readonly holder: string; readonly stamp: bigint }

/** The lease under which notices are sent and jobs run. */
export const deliveryLease = 'delivery'

/** The rows of leases; each change is a compare-and-swap. */
export type LeaseRows = {
  read(): Promise<LeaseRow | undefined>
  /** Makes `holder` the holder if the row still is what was seen. `until` is for people who look at the table. */
  swap(seen: LeaseRow | undefined, holder: string, until: number): Promise<LeaseRow | undefined>
  /** Frees the lease if `holder` has it. */
  free(holder: string): Promise<void>
  /** Frees it whoever has it: only for SQLite, where a lock on the file shows that the holder is gone. */
  clear(): Promise<void>
}

export function createLeaseRows(core: Pick<Core, 'prisma' | 'provider'>, name: string): LeaseRows {
  const { prisma } = core
  return {
    read: async () => {
      const row = await readRow(core, name)
      return row === null ? undefined : { holder: row.holder, stamp: row.until }
    },
    swap: async (seen, holder, until) => {
      const wanted = BigInt(until)
      // A clock that was set back must not make two renewals look alike.
      const isAhead = seen !== undefined && wanted <= seen.stamp && isStamp(seen.stamp)
      const stamp = isAhead ? seen.stamp + 1n : wanted
      // A damaged one is never renewed, so it can be taken from its holder by name.
      const unchanged = isStamp(seen?.stamp) ? Prisma.sql`"until" = ${seen?.stamp}` : Prisma.sql`true`
      const changed =
        seen === undefined
          ? await prisma.$executeRaw`
              INSERT INTO "Lease" ("name", "holder", "until") VALUES (${name}, ${holder}, ${stamp})
              ON CONFLICT ("name") DO NOTHING`
          : await prisma.$executeRaw`
              UPDATE "Lease" SET "holder" = ${holder}, "until" = ${stamp}
              WHERE "name" = ${name} AND "holder" = ${seen.holder} AND ${unchanged}`
      return changed === 1 ? { holder, stamp } : undefined
    },
    free: async (holder) => {
      await prisma.$executeRaw`DELETE FROM "Lease" WHERE "name" = ${name} AND "holder" = ${holder}`
    },
    clear: async () => {
      await prisma.$executeRaw`DELETE FROM "Lease" WHERE "name" = ${name}`
    },
  }
}

/**
 * The row; a damaged one, which would be in the way for ever, is taken away and counts as none. Only SQLite can hold
 * such: bytes, a fraction, text that is not UTF-8. Ids are plain letters and digits.
 */
async function readRow({ prisma, provider }: Pick<Core, 'prisma' | 'provider'>, name: string) {
  if (provider === 'sqlite') {
    await prisma.$executeRaw`
      DELETE FROM "Lease" WHERE "name" = ${name}
        AND (typeof("holder") <> 'text' OR typeof("until") <> 'integer' OR "holder" GLOB '*[^ -~]*')`
  }
  return prisma.lease.findUnique({ where: { name } })
}

/** What a clock can have shown; anything else stands there for a damaged value. */
function isStamp(stamp: bigint | undefined): boolean {
  return stamp !== undefined && Number.isSafeInteger(Number(stamp))
}

/** Telegram asks for minutes, in the worst case for hours; a longer pause is a damaged one, ms. */
const longestPause = 24 * 60 * 60_000

/** A `retry_after` that is still to be obeyed: kept in the database, so that a process started anew obeys it too. */
export type Pauses = {
  /** Epoch ms until which nothing may be sent; in the past when all is well. */
  read(): Promise<number>
  extend(until: number): Promise<void>
}

export function createPauses(core: Pick<Core, 'prisma' | 'provider' | 'clock'>): Pauses {
  const { prisma, clock } = core
  const name = 'retry-after'
  return {
    read: async () => {
      const until = Number((await readRow(core, name))?.until ?? 0)
      return until <= clock.now() + longestPause ? until : 0
    },
    extend: async (until) => {
      await prisma.$executeRaw`
        INSERT INTO "Lease" ("name", "holder", "until") VALUES (${name}, 'telegram', ${BigInt(Math.ceil(until))})
        ON CONFLICT ("name") DO UPDATE SET "until" = excluded."until" WHERE "Lease"."until" < excluded."until"`
    },
  }
}
