import { afterEach, beforeEach, expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import { createConsentCode } from '../../../src/capabilities/consent/codes.ts'
import { strangersJob } from '../../../src/capabilities/consent/job.ts'
import type { Store } from '../../../src/store/open.ts'
import { savePerson } from '../../../src/store/people.ts'
import { createSqlite, type TestDatabase, testTime } from '../../support/databases.ts'

const day = 24 * 60 * 60 * 1000
const { signal } = new AbortController()
let database: TestDatabase
let store: Store

beforeEach(async () => {
  database = await createSqlite()
  store = await database.open()
})
afterEach(() => database.drop())

test('codes go when they have expired, and strangers when they have been silent for 30 days', async () => {
  await createConsentCode(store, { kind: 'guardian', days: 29, uses: 1 })
  await savePerson(store, 1, newcomer('kk'))
  const { run } = strangersJob(store)
  expect(await run({ now: testTime + 28 * day, signal })).toEqual({ codes: 0, strangers: 0 })
  expect(await run({ now: testTime + 29 * day, signal })).toEqual({ codes: 1, strangers: 0 })
  expect(await run({ now: testTime + 31 * day, signal })).toEqual({ codes: 0, strangers: 1 })
  expect(await store.prisma.person.count()).toBe(0)
})
