import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minuteLength as minute } from '../../../flows/common/calendar.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { failingAt, Killed } from '../../support/failing.ts'
import { kept, put } from '../vacancies/samples.ts'
import { type AlertScene, createAlertScene, idsOf } from './scene.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }

describe.each(Object.entries(databases))('a round killed at any of its statements on %s', (_, create) => {
  let database: TestDatabase
  let scene: AlertScene
  beforeAll(async () => {
    database = await create()
    scene = await createAlertScene(database)
  })
  afterAll(() => database.drop())

  test('tells nobody twice and forgets nobody', { timeout: 120_000 }, async () => {
    // Each statement takes its time there, and they are the same.
    const step = database.provider === 'postgresql' ? 4 : 1
    let isOver = false
    for (let nth = 1; !isOver; nth += step) {
      await scene.clear()
      database.clock.time = testTime
      for (const chatId of [1, 2]) await scene.meets(chatId)
      await scene.looksFor(1, { perDay: 10 })
      await scene.looksFor(2, { filter: { professions: ['welder'] }, rhythm: 'daily', hour: 18 })
      const news = (id: string, row = {}) => {
        const now = database.clock.now()
        const times = { storedAt: now, changedAt: now, newsAt: now }
        return put(scene.store, kept(id, { professions: [id], publishedAt: now }, { ...times, ...row }))
      }
      await news('cook')
      await news('welder')
      await news('waiter')
      scene.later(minute)
      // One notice waits, out of which something has to be taken; something new has to be told.
      await scene.round()
      await news('waiter', { state: 'closed', newsAt: testTime })
      await news('tailor')
      database.clock.time = testTime + 60 * minute
      const { core } = failingAt(scene.store, nth)
      isOver = await scene.round(core).then(
        () => true,
        (error) => {
          if (!(error instanceof Killed)) throw error
          return false
        },
      )
      scene.takesOver()
      scene.later(minute)
      await scene.round()
      await scene.round()
      const sorted = async (chatId: number) => idsOf(await scene.told(chatId)).map((ids) => [...ids].sort())
      expect({ nth, told: await sorted(1) }).toEqual({ nth, told: [['cook', 'welder'], ['tailor']] })
      expect({ nth, told: await sorted(2) }).toEqual({ nth, told: [['welder']] })
      const told = await scene.store.prisma.alert.findMany({ where: { toldAt: { not: null } } })
      expect(told.map(({ vacancyId }) => vacancyId).sort()).toEqual(['cook', 'tailor', 'welder', 'welder'])
    }
    expect(isOver).toBe(true)
  })
})
