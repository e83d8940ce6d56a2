import { beforeEach, describe, expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import { exportChat } from '../../../src/store/chats.ts'
import type { Core } from '../../../src/store/core.ts'
import type { Store } from '../../../src/store/open.ts'
import { savePerson } from '../../../src/store/people.ts'
import { countUnrotated, rotateKey } from '../../../src/store/rotation.ts'
import { placeOf } from '../../../src/store/seal.ts'
import { sealedTables } from '../../../src/store/sealed.ts'
import { type TestDatabase, testKey } from '../../support/databases.ts'
import { writeSealedRows } from '../../support/sealed-rows.ts'

const [old, key] = [testKey, Buffer.alloc(32, 8)]
const both = { key, old }
const chats = Array.from({ length: 205 }, (_, index) => index + 1)
const columns = sealedTables.flatMap((sealed) => sealed.columns).length
const atOnce = async () => {}

/** A key can be exchanged while people go on; nothing sealed is lost, and nothing stays under the old key. */
export function rotationContract(database: () => TestDatabase): void {
  describe('rotateKey', () => {
    let store: Store
    beforeEach(async () => {
      const before = await database().open({ key: both, exclusive: false })
      for (const table of [...sealedTables.map((sealed) => sealed.table), 'Meta', 'Lease'])
        await before.prisma.$executeRawUnsafe(`DELETE FROM "${table}"`)
      await before.close()
      const first = await database().open({ key: old })
      for (const chat of chats) await writeSealedRows(first, chat, `құпия ${chat}`)
      await first.close()
      store = await database().open({ key: both })
      return () => store.close()
    }, 60_000)

    const exported = async (of: Store, chat: number) => JSON.stringify(await exportChat(of, chat))
    const secrets = (text: string) => text.match(/құпия \d+/g)?.length

    test('seals everything anew, so that the new key alone opens it and the old one nothing', async () => {
      const first = await exported(store, 7)
      expect(secrets(first)).toBeGreaterThanOrEqual(columns - 1)
      expect(await countUnrotated(store)).toBe(chats.length * columns)
      const rotated = await rotateKey(store, atOnce)
      expect(rotated.reduce((sum, { resealed }) => sum + resealed, 0)).toBe(chats.length * columns)
      expect(await countUnrotated(store)).toBe(0)
      await store.close()
      const after = await database().open({ key })
      expect(await exported(after, 7)).toBe(first)
      await after.close()
      await expect(database().open({ key: old })).rejects.toMatchObject({ reason: 'key' })
      store = await database().open({ key: both })
      expect((await rotateKey(store, atOnce)).every(({ resealed }) => resealed === 0)).toBe(true)
    })

    test('lets nobody open the database with the old key alone once something seals with the new one', async () => {
      await expect(database().open({ key: old, exclusive: false })).rejects.toMatchObject({ reason: 'key' })
    })

    test('goes on where it was ended', async () => {
      let slices = 0
      const killed = rotateKey(store, async () => {
        if (++slices === 5) throw new Error('killed')
      })
      await expect(killed).rejects.toThrow('killed')
      const left = await countUnrotated(store)
      expect(left).toBeGreaterThan(0)
      expect(left).toBeLessThan(chats.length * columns)
      const rotated = await rotateKey(store, atOnce)
      expect(rotated.reduce((sum, { resealed }) => sum + resealed, 0)).toBe(left)
      expect(await countUnrotated(store)).toBe(0)
    })

    test('that is ended with no bot at work keeps out one that has the old key alone', async () => {
      await store.prisma.meta.deleteMany({ where: { name: 'key.next' } })
      const killed = rotateKey(store, () => Promise.reject(new Error('killed')))
      await expect(killed).rejects.toThrow('killed')
      await store.close()
      await expect(database().open({ key: old })).rejects.toMatchObject({ reason: 'key' })
      store = await database().open({ key: both })
      await rotateKey(store, atOnce)
      expect(await countUnrotated(store)).toBe(0)
    })

    test('never writes over what the bot wrote meanwhile', async () => {
      const say = () => savePerson(store, 3, { ...newcomer('kk'), name: 'жаңа' })
      await rotateKey(beforeFirstWrite(store, say), atOnce)
      expect(await exported(store, 3)).toContain('жаңа')
      expect(await countUnrotated(store)).toBe(0)
    })

    test('tells of what neither key opens, and leaves it as it is', async () => {
      const bytes = Buffer.from([1, 2, 3])
      await store.prisma.reminder.update({ where: { id: 'of-5' }, data: { what: bytes } })
      const rotated = await rotateKey(store, atOnce)
      expect(rotated.filter(({ unreadable }) => unreadable > 0)).toMatchObject([{ table: 'Reminder', unreadable: 1 }])
      const { what } = await store.prisma.reminder.findUniqueOrThrow({ where: { id: 'of-5' } })
      expect(Buffer.from(what)).toEqual(bytes)
      expect(await countUnrotated(store)).toBe(1)
    })

    test('does not begin beside a bot that has only the old key', async () => {
      await store.prisma.meta.deleteMany({ where: { name: 'key.next' } })
      const until = BigInt(store.clock.now() + 9_000)
      await store.prisma.lease.create({ data: { name: 'delivery', holder: 'bot', until } })
      await expect(rotateKey(store, atOnce)).rejects.toThrow(/Start it again with SERIK_DATA_KEY/)
      expect(await countUnrotated(store)).toBe(chats.length * columns)
    })

    test('lifts what the first form sealed, which another chat could still have read', async () => {
      // Sealed by the first form with the old key, as Reminder.what:of-9.
      const earlier = Buffer.from(earlierReminder, 'hex')
      await store.prisma.reminder.update({ where: { id: 'of-9' }, data: { what: earlier } })
      await rotateKey(store, atOnce)
      const { what } = await store.prisma.reminder.findUniqueOrThrow({ where: { id: 'of-9' } })
      expect(store.seal.open(what, placeOf('Reminder', 'what', 'of-9', 9))).toBe('сәлем')
      expect(() => store.seal.open(what, placeOf('Reminder', 'what', 'of-9', 10))).toThrow()
    })
  })
}

const earlierReminder = '011c43d322b7aff6e595b85cd12d68495f064c9baa2bcedc4e8d15ec7eb33b70d57d6ddc280208'

/** The same core, but somebody writes between its first look, at people, and its first statement. */
function beforeFirstWrite(core: Core, write: () => Promise<void>): Core {
  let writing: Promise<void> | undefined
  const prisma = new Proxy(core.prisma, {
    get(target, name, receiver) {
      if (name !== '$executeRaw') return Reflect.get(target, name, receiver)
      return async (...given: Parameters<typeof target.$executeRaw>) => {
        writing ??= write()
        await writing
        return target.$executeRaw(...given)
      }
    },
  })
  return { ...core, prisma }
}
