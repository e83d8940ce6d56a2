import type { Core } from '../../store/core.ts'
import { moment, readOr } from '../../store/damage.ts'

/** How far a step has come through what happens; epoch ms. */
export type Cursor = {
  /** Undefined where it has never been. */
  get(): Promise<number | undefined>
  /** Never goes back. */
  move(at: number): Promise<void>
}

export function createCursor({ prisma }: Pick<Core, 'prisma'>, name: string): Cursor {
  return {
    async get() {
      const row = await prisma.alertCursor.findUnique({ where: { name } })
      return row === null ? undefined : readOr(undefined, () => moment(row.at))
    },
    async move(at) {
      await prisma.$executeRaw`
        INSERT INTO "AlertCursor" ("name", "at") VALUES (${name}, ${BigInt(at)})
        ON CONFLICT ("name") DO UPDATE SET "at" = excluded."at" WHERE "AlertCursor"."at" < excluded."at"`
    },
  }
}

/**
 * So far each round looks back, ms: a source is read for a while under one time, and what it says is seen only when its
 * transaction has ended.
 */
export const overlap = 60 * 60_000

/** What was looked at within the overlap, so that it is not looked at in every round; forgets what is older. */
export function createSeen() {
  const seen = new Map<string, { readonly mark: string; readonly at: number }>()
  return {
    has: (id: string, mark: string) => seen.get(id)?.mark === mark,
    add(id: string, mark: string, at: number): void {
      seen.set(id, { mark, at })
    },
    forget(before: number): void {
      for (const [id, { at }] of seen) if (at < before) seen.delete(id)
    },
  }
}
export type Seen = ReturnType<typeof createSeen>
