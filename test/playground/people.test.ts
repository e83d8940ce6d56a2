import { describe, expect, test } from 'vitest'
import { quietRoom } from './support.ts'

const keyboard = {
  reply_markup: {
    inline_keyboard: [[{ text: 'Yes, please', callback_data: 'y' }], [{ text: 'No', callback_data: 'n' }]],
  },
}

describe('a person', () => {
  test('presses by label, part of a label, pattern or place, on the newest keyboard or a given one', async () => {
    const { api, person } = quietRoom()
    await api.perform('sendMessage', { chat_id: person.id, text: 'old', ...keyboard })
    await api.perform('sendMessage', { chat_id: person.id, text: 'new', ...keyboard })
    await api.perform('sendMessage', { chat_id: person.id, text: 'no buttons' })
    const pressed = (update: unknown) => {
      const { callback_query } = update as { callback_query: { data: string; message: { message_id: number } } }
      return [callback_query.data, callback_query.message.message_id]
    }
    expect(pressed(person.presses('No'))).toEqual(['n', 3])
    expect(pressed(person.presses('please'))).toEqual(['y', 3])
    expect(pressed(person.presses(/^No/))).toEqual(['n', 3])
    expect(pressed(person.presses(1, 2))).toEqual(['n', 2])
    expect(pressed(person.pressesData(99, 'forged'))).toEqual(['forged', 99])
  })

  test('cannot press what is not there, and hears what is', async () => {
    const { api, person } = quietRoom()
    expect(() => person.presses('Yes')).toThrow(
      'There is no message with buttons to press.\nChat 1001:\n  #1 person: /start',
    )
    await api.perform('sendMessage', { chat_id: person.id, text: 'Well?', ...keyboard })
    expect(() => person.presses('Maybe')).toThrow(
      'There is no button Maybe.\nChat 1001:\n  #1 person: /start\n  #2 bot: Well?\n    [Yes, please]\n    [No]',
    )
  })

  test('presses buttons of the reply keyboard by writing them', async () => {
    const { api, person } = quietRoom()
    const markup = { keyboard: [['Menu'], [{ text: 'My number', request_contact: true }]] }
    await api.perform('sendMessage', { chat_id: person.id, text: 'x', reply_markup: markup })
    expect(person.presses('Menu')).toMatchObject({ message: { text: 'Menu' } })
    expect(person.presses('My number')).toMatchObject({ message: { contact: { user_id: person.id } } })
    await api.perform('sendMessage', { chat_id: person.id, text: 'x', reply_markup: { remove_keyboard: true } })
    expect(() => person.presses('Menu')).toThrow('There is no message with buttons')
  })

  test('starts with a payload Telegram allows, as a command the bot recognises', () => {
    const { person } = quietRoom()
    expect(person.starts('invite_1-A')).toMatchObject({
      message: { text: '/start invite_1-A', entities: [{ type: 'bot_command', offset: 0, length: 6 }] },
    })
    for (const payload of ['', 'a b', 'ә', 'x'.repeat(65)]) {
      expect(() => person.starts(payload)).toThrow('A start payload has 1–64 characters')
    }
  })

  test('says nothing to a bot it has blocked, and lifts the block by starting', () => {
    const { person } = quietRoom()
    person.blocks()
    expect(() => person.writes('x')).toThrow('has blocked the bot')
    person.starts()
    expect(person.chat.blocked).toBe(false)
  })

  test('waits by events and shows the chat when it waits in vain', async () => {
    const { api, person } = quietRoom()
    const waiting = person.sees('later')
    await api.perform('sendMessage', { chat_id: person.id, text: 'sooner or later' })
    await expect(waiting).resolves.toMatchObject({ id: 2 })
    await expect(person.waitFor(() => false, 1)).rejects.toThrow(
      'Waited 1 ms in vain. Chat 1001:\n  #1 person: /start\n  #2 bot: sooner or later',
    )
  })

  test.each([
    ['sticker', 'sticker'],
    ['voice', 'voice'],
    ['photo', 'photo'],
    ['document', 'document'],
    ['forward', 'forward_origin'],
    ['location', 'location'],
    ['contact', 'contact'],
    ['poll', 'poll'],
    ['dice', 'dice'],
    ['video', 'video'],
    ['audio', 'audio'],
    ['animation', 'animation'],
    ['video_note', 'video_note'],
  ] as const)('sends a %s', (kind, field) => {
    const { person } = quietRoom()
    expect(person.sends(kind)).toMatchObject({ message: { [field]: expect.anything(), chat: { id: person.id } } })
  })

  test('forgets the oldest messages beyond the limit', async () => {
    const { api, person } = quietRoom({ historyLimit: 3 })
    for (let count = 0; count < 5; count += 1) person.writes(String(count))
    expect(person.messages.map((message) => message.text)).toEqual(['2', '3', '4'])
    expect(api.pendingUpdates()).toBe(6)
  })
})

describe('the record of calls', () => {
  test('keeps the latest in order, counts all, and tells listeners', async () => {
    const { api, person } = quietRoom({ recordLimit: 2 })
    const heard: number[] = []
    api.calls.changes.subscribe((call) => heard.push(call.number))
    for (const text of ['a', 'b', '']) await api.perform('sendMessage', { chat_id: person.id, text }).catch(() => {})
    expect(api.calls.list().map(({ number, outcome }) => [number, outcome])).toEqual([
      [2, 'ok'],
      [3, 'refused'],
    ])
    expect(Object.fromEntries(api.calls.counts)).toEqual({ sendMessage: 2, 'sendMessage refused 400': 1 })
    expect(heard).toEqual([1, 2, 3])
  })
})
