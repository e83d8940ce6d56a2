import { beforeAll, describe, expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import type { Store } from '../../../src/store/open.ts'
import { placeOf } from '../../../src/store/seal.ts'
import type { TestDatabase } from '../../support/databases.ts'
import { dialogue, fact, turn } from '../../support/turns.ts'

/** How dialogues are kept, whatever the database. */
export function dialoguesContract(given: () => TestDatabase): void {
  describe('dialogues', () => {
    let store: Store
    let next = 1_000
    const chat = () => ++next
    beforeAll(async () => {
      store = await given().open()
    })

    test('knows nothing of a chat never seen', async () => {
      expect(await store.dialogues.load(chat())).toEqual({ dialogue: undefined, person: undefined })
    })

    test('gives back what a turn wrote', async () => {
      const id = chat()
      const said = { name: 'Сәуле', region: '75', ageBand: '14-15', look: 'dark' } as const
      const person = { ...newcomer('ru'), ...said, muted: ['digest'] }
      const message = { id: 55, kind: 'picture' as const, keepsake: 'result' }
      expect(
        await store.dialogues.commit({ ...turn(id, 1, { person }), dialogue: { ...dialogue(id, 1), message } }),
      ).toBe(true)
      expect(await store.dialogues.load(id)).toEqual({ dialogue: { ...dialogue(id, 1), message }, person })
    })

    test('knows a keepsake that has been shown by its name, and a picture that is none', async () => {
      const id = chat()
      await store.dialogues.commit(turn(id, 1))
      for (const message of [
        { id: 5, kind: 'picture', keepsake: 'card' } as const,
        { id: 6, kind: 'picture' } as const,
      ]) {
        await store.dialogues.markShown({ chatId: id, revision: 1, message })
        expect((await store.dialogues.load(id)).dialogue?.message).toEqual(message)
      }
    })

    test('keeps chats apart that are loaded together, a group with a negative id among them', async () => {
      const ids = [chat(), chat(), -chat()]
      await Promise.all(ids.map((id) => store.dialogues.commit(turn(id, 1))))
      const loaded = await Promise.all(ids.map((id) => store.dialogues.load(id)))
      expect(loaded.map((one) => one.dialogue?.chatId)).toEqual(ids)
    })

    test('refuses a turn whose revision has been taken, and a repeated one', async () => {
      const id = chat()
      await store.dialogues.commit(turn(id, 1))
      expect(await store.dialogues.commit(turn(id, 2))).toBe(true)
      expect(await store.dialogues.commit(turn(id, 2))).toBe(false)
      expect(await store.dialogues.commit(turn(id, 4))).toBe(false)
      expect(await store.dialogues.commit(turn(id, 1))).toBe(false)
      expect((await store.dialogues.load(id)).dialogue?.revision).toBe(2)
    })

    test('begins a chat at revision 1 only', async () => {
      const id = chat()
      expect(await store.dialogues.commit(turn(id, 3))).toBe(false)
      expect((await store.dialogues.load(id)).dialogue).toBeUndefined()
    })

    test('writes nothing of a refused turn: no person, no fact, no archived frame', async () => {
      const id = chat()
      const attempt = { attempt: `refused-${id}`, instrument: 'riasec', form: 'quick', answers: { a: 1 } }
      const refused = turn(id, 2, {
        person: newcomer('en'),
        facts: [fact('survey.answer', attempt)],
        archived: [{ frame: {}, reason: 'unknown flow' }],
      })
      expect(await store.dialogues.commit(refused)).toBe(false)
      expect((await store.dialogues.load(id)).person).toBeUndefined()
      expect(await store.prisma.surveyAttempt.count({ where: { chatId: id } })).toBe(0)
      expect(await store.prisma.archivedFrame.count({ where: { chatId: id } })).toBe(0)
    })

    test('lets exactly one of the turns of a chat win that are committed at once', async () => {
      const id = chat()
      await store.dialogues.commit(turn(id, 1))
      const results = await Promise.all([1, 2, 3].map(() => store.dialogues.commit(turn(id, 2))))
      expect(results.filter(Boolean)).toHaveLength(1)
    })

    test('writes 1,200 chats at once', async () => {
      const ids = Array.from({ length: 1_200 }, chat)
      const person = newcomer('kk')
      expect(await Promise.all(ids.map((id) => store.dialogues.commit(turn(id, 1, { person }))))).not.toContain(false)
      const loaded = await Promise.all(ids.map((id) => store.dialogues.load(id)))
      expect(loaded.every((one) => one.dialogue?.revision === 1 && one.person?.language === 'kk')).toBe(true)
    })

    test('fails one bad fact alone, and writes the turns beside it', async () => {
      const [good, bad, other] = [chat(), chat(), chat()]
      const answers = (id: number) => ({ attempt: `a-${id}`, instrument: 'riasec', form: 'quick', answers: { a: 1 } })
      const results = await Promise.allSettled([
        store.dialogues.commit(turn(good, 1, { facts: [fact('survey.answer', answers(good))] })),
        store.dialogues.commit(turn(bad, 1, { facts: [fact('survey.answer', { attempt: 7 })] })),
        store.dialogues.commit(turn(other, 1)),
      ])
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(results[1]).toMatchObject({ reason: { name: 'RefusedTurn' } })
      expect(String((results[1] as PromiseRejectedResult).reason)).toContain(`chat ${bad}`)
      expect((await store.dialogues.load(bad)).dialogue).toBeUndefined()
      expect((await store.dialogues.load(good)).dialogue?.revision).toBe(1)
      expect(await store.prisma.surveyAttempt.count({ where: { chatId: good } })).toBe(1)
    })

    test('says which fact has no writer', async () => {
      const refused = store.dialogues.commit(turn(chat(), 1, { facts: [fact('moon.shine', {})] }))
      await expect(refused).rejects.toThrow('moon.shine')
    })

    test('knows which revision was shown, and by which message', async () => {
      const id = chat()
      await store.dialogues.commit(turn(id, 1))
      expect(await store.dialogues.unshown(10_000)).toContain(id)
      const message = { id: 9, kind: 'text' as const }
      await store.dialogues.markShown({ chatId: id, revision: 1, message })
      expect(await store.dialogues.unshown(10_000)).not.toContain(id)
      expect((await store.dialogues.load(id)).dialogue).toMatchObject({ shown: 1, message })
    })

    test('keeps the living message when a mark has none, and ignores a mark older than the last', async () => {
      const id = chat()
      const message = { id: 9, kind: 'text' as const }
      await store.dialogues.commit(turn(id, 1))
      await store.dialogues.commit(turn(id, 2))
      await store.dialogues.markShown({ chatId: id, revision: 1, message })
      await store.dialogues.markShown({ chatId: id, revision: 2 })
      await store.dialogues.markShown({ chatId: id, revision: 1, message: { id: 3, kind: 'text' } })
      expect((await store.dialogues.load(id)).dialogue).toMatchObject({ shown: 2, message })
    })

    test('does not lose a mark to a turn that was loaded before it', async () => {
      const id = chat()
      const message = { id: 9, kind: 'text' as const }
      await store.dialogues.commit(turn(id, 1))
      await Promise.all([
        store.dialogues.markShown({ chatId: id, revision: 1, message }),
        store.dialogues.commit(turn(id, 2)), // still says shown: 0 and no message
      ])
      expect((await store.dialogues.load(id)).dialogue).toMatchObject({ revision: 2, shown: 1, message })
    })

    test('keeps the later message of one revision, whatever a turn says that was loaded before it was sent', async () => {
      const id = chat()
      const message = (of: number) => ({ id: of, kind: 'text' as const })
      await store.dialogues.commit(turn(id, 1))
      await store.dialogues.markShown({ chatId: id, revision: 1, message: message(9) })
      await store.dialogues.markShown({ chatId: id, revision: 1, message: message(12) }) // shown again, below
      await store.dialogues.commit({ ...turn(id, 2), dialogue: { ...dialogue(id, 2), shown: 1, message: message(9) } })
      const other = await given().open({ exclusive: false })
      expect((await other.dialogues.load(id)).dialogue).toMatchObject({ shown: 1, message: message(12) })
    })

    test('tells a process that marks a new message what another has put on record before', async () => {
      const id = chat()
      const message = (of: number) => ({ id: of, kind: 'text' as const })
      const other = await given().open({ exclusive: false })
      for (const revision of [1, 2, 3]) await store.dialogues.commit(turn(id, revision))
      expect(await other.dialogues.markShown({ chatId: id, revision: 3, message: message(13) })).toBeUndefined()
      const before = await store.dialogues.markShown({ chatId: id, revision: 2, message: message(12) })
      // One file of SQLite is one process's: there nobody else shows screens.
      expect(before).toEqual(given().provider === 'sqlite' ? undefined : { revision: 3, message: message(13) })
      expect((await other.dialogues.load(id)).dialogue).toMatchObject({ shown: 3, message: message(13) })
    })

    test('gives the unshown oldest first, no more than asked for', async () => {
      const late = chat()
      const early = chat()
      await store.dialogues.commit({ ...turn(late, 1), at: 20 })
      await store.dialogues.commit({ ...turn(early, 1), at: 10 })
      expect(await store.dialogues.unshown(2)).toEqual([early, late])
    })

    test('keeps unreadable frames, sealed', async () => {
      const id = chat()
      const frame = { flow: 'gone', context: 'күнделік' }
      await store.dialogues.commit(turn(id, 1, { archived: [{ frame, reason: 'unknown flow' }] }))
      const row = await store.prisma.archivedFrame.findFirstOrThrow({ where: { chatId: id } })
      expect(JSON.parse(store.seal.open(row.frame, placeOf('ArchivedFrame', 'frame', row.id, id)))).toEqual(frame)
    })

    test('shows nothing of a stack or a name to whoever reads the file', async () => {
      const id = chat()
      await store.dialogues.commit(turn(id, 1, { person: { ...newcomer('kk'), name: 'Сәуле' } }))
      const { stack } = await store.prisma.dialogue.findUniqueOrThrow({ where: { chatId: id } })
      const { name } = await store.prisma.person.findUniqueOrThrow({ where: { chatId: id } })
      expect(Buffer.from(stack).toString()).not.toContain('menu')
      expect(Buffer.from(name ?? []).toString()).not.toContain('Сәуле')
    })

    test('gives what can be read of a damaged chat, and the others loaded with it whole', async () => {
      const [good, bad] = [chat(), chat()]
      await Promise.all([good, bad].map((id) => store.dialogues.commit(turn(id, 1))))
      await store.prisma.dialogue.update({ where: { chatId: bad }, data: { stack: new Uint8Array([1, 2, 3]) } })
      const [first, second] = await Promise.all([good, bad].map((id) => store.dialogues.load(id)))
      expect(first).toEqual({ dialogue: dialogue(good, 1), person: undefined })
      const frame = { table: 'Dialogue', base64: { stack: 'AQID' } }
      expect(second).toEqual({
        dialogue: { ...dialogue(bad, 1), stack: [] },
        person: undefined,
        damage: { archived: [{ frame, reason: 'cannot be read: stack' }], language: false },
      })
    })

    test('writes what is waiting before it closes', async () => {
      const id = chat()
      const beside = await given().open({ exclusive: false })
      const commit = beside.dialogues.commit(turn(id, 1))
      await beside.close()
      expect(await commit).toBe(true)
      expect((await store.dialogues.load(id)).dialogue?.revision).toBe(1)
    })
  })
}
