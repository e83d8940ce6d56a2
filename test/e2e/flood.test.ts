import { afterEach, beforeEach, expect, test } from 'vitest'
import { consentVersion, newcomer } from '../../flows/common/person.ts'
import { type Bot, startBot } from '../../src/app/bot.ts'
import { createLog } from '../../src/base/log.ts'
import type { TurnReport } from '../../src/engine/ports.ts'
import { type BotApi, createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import { savePerson } from '../../src/store/people.ts'
import { createSqlite, type TestDatabase } from '../support/databases.ts'

/** One person writes thousands of texts at once, in the limits that Telegram sets. */
let api: BotApi
let server: Listening
let database: TestDatabase
let bot: Bot
let turns: TurnReport[]
let restart: () => Promise<void>

const consent = { version: consentVersion, at: 0, by: 'self' as const }
const grown = { ...newcomer('ru'), ageBand: '18+' as const, region: '75', plan: 'college' as const, consent }
const [flooder, other] = [5001, 5002]

beforeEach(async () => {
  api = createBotApi({ faults: { enforceLimits: true }, historyLimit: 10_000 })
  server = await api.listen()
  database = await createSqlite()
  const store = await database.open()
  for (const id of [flooder, other]) await savePerson(store, id, grown)
  turns = []
  const onTurn = (turn: TurnReport) => void turns.push(turn)
  const start = () => startBot({ token: api.token, apiRoot: server.url, store, log: createLog('silent'), onTurn })
  bot = await start()
  restart = async () => {
    await bot.stop()
    bot = await start()
    void bot.telegram.poller.run()
  }
})
afterEach(async () => {
  await bot.telegram.poller.stop()
  await bot.stop()
  await server.close()
  await database.drop()
})

test('others are answered as if nobody flooded, and the flooder is told so once, in a few messages', async () => {
  const [writer, reader] = [api.person(flooder), api.person(other)]
  for (let one = 0; one < 3_000; one++) writer.writes(`повар ${one}`)
  writer.writes('хочу умереть')
  for (let one = 0; one < 1_000; one++) writer.writes(`врач ${one}`)
  reader.writes('повар')
  void bot.telegram.poller.run()
  await reader.waitFor(({ lastFromBot }) => lastFromBot !== undefined, 60_000)
  const before = turns.slice(
    0,
    turns.findIndex(({ chatId }) => chatId === other),
  )
  expect(before.length).toBeLessThan(150) // sixty of the first, then one a second
  await api.confirmed(60_000)
  await bot.telegram.idle()
  const said = writer.messages.filter(({ by }) => by === 'bot').map(({ text }) => text)
  expect(said.filter((text) => text === bot.words.plain({ key: 'telegram:crowded' }, 'ru'))).toHaveLength(1)
  expect(said.filter((text) => text?.includes('111'))).not.toEqual([])
  expect(said.at(-1)).toContain('врач 999')
  expect(said.length).toBeLessThan(20)
})

test.each([
  ['links with a thousand names', (one: number) => ({ text: `/start poster${one}` })],
  ['a thousand commands that do not exist', (one: number) => ({ text: `/command${one}` })],
  ['one button', () => ({ press: 0 })],
])('others do not wait behind %s', async (_, act) => {
  const [writer, reader] = [api.person(flooder), api.person(other)]
  void bot.telegram.poller.run()
  writer.writes('/menu')
  await writer.waitFor(({ lastFromBot }) => lastFromBot !== undefined)
  await bot.telegram.poller.stop()
  const old = writer.messages.at(-1)?.id
  for (let one = 0; one < 1_000; one++) {
    const given = act(one)
    if ('text' in given) writer.writes(given.text)
    else writer.presses(given.press, old)
  }
  reader.writes('повар')
  await restart()
  await reader.waitFor(({ lastFromBot }) => lastFromBot !== undefined, 60_000)
  expect(turns.findIndex(({ chatId }) => chatId === other)).toBeLessThan(150)
})

test('the way to deletion is open in the midst of four hundred texts', async () => {
  const writer = api.person(flooder)
  void bot.telegram.poller.run()
  writer.writes('/settings')
  await writer.waitFor(({ lastFromBot }) => lastFromBot !== undefined)
  for (let one = 0; one < 400; one++) {
    writer.writes(`повар ${one}`)
    if (one === 200) writer.writes('/delete_me')
  }
  await api.confirmed(60_000)
  expect(turns.some(({ stack }) => stack.some(({ flow }) => flow === 'privacy'))).toBe(true)
})
