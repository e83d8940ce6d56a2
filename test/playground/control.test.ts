import { Bot, InlineKeyboard } from 'grammy'
import { afterEach, describe, expect, test } from 'vitest'
import { createBotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import { createControl } from '../../src/playground/control.ts'
import { startPolling } from './support.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function openRoom() {
  const api = createBotApi({ firstUpdateId: 1 })
  api.mount('/control', createControl(api))
  const { url, close } = await api.listen()
  closers.push(close)
  const ask = async (method: string, path: string, body?: unknown) => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${url}/control/${path}`, { method, ...content })
    return response.json()
  }
  return { api, url, ask, bot: new Bot(api.token, { client: { apiRoot: url } }) }
}

describe('the control API', () => {
  test('makes people, lets them act, and shows their chats', async () => {
    const { api, ask } = await openRoom()
    expect(await ask('POST', 'people', { count: 2, id: 50, language_code: 'kk' })).toEqual({ ids: [50, 51] })
    await ask('POST', 'acts', [{ person: 50, start: 'code' }])
    const markup = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] }
    await api.perform('sendMessage', { chat_id: 50, text: 'x', reply_markup: markup })
    const acts = [
      { person: 50, press: 'A' },
      { person: 50, data: 'stale', message: 2 },
      { person: 50, text: 'hi' },
      { person: 51, block: true },
    ]
    expect(await ask('POST', 'acts', acts)).toEqual({ updates: [2, 3, 4, 5] })
    expect(await ask('GET', 'chats/50')).toMatchObject({
      messages: [{ text: '/start code' }, { text: 'x' }, { text: 'hi', from: { language_code: 'kk' } }],
    })
    expect(await ask('GET', 'chats/51')).toMatchObject({ blocked: true })
    expect(await ask('GET', 'statistics')).toMatchObject({ pendingUpdates: 5, calls: { sendMessage: 1 } })
  })

  test('switches faults and refuses switches it does not know', async () => {
    const { api, ask } = await openRoom()
    expect(await ask('PUT', 'faults', { drops: { probability: 0.1 } })).toEqual({ drops: { probability: 0.1 } })
    expect(await ask('PUT', 'faults', { drop: {} })).toHaveProperty('error')
    expect(api.faults()).toEqual({ drops: { probability: 0.1 } })
  })

  test('runs a closed loop of people against the bot', async () => {
    const { bot, ask } = await openRoom()
    let shown = 0
    const next = () => new InlineKeyboard().text(`a${++shown}`, 'a').text('b', 'b')
    bot.on('message', (context) => context.reply('begin', { reply_markup: next() }))
    bot.on('callback_query', async (context) => {
      await context.answerCallbackQuery()
      await context.editMessageText('more', { reply_markup: next() })
    })
    await startPolling(bot)
    closers.push(() => bot.stop())
    const result = await ask('POST', 'load', { people: 5, updates: 60 })
    expect(result).toMatchObject({ updates: 60, silences: 0 })
    expect(shown).toBe(60)
  })
})
