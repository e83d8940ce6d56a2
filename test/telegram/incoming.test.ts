import fc from 'fast-check'
import type { Update } from 'grammy/types'
import { describe, expect, test } from 'vitest'
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
  test('tells whose it is', () => {
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

  test.each([
    ['/start', 'start', ''],
    ['/start abc-DEF_1', 'start', 'abc-DEF_1'],
    [`/Help@${name.toUpperCase()}`, 'help', ''],
    ['/find  two words\nand more ', 'find', 'two words\nand more'],
  ])('reads the command %j', (text, command, argument) => {
    expect(actionOf(person.writes(text))).toEqual({ type: 'command', name: command, argument })
  })

  test('takes /start@another_bot for the start: nobody else is there', () => {
    expect(actionOf(person.writes('/start@another_bot'))).toEqual({ type: 'command', name: 'start', argument: '' })
    const linked = actionOf(person.writes('/start@another_bot abc'))
    expect(linked).toEqual({ type: 'command', name: 'start', argument: 'abc' })
  })

  test('takes what only looks like a command as text', () => {
    for (const text of ['/', '/қ', '/1/2', 'see /help'])
      expect(actionOf(person.writes(text))).toEqual({ type: 'text', text })
  })

  test('keeps the words of a caption and of a forwarded message, for danger may be in them', () => {
    const base = { message_id: 1, date: 1, chat: { id: 77, type: 'private' }, from: { id: 77, is_bot: false } }
    const origin = { type: 'hidden_user', date: 1, sender_user_name: 'somebody' }
    const actionIn = (message: object) => actionOf({ update_id: 1, message: { ...base, ...message } } as never) // a part of Telegram's shape
    expect(actionIn({ photo: [], caption: 'words' })).toEqual({ type: 'other', what: 'picture', text: 'words' })
    expect(actionIn({ video: {}, caption: 'words' })).toEqual({ type: 'other', what: 'picture', text: 'words' })
    expect(actionIn({ forward_origin: origin, text: 'words' })).toEqual({
      type: 'other',
      what: 'forward',
      text: 'words',
    })
  })

  test('reads what is edited for danger only, and stays silent where there are no words', () => {
    const base = {
      message_id: 1,
      date: 1,
      edit_date: 2,
      chat: { id: 77, type: 'private' },
      from: { id: 77, is_bot: false },
    }
    const edited = (message: object) => ({ update_id: 1, edited_message: { ...base, ...message } }) as never // a part of Telegram's shape
    expect(actionOf(edited({ text: 'words' }))).toEqual({ type: 'other', what: 'edited', text: 'words' })
    expect(actionOf(edited({ text: '/help' }))).toEqual({ type: 'other', what: 'edited', text: '/help' })
    expect(actionOf(edited({ photo: [], caption: 'words' }))).toEqual({ type: 'other', what: 'edited', text: 'words' })
    expect(actionOf(edited({ location: { latitude: 1, longitude: 1 } }))).toBe('silence')
    expect(actionOf(edited({ text: 'words', chat: { id: -7, type: 'group' } }))).toBe('silence')
    expect(chatKeyOf(edited({ text: 'words' }))).toBe(77)
  })

  test.each([
    ['sticker', 'sticker'],
    ['dice', 'sticker'],
    ['voice', 'voice'],
    ['audio', 'voice'],
    ['video_note', 'voice'],
    ['animation', 'picture'],
    ['video', 'picture'],
    ['forward', 'forward'],
    ['poll', 'other'],
  ] as const)('calls %s by its kind: %s', (kind, what) => {
    expect(actionOf(person.sends(kind))).toMatchObject({ type: 'other', what })
  })

  test('is silent about what Telegram reports by itself, and bots', () => {
    const chat = { id: 77, type: 'private' }
    const from = { id: 77, is_bot: false }
    const silent = [
      { message: { chat, from, pinned_message: {} } },
      { message: { chat, from, successful_payment: {} } },
      { message: { chat, from: { id: 5, is_bot: true }, text: 'x' } },
      { message: { chat: { id: -5, type: 'group' }, from, migrate_to_chat_id: -1005 } },
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

  test('hears when the bot is blocked and when the person comes back', () => {
    expect(read(person.blocks())).toEqual({ type: 'membership', chatId: 77, reachable: false })
    expect(read(person.unblocks())).toEqual({ type: 'membership', chatId: 77, reachable: true })
  })
})

describe('what a flow may listen to', () => {
  const base = { message_id: 1, date: 1, chat: { id: 77, type: 'private' }, from: { id: 77, is_bot: false } }
  const actionIn = (message: object) => actionOf({ update_id: 1, message: { ...base, ...message } } as never) // a part of Telegram's shape
  const eventIn = (message: object) => {
    const action = actionIn(message)
    return typeof action === 'object' && action.type === 'content' ? action.event : action
  }
  const file = { file_id: 'f', file_unique_id: 'u' }
  const bare = { fileId: 'f', uniqueId: 'u', size: null, caption: null, album: null }

  test('comes with the name of its kind, for the remark where none listens', () => {
    const kinds = { photo: 'picture', document: 'file', location: 'place', contact: 'contact' } as const
    for (const [kind, what] of Object.entries(kinds))
      expect(actionOf(person.sends(kind as keyof typeof kinds))).toMatchObject({ type: 'content', what })
  })

  test('is a photo in its largest size, whatever the order of sizes', () => {
    const [small, large] = [
      { ...file, file_id: 'small', width: 90, height: 60, file_size: 900 },
      { ...file, file_id: 'large', width: 1280, height: 853, file_size: 90_000 },
    ]
    const event = { ...bare, type: 'PHOTO', fileId: 'large', size: 90_000, caption: 'words' }
    for (const photo of [
      [small, large],
      [large, small],
    ])
      expect(eventIn({ photo, caption: 'words' })).toEqual(event)
    expect(eventIn({ photo: [{ ...file, width: 1, height: 1 }], media_group_id: 'a' })).toEqual({
      ...bare,
      type: 'PHOTO',
      album: 'a',
    })
  })

  test('is a document, with the name that may be shown', () => {
    const document = { ...file, file_name: 'résumé.PDF', mime_type: 'Application/pdf', file_size: 12 }
    const event = { ...bare, type: 'DOCUMENT', size: 12, name: 'résumé.PDF', mimeType: 'application/pdf' }
    expect(eventIn({ document })).toEqual(event)
    expect(eventIn({ document: file })).toEqual({ ...bare, type: 'DOCUMENT', name: null, mimeType: null })
  })

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\a.txt', 'a.txt'],
    ['photo\u202egnp.exe', 'photognp.exe'],
    ['a\u0000b\nc\ud83d.txt', 'abc.txt'],
    ['  ', null],
    ['/', null],
    [`${'ж'.repeat(100_000)}.pdf`, `${'ж'.repeat(196)}.pdf`],
    [`${'🙂'.repeat(100_000)}.pdf`, `${'🙂'.repeat(196)}.pdf`],
    [7, null],
  ])('shows no more of a name than can be looked at: %#', (name, shown) => {
    expect(eventIn({ document: { ...file, file_name: name } })).toMatchObject({ name: shown })
  })

  test.each(['', 'pdf', 'a/b/c', 'text/html; charset=utf-8', `a/${'b'.repeat(200)}`, 'текст/html', 'a/b\n', 7])(
    'knows no such kind of document as %j',
    (mime) => {
      expect(eventIn({ document: { ...file, mime_type: mime } })).toMatchObject({ type: 'DOCUMENT', mimeType: null })
    },
  )

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '9'])('knows no such size as %j', (size) => {
    expect(eventIn({ document: { ...file, file_size: size } })).toMatchObject({ type: 'DOCUMENT', size: null })
  })

  test.each([
    {},
    { ...file, file_id: '' },
    { ...file, file_id: 'f'.repeat(10_000) },
    { file_id: 'f' },
    { ...file, file_id: 7 },
  ])('is no file without ids: %#', (wrong) => {
    expect(actionIn({ document: wrong, caption: 'words' })).toEqual({ type: 'other', what: 'file', text: 'words' })
    const photo = [{ ...wrong, width: 1, height: 1 }]
    expect(actionIn({ photo, caption: 'words' })).toEqual({ type: 'other', what: 'picture', text: 'words' })
  })

  test('is a telephone number, the own one only of whoever sends it themselves', () => {
    const contact = { phone_number: '+7 (701) 000-00-00', first_name: 'T', user_id: 77 }
    const event = { type: 'CONTACT', phone: '+77010000000', isOwn: true }
    expect(eventIn({ contact })).toEqual(event)
    expect(eventIn({ contact: { ...contact, user_id: 78 } })).toEqual({ ...event, isOwn: false })
    expect(eventIn({ contact: { ...contact, user_id: undefined } })).toEqual({ ...event, isOwn: false })
    expect(eventIn({ contact: { ...contact, user_id: '77' } })).toEqual({ ...event, isOwn: false })
    expect(eventIn({ contact, via_bot: { id: 5, is_bot: true } })).toEqual({ ...event, isOwn: false })
    for (const phone of ['', '+', 'x', '77010000000;ext=1', '7'.repeat(16), '٧٠١٠٠٠', ' '.repeat(100_000), 7, null])
      expect(actionIn({ contact: { ...contact, phone_number: phone } })).toEqual({ type: 'other', what: 'contact' })
  })

  test('is a place on the map, of a venue too', () => {
    const location = { latitude: 51.1, longitude: -71.4 }
    const event = { type: 'LOCATION', ...location }
    expect(eventIn({ location: { ...location, live_period: 60 } })).toEqual(event)
    expect(eventIn({ location, venue: { location, title: 'T', address: 'A' } })).toEqual(event)
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, 91, -90.1, '51', null, undefined])
      expect(actionIn({ location: { ...location, latitude: wrong } })).toEqual({ type: 'other', what: 'place' })
    expect(actionIn({ location: { ...location, longitude: 180.1 } })).toEqual({ type: 'other', what: 'place' })
  })

  test('is nothing that was forwarded, nor a film', () => {
    const forward_origin = { type: 'hidden_user', date: 1, sender_user_name: 'somebody' }
    const photo = [{ ...file, width: 1, height: 1 }]
    expect(actionIn({ photo, forward_origin })).toEqual({ type: 'other', what: 'forward' })
    expect(actionIn({ animation: file, document: file })).toEqual({ type: 'other', what: 'picture' })
  })
})

describe('a press', () => {
  const press = (
    data: string | undefined,
    message: object | undefined = { message_id: 1, date: 0, chat: { id: 77, type: 'private' } },
  ) => read({ update_id: 9, callback_query: { id: 'q', from: { id: 77, is_bot: false }, message, data } })

  test('names a place on a screen, or a notice', () => {
    expect(press(encodeCallback(4, 2, { type: 'A' }))).toMatchObject({
      type: 'turn',
      incoming: { chatId: 77, query: 'q', action: { type: 'press', revision: 4, index: 2 } },
    })
    expect(press(encodeNoticeCallback(12, 1))).toEqual({
      type: 'notice',
      press: { chatId: 77, noticeId: 12, index: 1, messageId: 1 },
      by: { chatId: 77, updateId: 9, query: 'q', pressedNotice: 1 },
    })
  })

  test('tells on which message it was made, unless Telegram itself no longer has it', () => {
    const at = (message: object) => {
      const chat = { id: 77, type: 'private' }
      const received = press(encodeCallback(4, 2, { type: 'A' }), { message_id: 5, date: 1, chat, ...message })
      return received.type === 'turn' ? received.incoming.pressedOn : undefined
    }
    expect(at({ text: 'x' })).toEqual({ id: 5, kind: 'text' })
    expect(at({ photo: [{}] })).toEqual({ id: 5, kind: 'picture', keepsake: '?' })
    expect(at({ date: 0 })).toBeUndefined()
  })

  test('that nobody can read is stale; one outside private chats is only answered', () => {
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
  test('get a word when the bot is added or addressed, and only then', () => {
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

test.each([
  { message: null },
  { message: {} },
  { message: { chat: null, text: '/start' } },
  { message: { chat: { id: '77', type: 'private' }, text: '/start' } },
  { message: { chat: { id: 77, type: 'private' }, text: null } },
  { message: { chat: { id: 77, type: 'private' }, from: { id: 77, language_code: 5 }, text: 'x' } },
  { callback_query: null },
  { callback_query: { id: 1, data: 'x' } },
  { callback_query: { id: 'q', message: { chat: {} } } },
  { my_chat_member: {} },
  { my_chat_member: { chat: { id: 77, type: 'private' }, new_chat_member: null } },
  { inline_query: null },
])('a malformed update is left out calmly: %j', (content) => {
  const update = { update_id: 1, ...content } as unknown as Update // of no shape that Telegram gives
  expect(readUpdate(update, name)).toEqual({ type: 'silence' })
  expect(Number.isInteger(chatKeyOf(update))).toBe(true)
})

test('never throws and calls anything malformed silence', () => {
  const kinds = fc.constantFrom('message', 'edited_message', 'callback_query', 'my_chat_member', 'inline_query')
  fc.assert(
    fc.property(kinds, fc.jsonValue(), (kind, content) => {
      const update = { update_id: 1, [kind]: content } as unknown as Update // of no shape that Telegram gives
      expect(readUpdate(update, name)).toEqual({ type: 'silence' })
      expect(Number.isInteger(chatKeyOf(update))).toBe(true)
    }),
  )
})

test('never throws, whatever a field holds, as long as the shapes are those of Telegram', () => {
  const chat = fc.record({ id: fc.integer(), type: fc.constantFrom('private', 'group', 'supergroup', 'channel') })
  const from = fc.option(fc.record({ id: fc.integer(), is_bot: fc.boolean(), language_code: fc.string() }), {
    nil: undefined,
  })
  const anything = fc.option(fc.jsonValue(), { nil: undefined })
  const message = fc.record({
    chat,
    from,
    text: fc.option(fc.string(), { nil: undefined }),
    sticker: anything,
    photo: anything,
    document: anything,
    contact: anything,
    location: anything,
  })
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
