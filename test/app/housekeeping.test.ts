import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newcomer } from '../../flows/common/person.ts'
import { backupJob, retentionJob, showUnshownJob } from '../../src/app/housekeeping.ts'
import { createNotices } from '../../src/delivery/notices/notices.ts'
import type { Store } from '../../src/store/open.ts'
import { createSqlite, type TestDatabase, testKey, testTime } from '../support/databases.ts'
import { turn } from '../support/turns.ts'

const day = 24 * 60 * 60 * 1000
const { signal } = new AbortController()

let database: TestDatabase
let store: Store
beforeEach(async () => {
  database = await createSqlite()
  store = await database.open()
})
afterEach(() => database.drop())

describe('retention', () => {
  test('deletes what is long over and nothing that waits', async () => {
    const notices = createNotices(store)
    const common = { chatId: 1, kind: 'toy.word', dueAt: testTime, priority: 0, values: null }
    await notices.put(['over', 'waits'].map((key) => ({ ...common, key })))
    const claimed = await notices.claim({ holder: 'h', now: testTime, until: testTime, limit: 9 })
    const over = claimed.find(({ key }) => key === 'over')?.id ?? 0
    await notices.settle([{ id: over, outcome: 'sent', messageId: 1, tried: true, finishedAt: testTime }])
    await store.pictures.put('old', 'file')
    const { run } = retentionJob(store)
    expect(await run({ now: testTime + 29 * day, signal })).toEqual({ notices: 0, pictures: 0 })
    expect(await run({ now: testTime + 91 * day, signal })).toEqual({ notices: 1, pictures: 0 })
    expect(await run({ now: testTime + 366 * day, signal })).toEqual({ notices: 0, pictures: 1 })
    expect((await store.prisma.notice.findMany()).map(({ key }) => key)).toEqual(['waits'])
  })
})

describe('backup', () => {
  test('writes one checked copy a night and keeps as many as are wanted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'serik-backups-'))
    const { run } = backupJob({ databaseUrl: database.url, dataKey: testKey, folder })
    for (let night = 0; night < 9; night++) await run({ now: testTime + night * day, signal })
    const names = readdirSync(folder)
    expect(names.at(-1)).toMatch(/^serik-[0-9a-f]{8}-2026-03-09T12-00-00Z\.db$/)
    // Seven days, and 1 March as the newest of the week before.
    expect(names).toHaveLength(8)
    rmSync(folder, { recursive: true })
  })
})

describe('backup at a stop', () => {
  test('ends at once, leaves nothing half done, and is no fault', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'serik-backups-'))
    const stopping = new AbortController()
    const { run } = backupJob({ databaseUrl: database.url, dataKey: testKey, folder })
    const running = run({ now: testTime, signal: stopping.signal })
    stopping.abort()
    expect(await running).toEqual({ interrupted: 1 })
    expect(readdirSync(folder)).toEqual([])
    rmSync(folder, { recursive: true })
  })
})

describe('show-unshown', () => {
  test('shows what has been unshown for more than a minute, and only that', async () => {
    const person = newcomer('kk')
    await store.dialogues.commit(turn(1, 1, { at: testTime - 61_000, person }))
    await store.dialogues.commit(turn(2, 1, { at: testTime - 59_000, person }))
    await store.dialogues.commit(turn(3, 1, { at: testTime - 90_000, person }))
    await store.dialogues.markShown({ chatId: 3, revision: 1 })
    const shown: number[] = []
    const take = async ({ chatId }: { chatId: number }) => {
      shown.push(chatId)
      return { person, shown: Promise.resolve() }
    }
    expect(await showUnshownJob(store, { take }).run({ now: testTime, signal })).toEqual({ shown: 1, failed: 0 })
    expect(shown).toEqual([1])
  })

  test('shows those after a chat whose row is damaged', async () => {
    const person = newcomer('kk')
    for (const id of [4, 5]) await store.dialogues.commit(turn(id, 1, { at: testTime - 61_000 - id, person }))
    const take = async ({ chatId }: { chatId: number }) => {
      if (chatId === 5) throw new Error('damaged')
      return { person, shown: Promise.resolve() }
    }
    const report = await showUnshownJob(store, { take }).run({ now: testTime, signal })
    expect(report).toMatchObject({ failed: 1 })
    expect(report.shown).toBeGreaterThan(0)
  })
})
