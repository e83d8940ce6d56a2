import fc from 'fast-check'
import type { Update } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import { createBotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import type { WireUpdate } from '../../src/playground/bot-api/wire.ts'
import { encodeCallback, encodeNoticeCallback } from '../../src/telegram/callback.ts'
import { chatKeyOf, readUpdate } from '../../src/telegram/incoming.ts'

const botApi = createBotApi()
const name = botApi.bot.username ?? ''
const person = botApi.person(77, { language_code: 'ru' })
/** The local Telegram writes updates as the real one does. */
const read = (update: WireUpdate | undefined) => readUpdate(update as unknown as Update, name)
const actionOf = (update: WireUpdate | undefined) => {
  const received = read(update)
  return received.type === 'turn' ? received.incoming.action : received.type
}

describe('a private chat', () => {
  it('tells whose it is', () => {
    const update = person.writes('қайда оқимын?')
    expect(read(update)).toEqual({
      type: 'turn',
      incoming: {
        chatId: 77,
        updateId: update?.update_id,
        languageCode: 'ru',
        action: { type: 'text', text: 'қайда оқимын?' },
      },
    })
  })

  it.each([
    ['/start', 'start', ''],
    ['/start abc-DEF_1', 'start', 'abc-DEF_1'],
    [`/Help@${name.toUpperCase()}`, 'help', ''],
    ['/find  two words\nand more ', 'find', 'two words\nand more'],
  ])('reads the command %j', (text, command, argument) => {
    expect(actionOf(person.writes(text))).toEqual({ type: 'command', name: command, argument })
  })

  it('leaves commands for other bots alone, and takes what only looks like a command as text', () => {
    expect(actionOf(person.writes('/help@other_bot'))).toBe('silence')
    for (const text of ['/', '/қ', '/1/2', 'see /help'])
      expect(actionOf(person.writes(text))).toEqual({ type: 'text', text })
  })

  it('keeps the words of a caption and of a forwarded message, for danger may be in them', () => {
    const base = { message_id: 1, date: 1, chat: { id: 77, type: 'private' }, from: { id: 77, is_bot: false } }
    const origin = { type: 'hidden_user', date: 1, sender_user_name: 'somebody' }
    const actionIn = (message: object) => actionOf({ update_id: 1, message: { ...base, ...message } } as never) // a part of Telegram's shape
    expect(actionIn({ photo: [], caption: 'words' })).toEqual({ type: 'other', what: 'picture', text: 'words' })
    expect(actionIn({ forward_origin: origin, text: 'words' })).toEqual({
      type: 'other',
      what: 'forward',
      text: 'words',
    })
  })

  it.each([
    ['sticker', 'sticker'],
    ['dice', 'sticker'],
    ['voice', 'voice'],
    ['audio', 'voice'],
    ['video_note', 'voice'],
    ['photo', 'picture'],
    ['animation', 'picture'],
    ['video', 'picture'],
    ['document', 'file'],
    ['location', 'place'],
    ['contact', 'contact'],
    ['forward', 'forward'],
    ['poll', 'other'],
  ] as const)('calls %s by its kind: %s', (kind, what) => {
    expect(actionOf(person.sends(kind))).toMatchObject({ type: 'other', what })
  })

  it('is silent about what Telegram reports by itself, edits and bots', () => {
    const chat = { id: 77, type: 'private' }
    const from = { id: 77, is_bot: false }
    const silent = [
      { message: { chat, from, pinned_message: {} } },
      { message: { chat, from, successful_payment: {} } },
      { message: { chat, from: { id: 5, is_bot: true }, text: 'x' } },
      { message: { chat: { id: -5, type: 'group' }, from, migrate_to_chat_id: -1005 } },
      { edited_message: { chat, from, text: 'x' } },
      { channel_post: { chat: { id: -5, type: 'channel' }, text: '/start' } },
      { message_reaction: { chat } },
      { poll: {} },
      { pre_checkout_query: { id: '1' } },
      {},
    ]
    for (const update of silent) expect(read({ update_id: 1, ...update })).toEqual({ type: 'silence' })
    const viaBot = { message: { chat, from, text: 'x', via_bot: { id: 5 } } }
    expect(actionOf({ update_id: 1, ...viaBot })).toEqual({ type: 'other', what: 'other', text: 'x' })
  })

  it('hears when the bot is blocked and when the person comes back', () => {
    expect(read(person.blocks())).toEqual({ type: 'membership', chatId: 77, reachable: false })
    expect(read(person.unblocks())).toEqual({ type: 'membership', chatId: 77, reachable: true })
  })
})

describe('a press', () => {
  const press = (
    data: string | undefined,
    message: object | undefined = { message_id: 1, date: 0, chat: { id: 77, type: 'private' } },
  ) => read({ update_id: 9, callback_query: { id: 'q', from: { id: 77, is_bot: false }, message, data } })

  it('names a place on a screen, or a notice', () => {
    expect(press(encodeCallback(4, 2, { type: 'A' }))).toMatchObject({
      type: 'turn',
      incoming: { chatId: 77, query: 'q', action: { type: 'press', revision: 4, index: 2 } },
    })
    expect(press(encodeNoticeCallback(12, 1))).toEqual({
      type: 'notice',
      press: { chatId: 77, noticeId: 12, index: 1 },
      by: { chatId: 77, updateId: 9, query: 'q' },
    })
  })

  it('tells on which message it was made, unless Telegram itself no longer has it', () => {
    const at = (message: object) => {
      const chat = { id: 77, type: 'private' }
      const received = press(encodeCallback(4, 2, { type: 'A' }), { message_id: 5, date: 1, chat, ...message })
      return received.type === 'turn' ? received.incoming.pressedOn : undefined
    }
    expect(at({ text: 'x' })).toEqual({ id: 5, kind: 'text' })
    expect(at({ photo: [{}] })).toEqual({ id: 5, kind: 'picture' })
    expect(at({ date: 0 })).toBeUndefined()
  })

  it('that nobody can read is stale; one outside private chats is only answered', () => {
    expect(press('of:another:bot')).toMatchObject({
      incoming: { query: 'q', action: { type: 'other', what: 'stale' } },
    })
    expect(press(undefined)).toMatchObject({ incoming: { action: { type: 'other', what: 'stale' } } })
    expect(press('x', { message_id: 1, chat: { id: -5, type: 'group' } })).toEqual({ type: 'query', query: 'q' })
    const inline = { update_id: 9, callback_query: { id: 'q', from: { id: 77 }, data: 'x', inline_message_id: 'i' } }
    expect(read(inline)).toEqual({ type: 'query', query: 'q' })
  })
})

describe('groups and channels', () => {
  it('get a word when the bot is added or addressed, and only then', () => {
    const group = botApi.group({ title: 'Class' })
    expect(read(group.addsBot(person))).toMatchObject({ type: 'group', chatId: group.id })
    expect(read(group.promotesBot(person))).toEqual({ type: 'silence' })
    expect(read(group.writes(person, 'hello'))).toEqual({ type: 'silence' })
    expect(read(group.writes(person, '/help'))).toEqual({ type: 'silence' })
    expect(read(group.writes(person, '/help@other_bot'))).toEqual({ type: 'silence' })
    expect(read(group.writes(person, `/help@${name}`))).toMatchObject({ type: 'group', chatId: group.id })
    expect(read(group.writes(person, '/start'))).toMatchObject({ type: 'group', chatId: group.id })
    expect(read(group.removesBot(person))).toEqual({ type: 'silence' })
  })
})

it('never throws, whatever a field holds, as long as the shapes are those of Telegram', () => {
  const chat = fc.record({ id: fc.integer(), type: fc.constantFrom('private', 'group', 'supergroup', 'channel') })
  const from = fc.option(fc.record({ id: fc.integer(), is_bot: fc.boolean(), language_code: fc.string() }), {
    nil: undefined,
  })
  const message = fc.record({ chat, from, text: fc.option(fc.string(), { nil: undefined }), sticker: fc.jsonValue() })
  const update = fc.record(
    {
      message,
      callback_query: fc.record({ id: fc.string(), from, message, data: fc.string() }),
      inline_query: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(update, (content) => {
      const wire = { update_id: 1, ...content } as unknown as Update
      expect(['turn', 'notice', 'query', 'group', 'inline', 'silence']).toContain(readUpdate(wire, name).type)
      expect(Number.isInteger(chatKeyOf(wire))).toBe(true)
    }),
  )
})
