import { beforeAll, beforeEach, expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import type { Store } from '../../../src/store/open.ts'
import { claimDatabase, type Owner, readOwner } from '../../../src/store/owner.ts'
import { savePerson } from '../../../src/store/people.ts'
import type { TestDatabase } from '../../support/databases.ts'

const bot = (id: number): Owner => ({ type: 'bot', id })
const playground: Owner = { type: 'playground' }

/** A database knows whose people it holds. */
export function ownerContract(given: () => TestDatabase): void {
  let store: Store
  beforeAll(async () => {
    store = await given().open()
  })
  beforeEach(async () => {
    await store.prisma.meta.deleteMany({ where: { name: 'owner' } })
    await store.prisma.person.deleteMany()
  })
  const meet = () => savePerson(store, 5001, newcomer('kk'))
  const refused = (words: RegExp) => ({ name: 'StoreError', reason: 'bot', message: expect.stringMatching(words) })

  test('stays with the bot that came first, whatever its token', async () => {
    await claimDatabase(store, bot(7_000_001))
    await claimDatabase(store, bot(7_000_001))
    await expect(claimDatabase(store, bot(7_000_002))).rejects.toMatchObject(
      refused(/another bot \(7000001\).*BOT_TOKEN.*DATABASE_URL/),
    )
    await expect(claimDatabase(store, playground)).rejects.toMatchObject(
      refused(/belongs to the bot 7000001.*BOT_TOKEN.*leave DATABASE_URL out/),
    )
    expect(await readOwner(store)).toBe('7000001')
  })

  test('with people from before owners were noted goes to the first bot, never to the playground', async () => {
    await meet()
    await expect(claimDatabase(store, playground)).rejects.toMatchObject(refused(/people who may be real/))
    expect(await readOwner(store)).toBeUndefined()
    await claimDatabase(store, bot(7_000_001))
    await expect(claimDatabase(store, bot(7_000_002))).rejects.toMatchObject(refused(/another bot/))
  })

  test('of the playground is refused to a bot as soon as it holds people', async () => {
    await claimDatabase(store, playground)
    await claimDatabase(store, playground)
    await meet()
    await expect(claimDatabase(store, bot(7_000_001))).rejects.toMatchObject(
      refused(/belongs to the playground.*new database/),
    )
    await claimDatabase(store, playground)
  })

  test('of the playground that holds nobody is as good as new', async () => {
    await claimDatabase(store, playground)
    await claimDatabase(store, bot(7_000_001))
    await expect(claimDatabase(store, playground)).rejects.toMatchObject(refused(/belongs to the bot 7000001/))
  })

  test('whose word is damaged is nobody’s: its bot starts, the playground stays away from people', async () => {
    await meet()
    for (const value of ['army', '', '\0\ufffd', 'playgroundx', '7000001 ']) {
      const word = { value: Buffer.from(value) }
      await claimDatabase(store, bot(7_000_001))
      await store.prisma.meta.updateMany({ where: { name: 'owner' }, data: word })
      expect(await readOwner(store)).toBeUndefined()
      await expect(claimDatabase(store, playground)).rejects.toMatchObject(refused(/people who may be real/))
      await claimDatabase(store, bot(7_000_001))
      expect(await readOwner(store)).toBe('7000001')
    }
  })

  test('goes to one of two bots that start together', async () => {
    const results = await Promise.allSettled([7_000_001, 7_000_002].map((id) => claimDatabase(store, bot(id))))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
}
