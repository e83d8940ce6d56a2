import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newcomer } from '../../flows/common/person.ts'
import { deletionsJob } from '../../src/app/deletions.ts'
import type { Store } from '../../src/store/open.ts'
import { createSqlite, type TestDatabase, testTime } from '../support/databases.ts'
import { fact, turn } from '../support/turns.ts'

const { signal } = new AbortController()
/** Values that stand unsealed in a row, and the number of the chat as SQLite writes test. */
const marker = 'MARKER-OF-THE-DELETED'
const chatId = 0x5e41c0de1f
const traces = [Buffer.from(marker), Buffer.from('5e41c0de1f', 'hex'), Buffer.from(String(chatId))]

let database: TestDatabase
let store: Store
beforeEach(async () => {
  database = await createSqlite()
  store = await database.open()
})
afterEach(() => database.drop())

/** The names of the files beside the database in which something of the deleted can be read. */
function filesWithTraces(): string[] {
  const folder = dirname(database.deletionLog)
  return readdirSync(folder).filter((name) => {
    const bytes = readFileSync(join(folder, name))
    return traces.some((trace) => bytes.includes(trace))
  })
}

test('leaves no byte of the deleted in the database, its side files or the log of deletions', async () => {
  const archived = Array.from({ length: 40 }, (_, index) => ({ frame: null, reason: `${marker} ${index}`.repeat(60) }))
  await store.dialogues.commit(turn(chatId, 1, { person: newcomer('kk'), archived }))
  await store.prisma.$executeRaw`UPDATE "ArchivedFrame" SET "reason" = ${marker}`
  const { run } = deletionsJob(store)
  await run({ now: testTime, signal })
  expect(filesWithTraces()).toContain('serik.db')
  await store.dialogues.commit(turn(chatId, 2, { facts: [fact('person.forget', null)] }))
  expect(await run({ now: testTime, signal })).toEqual({ lines: 0, rows: 0, emptied: 1 })
  expect(filesWithTraces()).toEqual([])
})
