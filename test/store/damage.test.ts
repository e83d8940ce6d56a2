import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { consentVersion, newcomer } from '../../flows/common/person.ts'
import { checkCode } from '../../flows/onboarding/contract.ts'
import { getReminder, listReminders } from '../../flows/reminders/contract.ts'
import { openSurvey, surveyHistory } from '../../flows/survey/contract.ts'
import { campaignsJob } from '../../src/capabilities/campaigns/job.ts'
import { createConsentCode } from '../../src/capabilities/consent/codes.ts'
import { forgetStrangers } from '../../src/capabilities/consent/strangers.ts'
import { createCatalogueCache, loadCatalogue } from '../../src/capabilities/professions/catalogue.ts'
import { readCatalogue } from '../../src/capabilities/professions/seed.ts'
import { remindersJob } from '../../src/capabilities/reminders/job.ts'
import { createNotices, type Notices } from '../../src/delivery/notices/notices.ts'
import { exportChat } from '../../src/store/chats.ts'
import { createLeaseRows, createPauses } from '../../src/store/leases.ts'
import type { Store } from '../../src/store/open.ts'
import { loadPerson, savePerson } from '../../src/store/people.ts'
import { ask } from '../support/ask.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../support/databases.ts'
import { agreed } from '../support/people.ts'
import { fact, turn, world } from '../support/turns.ts'

const postgresql = await hasPostgresql()
const day = 24 * 60 * 60_000

describe('damaged rows on SQLite', () => contract(createSqlite))
describe.skipIf(!postgresql)('damaged rows on PostgreSQL', () => contract(createPostgresql))

/** What a column may come to hold, as SQL. */
type Damage = readonly [column: string, value: string]
/** Only SQLite holds values of another kind than the column's. */
const otherKinds = (...columns: string[]): Damage[] =>
  columns.flatMap((column) => [`'army'`, `x'00ff'`].map((value): Damage => [column, value]))

function contract(create: () => Promise<TestDatabase>): void {
  let database: TestDatabase
  let store: Store
  let notices: Notices
  const told: object[] = []
  beforeAll(async () => {
    database = await create()
    store = await database.open({ log: { error: (line: object) => void told.push(line) } })
    notices = createNotices(store)
  })
  beforeEach(async () => {
    for (const table of ['Dialogue', 'Person', 'Notice', 'Reminder', 'SurveyAttempt', 'ArchivedFrame', 'Lease']) {
      await store.prisma.$executeRawUnsafe(`DELETE FROM "${table}"`)
    }
  })
  afterAll(() => database.drop())

  const isSqlite = create === createSqlite
  const bytes = (value: string) => (isSqlite ? value : value.replace(/^x'(.*)'$/, `'\\x$1'`))
  const damage = (table: string, [column, value]: Damage, where: string) =>
    store.prisma.$executeRawUnsafe(`UPDATE "${table}" SET "${column}" = ${bytes(value)} WHERE ${where}`)
  const each = async (damages: readonly Damage[], check: (one: Damage) => Promise<void>) => {
    for (const one of damages) {
      await check(one).catch((error: unknown) => {
        throw new Error(`with "${one[0]}" = ${one[1]}: ${error instanceof Error ? error.message : error}`)
      })
    }
  }
  const three = [1, 2, 3]

  describe('a claim of notices', () => {
    const putThree = async () => {
      await store.prisma.notice.deleteMany()
      for (const chat of three) await savePerson(store, chat, agreed('ru'))
      const about = { kind: 'toy.plain', dueAt: testTime, values: { word: 'a' }, priority: 10 }
      await notices.put(three.map((chatId) => ({ ...about, chatId, key: `of-${chatId}` })))
    }
    const claimed = async () => {
      const found = await notices.claim({ holder: 'a', now: testTime, until: testTime + 60_000, limit: 100 })
      await notices.settle(found.map(({ id }) => ({ id, outcome: 'sent', tried: true, finishedAt: testTime })))
      return found.map(({ chatId }) => chatId).sort()
    }
    const outcomeOf = async (chatId: number) => {
      const [row] = await store.prisma.$queryRaw<{ outcome: string | null; reason: string | null }[]>`
        SELECT "outcome", "reason" FROM "Notice" WHERE "key" = ${`of-${chatId}`}`
      return row
    }

    test('goes on without a notice whose row is damaged, which fails for itself', async () => {
      const damages: Damage[] = [
        ['values', `x'0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20'`],
        ['values', `x''`],
        ['id', `'army'`],
        ['chatId', '9223372036854775807'],
        ['expiresAt', '-9223372036854775808'],
        ['dueAt', '-9223372036854775808'],
        ...(isSqlite ? otherKinds('values', 'chatId', 'expiresAt', 'attempts') : []),
      ]
      await each(damages, async (one) => {
        await putThree()
        await damage('Notice', one, `"key" = 'of-2'`)
        expect(await claimed()).toEqual([1, 3])
        expect(await outcomeOf(2)).toEqual({ outcome: 'failed', reason: 'its row cannot be read' })
        expect(await claimed()).toEqual([])
      })
    })

    test.runIf(isSqlite)('goes on beside a notice whose priority is no number', async () => {
      await each(otherKinds('priority'), async (one) => {
        await putThree()
        await damage('Notice', one, `"key" = 'of-2'`)
        expect(await claimed()).toEqual([1, 3])
        await notices.expire(testTime)
        expect(await outcomeOf(2)).toMatchObject({ outcome: 'failed' })
      })
    })

    test('ends a notice that is due at no time of any clock, and counts the others', async () => {
      const damages: Damage[] = [['dueAt', '9223372036854775807'], ...(isSqlite ? otherKinds('dueAt') : [])]
      await each(damages, async (one) => {
        await putThree()
        await damage('Notice', one, `"key" = 'of-2'`)
        await damage('Notice', ['priority', '20'], `"key" = 'of-2'`)
        expect(await notices.counts(testTime)).toMatchObject({ due: 2, oldestDueAt: testTime })
        expect(await claimed()).toEqual([1, 3])
        await notices.expire(testTime)
        expect(await outcomeOf(2)).toEqual({ outcome: 'failed', reason: 'its row cannot be read' })
      })
    })

    test('sends nothing to a person whose consent, age or muted kinds are lost, and to everybody else', async () => {
      const damages: Damage[] = [
        ['muted', `''`],
        ['muted', `'{}'`],
        ['consentBy', `'army'`],
        ['consentAt', '9223372036854775807'],
        ['ageBand', `'5-6'`],
        ...(isSqlite ? otherKinds('muted', 'consentVersion', 'consentAt', 'consentBy', 'ageBand') : []),
      ]
      await each(damages, async (one) => {
        await putThree()
        await damage('Person', one, '"chatId" = 2')
        expect(await claimed()).toEqual([1, 3])
        expect(await outcomeOf(2)).toEqual({ outcome: 'failed', reason: "the person's row cannot be read" })
      })
    })

    test('reaches a person of whom something else is lost', async () => {
      const damages: Damage[] = [
        ['language', `'xx'`],
        ['plan', `'army'`],
        ['region', `'nowhere'`],
        ['name', `x'0102'`],
        ['quietFrom', '99'],
        ...(isSqlite ? otherKinds('language', 'plan', 'name', 'quietFrom', 'quietTo', 'createdAt') : []),
      ]
      await each(damages, async (one) => {
        await putThree()
        await damage('Person', one, '"chatId" = 2')
        expect(await claimed()).toEqual(three)
      })
    })

    test('is found by no press when it is damaged', async () => {
      await putThree()
      const [{ id } = { id: 0 }] = await notices.claim({ holder: 'a', now: testTime, until: testTime, limit: 1 })
      await damage('Notice', ['values', `x'00'`], `"id" = '${id}'`)
      expect(await notices.find(id)).toBeUndefined()
    })
  })

  describe('outcomes of notices', () => {
    test('are written although one of them holds what the database refuses', async () => {
      const about = { kind: 'toy.plain', dueAt: testTime, values: {}, priority: 10 }
      const keys = ['half a sign', 'nought', 'large', 'fraction', 'good']
      await notices.put(keys.map((key, index) => ({ ...about, chatId: index + 1, key })))
      const found = await notices.claim({ holder: 'a', now: testTime, until: testTime + 60_000, limit: 100 })
      const idOf = (key: string) => found.find((one) => one.key === key)?.id ?? 0
      const sent = { outcome: 'sent', tried: true, finishedAt: testTime } as const
      await notices.settle([
        { ...sent, id: idOf('half a sign'), reason: `${'a'.repeat(199)}👍` },
        { ...sent, id: idOf('nought'), reason: 'a\0b\ud83d' },
        { ...sent, id: idOf('large'), messageId: 2 ** 31 },
        { ...sent, id: idOf('fraction'), dueAt: testTime + 0.5 },
        { ...sent, id: idOf('good'), messageId: 7 },
      ])
      const rows = await store.prisma.notice.findMany()
      const byKey = Object.fromEntries(
        rows.map(({ key, outcome, reason, messageId }) => [key, { outcome, reason, messageId }]),
      )
      expect(byKey).toEqual({
        'half a sign': { outcome: 'sent', reason: `${'a'.repeat(199)}👍`, messageId: null },
        nought: { outcome: 'sent', reason: 'ab\ufffd', messageId: null },
        large: { outcome: 'sent', reason: null, messageId: null },
        fraction: { outcome: 'sent', reason: null, messageId: null },
        good: { outcome: 'sent', reason: null, messageId: 7 },
      })
    })
  })

  describe('a person', () => {
    test('keeps every value that can be read; who cannot be seen to have agreed has not', async () => {
      const whole = { ...agreed('ru'), plan: 'college', region: '75', name: 'Сәуле', muted: ['a'] } as const
      const { consent: _, ...unasked } = whole
      const { plan: __, ...planless } = whole
      const expected: [Damage, object][] = [
        [['plan', `'army'`], planless],
        [['language', `'xx'`], { ...whole, language: 'kk' }],
        [['muted', `'oops'`], { ...whole, muted: [] }],
        [['quietTo', '24'], { ...whole, quiet: { from: 22, to: 8 } }],
        [['consentBy', `'army'`], unasked],
      ]
      for (const [one, person] of expected) {
        await savePerson(store, 5, { ...whole, muted: [...whole.muted] })
        await damage('Person', one, '"chatId" = 5')
        expect(await loadPerson(store, 5)).toEqual(person)
      }
      await savePerson(store, 5, { ...whole, muted: [] })
      await damage('Person', ['ageBand', `'5-6'`], '"chatId" = 5')
      const found = await loadPerson(store, 5)
      expect([found?.ageBand, found?.consent, found?.name]).toEqual([undefined, undefined, 'Сәуле'])
    })
  })

  describe('a dialogue', () => {
    test('is loaded, written over and keeps its damaged bytes for the operator, whatever is damaged', async () => {
      const damages: Damage[] = [
        ['stack', `x'0102'`],
        ['recent', `'['`],
        ['recent', `'[1,"a"]'`],
        ['revision', '2147483647'],
        ['revision', '-5'],
        ['revision', '0'],
        ['shown', '-1'],
        ['messageId', '-1'],
        ...(isSqlite ? [['revision', '1.5'] as const, ['shown', '0.5'] as const] : []),
        ...(isSqlite ? otherKinds('stack', 'recent', 'revision', 'shown', 'messageId', 'updatedAt') : []),
      ]
      let chat = 100
      await each(damages, async (one) => {
        const id = ++chat
        await store.dialogues.commit(turn(id, 1, { person: newcomer('ru') }))
        await damage('Dialogue', one, `"chatId" = ${id}`)
        const { dialogue, person, damage: found } = await store.dialogues.load(id)
        expect(person).toEqual(newcomer('ru'))
        const next = (dialogue?.revision ?? 0) + 1
        expect(await store.dialogues.commit(turn(id, next, { archived: found?.archived ?? [] }))).toBe(true)
        expect((await store.dialogues.load(id)).dialogue?.revision).toBe(next)
        await store.dialogues.markShown({ chatId: id, revision: next, message: { id: 9, kind: 'text' } })
        const again = await store.dialogues.load(id)
        expect(again).toMatchObject({ dialogue: { shown: next, message: { id: 9 } } })
        expect(again.damage).toBeUndefined()
      })
    })

    test('whose message has a number beyond all bounds is written without it', async () => {
      await store.dialogues.commit(turn(90, 1))
      await store.dialogues.markShown({ chatId: 90, revision: 1, message: { id: 2 ** 31, kind: 'text' } })
      await store.dialogues.commit(turn(90, 2))
      expect(await store.dialogues.unshown(10)).toEqual([90])
    })

    test.runIf(isSqlite)('of a chat that is no number keeps nobody else from being shown', async () => {
      await Promise.all([91, 92].map((id) => store.dialogues.commit(turn(id, 1))))
      await damage('Dialogue', ['chatId', `'army'`], '"chatId" = 91')
      expect(await store.dialogues.unshown(10)).toEqual([92])
    })
  })

  describe('the jobs', () => {
    const signal = new AbortController().signal

    test('tell everybody’s reminders but the damaged one, which is not found due again', async () => {
      const about = { what: 'Сабақ', repeat: { type: 'daily' }, zone: 'Asia/Almaty', minute: 600, state: 'active' }
      const damages: Damage[] = [
        ['repeat', `'{"type":"hourly"}'`],
        ['repeat', `'oops'`],
        ['zone', `'Mars/Base'`],
        ['minute', '-1'],
        ['what', `x'00'`],
        ['nextAt', '-9223372036854775808'],
        ['chatId', '9223372036854775807'],
        ...(isSqlite ? otherKinds('repeat', 'zone', 'minute', 'what', 'chatId') : []),
      ]
      let revision = 0
      await each(damages, async (one) => {
        revision++
        await store.prisma.$executeRawUnsafe('DELETE FROM "Reminder"')
        for (const chat of three) {
          const data = { ...about, id: `r${chat}`, nextAt: testTime }
          await store.dialogues.commit(turn(chat, revision, { facts: [fact('reminder.save', data)] }))
        }
        await damage('Reminder', one, `"id" = 'r2'`)
        const run = () => remindersJob(store).run({ now: testTime + revision * day, signal })
        expect(await run()).toEqual({ told: 2, late: 2, unreadable: 1 })
        expect(await run()).toEqual({ told: 0, late: 0, unreadable: 0 })
      })
    })

    test('list a person’s reminders without the damaged one', async () => {
      const about = { what: 'Сабақ', repeat: { type: 'daily' }, zone: 'Asia/Almaty', minute: 600, state: 'active' }
      const facts = three.map((n) => fact('reminder.save', { ...about, id: `l${n}`, nextAt: testTime + n }))
      await store.dialogues.commit(turn(50, 1, { facts }))
      await damage('Reminder', ['repeat', `'oops'`], `"id" = 'l2'`)
      const page = await ask(listReminders, { page: 0 }, world(50), store)
      expect(page).toMatchObject({ items: [{ id: 'l1' }, { id: 'l3' }], total: 2, page: 0, pages: 1 })
      expect(await ask(getReminder, { id: 'l2' }, world(50), store)).toBeNull()
    })

    test('catch up a reminder that was due in 1970 without counting every day since', async () => {
      const about = { what: 'Сабақ', repeat: { type: 'daily' }, zone: 'Asia/Almaty', minute: 600, state: 'active' }
      await store.dialogues.commit(turn(51, 1, { facts: [fact('reminder.save', { ...about, id: 'old', nextAt: 0 })] }))
      expect(await remindersJob(store).run({ now: testTime, signal })).toMatchObject({ told: 1 })
      const { nextAt } = await store.prisma.reminder.findUniqueOrThrow({ where: { id: 'old' } })
      expect(Number(nextAt)).toBe(Date.UTC(2026, 2, 2, 5))
    })

    test('plan campaigns for everybody but the damaged person, who is counted', async () => {
      const damages: Damage[] = [
        ['muted', `''`],
        ['ageBand', `'5-6'`],
        ['plan', `'army'`],
        ['consentBy', `'army'`],
        ['consentAt', '9223372036854775807'],
        ...(isSqlite ? otherKinds('muted', 'ageBand', 'plan', 'consentAt', 'consentBy') : []),
      ]
      const consent = { version: consentVersion, at: testTime - 366 * day, by: 'guardian' } as const
      await each(damages, async (one) => {
        await store.prisma.notice.deleteMany()
        for (const chat of three) await savePerson(store, chat, { ...agreed('ru'), ageBand: '14-15', consent })
        await damage('Person', one, '"chatId" = 2')
        const report = await campaignsJob(store, []).run({ now: testTime, signal })
        expect(report).toEqual({ 'campaigns.age': 2, unreadable: 1 })
      })
    })

    test('forget who never agreed, and nobody for a damaged value', async () => {
      const damages: Damage[] = [
        ['chatId', '9223372036854775807'],
        ['updatedAt', '-9223372036854775808'],
        ['consentBy', `'army'`],
        ...(isSqlite ? otherKinds('chatId', 'updatedAt', 'consentVersion') : []),
      ]
      await each(damages, async (one) => {
        await store.prisma.$executeRawUnsafe('DELETE FROM "Person"')
        for (const chat of [1, 2]) await savePerson(store, chat, newcomer('ru'))
        await savePerson(store, 3, agreed('ru'))
        await damage('Person', one, `"chatId" = ${one[0].startsWith('consent') ? 3 : 2}`)
        const isStranger = one[0].startsWith('consent')
        expect(await forgetStrangers(store, testTime + 31 * day)).toBe(isStranger ? 2 : 1)
      })
    })

    test.runIf(isSqlite)('come to an end beside a person whose chat is no number', async () => {
      const consent = { version: consentVersion, at: testTime - 366 * day, by: 'guardian' } as const
      for (const chat of three) await savePerson(store, chat, { ...agreed('ru'), ageBand: '14-15', consent })
      await damage('Person', ['chatId', `'army'`], '"chatId" = 2')
      expect(await campaignsJob(store, []).run({ now: testTime, signal })).toEqual({ 'campaigns.age': 2 })
    })
  })

  describe('a survey', () => {
    test('shows its other results and goes on with the other attempt when one is damaged', async () => {
      const survey = (attempt: string) => ({ attempt, instrument: 'riasec', form: 'quick', answers: { a: 1 } })
      const facts = [
        ...three.map((n) =>
          fact('survey.finish', {
            ...survey(`f${n}`),
            result: { scores: { n }, ranking: [], differentiated: true, close: false },
          }),
        ),
        ...three.map((n) => fact('survey.answer', survey(`o${n}`))),
      ]
      const damages: Damage[] = [
        ['answers', `x'00'`],
        ['startedAt', '9223372036854775807'],
        ...(isSqlite ? otherKinds('answers', 'startedAt') : []),
      ]
      let chat = 200
      await each(damages, async (one) => {
        await store.prisma.surveyAttempt.deleteMany()
        await store.dialogues.commit(turn(++chat, 1, { facts }))
        await damage('SurveyAttempt', one[0] === 'startedAt' ? ['finishedAt', one[1]] : one, `"id" = 'f3'`)
        await damage('SurveyAttempt', one, `"id" = 'o3'`)
        const history = await ask(surveyHistory, { instrument: 'riasec' }, world(chat), store)
        expect(history).toMatchObject([{ attempt: 'f2' }, { attempt: 'f1' }])
        expect(await ask(openSurvey, { instrument: 'riasec' }, world(chat), store)).toMatchObject({
          attempt: 'o2',
        })
      })
    })
  })

  test('a catalogue goes on without its damaged rows, which the next start writes anew', async () => {
    const seed = await readCatalogue(new URL('../../prisma/seed/', import.meta.url))
    const cache = createCatalogueCache(store)
    await loadCatalogue(store, cache, seed)
    const damages: Damage[] = [
      ['words', `'{}'`],
      ['ways', `'oops'`],
      ['realistic', '99'],
      ...(isSqlite ? otherKinds('words', 'ways', 'realistic', 'jobZone') : []),
    ]
    await each(damages, async (one) => {
      await damage('Profession', one, `"id" = 'cook'`)
      cache.forget()
      const { professions } = await cache.get()
      expect(seed.professions.length - professions.length).toBe(1)
      expect(await loadCatalogue(store, cache, seed)).toEqual({ written: 1, deleted: 0 })
      expect((await cache.get()).professions).toHaveLength(seed.professions.length)
    })
  })

  test('a code for consent whose row is damaged is no code', async () => {
    const damages: Damage[] = [
      ['expiresAt', '9223372036854775807'],
      ...(isSqlite ? otherKinds('usesLeft', 'expiresAt') : []),
    ]
    await each(damages, async (one) => {
      await store.prisma.consentCode.deleteMany()
      const code = await createConsentCode(store, { kind: 'institution', days: 10, uses: 2 })
      const check = () => ask(checkCode, { code }, world(1), store)
      expect(await check()).toMatchObject({ valid: true })
      await damage('ConsentCode', one, 'true')
      expect(await check()).toMatchObject({ valid: false, stands: false })
    })
  })

  test('an export gives everything but what is damaged', async () => {
    await store.dialogues.commit(turn(60, 1, { person: { ...agreed('ru'), name: 'Сәуле' } }))
    await damage('Person', ['consentAt', '9223372036854775807'], '"chatId" = 60')
    await damage('Person', ['name', `x'00'`], '"chatId" = 60')
    const { Person, Dialogue } = await exportChat(store, 60)
    expect(Person).toMatchObject([{ language: 'ru', consentAt: null, name: null, ageBand: '18+' }])
    expect(Dialogue).toHaveLength(1)
  })

  test('texts with half a sign or a NUL are kept, not refused', async () => {
    const about = { repeat: { type: 'once' }, zone: 'Asia/Almaty', minute: 600, state: 'active', nextAt: testTime }
    const facts = [fact('reminder.save', { ...about, id: 'n', what: 'a\0b\ud83d' })]
    const person = { ...agreed('ru'), name: 'a\0\udc00' }
    const archived = [{ frame: {}, reason: 'no flow is called "a\0\ud83d"' }]
    expect(await store.dialogues.commit(turn(70, 1, { facts, person, archived }))).toBe(true)
    expect(await ask(getReminder, { id: 'n' }, world(70), store)).toMatchObject({ reminder: { id: 'n' } })
  })

  test('a lease and a pause with an impossible time hold nothing up', async () => {
    const rows = createLeaseRows(store, 'delivery')
    const times = ['9223372036854775807', ...(isSqlite ? [`'army'`, `x'00'`] : [])]
    for (const time of times) {
      await store.prisma.$executeRawUnsafe('DELETE FROM "Lease"')
      const mine = await rows.swap(undefined, 'a', testTime)
      await createPauses(store).extend(testTime + 1_000)
      await damage('Lease', ['until', time], 'true')
      const seen = await rows.read()
      expect(mine).toBeDefined()
      expect(await rows.swap(seen, 'b', testTime + 5_000)).toMatchObject({ holder: 'b' })
      expect(await createPauses(store).read()).toBe(0)
    }
  })

  test.runIf(isSqlite)('a row of a lease or a pause that cannot be read is as good as none', async () => {
    const rows = createLeaseRows(store, 'delivery')
    const bytes = [`x'00ff'`, `CAST(x'ff4180' AS TEXT)`]
    const damages = [
      ...bytes.map((value) => ['holder', value] as const),
      ['until', '1.5'],
      ['until', `'army'`],
    ] as const
    for (const change of damages) {
      await store.prisma.$executeRawUnsafe('DELETE FROM "Lease"')
      await rows.swap(undefined, 'a', testTime)
      await createPauses(store).extend(testTime + 1_000)
      await damage('Lease', change, 'true')
      const seen = await rows.read()
      expect(await rows.swap(seen, 'b', testTime + 5_000), change.join()).toMatchObject({ holder: 'b' })
      expect(await createPauses(store).read(), change.join()).toBe(0)
      await createPauses(store).extend(testTime + 2_000)
      expect(await createPauses(store).read(), change.join()).toBe(testTime + 2_000)
    }
  })

  test('are told of in the log once, by table and key, and by nothing they hold', async () => {
    await savePerson(store, 80, agreed('ru'))
    await damage('Person', ['plan', `'army'`], '"chatId" = 80')
    told.length = 0
    await loadPerson(store, 80)
    await loadPerson(store, 80)
    expect(told).toEqual([{ table: 'Person', rows: 1, keys: ['80'] }])
  })
}
