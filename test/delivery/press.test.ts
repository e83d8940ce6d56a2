import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNotices } from '../../src/delivery/notices/notices.ts'
import { noticePress } from '../../src/delivery/press.ts'
import type { Store } from '../../src/store/open.ts'
import { loadPerson, savePerson } from '../../src/store/people.ts'
import { createSqlite, type TestDatabase, testTime } from '../support/databases.ts'
import { agreed } from '../support/people.ts'
import { toyKinds } from '../support/toy-notices.ts'

describe('a press on a notice', () => {
  let database: TestDatabase
  let store: Store
  const ids: number[] = []
  beforeAll(async () => {
    database = await createSqlite()
    store = await database.open()
    await savePerson(store, 1, agreed('kk'))
    await savePerson(store, 2, agreed('kk'))
    const kinds = ['toy.plain', 'toy.nudge', 'toy.gone', 'toy.broken']
    const common = { chatId: 1, dueAt: testTime, priority: 0 }
    const notices = createNotices(store)
    await notices.put(
      kinds.map((kind, at) => ({ ...common, key: kind, kind, values: at === 3 ? {} : { word: 'сөз' } })),
    )
    const claimed = await notices.claim({ holder: 'h', now: testTime, until: testTime, limit: 9 })
    for (const kind of kinds) ids.push(claimed.find((notice) => notice.kind === kind)?.id ?? 0)
  })
  afterAll(() => database.drop())

  const press = (notice: number, index: number, chatId = 1) => {
    const tools = {
      notices: createNotices(store),
      kinds: toyKinds,
      loadPerson: (chat: number) => loadPerson(store, chat),
    }
    return noticePress({ chatId, noticeId: ids[notice] ?? notice, index }, tools)
  }
  const stale = { type: 'other', what: 'stale' }

  test('opens the flow of its button, with what the notice was about', async () => {
    expect(await press(0, 0)).toEqual({ type: 'open', flow: 'toy', input: { word: 'сөз' } })
    expect(await press(0, 1)).toEqual({ type: 'open', flow: 'home' })
  })

  test('switches its kind off, where it can be', async () => {
    expect(await press(1, 3)).toEqual({ type: 'open', flow: 'muting', input: { mute: 'toy.nudge' } })
    expect(await press(0, 3)).toEqual(stale)
  })

  test('is stale from anybody but the recipient, for a forged number, a link or no button at all', async () => {
    expect(await press(0, 0, 2)).toEqual(stale)
    expect(await press(12_345, 0)).toEqual(stale)
    expect(await press(0, 2)).toEqual(stale)
    expect(await press(0, 99)).toEqual(stale)
  })

  test('is stale when its kind or its values are understood no more', async () => {
    expect(await press(2, 0)).toEqual(stale)
    expect(await press(3, 0)).toEqual(stale)
  })
})
