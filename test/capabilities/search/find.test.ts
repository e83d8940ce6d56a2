import { beforeAll, describe, expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import { createFlows } from '../../../flows/index.ts'
import type { Hit } from '../../../flows/search/contract.ts'
import { createLog } from '../../../src/base/log.ts'
import { type Capability, defineCapability, type Finder } from '../../../src/capabilities/capability.ts'
import { capabilities } from '../../../src/capabilities/index.ts'
import { openCapabilities } from '../../../src/capabilities/open.ts'
import { root } from '../../../src/config.ts'
import type { Core } from '../../../src/store/core.ts'
import { createSqlite, type TestDatabase } from '../../support/databases.ts'
import { smallInstrument } from '../../support/instruments.ts'
import { readWords } from '../../support/words.ts'

let database: TestDatabase
let find: (text: string) => Promise<readonly Hit[]>

const world = { chatId: 1, person: newcomer('kk'), now: 0 }

/** What capabilities find on a store. */
async function finderOf(chosen: readonly Capability[], core: Core): Promise<Finder> {
  const content = { instruments: [smallInstrument] as const }
  const given = { core, content, files: root, flows: createFlows(content), words: await readWords() }
  return (await openCapabilities(chosen, { ...given, log: createLog('silent') })).find
}

beforeAll(async () => {
  database = await createSqlite()
  const inAll = await finderOf(capabilities, await database.open())
  find = (text) => inAll(text, world)
  return () => database.drop()
})

const inputsOf = async (text: string) =>
  (await find(text)).filter(({ kind }) => kind === 'profession').map(({ input }) => input)
const flowsOf = async (text: string, kind: string) =>
  (await find(text)).filter((hit) => hit.kind === kind).map(({ flow }) => flow)

describe('free text finds', () => {
  test.each([
    ['аспаз', 'cook'],
    ['Аспазшы болғым келеді', 'cook'],
    ['хочу стать поваром', 'cook'],
    ['COOK', 'cook'],
    ['сварщик', 'welder'],
    ['дәнекерлеуші', 'welder'],
    ['данекерлеуши', 'welder'],
    ['бағдарламашы', 'software-developer'],
  ])('%s → %s first', async (text, id) => {
    expect((await inputsOf(text))[0]).toEqual({ id })
  })

  test('аспаз is a cook and not a musician, whose instrument (аспап) is almost the same word', async () => {
    expect(await inputsOf('аспаз')).toEqual([{ id: 'cook' }])
  })

  test.each([
    ['баптаулар', 'settings'],
    ['настройки', 'settings'],
    ['help', 'help'],
  ])('%s → the menu entry %s', async (text, id) => {
    expect((await flowsOf(text, 'menu'))[0]).toBe(id)
  })

  test.each(['ертең 18:00 құжат тапсыру', 'через 2 часа позвонить', 'every Monday 9:00 English'])(
    'a reminder in "%s"',
    async (text) => expect(await flowsOf(text, 'reminder')).toEqual(['reminders']),
  )

  test.each(['', '   ', 'щщщщщ', '🙂🙂', 'а', 'x'.repeat(200)])('nothing for "%s"', async (text) => {
    expect(await find(text)).toEqual([])
  })
})

describe('a finder that fails', () => {
  const findsWith = async (finder: Finder) => {
    const broken = defineCapability({ name: 'broken', finds: () => finder })
    const findAll = await finderOf([broken, ...capabilities], await database.open({ exclusive: false }))
    return findAll('баптаулар', world)
  }

  test('takes away nobody else’s hits', async () => {
    const hits = await findsWith(async () => {
      throw new Error('a mistake of ours')
    })
    expect(hits.map(({ flow }) => flow)).toEqual(['settings'])
  })

  test('by one hit of a wrong shape loses that one alone', async () => {
    const wrong = { kind: 'toy', label: 'no message', flow: 'toy' } as unknown as Hit // what a mistake may give
    const right: Hit = { kind: 'toy', label: { key: 'help:menu' }, flow: 'help' }
    const hits = await findsWith(async () => [wrong, right])
    expect(hits.map(({ flow }) => flow)).toEqual(['help', 'settings'])
  })

  test('for want of the database has the text come again', async () => {
    const locked = findsWith(async () => {
      throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
    })
    await expect(locked).rejects.toMatchObject({ name: 'StoreError', reason: 'locked' })
  })
})
