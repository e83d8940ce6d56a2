import type { Update } from 'grammy/types'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newcomer } from '../../flows/common/person.ts'
import { help } from '../../flows/help/index.ts'
import { createHome } from '../../flows/home/index.ts'
import { menuCommands } from '../../flows/kit/commands.ts'
import { createLog } from '../../src/base/log.ts'
import type { Engine, Incoming } from '../../src/engine/ports.ts'
import { StoreError } from '../../src/engine/store-error.ts'
import { createWords, type WordsBook } from '../../src/i18n/words.ts'
import { type BotApi, createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import { createApi } from '../../src/telegram/api.ts'
import { encodeCallback, encodeNoticeCallback } from '../../src/telegram/callback.ts'
import { setDelivery, setUpProfile } from '../../src/telegram/setup.ts'
import { createTelegram, type Telegram, type TelegramOptions } from '../../src/telegram/updates.ts'
import { smallInstrument } from '../support/instruments.ts'
import { queryOf } from '../support/query-of.ts'

const log = createLog('silent')
const root = new URL('../../locales/', import.meta.url)
let words: WordsBook
let botApi: BotApi
let listening: Listening
let connection: ReturnType<typeof createApi>
let taken: Incoming[]
let reached: string[]
let take: Engine['take']

beforeEach(async () => {
  words = await createWords(root, { strict: true })
  botApi = createBotApi()
  listening = await botApi.listen()
  connection = createApi({
    token: botApi.token,
    apiRoot: listening.url,
    clock: { now: () => 0 },
    random: () => 0,
    sleep: async () => {},
  })
  taken = []
  reached = []
  take = async () => ({ person: newcomer('en'), shown: Promise.resolve() })
})

afterEach(async () => {
  connection.close()
  await listening.close()
})

const commands = menuCommands([help, createHome([], [smallInstrument])])

function telegram(more: Partial<TelegramOptions> = {}): Telegram {
  const engine: Engine = {
    take(incoming) {
      taken.push(incoming)
      return take(incoming)
    },
    recover: async () => 0,
    idle: async () => {},
    underWay: () => ({ turns: 0, screens: 0 }),
  }
  return createTelegram({
    api: connection.api,
    botName: botApi.bot.username ?? '',
    engine,
    words,
    reach: {
      unreachable: async (chatId, reason) => void reached.push(`${chatId} ${reason}`),
      reachable: async (chatId) => void reached.push(`${chatId} here`),
    },
    isDanger: (text) => text.includes('danger'),
    commands,
    log,
    random: () => 0,
    sleep: async () => {},
    ...more,
  })
}

describe('the bot on a poll', () => {
  test('helps whoever writes of danger while what they wrote before hangs', async () => {
    const ending = new AbortController()
    const bot = telegram({ ending: ending.signal })
    take = () => new Promise(() => {})
    const run = bot.poller.run()
    const person = botApi.person()
    person.starts()
    person.writes('words')
    person.writes('danger')
    await person.waitFor(({ lastFromBot }) => lastFromBot?.text?.includes('111') === true)
    expect(taken).toHaveLength(1)
    ending.abort()
    await bot.poller.stop()
    await run
  })

  test('gives updates to the engine, presses with the query that waits for an answer', async () => {
    const bot = telegram()
    const run = bot.poller.run()
    const person = botApi.person()
    person.starts()
    const sent = (await botApi.perform('sendMessage', { chat_id: person.id, text: 'x' })) as { message_id: number }
    const press = person.pressesData(sent.message_id, encodeCallback(1, 0, { type: 'A' }))
    await botApi.confirmed()
    await bot.poller.stop()
    await run
    await bot.idle()
    expect(taken.map(({ action }) => action.type)).toEqual(['command', 'press'])
    expect(taken.map(({ query }) => query)).toEqual([undefined, queryOf(press)])
    expect(botApi.pendingUpdates()).toBe(0)
  })

  test('tells what stands behind a start, once its turn is committed', async () => {
    const heard: string[] = []
    const bot = telegram({ onStart: (payload) => void heard.push(payload) })
    const person = botApi.person()
    for (const update of [person.starts(), person.starts('a-poster'), person.writes('/help a-poster')])
      await bot.take(update as unknown as Update) // the local one writes updates as Telegram does
    expect(heard).toEqual(['', 'a-poster'])
  })

  test('marks who leaves and who returns, and tells a group where Serik talks', async () => {
    const bot = telegram()
    const person = botApi.person()
    const group = botApi.group({ title: 'Class' })
    void bot.poller.run()
    person.starts()
    person.blocks()
    person.unblocks()
    group.addsBot(person)
    await botApi.calls.waitFor(({ method }) => method === 'sendMessage')
    await bot.poller.stop()
    expect(reached).toEqual([`${person.id} here`, `${person.id} blocked`, `${person.id} here`])
    expect(group.messages.map(({ text }) => text)).toEqual([words.plain({ key: 'telegram:group' }, 'kk')])
  })

  test('takes an update again when the store failed', async () => {
    let failures = 2
    let kept = () => {}
    const committed = new Promise<void>((resolve) => {
      kept = resolve
    })
    const works = take
    take = async (incoming) => {
      if (failures-- > 0) throw new StoreError('full', 'disk')
      kept()
      return works(incoming)
    }
    const bot = telegram()
    const run = bot.poller.run()
    botApi.person().starts()
    await committed
    await bot.poller.stop()
    await run
    expect(botApi.pendingUpdates()).toBe(0)
    expect(taken).toHaveLength(3)
  })
})

test('only answers a press outside private chats', async () => {
  const bot = telegram()
  const person = botApi.person()
  person.starts()
  const sent = (await botApi.perform('sendMessage', { chat_id: person.id, text: 'x' })) as { message_id: number }
  const query = queryOf(person.pressesData(sent.message_id, ''))
  const message = { chat: { id: -5, type: 'group' } }
  await bot.take({ update_id: 5, callback_query: { id: query, from: { id: 7 }, message, data: '' } } as Update) // as read
  await bot.idle()
  expect(person.toasts).toMatchObject([{ text: '' }])
  expect(taken).toEqual([])
})

describe('presses on notices', () => {
  const press = (data: string): Update =>
    ({
      update_id: 5,
      callback_query: { id: 'q', from: { id: 7 }, message: { chat: { id: 7, type: 'private' } }, data },
    }) as Update // what is read of it

  test('open what the notice is about', async () => {
    const bot = telegram({ onNotice: async ({ noticeId }) => ({ type: 'open', flow: 'vacancies', input: noticeId }) })
    await bot.take(press(encodeNoticeCallback(3, 0)))
    await bot.idle()
    const action = { type: 'open', flow: 'vacancies', input: 3 }
    expect(taken).toEqual([{ chatId: 7, updateId: 5, query: 'q', action }])
  })

  test('are stale when nobody knows the notice', async () => {
    const bot = telegram()
    await bot.take(press(encodeNoticeCallback(3, 0)))
    await bot.idle()
    expect(taken).toEqual([{ chatId: 7, updateId: 5, query: 'q', action: { type: 'other', what: 'stale' } }])
  })
})

test('takes updates by webhook', async () => {
  const handle = telegram().webhook('secret')
  const message = { chat: { id: 7, type: 'private' }, from: { id: 7 }, text: 'hi' }
  expect((await handle(posted({ update_id: 1, message }))).status).toBe(200)
  expect(taken).toHaveLength(1)
})

test('takes of a flood of photos the first and the last, and what speaks of danger', async () => {
  let time = 0
  const pass = async (pause: number) => {
    time += pause
  }
  const bot = telegram({ steady: { now: () => time }, sleep: pass })
  const works = take
  let begin = () => {}
  const held = new Promise<void>((resolve) => (begin = resolve))
  take = (incoming) => held.then(() => works(incoming))
  const person = botApi.person()
  const captions = Array.from({ length: 300 }, (_, index) => (index === 200 ? 'danger' : `photo ${index}`))
  const handle = bot.webhook('secret')
  const flood = captions.map((text) => handle(posted(person.sends('photo', { text }))))
  begin()
  await Promise.all(flood)
  await bot.idle()
  const seen = taken.map(({ action }) =>
    action.type === 'content' && action.event.type === 'PHOTO' ? action.event.caption : '',
  )
  expect(seen.length).toBeLessThan(70)
  expect(seen.slice(0, 2)).toEqual(['photo 0', 'photo 1'])
  expect(seen).toContain('danger')
  expect(seen.at(-1)).toBe('photo 299')
})

function posted(update: unknown): Request {
  const headers = { 'x-telegram-bot-api-secret-token': 'secret' }
  return new Request('http://x', { method: 'POST', headers, body: JSON.stringify(update) })
}

describe('setting up', () => {
  test('writes commands and descriptions in three languages once, and nothing when they are there', async () => {
    await setUpProfile({ api: connection.api, words, log, commands })
    expect(botApi.person(undefined, { language_code: 'ru' }).commands[0]).toEqual({
      command: 'menu',
      description: 'Главная',
    })
    expect(botApi.person(undefined, { language_code: 'de' }).commands[0]).toEqual({
      command: 'menu',
      description: 'Басты бет',
    })
    expect(botApi.profile.read('short_description', 'en')).toBe(words.plain({ key: 'telegram:bot.short' }, 'en'))
    const writes = () => botApi.calls.list().filter(({ method }) => method.startsWith('set')).length
    const first = writes()
    expect(first).toBeGreaterThan(0)
    await setUpProfile({ api: connection.api, words, log, commands })
    expect(writes()).toBe(first)
  })

  test('does not stop the start when Telegram is away', async () => {
    botApi.setFaults({ serverErrors: { probability: 1 } })
    await expect(setUpProfile({ api: connection.api, words, log, commands })).resolves.toBeUndefined()
  })

  test('chooses between webhook and poll', async () => {
    await setDelivery(connection.api, { url: 'https://serik.example/hook', secret: 'abc' })
    expect(botApi.calls.list('setWebhook')[0]?.payload).toMatchObject({ secret_token: 'abc' })
    await setDelivery(connection.api)
    expect(botApi.calls.list('deleteWebhook')).toHaveLength(1)
  })
})
