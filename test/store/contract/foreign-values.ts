import { beforeEach, describe, expect, test } from 'vitest'
import { consentVersion, newcomer, type Person, refusalLasts } from '../../../flows/common/person.ts'
import { forgetStrangers } from '../../../src/capabilities/consent/strangers.ts'
import { chatTables } from '../../../src/store/chats.ts'
import type { Store } from '../../../src/store/open.ts'
import { savePerson } from '../../../src/store/people.ts'
import { type TestDatabase, testTime } from '../../support/databases.ts'
import { countOf } from '../../support/every-table.ts'
import { writeFacts } from '../../support/sealed-rows.ts'
import { turn } from '../../support/turns.ts'

const hour = 60 * 60 * 1000
const day = 24 * hour
const now = testTime

/** Whoever has agreed to nothing does not stay for ever. */
export function strangersContract(database: () => TestDatabase): void {
  describe('forgetStrangers', () => {
    let store: Store
    let chats = 5_000
    beforeEach(async () => {
      store = await database().open()
      for (const table of chatTables) await store.prisma.$executeRawUnsafe(`DELETE FROM "${table}"`)
      return () => store.close()
    })

    const met = async (heard: number, change: Partial<Person> = {}) => {
      const chatId = ++chats
      await store.dialogues.commit(turn(chatId, 1, { at: now - heard, person: { ...newcomer('kk'), ...change } }))
      await store.prisma.person.update({ where: { chatId }, data: { updatedAt: BigInt(now - heard) } })
      return chatId
    }
    const known = async () => (await store.prisma.person.findMany()).map(({ chatId }) => Number(chatId))
    const consent = { version: consentVersion, at: 0, by: 'self' as const }

    test('forgets everything of whoever has been silent for 30 days without having agreed, and nobody else', async () => {
      const silent = await met(31 * day)
      await writeFacts(store, silent, 'құпия')
      const stay = [
        await met(29 * day),
        await met(400 * day, { consent }),
        await met(400 * day, { consent: { ...consent, version: 0 } }),
      ]
      expect(await forgetStrangers(store, now)).toBe(1)
      expect(await known()).toEqual(stay)
      for (const table of chatTables) expect([table, await countOf(store, table, silent)]).toEqual([table, 0])
    })

    test('forgets a refusal a day after its end, unless somebody goes on just then', async () => {
      await met(2 * day, { refusedAt: now - refusalLasts - 1 })
      const stay = [
        await met(2 * day, { refusedAt: now - refusalLasts + 1 }),
        await met(hour, { refusedAt: now - 2 * day }),
      ]
      expect(await forgetStrangers(store, now)).toBe(1)
      expect(await known()).toEqual(stay)
    })

    test('knows somebody as silent by their dialogue, which changes with every press', async () => {
      const chatId = await met(40 * day)
      await store.dialogues.commit(turn(chatId, 2, { at: now - hour }))
      expect(await forgetStrangers(store, now)).toBe(0)
      expect(await known()).toEqual([chatId])
    })

    test('walks over any number of people, in steps with pauses between', async () => {
      const names = Array.from({ length: 2_500 }, (_, index) => 10_000 + index)
      await store.prisma.person.createMany({
        data: names.map((chatId) => {
          const times = { createdAt: 0n, updatedAt: chatId % 2 === 0 ? 0n : BigInt(now) }
          return { chatId, language: 'kk', quietFrom: 22, quietTo: 8, muted: '[]', ...times }
        }),
      })
      let pauses = 0
      const breathe = async () => void pauses++
      expect(await forgetStrangers({ ...store, breathe }, now)).toBe(1_250)
      expect(await known()).toHaveLength(1_250)
      expect(pauses).toBeGreaterThan(2)
    })

    test('keeps whoever comes back while it looks', async () => {
      const chatId = await met(40 * day)
      await savePerson(store, chatId + 1, newcomer('kk'))
      const comesBack = new Proxy(store.prisma, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name)
          if (name !== '$transaction') return typeof value === 'function' ? value.bind(target) : value
          return async (work: Parameters<typeof target.$transaction>[0]) => {
            await store.dialogues.commit(turn(chatId, 2, { at: now }))
            return target.$transaction(work)
          }
        },
      })
      expect(await forgetStrangers({ ...store, prisma: comesBack }, now)).toBe(0)
      expect(await known()).toContain(chatId)
    })

    test('keeps whoever comes back while it waits for their row', async ({ skip }) => {
      skip(database().provider === 'sqlite', 'SQLite lets one write at a time')
      const chatId = await met(40 * day)
      const other = await database().open()
      const forgetting = await other.prisma.$transaction(async (transaction) => {
        await transaction.dialogue.update({ where: { chatId }, data: { revision: 2, updatedAt: BigInt(now) } })
        const begun = forgetStrangers(store, now)
        await expect.poll(() => waits(other), { timeout: 10_000 }).toBe(true)
        return { begun }
      })
      expect(await forgetting.begun).toBe(0)
      expect(await known()).toContain(chatId)
      expect(await store.prisma.dialogue.count({ where: { chatId } })).toBe(1)
    })
  })
}

/** Whether a statement on this database waits for another's lock. */
async function waits({ prisma }: Store): Promise<boolean> {
  const rows = await prisma.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return rows.length > 0
}
