import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineAsk, defineSend, defineTell } from '../../flows/kit/contract.ts'
import { createLog } from '../../src/base/log.ts'
import { type Capability, defineCapability } from '../../src/capabilities/capability.ts'
import { section } from '../../src/capabilities/export.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { makersOf, openCapabilities } from '../../src/capabilities/open.ts'
import { root } from '../../src/config.ts'
import { reply } from '../../src/engine/reply.ts'
import { change, type FactWriter, forget, notify, writersOf } from '../../src/store/capability.ts'
import { exportChat } from '../../src/store/chats.ts'
import { createDialogues } from '../../src/store/dialogues/dialogues.ts'
import type { Store } from '../../src/store/open.ts'
import { document } from '../../src/telegram/ports.ts'
import { createSqlite, type TestDatabase, testTime } from '../support/databases.ts'
import { smallInstrument } from '../support/instruments.ts'
import { fact, turn } from '../support/turns.ts'
import { readWords } from '../support/words.ts'

/** What the program makes of the list of capabilities, whatever is on it and in which order. */
let database: TestDatabase
let store: Store
beforeAll(async () => {
  database = await createSqlite()
  store = await database.open()
})
afterAll(() => database.drop())

describe('two capabilities are refused at the start', () => {
  const tell = defineTell('toy.fact', { who: 'self', data: z.null() })
  const ask = defineAsk('toy.ask', { who: 'self', data: z.null(), reply: z.null(), examples: [null] })
  const send = defineSend('toy.paper', { who: 'self', data: z.null() })
  const nothing = async () => {}
  const open = async (chosen: readonly Capability[]) => {
    const content = { instruments: [smallInstrument] as const }
    await openCapabilities(chosen, {
      core: store,
      log: createLog('silent'),
      files: root,
      content,
      flows: [],
      words: await readWords(),
    })
  }
  const both = (parts: Omit<Parameters<typeof defineCapability>[0], 'name'>) =>
    ['one', 'other'].map((name) => defineCapability({ ...parts, name }))

  test.each([
    ['both change', [change(tell, nothing)]],
    ['both forget', [forget(tell, nothing)]],
  ])('that record the same fact, before the database is made: %s', async (_, facts) => {
    const fresh = await createSqlite()
    const capabilities = both({ facts })
    await expect(fresh.open({ capabilities })).rejects.toThrow('Two capabilities both record toy.fact')
    expect(existsSync(fresh.url.replace('file:', ''))).toBe(false)
    await fresh.drop()
  })

  test('that record the same fact in different phases', () => {
    const facts = [change(tell, nothing), notify(tell, nothing)]
    const list = facts.map((writer, index) => ({ name: `${index}`, facts: [writer] }))
    expect(() => writersOf(list)).toThrow('Two capabilities both record toy.fact')
  })

  test('that reply to the same ask', async () => {
    const opening = open(both({ asks: () => [reply(ask, async () => null)] }))
    await expect(opening).rejects.toThrow('Two capabilities both reply to toy.ask')
  })

  test('that make the same document, tell of the same table, or run a job of the same name', async () => {
    const documents = () => [document(send, async () => undefined)]
    await expect(open(both({ documents }))).rejects.toThrow('Two capabilities both make the document toy.paper')
    const exports = () => [
      section('Reminder', { title: { key: 'toy:title' }, row: z.object({}), tell: () => undefined }),
    ]
    await expect(open(both({ exports }))).rejects.toThrow('Two capabilities both tell of the table Reminder')
    const jobs = () => [{ name: 'toy', cron: '* * * * *', run: async () => ({}) }]
    await expect(open(both({ jobs }))).rejects.toThrow('Two capabilities both run the job toy')
  })

  test('that make the same picture', () => {
    const makers = { toy: () => new Uint8Array() }
    expect(() => makersOf(both({ makers }))).toThrow('Two capabilities both make the picture toy')
    const [one, other] = [defineCapability({ name: 'one', makers }), defineCapability({ name: 'other' })]
    expect(Object.keys(makersOf([one, other]))).toEqual(['toy'])
  })

  test('while those of the project are not', async () => {
    const names = capabilities.map(({ name }) => name)
    expect(names).toEqual([...new Set(names)])
    await open(capabilities.filter(({ name }) => name !== 'professions'))
    expect(Object.keys(writersOf(capabilities)).length).toBeGreaterThan(5)
  })
})

describe('the facts of a turn are written in the order change, notify, forget', () => {
  let chats = 0
  const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length })
  const runs = { numRuns: 40 }

  test('whatever the order of capabilities and of the facts; within a phase as in the lists', async () => {
    const phases = ['change', 'notify', 'forget'] as const
    const writers = { change, notify, forget }
    const plans = fc.array(fc.array(fc.constantFrom(...phases), { maxLength: 4 }), { minLength: 1, maxLength: 5 })
    const namesOf = (plan: readonly (readonly string[])[]) =>
      plan.flatMap((list, one) => list.map((phase, place) => `${phase} ${one}.${place}`))
    const turns = plans.chain((plan) => fc.tuple(fc.constant(plan), shuffled(namesOf(plan))))
    await fc.assert(
      fc.asyncProperty(turns, async ([plan, told]) => {
        const written: string[] = []
        const record = (phase: (typeof phases)[number], name: string): FactWriter =>
          writers[phase](defineTell(name, { who: 'self', data: z.null() }), async () => void written.push(name))
        const list = plan.map((facts, one) => ({
          name: `capability ${one}`,
          facts: facts.map((phase, place) => record(phase, `${phase} ${one}.${place}`)),
        }))
        const dialogues = createDialogues(store, writersOf(list))
        await dialogues.commit(turn(++chats, 1, { facts: told.map((name) => fact(name, null)) }))
        expect(written).toEqual(phases.flatMap((phase) => namesOf(plan).filter((name) => name.startsWith(phase))))
      }),
      runs,
    )
  })

  test('so that of whoever is forgotten nothing stays that the same turn told, however the capabilities stand', async () => {
    await fc.assert(
      fc.asyncProperty(shuffled(capabilities), shuffled([0, 1, 2, 3]), async (list, order) => {
        const dialogues = createDialogues(store, writersOf(list))
        const [gone, stays] = [++chats, ++chats]
        const tells = (chatId: number) => [
          fact('survey.answer', { attempt: `a${chatId}`, instrument: 'riasec', form: 'quick', answers: { a: 5 } }),
          fact('reminder.save', reminder(`r${chatId}`)),
          fact('notice.put', { key: `k${chatId}`, kind: 'toy.due', dueAt: testTime, values: {}, priority: 1 }),
          ...(chatId === gone ? [fact('person.forget', null)] : []),
        ]
        const facts = order.flatMap((place) => tells(gone)[place] ?? [])
        await Promise.all([
          dialogues.commit(turn(gone, 1, { facts })),
          dialogues.commit(turn(stays, 1, { facts: tells(stays) })),
        ])
        expect(Object.values(await exportChat(store, gone)).flat()).toEqual([])
        const kept = await exportChat(store, stays)
        expect([kept.SurveyAttempt, kept.Reminder, kept.Notice].map((rows) => rows?.length)).toEqual([1, 1, 1])
      }),
      runs,
    )
  })

  test('and a turn may withdraw the notices of a thing and put new ones, told in either order', async () => {
    await fc.assert(
      fc.asyncProperty(shuffled(capabilities), shuffled([0, 1]), async (list, order) => {
        const dialogues = createDialogues(store, writersOf(list))
        const chatId = ++chats
        const put = (key: string) =>
          fact('notice.put', { key: `${chatId}:${key}`, kind: 'toy.due', dueAt: testTime, values: {}, priority: 1 })
        await dialogues.commit(turn(chatId, 1, { facts: [put('old')] }))
        const told = [fact('notice.withdraw', { keyPrefix: `${chatId}:` }), put('new')]
        await dialogues.commit(turn(chatId, 2, { facts: order.flatMap((place) => told[place] ?? []) }))
        const waiting = await store.prisma.notice.findMany({ where: { chatId, outcome: null } })
        expect(waiting.map(({ key }) => key)).toEqual([`${chatId}:new`])
      }),
      runs,
    )
  })
})

function reminder(id: string) {
  const when = { zone: 'Asia/Almaty', minute: 1080, nextAt: testTime, state: 'active' }
  return { id, what: 'x', repeat: { type: 'once' }, ...when }
}
