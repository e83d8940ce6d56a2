import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Bot, GrammyError, HttpError, InlineKeyboard, InputFile, webhookCallback } from 'grammy'
import { afterEach, describe, expect, test } from 'vitest'
import { type BotApi, type BotApiOptions, createBotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import { pixel, startPolling } from './support.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

describe('an unmodified grammY bot that polls', () => {
  test('is spoken to, answers, edits and is pressed', async () => {
    const { api, bot } = await openRoom()
    bot.command('start', (context) =>
      context.reply(`<b>Hello</b> ${context.match}`, {
        parse_mode: 'HTML',
        reply_markup: new InlineKeyboard().text('Yes', 'yes'),
      }),
    )
    bot.callbackQuery('yes', async (context) => {
      await context.answerCallbackQuery('Saved')
      await context.editMessageText('Edited')
    })
    await poll(bot)
    const person = api.person()
    person.starts('from-link')
    const greeting = await person.sees('Hello from-link')
    expect(greeting.entities).toEqual([{ type: 'bold', offset: 0, length: 5 }])
    person.presses('Yes')
    const edited = await person.sees('Edited')
    expect(edited.id).toBe(greeting.id)
    expect(person.toasts).toEqual([expect.objectContaining({ text: 'Saved', alert: false })])
  })

  test('uploads pictures and documents, uses a file again, and downloads what a person sent', async () => {
    const { api, bot, url } = await openRoom()
    const person = api.person()
    person.starts()
    const sent = await bot.api.sendPhoto(person.id, new InputFile(pixel, 'сурет 1.png'), { caption: 'a' })
    await bot.api.sendPhoto(person.id, sent.photo[0]?.file_id ?? '')
    await bot.api.sendDocument(person.id, new InputFile(Buffer.from('words'), 'words.txt'))
    const media = { type: 'photo', media: new InputFile(pixel, 'b.png'), caption: 'c' } as const
    await bot.api.editMessageMedia(person.id, sent.message_id, media)
    const [, first, second, third] = person.messages
    expect([first?.text, first?.photo?.bytes.length]).toEqual(['c', pixel.length])
    expect(second?.photo?.name).toBe('сурет 1.png')
    expect(Buffer.from(third?.document?.bytes ?? []).toString()).toBe('words')
    const file = await bot.api.getFile(third?.document?.id ?? '')
    const download = await fetch(`${url}/file/bot${api.token}/${file.file_path}`)
    expect(await download.text()).toBe('words')
  })

  test.each([
    ['an empty file', Buffer.alloc(0), 'file must be non-empty'],
    ['no picture at all', Buffer.from('not a picture'), 'IMAGE_PROCESS_FAILED'],
    ['more than 10 MB', Buffer.concat([pixel, Buffer.alloc(10 * 1024 * 1024)]), 'file is too big'],
    ['a picture too wide', widePng(9000, 2000), 'PHOTO_INVALID_DIMENSIONS'],
    ['a picture like a thread', widePng(2100, 100), 'PHOTO_INVALID_DIMENSIONS'],
  ])('hears why %s is no photo', async (_what, bytes, reason) => {
    const { api, bot } = await openRoom()
    const person = api.person()
    person.starts()
    await expect(bot.api.sendPhoto(person.id, new InputFile(bytes, 'a.png'))).rejects.toThrow(`Bad Request: ${reason}`)
  })

  test('finds after a restart what came while it was down, in order and once', async () => {
    const { api, bot, url } = await openRoom()
    const heard: string[] = []
    const listenTo = (one: Bot) => one.on('message:text', (context) => void heard.push(context.msg.text))
    listenTo(bot)
    await poll(bot)
    const person = api.person()
    person.writes('one')
    await api.confirmed()
    await bot.stop()
    person.writes('two')
    person.writes('three')
    expect(api.pendingUpdates()).toBe(2)
    const again = new Bot(api.token, { client: { apiRoot: url } })
    listenTo(again)
    await poll(again)
    await api.confirmed()
    expect(heard).toEqual(['one', 'two', 'three'])
  })

  test('gets an update again when it is repeated, under the same number', async () => {
    const { api, bot } = await openRoom()
    const numbers: number[] = []
    bot.on('message', (context) => context.reply(`heard ${numbers.push(context.update.update_id)}`))
    await poll(bot)
    const person = api.person()
    const update = person.writes('once')
    await person.sees('heard 1')
    if (update) api.repeatUpdate(update)
    await person.sees('heard 2')
    person.writes('next')
    await person.sees('heard 3')
    expect(numbers).toEqual([1, 1, 2])
  })

  test('hears of blocking and unblocking, of groups and of channels', async () => {
    const { api, bot } = await openRoom()
    const heard: string[] = []
    bot.on(
      'my_chat_member',
      (context) => void heard.push(`${context.chat.type} ${context.myChatMember.new_chat_member.status}`),
    )
    bot.on('message:text', (context) => void heard.push(`${context.chat.type} ${context.msg.text}`))
    bot.on('channel_post', (context) => void heard.push(`${context.chat.type} ${context.channelPost.text}`))
    await poll(bot)
    const person = api.person()
    person.starts()
    person.blocks()
    person.unblocks()
    const group = api.group()
    group.addsBot(person)
    group.writes(person, 'to all')
    group.removesBot(person)
    const channel = api.channel()
    channel.addsBot(person)
    channel.writes(person, 'news')
    await api.confirmed()
    expect(heard).toEqual([
      'private /start',
      'private kicked',
      'private member',
      'group member',
      'group to all',
      'group kicked',
      'channel administrator',
      'channel news',
    ])
  })
})

describe('the wire itself', () => {
  test('refuses a wrong token, an unknown method and a body that is no JSON', async () => {
    const { api, url } = await openRoom()
    const ask = async (path: string, init?: RequestInit) => (await fetch(`${url}/${path}`, init)).json()
    expect(await ask('bot1:wrong/getMe')).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' })
    expect(await ask(`bot${api.token}/getMoon`)).toEqual({ ok: false, error_code: 404, description: 'Not Found' })
    expect(await ask(`bot${api.token}/GETME`)).toMatchObject({ ok: true, result: { id: 7_000_001, is_bot: true } })
    const init = { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }
    expect(await ask(`bot${api.token}/getMe`, init)).toMatchObject({ error_code: 400 })
    const person = api.person()
    person.starts()
    const form = `chat_id=${person.id}&text=${encodeURIComponent('сәлем')}`
    expect(await ask(`bot${api.token}/sendMessage?${form}`)).toMatchObject({ result: { text: 'сәлем' } })
    const body = new URLSearchParams(form)
    expect(await ask(`bot${api.token}/sendMessage`, { method: 'POST', body })).toMatchObject({ ok: true })
  })

  test('lets the newer poller win and tells the older why', async () => {
    const { api, bot } = await openRoom()
    const older = bot.api.getUpdates({ timeout: 50 }).catch((error: unknown) => error)
    const newer = await Promise.all([older, retryUntilConflict(bot, older)])
    expect(newer[0]).toMatchObject({
      error_code: 409,
      description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    })
    await bot.api.setWebhook('https://example.org/hook')
    await expect(bot.api.getUpdates()).rejects.toThrow(
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    expect(api.calls.list('getUpdates').some((call) => call.code === 409)).toBe(true)
  })

  test('forgets an undelivered press after 150 seconds and anything else after a day', async () => {
    let now = 1_800_000_000_000
    const { api, bot } = await openRoom({ clock: { now: () => now } })
    const person = api.person()
    person.starts()
    await bot.api.sendMessage(person.id, 'x', { reply_markup: new InlineKeyboard().text('a') })
    person.presses('a')
    now += 150_001
    expect((await bot.api.getUpdates()).map((update) => Object.keys(update)[1])).toEqual(['message'])
    now += 86_400_000
    expect(await bot.api.getUpdates()).toEqual([])
  })

  test('numbers updates of a later start above those of an earlier one', () => {
    const startAt = (now: number) =>
      createBotApi({ clock: { now: () => now } })
        .person()
        .starts()?.update_id ?? 0
    expect(startAt(1_800_000_001_000)).toBe(startAt(1_800_000_000_000) + 100)
  })

  test('confirms by offset, counts by limit, keeps the last of a negative offset, and sends only what is wanted', async () => {
    const { api, bot } = await openRoom({ firstUpdateId: 500 })
    const person = api.person()
    for (const text of ['a', 'b', 'c']) person.writes(text)
    const ids = async (options: object) => (await bot.api.getUpdates(options)).map((update) => update.update_id)
    expect(await ids({ limit: 2 })).toEqual([500, 501])
    expect(await ids({ offset: 501 })).toEqual([501, 502])
    expect(await ids({ offset: -1 })).toEqual([502])
    expect(api.pendingUpdates()).toBe(1)
    expect(await ids({ offset: 503, allowed_updates: ['callback_query'] })).toEqual([])
    expect(person.writes('d')).toBeUndefined()
  })
})

describe('faults', () => {
  test('come as often as asked and leave other methods alone', async () => {
    const { api, bot } = await openRoom()
    const person = api.person()
    person.starts()
    const send = () => bot.api.sendMessage(person.id, 'x')
    api.setFaults({ tooManyRequests: { next: 1, retryAfter: 7 } })
    await expect(bot.api.getMe()).resolves.toBeTruthy()
    const limited = await send().catch((error: unknown) => error)
    expect(limited).toBeInstanceOf(GrammyError)
    expect(limited).toMatchObject({ error_code: 429, parameters: { retry_after: 7 } })
    await expect(send()).resolves.toBeTruthy()
    api.setFaults({ serverErrors: { next: 1 } })
    await expect(send()).rejects.toThrow('502: Bad Gateway')
    api.setFaults({ drops: { next: 1 } })
    await expect(send()).rejects.toBeInstanceOf(HttpError)
    api.setFaults({ drops: { next: 1, after: true } })
    await expect(send()).rejects.toBeInstanceOf(HttpError)
    expect(person.messages.filter((message) => message.by === 'bot')).toHaveLength(2)
    expect(api.calls.list('sendMessage').map((call) => call.outcome)).toEqual([
      'refused',
      'ok',
      'refused',
      'dropped',
      'dropped',
    ])
  })

  test('block chats without telling the bot', async () => {
    const { api, bot } = await openRoom()
    const person = api.person()
    person.starts()
    api.setFaults({ blockedChats: [person.id] })
    await expect(bot.api.sendMessage(person.id, 'x')).rejects.toThrow('403: Forbidden: bot was blocked by the user')
    expect(api.pendingUpdates()).toBe(1)
  })

  test('are the same for the same seed', async () => {
    const outcomes = async () => {
      const { api, bot } = await openRoom({ faults: { tooManyRequests: { probability: 0.5 } } })
      const person = api.person()
      person.starts()
      for (let count = 0; count < 12; count += 1) await bot.api.sendMessage(person.id, 'x').catch(() => {})
      return api.calls.list('sendMessage').map((call) => call.code)
    }
    const first = await outcomes()
    expect(new Set(first)).toEqual(new Set([200, 429]))
    expect(await outcomes()).toEqual(first)
  })

  test('include the real pace: one message a second a chat, thirty a second in all', async () => {
    let now = 1_800_000_000_000
    const { api, bot } = await openRoom({ clock: { now: () => now }, faults: { enforceLimits: true } })
    const people = Array.from({ length: 32 }, () => api.person())
    for (const person of people) person.starts()
    const send = (at: number) =>
      bot.api.sendMessage(people[at]?.id ?? 0, 'x').then(
        () => 200,
        (error) => error.error_code,
      )
    expect([await send(0), await send(0)]).toEqual([200, 429])
    const rest: number[] = []
    for (let at = 1; at < 32; at += 1) rest.push(await send(at))
    expect(rest.filter((code) => code === 200)).toHaveLength(29)
    now += 1000
    expect([await send(0), await send(31)]).toEqual([200, 200])
  })
})

describe('a webhook', () => {
  test('brings updates with the secret, many at a time but one chat in order, and takes a method as its answer', async () => {
    const { api, bot } = await openRoom()
    bot.on('message:text', (context) => context.reply(`heard ${context.msg.text}`))
    const handle = webhookCallback(bot, 'http', { secretToken: 'secret-1' })
    const hook = await openHook((request, response) => void handle(request, response))
    await bot.api.setWebhook(hook, { secret_token: 'secret-1', max_connections: 3 })
    const people = Array.from({ length: 5 }, () => api.person())
    for (const person of people) for (const text of ['1', '2', '3']) person.writes(text)
    await Promise.all(people.map((person) => person.sees('heard 3')))
    await api.confirmed()
    for (const person of people) {
      const heard = person.messages.filter((message) => message.by === 'bot').map((message) => message.text)
      expect(heard).toEqual(['heard 1', 'heard 2', 'heard 3'])
    }
    expect(await bot.api.getWebhookInfo()).toMatchObject({ url: hook, pending_update_count: 0, max_connections: 3 })
  })

  test('is tried again until it answers 2xx, then no more', async () => {
    const { api, bot } = await openRoom({ webhookBackoff: { first: 5, longest: 20 } })
    const codes = [500, 302, 404, 200, 200]
    const seen: (number | undefined)[] = []
    const hook = await openHook((_request, response) => {
      const code = codes[seen.length]
      seen.push(code)
      response.writeHead(code ?? 200).end()
    })
    await bot.api.setWebhook(hook)
    const person = api.person()
    person.writes('a')
    person.writes('b')
    await api.confirmed()
    expect(seen).toEqual([500, 302, 404, 200, 200])
    expect((await bot.api.getWebhookInfo()).last_error_message).toBe('Wrong response from the webhook: 404 Not Found')
  })

  test('can be set with a backlog, which it gets unless it is dropped', async () => {
    const { api, bot } = await openRoom()
    const person = api.person()
    person.writes('old')
    const seen: unknown[] = []
    const hook = await openHook((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const update = JSON.parse(Buffer.concat(chunks).toString())
        seen.push(update.message.text)
        response.end(JSON.stringify({ method: 'sendMessage', chat_id: person.id, text: `got ${update.message.text}` }))
      })
    })
    await bot.api.setWebhook(hook)
    await person.sees('got old')
    await bot.api.deleteWebhook()
    person.writes('dropped')
    await bot.api.setWebhook(hook, { drop_pending_updates: true })
    person.writes('new')
    await person.sees('got new')
    expect(seen).toEqual(['old', 'new'])
  })
})

async function openRoom(options: BotApiOptions = {}): Promise<{ api: BotApi; bot: Bot; url: string }> {
  const api = createBotApi({ firstUpdateId: 1, ...options })
  const { url, close } = await api.listen()
  closers.push(close)
  return { api, url, bot: new Bot(api.token, { client: { apiRoot: url } }) }
}

async function poll(bot: Bot): Promise<void> {
  await startPolling(bot)
  closers.push(() => bot.stop())
}

async function openHook(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()))
  const address = server.address() as AddressInfo // a TCP server that listens has one
  return `http://127.0.0.1:${address.port}/hook`
}

/** Polls without waiting until the long poll has ended: it may not have arrived when the first short one does. */
async function retryUntilConflict(bot: Bot, older: Promise<unknown>): Promise<void> {
  let isOver = false
  void older.then(() => {
    isOver = true
  })
  while (!isOver) await bot.api.getUpdates({ timeout: 0 }).catch(() => {})
}

/** The head of a PNG that claims these sides. */
function widePng(width: number, height: number): Buffer {
  const bytes = Buffer.from(pixel)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}
