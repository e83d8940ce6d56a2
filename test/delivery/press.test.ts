import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNotices } from '../../src/delivery/notices/notices.ts'
import type { Parcel } from '../../src/delivery/ports.ts'
import { noticePress } from '../../src/delivery/press.ts'
import type { Store } from '../../src/store/open.ts'
import { loadPerson, savePerson } from '../../src/store/people.ts'
import { createSqlite, type TestDatabase, testTime } from '../support/databases.ts'
import { agreed } from '../support/people.ts'
import { toyKinds } from '../support/toy-notices.ts'
import { fact, turn } from '../support/turns.ts'

describe('a press on a notice', () => {
  let database: TestDatabase
  let store: Store
  const ids: number[] = []
  const redrawn: { parcel: Parcel; messageId: number }[] = []
  beforeAll(async () => {
    database = await createSqlite()
    store = await database.open()
    await savePerson(store, 1, agreed('kk'))
    await savePerson(store, 2, agreed('kk'))
    const kinds = ['toy.plain', 'toy.nudge', 'toy.gone', 'toy.broken', 'toy.asking']
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
      redraw: (parcel: Parcel, messageId: number) => void redrawn.push({ parcel, messageId }),
    }
    return noticePress({ chatId, noticeId: ids[notice] ?? notice, index, messageId: 7 }, tools)
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

  test('is told that it was answered, and shows it; what still makes sense goes on', async () => {
    expect(await press(4, 0)).toEqual({ type: 'open', flow: 'toy', input: { word: 'сөз' } })
    const facts = [fact('notice.answer', { keyPrefix: 'toy.ask', answer: { at: 5 } })]
    await store.dialogues.commit(turn(1, 1, { facts }))
    expect(redrawn).toEqual([])
    expect(await press(4, 0)).toEqual({ type: 'word', say: { key: 'common:text', values: { text: '5' } } })
    expect(redrawn).toMatchObject([{ messageId: 7, parcel: { chatId: 1, places: [{ noticeId: ids[4], index: 1 }] } }])
    expect(await press(4, 1)).toEqual({ type: 'open', flow: 'home' })
    expect(redrawn).toHaveLength(1)
  })

  test('works on where the answer is understood no more', async () => {
    await store.prisma.notice.updateMany({ where: { kind: 'toy.asking' }, data: { answer: '{"at":"old"}' } })
    expect(await press(4, 0)).toEqual({ type: 'open', flow: 'toy', input: { word: 'сөз' } })
  })

  test('is stale when its kind or its values are understood no more', async () => {
    expect(await press(2, 0)).toEqual(stale)
    expect(await press(3, 0)).toEqual(stale)
  })
})
