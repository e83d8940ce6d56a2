import type { Core } from './core.ts'
import { mediumError } from './errors.ts'

/** How often work is tried that fails in a way nobody knows. */
const tries = 3

/**
 * Does the work; trouble with the database becomes a StoreError, so that the update that asked for it comes again. Work
 * that fails in an unknown way is done again, so it must bear that.
 */
export async function asStoreError<T>(core: Pick<Core, 'prisma' | 'where'>, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const medium = mediumError(error, core.where)
      if (medium?.reason !== 'unknown') throw medium ?? error
      if (attempt === tries) throw (await isWell(core)) ? error : medium
    }
  }
}

/** Rejects when nothing can be read. A statement that touches no page is answered whatever became of the file. */
export async function ping({ prisma }: Pick<Core, 'prisma'>): Promise<void> {
  await prisma.$queryRaw`SELECT "name" FROM "Meta" LIMIT 1`
}

/**
 * Whether the database takes a write at this moment. After an error of unknown kind it tells whose fault that was: an
 * update that nobody can ever write must not be taken again for ever, one that met a sick database must.
 */
export async function isWell({ prisma }: Pick<Core, 'prisma'>): Promise<boolean> {
  const value = Buffer.alloc(1)
  try {
    await prisma.$executeRaw`
      INSERT INTO "Meta" ("name", "value") VALUES ('probe', ${value})
      ON CONFLICT ("name") DO UPDATE SET "value" = excluded."value"`
    return true
  } catch {
    return false
  }
}
