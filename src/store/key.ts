import { placeOf, SealError } from '../security/seal.ts'
import type { Core } from './core.ts'
import { storeError } from './errors.ts'

const name = 'key'
const place = placeOf('Meta', 'value', name)

/** Leaves a sealed word in a new database, and opens the one of an old. Throws StoreError `key` when it does not open. */
export async function checkKey({ prisma, seal, where }: Core): Promise<void> {
  const value = seal.seal('serik', place)
  // Processes that start together on a new database: the first one's word stands.
  await prisma.$executeRaw`INSERT INTO "Meta" ("name", "value") VALUES (${name}, ${value}) ON CONFLICT DO NOTHING`
  const row = await prisma.meta.findUniqueOrThrow({ where: { name } })
  try {
    seal.open(row.value, place)
  } catch (error) {
    if (error instanceof SealError) throw storeError('key', where, error)
    throw error
  }
}
