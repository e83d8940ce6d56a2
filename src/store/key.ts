import type { Core } from './core.ts'
import { storeError } from './errors.ts'
import { type DataKey, placeOf, type Seal, SealError } from './seal.ts'

/** The rows of Meta that show which key fits: one for ever, and one more while keys are changed. */
const [present, next] = ['key', 'key.next']

/** Leaves a sealed word in a new database, and opens the one of an old. Throws StoreError `key` when it does not open. */
export async function checkKey({ prisma, seal, where }: Core): Promise<void> {
  // Processes that start together on a new database: the first one's word stands.
  await prisma.$executeRaw`
    INSERT INTO "Meta" ("name", "value") VALUES (${present}, ${wordOf(seal, present)}) ON CONFLICT DO NOTHING`
  openWords(seal, await prisma.meta.findMany(), where)
}

/** Throws StoreError `key` unless the key opens every word of a database that shows which keys its rows are under. */
export function openWords(seal: Seal, rows: readonly { name: string; value: Uint8Array }[], where: string): void {
  try {
    for (const { name, value } of rows) {
      if (name === present || name === next) seal.open(value, placeOf('Meta', 'value', name))
    }
  } catch (error) {
    if (error instanceof SealError) throw storeError('key', where, error)
    throw error
  }
}

/**
 * What serves people seals with the present key at once. With two keys, a second word sees to it that the database opens
 * from now on only for programs that have both, or later the new one.
 */
export async function showPresentKey({ prisma, seal }: Core, key: DataKey): Promise<void> {
  const name = key instanceof Uint8Array ? present : next
  await prisma.$executeRaw`
    INSERT INTO "Meta" ("name", "value") VALUES (${name}, ${wordOf(seal, name)})
    ON CONFLICT ("name") DO UPDATE SET "value" = excluded."value"`
}

/** From now on the database opens only for programs that have the present key, whichever others they have. */
export async function beginRotation({ prisma, seal }: Core): Promise<void> {
  const word = { value: wordOf(seal, next) }
  await prisma.meta.upsert({ where: { name: next }, create: { name: next, ...word }, update: word })
}

/** Whether something that serves people seals with the present key. */
export async function isPresentKeyShown({ prisma, seal }: Core): Promise<boolean> {
  const rows = await prisma.meta.findMany({ where: { name: { in: [present, next] } } })
  return rows.some(({ value }) => isUnderPresentKey(seal, value))
}

/** The new key alone opens the database from now on. */
export async function endRotation({ prisma, seal }: Core): Promise<void> {
  await prisma.$transaction([
    prisma.meta.update({ where: { name: present }, data: { value: wordOf(seal, present) } }),
    prisma.meta.deleteMany({ where: { name: next } }),
  ])
}

export function isUnderPresentKey({ beginning }: Seal, value: Uint8Array): boolean {
  return Buffer.compare(value.subarray(0, beginning.length), beginning) === 0
}

function wordOf(seal: Seal, name: string) {
  return seal.seal('serik', placeOf('Meta', 'value', name))
}
