import { describe, expect, test } from 'vitest'
import { minuteLength as minute } from '../../../flows/common/calendar.ts'
import { seedCrowd } from '../../support/crowd.ts'
import { createPostgresql, createSqlite, hasPostgresql, testTime } from '../../support/databases.ts'
import { isLookAtAll, planOf, recordStatements } from '../../support/statements.ts'
import { kept, put } from '../vacancies/samples.ts'
import { createAlertScene } from './scene.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
/** Enough for the planners to see that a look at every row is dear. */
const crowd = { people: 60_000, finished: 10_000, due: 1_000, expired: 100, reminders: 10 }

describe.each(Object.entries(databases))('a round among many on %s', (_, create) => {
  test('looks at no table as a whole', { timeout: 300_000 }, async () => {
    const database = await create()
    try {
      const scene = await createAlertScene(database)
      await seedCrowd(scene.store, crowd, testTime)
      for (let from = 0; from < 4_000; from += 400) {
        const before = { storedAt: 0, changedAt: from + 1, newsAt: from + 1 }
        await put(scene.store, ...Array.from({ length: 400 }, (_, at) => kept(`old ${from + at}`, {}, before)))
      }
      const reviews = Array.from({ length: 4_000 }, (_, at) => ({ vacancyId: `old ${at}`, verdict: 'cleared', at: 0n }))
      await scene.store.prisma.vacancyReview.createMany({ data: reviews })
      if (database.provider === 'postgresql') await scene.store.prisma.$executeRaw`ANALYZE`
      for (const chatId of [1, 2]) {
        await scene.meets(chatId)
        await scene.looksFor(chatId, { perDay: 10 })
      }
      const news = (id: string, row = {}) => {
        const now = database.clock.now()
        return put(scene.store, kept(id, { publishedAt: now }, { storedAt: now, changedAt: now, newsAt: now, ...row }))
      }
      const { stop } = recordStatements()
      for (const id of ['a', 'b', 'c']) await news(id)
      scene.later(minute)
      expect(await scene.round()).toMatchObject({ found: 6, people: 2, told: 6 })
      await news('a', { state: 'closed', newsAt: testTime })
      scene.later(minute)
      expect(await scene.round()).toMatchObject({ withdrawn: 2 })
      await scene.tells(1, ['notice.withdraw', { keyPrefix: 'alerts:' }], ['alerts.release', null])
      scene.later(minute)
      expect(await scene.round()).toMatchObject({ people: 1 })
      // There are two cursors, however many people there are.
      const statements = stop().filter(({ sql }) => !sql.includes('AlertCursor'))
      for (const measured of [false, true]) {
        if (measured) await (await database.open({ exclusive: false })).prisma.$executeRaw`ANALYZE`
        for (const statement of statements) {
          const steps = await planOf(database, statement)
          // What a window is reckoned over are rows that were found, and no table.
          // Of vacancies there are only so many here that PostgreSQL reads them all to find a hundred.
          const looks = steps.filter(
            (step) => isLookAtAll(step) && !/^SCAN \(subquery|Seq Scan on "Vacancy" v /.test(step),
          )
          expect(looks, `${statement.sql}\n${steps.join('\n')}`).toEqual([])
        }
      }
    } finally {
      await database.drop()
    }
  })
})
