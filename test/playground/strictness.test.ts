import { describe, expect, test } from 'vitest'
import { ApiError } from '../../src/playground/bot-api/errors.ts'
import { queryOf } from '../support/query-of.ts'
import { pixel, quietRoom } from './support.ts'

const chatId = 1001
const text = 'x'
const button = (fields: object) => ({ reply_markup: { inline_keyboard: [[{ text: 'x', ...fields }]] } })
const buttons = (count: number) => ({
  reply_markup: { inline_keyboard: Array.from({ length: count }, () => [{ text: 'x', callback_data: 'x' }]) },
})

const refused: [what: string, method: string, fields: object, description: string][] = [
  ['no chat', 'sendMessage', { text }, 'Bad Request: chat_id is empty'],
  ['a chat nobody knows', 'sendMessage', { chat_id: 5, text }, 'Bad Request: chat not found'],
  ['no text', 'sendMessage', { chat_id: chatId }, 'Bad Request: message text is empty'],
  ['blank text', 'sendMessage', { chat_id: chatId, text: ' \n ' }, 'Bad Request: message text is empty'],
  [
    'tags around nothing',
    'sendMessage',
    { chat_id: chatId, text: '<b> </b>', parse_mode: 'HTML' },
    'Bad Request: message text is empty',
  ],
  ['4097 units', 'sendMessage', { chat_id: chatId, text: 'я'.repeat(4097) }, 'Bad Request: message is too long'],
  ['2049 emoji', 'sendMessage', { chat_id: chatId, text: '😀'.repeat(2049) }, 'Bad Request: message is too long'],
  [
    'another parse mode',
    'sendMessage',
    { chat_id: chatId, text, parse_mode: 'Markdown' },
    'Bad Request: unsupported parse_mode',
  ],
  [
    'broken HTML',
    'sendMessage',
    { chat_id: chatId, text: '<x>', parse_mode: 'HTML' },
    'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0',
  ],
  [
    '65 bytes of data',
    'sendMessage',
    { chat_id: chatId, text, ...button({ callback_data: 'x'.repeat(65) }) },
    'Bad Request: BUTTON_DATA_INVALID',
  ],
  [
    '33 Cyrillic letters of data',
    'sendMessage',
    { chat_id: chatId, text, ...button({ callback_data: 'я'.repeat(33) }) },
    'Bad Request: BUTTON_DATA_INVALID',
  ],
  [
    'empty data',
    'sendMessage',
    { chat_id: chatId, text, ...button({ callback_data: '' }) },
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  [
    'a button without action',
    'sendMessage',
    { chat_id: chatId, text, ...button({}) },
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  [
    'two actions',
    'sendMessage',
    { chat_id: chatId, text, ...button({ callback_data: 'x', url: 'https://example.org' }) },
    "Bad Request: can't parse inline keyboard button: exactly one action is expected, found callback_data, url",
  ],
  [
    'a bad address',
    'sendMessage',
    { chat_id: chatId, text, ...button({ url: 'nowhere' }) },
    "Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
  ],
  [
    'an unknown style',
    'sendMessage',
    { chat_id: chatId, text, ...button({ callback_data: 'x', style: 'pink' }) },
    "Bad Request: can't parse inline keyboard button: invalid button style",
  ],
  [
    'a blank label',
    'sendMessage',
    { chat_id: chatId, text, ...button({ text: ' ', callback_data: 'x' }) },
    'Bad Request: inline keyboard button text must be non-empty',
  ],
  [
    'no label',
    'sendMessage',
    { chat_id: chatId, text, ...button({ text: undefined, callback_data: 'x' }) },
    'Bad Request: can\'t parse inline keyboard button: Can\'t find field "text"',
  ],
  ['101 buttons', 'sendMessage', { chat_id: chatId, text, ...buttons(101) }, 'Bad Request: reply markup is too long'],
  [
    'rows that are no arrays',
    'sendMessage',
    { chat_id: chatId, text, reply_markup: { inline_keyboard: [{ text }] } },
    'Bad Request: field "inline_keyboard" must be an Array of Arrays',
  ],
  [
    'markup that is no object',
    'sendMessage',
    { chat_id: chatId, text, reply_markup: '[]' },
    'Bad Request: object expected as reply markup',
  ],
  [
    'markup that is no JSON',
    'sendMessage',
    { chat_id: chatId, text, reply_markup: '{' },
    "Bad Request: can't parse reply keyboard markup JSON object",
  ],
  [
    'a reply to nothing',
    'sendMessage',
    { chat_id: chatId, text, reply_parameters: { message_id: 99 } },
    'Bad Request: message to be replied not found',
  ],
  [
    'an unknown action',
    'sendChatAction',
    { chat_id: chatId, action: 'sing' },
    'Bad Request: wrong parameter action in request',
  ],
  ['no picture', 'sendPhoto', { chat_id: chatId }, 'Bad Request: there is no photo in the request'],
  [
    'an unknown file',
    'sendPhoto',
    { chat_id: chatId, photo: 'AgADsomething' },
    'Bad Request: wrong file identifier/HTTP URL specified',
  ],
  [
    'an address as picture',
    'sendPhoto',
    { chat_id: chatId, photo: 'https://example.org/a.png' },
    'Bad Request: wrong file identifier/HTTP URL specified',
  ],
  [
    'a long caption',
    'sendPhoto',
    { chat_id: chatId, photo: 'x', caption: 'x'.repeat(1025) },
    'Bad Request: message caption is too long',
  ],
  [
    'an edit of nothing',
    'editMessageText',
    { chat_id: chatId, message_id: 99, text },
    'Bad Request: message to edit not found',
  ],
  [
    "an edit of the person's words",
    'editMessageText',
    { chat_id: chatId, message_id: 1, text },
    "Bad Request: message can't be edited",
  ],
  [
    'deleting nothing',
    'deleteMessage',
    { chat_id: chatId, message_id: 99 },
    'Bad Request: message to delete not found',
  ],
  [
    '201 units of answer',
    'answerCallbackQuery',
    { callback_query_id: '1', text: 'x'.repeat(201) },
    'Bad Request: MESSAGE_TOO_LONG',
  ],
  [
    'an unknown query',
    'answerCallbackQuery',
    { callback_query_id: '1' },
    'Bad Request: query is too old and response timeout expired or query ID is invalid',
  ],
  [
    'a command in capitals',
    'setMyCommands',
    { commands: [{ command: 'Start', description: 'x' }] },
    'Bad Request: BOT_COMMAND_INVALID',
  ],
  [
    '33 letters of command',
    'setMyCommands',
    { commands: [{ command: 'x'.repeat(33), description: 'x' }] },
    'Bad Request: BOT_COMMAND_INVALID',
  ],
  [
    'no description',
    'setMyCommands',
    { commands: [{ command: 'x', description: '' }] },
    'Bad Request: BOT_COMMAND_DESCRIPTION_INVALID',
  ],
  [
    '257 units of description',
    'setMyCommands',
    { commands: [{ command: 'x', description: 'x'.repeat(257) }] },
    'Bad Request: BOT_COMMAND_DESCRIPTION_INVALID',
  ],
  [
    '101 commands',
    'setMyCommands',
    { commands: Array.from({ length: 101 }, (_, at) => ({ command: `c${at}`, description: 'x' })) },
    'Bad Request: BOT_COMMANDS_TOO_MUCH',
  ],
  [
    'a language in words',
    'setMyCommands',
    { commands: [], language_code: 'kazakh' },
    'Bad Request: invalid language code specified',
  ],
  ['a long name', 'setMyName', { name: 'x'.repeat(65) }, 'Bad Request: bot name is too long'],
  [
    'a long description',
    'setMyDescription',
    { description: 'x'.repeat(513) },
    'Bad Request: bot description is too long',
  ],
  [
    'a long short description',
    'setMyShortDescription',
    { short_description: 'x'.repeat(121) },
    'Bad Request: bot short description is too long',
  ],
  [
    'a webhook without TLS',
    'setWebhook',
    { url: 'http://example.org/' },
    'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
  ],
  [
    'a secret with a space',
    'setWebhook',
    { url: 'https://example.org/', secret_token: 'a b' },
    'Bad Request: secret token contains unallowed characters',
  ],
  [
    'an unknown file to get',
    'getFile',
    { file_id: 'x' },
    'Bad Request: wrong file_id or the file is temporarily unavailable',
  ],
]

const taken: [what: string, method: string, fields: object][] = [
  ['4096 units', 'sendMessage', { chat_id: chatId, text: 'я'.repeat(4096) }],
  [
    '4096 units inside tags and entities',
    'sendMessage',
    { chat_id: chatId, text: `<b>${'&lt;'.repeat(4096)}</b>`, parse_mode: 'HTML' },
  ],
  ['64 bytes of data', 'sendMessage', { chat_id: chatId, text, ...button({ callback_data: 'я'.repeat(32) }) }],
  ['100 buttons', 'sendMessage', { chat_id: chatId, text, ...buttons(100) }],
  [
    'every style',
    'sendMessage',
    {
      chat_id: chatId,
      text,
      reply_markup: {
        inline_keyboard: [['primary', 'success', 'danger'].map((style) => ({ text, style, callback_data: 'x' }))],
      },
    },
  ],
  ['a reply keyboard', 'sendMessage', { chat_id: chatId, text, reply_markup: { keyboard: [['a', { text: 'b' }]] } }],
  [
    'markup as text',
    'sendMessage',
    { chat_id: chatId, text, reply_markup: JSON.stringify(button({ url: 'https://example.org' }).reply_markup) },
  ],
  [
    '100 commands',
    'setMyCommands',
    { commands: Array.from({ length: 100 }, (_, at) => ({ command: `c${at}`, description: 'x'.repeat(256) })) },
  ],
]

describe('strictness of Telegram', () => {
  test.each(refused)('refuses %s in %s', async (_what, method, fields, description) => {
    const { api } = quietRoom()
    await expect(api.perform(method, { ...fields })).rejects.toEqual(new ApiError(400, description))
  })

  test.each(taken)('takes %s in %s', async (_what, method, fields) => {
    const { api } = quietRoom()
    await expect(api.perform(method, { ...fields })).resolves.toBeTruthy()
  })

  test('tells a blocked chat, one never started, a deleted account and a lost group apart', async () => {
    const { api, person } = quietRoom()
    const stranger = api.person()
    const group = api.group()
    const send = (chat_id: number) => api.perform('sendMessage', { chat_id, text })
    person.blocks()
    await expect(send(person.id)).rejects.toEqual(new ApiError(403, 'Forbidden: bot was blocked by the user'))
    await expect(send(stranger.id)).rejects.toEqual(
      new ApiError(403, "Forbidden: bot can't initiate conversation with a user"),
    )
    stranger.deletesAccount()
    await expect(send(stranger.id)).rejects.toEqual(new ApiError(403, 'Forbidden: user is deactivated'))
    await expect(send(group.id)).rejects.toEqual(new ApiError(403, 'Forbidden: bot was kicked from the group chat'))
    person.unblocks()
    await expect(send(person.id)).resolves.toMatchObject({ text })
  })

  test('names the new chat of a group that moved', async () => {
    const { api, person } = quietRoom()
    const group = api.group()
    group.addsBot(person)
    group.migratesTo(-1_000_000_000_001)
    await expect(api.perform('sendMessage', { chat_id: group.id, text })).rejects.toMatchObject({
      code: 400,
      parameters: { migrate_to_chat_id: -1_000_000_000_001 },
    })
  })

  test('refuses an edit that changes nothing, and drops the keyboard an edit does not repeat', async () => {
    const { api, person } = quietRoom()
    await api.perform('sendMessage', { chat_id: chatId, text: '<b>x</b>', parse_mode: 'HTML', ...buttons(1) })
    const same = { chat_id: chatId, message_id: 2, text: '<b>x </b> ', parse_mode: 'HTML', ...buttons(1) }
    await expect(api.perform('editMessageText', same)).rejects.toThrow(/message is not modified: specified new/)
    await expect(api.perform('editMessageText', { ...same, text: 'x' })).resolves.toBeTruthy()
    await api.perform('editMessageText', { chat_id: chatId, message_id: 2, text: 'x' })
    expect(person.lastFromBot?.keyboard).toEqual([])
    await expect(api.perform('editMessageReplyMarkup', { chat_id: chatId, message_id: 2 })).rejects.toThrow(
      /not modified/,
    )
  })

  test('keeps texts and captions apart', async () => {
    const { api, person } = quietRoom()
    person.sends('photo', { bytes: pixel })
    const photo = person.messages.at(-1)?.photo?.id
    await api.perform('sendPhoto', { chat_id: chatId, photo, caption: 'a' })
    await api.perform('sendMessage', { chat_id: chatId, text })
    const edit = (method: string, message_id: number) =>
      api.perform(method, { chat_id: chatId, message_id, text: 'b', caption: 'b' })
    await expect(edit('editMessageText', 3)).rejects.toThrow('Bad Request: there is no text in the message to edit')
    await expect(edit('editMessageCaption', 4)).rejects.toThrow(
      'Bad Request: there is no caption in the message to edit',
    )
    await expect(edit('editMessageCaption', 3)).resolves.toMatchObject({ caption: 'b' })
    const media = { type: 'photo', media: photo, caption: '<i>c</i>', parse_mode: 'HTML' }
    await expect(api.perform('editMessageMedia', { chat_id: chatId, message_id: 4, media })).resolves.toMatchObject({
      caption: 'c',
      caption_entities: [{ type: 'italic', offset: 0, length: 1 }],
    })
  })

  test('does not take a document for a picture', async () => {
    const { api, person } = quietRoom()
    person.sends('document')
    const photo = person.messages.at(-1)?.document?.id
    await expect(api.perform('sendPhoto', { chat_id: chatId, photo })).rejects.toThrow(
      "can't use file of type Document as Photo",
    )
  })

  test('lets messages be deleted for 48 hours only', async () => {
    const { api, clock } = quietRoom()
    await api.perform('sendMessage', { chat_id: chatId, text })
    clock.moveBySeconds(48 * 3600)
    await expect(api.perform('deleteMessage', { chat_id: chatId, message_id: 2 })).resolves.toBe(true)
    clock.moveBySeconds(1)
    await expect(api.perform('deleteMessage', { chat_id: chatId, message_id: 1 })).rejects.toThrow(
      "Bad Request: message can't be deleted",
    )
  })

  test('takes an answer to a press for 150 seconds and shows it once', async () => {
    const { api, person, clock } = quietRoom()
    await api.perform('sendMessage', { chat_id: chatId, text, ...buttons(1) })
    const press = () => queryOf(person.presses(0))
    const first = press()
    const late = press()
    clock.moveBySeconds(150)
    await api.perform('answerCallbackQuery', { callback_query_id: first, text: 'a' })
    await api.perform('answerCallbackQuery', { callback_query_id: first, text: 'b' })
    expect(person.toasts.map((toast) => toast.text)).toEqual(['a'])
    clock.moveBySeconds(1)
    await expect(api.perform('answerCallbackQuery', { callback_query_id: late })).rejects.toThrow(/query is too old/)
  })

  test('shows each person the menu of their language, narrowest scope first', async () => {
    const { api } = quietRoom()
    const set = (description: string, more: object) =>
      api.perform('setMyCommands', { commands: [{ command: 'help', description }], ...more })
    await set('for all', {})
    await set('for ru', { language_code: 'ru' })
    const russian = api.person(undefined, { language_code: 'ru' })
    const kazakh = api.person(undefined, { language_code: 'kk' })
    await set('for one', { scope: { type: 'chat', chat_id: kazakh.id } })
    expect([russian, kazakh, api.person()].map((person) => person.commands[0]?.description)).toEqual([
      'for ru',
      'for one',
      'for all',
    ])
    await api.perform('deleteMyCommands', { language_code: 'ru' })
    expect(russian.commands[0]?.description).toBe('for all')
  })
})
