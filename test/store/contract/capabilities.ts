import { beforeAll, describe, expect, test } from 'vitest'
import { consentVersion, newcomer } from '../../../flows/common/person.ts'
import { createConsentCode } from '../../../src/capabilities/consent/codes.ts'
import {
  type CatalogueCache,
  createCatalogueCache,
  loadCatalogue,
} from '../../../src/capabilities/professions/catalogue.ts'
import type { Catalogue } from '../../../src/capabilities/professions/seed.ts'
import type { Replies } from '../../../src/engine/reply.ts'
import { chatTables, exportChat } from '../../../src/store/chats.ts'
import type { Store } from '../../../src/store/open.ts'
import { isReachable, loadPerson, savePerson, setReachable } from '../../../src/store/people.ts'
import { repliesOn } from '../../support/ask.ts'
import { type TestDatabase, testTime } from '../../support/databases.ts'
import { countOf, fillEveryTable } from '../../support/every-table.ts'
import { fact, turn, world } from '../../support/turns.ts'

/** What answers may come to. */
const result = { scores: { R: 4.5 }, ranking: [], differentiated: false, close: false }
const day = 24 * 60 * 60 * 1000

/** The capabilities of the store, whatever the database. */
export function capabilitiesContract(given: () => TestDatabase): void {
  let store: Store
  let replies: Replies
  let next = 50_000
  const chat = () => ++next
  beforeAll(async () => {
    store = await given().open()
    replies = await repliesOn(store)
  })

  /** A turn that begins a chat and tells the facts. */
  const begins = (chatId: number, ...facts: [name: string, data: unknown][]) =>
    store.dialogues.commit(turn(chatId, 1, { facts: facts.map(([name, data]) => fact(name, data)) }))
  const asks = async (name: string, data: unknown, chatId = 1, now = testTime) => {
    const reply = replies[name]
    if (!reply) throw new Error(`nobody replies to ${name}`)
    return reply.look(data, world(chatId, now))
  }

  describe('people', () => {
    test('keeps a person outside a turn', async () => {
      const id = chat()
      const person = {
        ...newcomer('kk'),
        plan: 'college' as const,
        consent: { version: consentVersion, at: testTime, by: 'code' as const },
      }
      await savePerson(store, id, person)
      expect(await loadPerson(store, id)).toEqual(person)
      await savePerson(store, id, newcomer('ru'))
      expect(await loadPerson(store, id)).toEqual(newcomer('ru'))
    })

    test('remembers who cannot be reached', async () => {
      const id = chat()
      await savePerson(store, id, newcomer('kk'))
      expect(await isReachable(store, id)).toBe(true)
      await setReachable(store, id, 'blocked')
      expect(await isReachable(store, id)).toBe(false)
      await setReachable(store, id, null)
      expect(await isReachable(store, id)).toBe(true)
    })

    test('knows every table that has a chat, by the database itself', async () => {
      const rows =
        store.provider === 'sqlite'
          ? await store.prisma.$queryRaw<{ name: string }[]>`
              SELECT t.name FROM sqlite_master t JOIN pragma_table_info(t.name) c ON c.name = 'chatId' WHERE t.type = 'table'`
          : await store.prisma.$queryRaw<{ name: string }[]>`
              SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'chatId'`
      expect(rows.map((row) => row.name).sort()).toEqual([...chatTables].sort())
      expect(chatTables.length).toBeGreaterThan(4)
    })

    test('forgets everything about a chat and nothing about another', async () => {
      const [gone, stays] = [chat(), chat()]
      for (const id of [gone, stays]) await beInEveryTable(store, id)
      const forget = turn(gone, 2, { person: newcomer('ru'), facts: [fact('person.forget', null)] })
      expect(await store.dialogues.commit(forget)).toBe(true)
      for (const table of chatTables) {
        expect([table, await countOf(store, table, gone)]).toEqual([table, 0])
        expect([table, await countOf(store, table, stays)]).toEqual([table, 1])
      }
      expect(await store.dialogues.commit(turn(gone, 3))).toBe(false)
      expect(await store.dialogues.commit(turn(gone, 1))).toBe(true)
    })

    test('exports everything about a chat in words', async () => {
      const id = chat()
      await beInEveryTable(store, id)
      const document = (await exportChat(store, id)) as Record<string, Record<string, unknown>[]>
      expect(Object.keys(document).sort()).toEqual([...chatTables].sort())
      expect(Object.values(document).every((rows) => rows.length === 1)).toBe(true)
      expect(document.Person?.[0]).toMatchObject({
        chatId: id,
        name: 'Сәуле',
        createdAt: expect.stringMatching(/^2026-/),
      })
      expect(document.SurveyAttempt?.[0]).toMatchObject({ answers: { a: 5 } })
      expect(document.Dialogue?.[0]).toMatchObject({ stack: [{ flow: 'home' }], recent: [1] })
      expect(JSON.parse(JSON.stringify(document))).toEqual(document)
    })
  })

  test('gives a person everything that can be read, though one value is damaged', async () => {
    const id = chat()
    const told = { attempt: `damaged-${id}`, instrument: 'riasec', form: 'quick', answers: { a: 5 } }
    await begins(id, ['survey.answer', told])
    await store.prisma.surveyAttempt.update({ where: { id: told.attempt }, data: { answers: new Uint8Array([1, 2]) } })
    const document = await exportChat(store, id)
    expect(document).toMatchObject({
      SurveyAttempt: [{ instrument: 'riasec', answers: null }],
      Dialogue: [{ chatId: id }],
    })
  })

  describe('consent codes', () => {
    test('are long, fit a link, and are not kept themselves', async () => {
      const code = await createConsentCode(store, { kind: 'institution', days: 7, uses: 2 })
      expect(code).toMatch(/^[\w-]{20,64}$/)
      expect(await asks('consent.check', { code })).toMatchObject({ valid: true, stands: false })
      const rows = await store.prisma.consentCode.findMany()
      expect(JSON.stringify(rows.map((row) => row.hash))).not.toContain(code)
    })

    test('are refused when unknown or made of anything', async () => {
      expect(await asks('consent.check', { code: 'nobody-made-this' })).toMatchObject({ valid: false, stands: false })
    })

    test('are good for as many uses as they were made for', async () => {
      const code = await createConsentCode(store, { kind: 'guardian', days: 7, uses: 2 })
      const person = { ...newcomer('kk'), consent: { version: consentVersion, at: testTime, by: 'code' as const } }
      const chats = [chat(), chat(), chat()]
      const facts = [fact('consent.use', { code })]
      const outcomes = await Promise.allSettled(
        chats.map((id) => store.dialogues.commit(turn(id, 1, { facts, person }))),
      )
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected'])
      const known = await Promise.all(chats.map((id) => loadPerson(store, id)))
      expect(
        known.filter((one) => one?.consent !== undefined),
        'nobody agrees by a code used up',
      ).toHaveLength(2)
      expect(await asks('consent.check', { code })).toMatchObject({ valid: false, stands: false })
      expect((await codes(store)).every((left) => left >= 0)).toBe(true)
    })

    test('let in no more than they were made for, however many come at once and to however many programs', async () => {
      const isShared = given().provider === 'postgresql'
      const stores = isShared ? [store, await given().open()] : [store]
      const code = await createConsentCode(store, { kind: 'institution', days: 7, uses: 7 })
      const facts = [fact('consent.use', { code })]
      const outcomes = await Promise.allSettled(
        Array.from({ length: 30 }, (_, at) => stores[at % stores.length]?.dialogues.commit(turn(chat(), 1, { facts }))),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(7)
      expect(await asks('consent.check', { code })).toMatchObject({ valid: false, stands: false })
    })

    test('expire, and are not used up afterwards', async () => {
      const code = await createConsentCode(store, { kind: 'guardian', days: 1, uses: 1 })
      const late = testTime + 2 * day
      expect(await asks('consent.check', { code }, 1, late)).toMatchObject({ valid: false, stands: false })
      const commit = store.dialogues.commit({
        ...turn(chat(), 1, { facts: [fact('consent.use', { code })] }),
        at: late,
      })
      await expect(commit).rejects.toMatchObject({ name: 'RefusedTurn' })
      expect(await asks('consent.check', { code })).toMatchObject({ valid: true, stands: false })
    })
  })

  describe('surveys', () => {
    const told = (attempt: string, answers: Record<string, number>) => ({
      attempt,
      instrument: 'riasec',
      form: 'quick',
      answers,
    })

    test('keep the answers of an unfinished attempt', async () => {
      const id = chat()
      await begins(id, ['survey.answer', told(`s-${id}`, { a: 1 })])
      await store.dialogues.commit(turn(id, 2, { facts: [fact('survey.answer', told(`s-${id}`, { a: 1, b: 2 }))] }))
      expect(await asks('survey.open', { instrument: 'riasec' }, id)).toEqual({
        attempt: `s-${id}`,
        form: 'quick',
        answers: { a: 1, b: 2 },
      })
      expect(await asks('survey.open', { instrument: 'other' }, id)).toBeNull()
      expect(await asks('survey.history', { instrument: 'riasec' }, id)).toEqual([])
    })

    test('keep the result, answer and finish being told in one turn', async () => {
      const id = chat()
      const attempt = told(`f-${id}`, { a: 5 })
      await begins(id, ['survey.answer', attempt], ['survey.finish', { ...attempt, result }])
      expect(await asks('survey.open', { instrument: 'riasec' }, id)).toBeNull()
      expect(await asks('survey.history', { instrument: 'riasec' }, id)).toEqual([
        {
          attempt: `f-${id}`,
          form: 'quick',
          finishedAt: testTime + 1,
          answers: { a: 5 },
          result: { ...result, version: 1 },
        },
      ])
    })

    test('give the newest ten, newest first', async () => {
      const id = chat()
      for (let n = 1; n <= 12; n++) {
        const finish = { ...told(`h-${id}-${n}`, { a: n }), result }
        await store.dialogues.commit(turn(id, n, { facts: [fact('survey.finish', finish)] }))
      }
      const history = (await asks('survey.history', { instrument: 'riasec' }, id)) as { answers: { a: number } }[]
      expect(history.map((one) => one.answers.a)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
    })

    test('put an unfinished attempt away, but not a finished one or another chat’s', async () => {
      const [id, stranger] = [chat(), chat()]
      await begins(
        id,
        ['survey.answer', told(`u-${id}`, { a: 1 })],
        ['survey.finish', { ...told(`d-${id}`, {}), result }],
      )
      const discard = (attempt: string | null) => ['survey.discard', { attempt }] as [string, unknown]
      await begins(stranger, discard(`u-${id}`), discard(null))
      expect(await asks('survey.open', { instrument: 'riasec' }, id)).not.toBeNull()
      const facts = [`u-${id}`, `d-${id}`].map((attempt) => fact('survey.discard', { attempt }))
      await store.dialogues.commit(turn(id, 2, { facts }))
      expect(await asks('survey.open', { instrument: 'riasec' }, id)).toBeNull()
      expect(await asks('survey.history', { instrument: 'riasec' }, id)).toHaveLength(1)
    })

    test('never let a chat write into the attempt of another', async () => {
      const [id, stranger] = [chat(), chat()]
      await begins(id, ['survey.answer', told(`mine-${id}`, { a: 1 })])
      await begins(stranger, ['survey.answer', told(`mine-${id}`, { a: 9 })])
      expect(await asks('survey.open', { instrument: 'riasec' }, id)).toMatchObject({ answers: { a: 1 } })
    })
  })

  describe('the catalogue', () => {
    let cache: CatalogueCache
    beforeAll(() => {
      cache = createCatalogueCache(store)
    })

    test('is loaded once, however often, and follows its files', async () => {
      expect(await loadCatalogue(store, cache, catalogue('welder', 'nurse'))).toEqual({ written: 3, deleted: 0 })
      expect(await loadCatalogue(store, cache, catalogue('welder', 'nurse'))).toEqual({ written: 0, deleted: 0 })
      const all = await cache.get()
      expect(all).toEqual({ ...catalogue('welder', 'nurse'), professions: catalogue('nurse', 'welder').professions })
      expect(await loadCatalogue(store, cache, catalogue('welder'))).toEqual({ written: 0, deleted: 1 })
      expect((await cache.get()).professions.map((one) => one.id)).toEqual(['welder'])
    })

    test('lets two professions exchange their codes', async () => {
      const before = catalogue('welder', 'nurse')
      const [first, second] = before.professions
      if (!first || !second) throw new Error('two were asked for')
      await loadCatalogue(store, cache, before)
      const after = {
        ...before,
        professions: [
          { ...first, soc: second.soc },
          { ...second, soc: first.soc },
        ],
      }
      await loadCatalogue(store, cache, after)
      const all = await cache.get()
      expect(all.professions.find((one) => one.id === first.id)?.soc).toBe(second.soc)
      expect(all.professions).toHaveLength(2)
    })
  })

  describe('pictures', () => {
    test('are found again by what they show', async () => {
      expect(await store.pictures.get('digest')).toBeUndefined()
      await store.pictures.put('digest', 'file-1')
      await store.pictures.put('digest', 'file-2')
      expect(await store.pictures.get('digest')).toBe('file-2')
    })
  })
}

async function codes(store: Store): Promise<number[]> {
  return (await store.prisma.consentCode.findMany()).map((row) => row.usesLeft)
}

/** One row about the chat in each table; the turn writes some, the rest is put in directly. */
async function beInEveryTable(store: Store, chatId: number): Promise<void> {
  const id = `every-${chatId}`
  await store.dialogues.commit(
    turn(chatId, 1, {
      person: { ...newcomer('kk'), name: 'Сәуле' },
      facts: [fact('survey.answer', { attempt: id, instrument: 'riasec', form: 'quick', answers: { a: 5 } })],
      archived: [{ frame: { flow: 'gone' }, reason: 'unknown flow' }],
    }),
  )
  await fillEveryTable(store, chatId, 'ЕНТ')
}

function catalogue(...ids: string[]): Catalogue {
  const words = { kk: 'сөз', ru: 'слово', en: 'word' }
  const each = <T>(value: T) => ({ kk: value, ru: value, en: value })
  return {
    families: [
      { id: 'machines', name: words, about: each('One sentence.'), words: each(['word']), without: each(['job']) },
    ],
    professions: ids.map((id) => ({
      id,
      soc: `51-41${String(id.length)}1.00`,
      title: id,
      interests: { R: 7, I: 2.17, A: 1.5, S: 1.1, E: 1.63, C: 3.78 },
      jobZone: 2,
      family: 'machines',
      ways: ['work', 'college'],
      name: words,
      about: each(['One.', 'Two.', 'Three.']),
      day: each('One. Two.'),
      entry: each('One. Two.'),
      words: each(['one', 'two']),
    })),
  }
}
