import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { newcomer } from '../../flows/common/person.ts'
import { defineSend } from '../../flows/kit/contract.ts'
import type { Json } from '../../flows/kit/picture.ts'
import { button, type Screen, screen } from '../../flows/kit/screen.ts'
import { createLog } from '../../src/base/log.ts'
import { createCharts } from '../../src/charts/charts.ts'
import { type LivingMessage, type Presenter, type Showing, unknownKeepsake } from '../../src/engine/ports.ts'
import { wordsOf } from '../../src/i18n/words.ts'
import type { ChatMessage } from '../../src/playground/bot-api/chats.ts'
import { type BotApi, createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import { createApi } from '../../src/telegram/api.ts'
import { document } from '../../src/telegram/ports.ts'
import { createPresenter } from '../../src/telegram/presenter.ts'
import { queryOf } from '../support/query-of.ts'

const home = { one: 'One', two: 'Two', go: 'Go', saved: 'Saved', long: '<b>ә</b>'.repeat(300), file: '<b>{{name}}</b>' }
const words = wordsOf({ kk: { home }, ru: { home }, en: { home } }, { strict: true })
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

const charts = createCharts({ makers: { code: () => png } })

let botApi: BotApi
let listening: Listening
let close: () => void
let presenter: Presenter
let files: Map<string, string>
let lost: [number, string][]
let drawn: number
let warned: number

beforeEach(async () => {
  botApi = createBotApi()
  listening = await botApi.listen()
  files = new Map()
  lost = []
  drawn = 0
  warned = 0
  const clock = { now: () => 0 }
  const connection = createApi({
    token: botApi.token,
    apiRoot: listening.url,
    clock,
    random: () => 0,
    sleep: async () => {},
  })
  close = connection.close
  presenter = createPresenter({
    api: connection.api,
    words,
    charts: {
      async png(picture, look) {
        drawn++
        return picture.type === 'image' ? charts.png(picture, look) : png
      },
    },
    pictures: {
      get: async (digest) => files.get(digest),
      put: async (digest, fileId) => void files.set(digest, fileId),
    },
    reach: { unreachable: async (chatId, reason) => void lost.push([chatId, reason]), reachable: async () => {} },
    documents: [
      document(report, async (data) => ({
        name: 'report.json',
        bytes: Buffer.from(JSON.stringify(data)),
        caption: { key: 'home:file', values: { name: 'R&D' } },
      })),
      document(nothing, async () => undefined),
    ],
    log: createLog('warn', { write: () => void warned++ }),
  })
})

afterEach(async () => {
  close()
  await listening.close()
})

const report = defineSend('report', { who: 'anyone', data: z.unknown() })
const nothing = defineSend('nothing', { who: 'anyone', data: z.unknown() })
const one = screen({ key: 'home:one' }, [button({ key: 'home:go' }, { type: 'GO' })])
const two = screen({ key: 'home:two' }, [button({ key: 'home:go' }, { type: 'GO' })])
const withPicture = (value: number): Screen => ({
  ...two,
  picture: { type: 'bars', title: { key: 'home:one' }, min: 0, max: 5, bars: [{ label: { key: 'home:go' }, value }] },
})
const withImage = (maker: string, data: Json): Screen => ({
  ...two,
  picture: { type: 'image', maker, data, title: { key: 'home:one' } },
})
const keepsake = (name: string, value: number): Screen => ({ ...withPicture(value), keepsake: name })
/** What stands in the chat: words, whether with a picture, rows of buttons. */
const seen = ({ messages }: { messages: readonly ChatMessage[] }) =>
  messages
    .filter(({ by }) => by === 'bot')
    .map(({ text, photo, keyboard }) => [text, photo !== undefined, keyboard.length])
const methods = () => botApi.calls.list().map(({ method, code }) => (code === 200 ? method : `${method} ${code}`))

function somebody() {
  const person = botApi.person(undefined, { language_code: 'kk' })
  person.starts()
  let revision = 0
  const show = (of: Screen, message?: LivingMessage, more: Partial<Showing> = {}) =>
    presenter.show({
      chatId: person.id,
      revision: ++revision,
      screen: of,
      person: newcomer('kk'),
      fresh: false,
      ...(message === undefined ? {} : { message }),
      ...more,
    })
  return { person, show }
}

describe('the living message', () => {
  test('is sent once and edited from then on', async () => {
    const { person, show } = somebody()
    const first = await show(one)
    const second = await show(two, first, { remark: { key: 'home:saved' } })
    expect(second).toEqual(first)
    expect(person.lastFromBot?.text).toBe('Saved\n\nTwo')
    expect(methods()).toEqual(['sendMessage', 'editMessageText'])
  })

  test('comes down below something else, and does not stand twice', async () => {
    const { person, show } = somebody()
    const first = await show(one)
    const second = await show(one, first, { fresh: true, comesDown: true })
    expect(second?.id).not.toBe(first?.id)
    expect(seen(person)).toEqual([['One', false, 1]])
  })

  test('counts as shown when nothing changed', async () => {
    const { show } = somebody()
    const first = await show(one)
    expect(await show(one, first, { revision: 1 })).toEqual(first)
    expect(methods()).toEqual(['sendMessage', 'editMessageText 400'])
  })

  test('is left alone when the press that asks for it was made on it and nothing differs', async () => {
    const { person, show } = somebody()
    const first = await show(one)
    const pressed = first === undefined ? {} : { pressedOn: first, revision: 2 }
    await show(two, first, { ...pressed, remark: { key: 'home:saved' } })
    const calls = methods().length
    expect(await show(two, first, pressed)).toEqual(first)
    expect(await show(two, first, { ...pressed, remark: { key: 'home:saved' } })).toEqual(first)
    expect(methods()).toHaveLength(calls)
    await show(two, first, { ...pressed, remark: { key: 'home:one' } })
    await show(two, first, { ...pressed, revision: 3 })
    expect(methods().slice(calls)).toEqual(['editMessageText', 'editMessageText'])
    expect(person.lastFromBot?.text).toBe('Two')
  })

  test('is edited where a press on another message is all that is known of the chat, for it may have been deleted', async () => {
    const { person, show } = somebody()
    const first = await show(one)
    await botApi.perform('deleteMessage', { chat_id: person.id, message_id: first?.id })
    const second = await show(one, first, { revision: 1, pressedOn: { id: 1, kind: 'text' } })
    expect(second?.id).not.toBe(first?.id)
  })

  test('is edited again when the edit before may have been lost', async () => {
    const { person, show } = somebody()
    const first = await show(one)
    const again = { revision: 2, ...(first && { pressedOn: first }) }
    await show(one, first, again)
    botApi.setFaults({ serverErrors: { probability: 1 } })
    await expect(show(two, first, again)).rejects.toThrow('Bad Gateway')
    botApi.setFaults({})
    await show(one, first, again)
    expect(methods().at(-1)).toBe('editMessageText 400') // it still showed the first, which nobody could know
    expect(person.lastFromBot?.text).toBe('One')
  })

  test('needs no call to lose buttons it never had', async () => {
    const { show } = somebody()
    const first = await show({ ...one, rows: [] })
    await show(two, first, { fresh: true })
    expect(methods()).toEqual(['sendMessage', 'sendMessage'])
  })

  test('is sent anew when the person wrote in between, and the old one loses its buttons', async () => {
    const { person, show } = somebody()
    const first = await show(one)
    const second = await show(two, first, { fresh: true })
    expect(second?.id).not.toBe(first?.id)
    const bots = person.messages.filter(({ by }) => by === 'bot')
    expect(bots.map(({ text, keyboard }) => [text, keyboard.length])).toEqual([
      ['One', 0],
      ['Two', 1],
    ])
  })

  test('is sent anew when it is gone', async () => {
    const { person, show } = somebody()
    const first = await show(one)
    await botApi.perform('deleteMessage', { chat_id: person.id, message_id: first?.id })
    const second = await show(two, first)
    expect(second?.id).not.toBe(first?.id)
    expect(person.lastFromBot?.text).toBe('Two')
  })
})

describe('pictures', () => {
  test('replace a text and give way to one', async () => {
    const { person, show } = somebody()
    const text = await show(one)
    const picture = await show(withPicture(1), text)
    expect(picture?.kind).toBe('picture')
    expect(
      person.messages
        .filter(({ by }) => by === 'bot')
        .map(({ text: caption, photo }) => [caption, photo !== undefined]),
    ).toEqual([['Two', true]])
    const edited = await show(withPicture(2), picture)
    expect(edited).toEqual(picture)
    expect(await show(one, edited)).toMatchObject({ kind: 'text' })
    expect(person.messages.filter(({ by }) => by === 'bot').map(({ text: words }) => words)).toEqual(['One'])
  })

  test('that are keepsakes stay, without buttons, when a text or another of them follows', async () => {
    const { person, show } = somebody()
    const result = await show(keepsake('result', 1))
    const card = await show(keepsake('card', 2), result)
    expect(await show(one, card)).toMatchObject({ kind: 'text' })
    expect(seen(person)).toEqual([
      ['Two', true, 0],
      ['Two', true, 0],
      ['One', false, 1],
    ])
  })

  test('that are keepsakes are edited in place while they change, and move where they come below: never there twice', async () => {
    const { person, show } = somebody()
    const first = await show(keepsake('result', 1))
    expect(await show(keepsake('result', 2), first)).toEqual(first)
    const below = await show(keepsake('result', 2), first, { fresh: true })
    expect(below?.id).not.toBe(first?.id)
    expect(seen(person)).toEqual([['Two', true, 1]])
  })

  test('of which only a press has told are left in the chat: they may be keepsakes', async () => {
    const { person, show } = somebody()
    const { id = 0 } = (await show(keepsake('result', 1))) ?? {}
    await show(one, { id, kind: 'picture', keepsake: unknownKeepsake })
    expect(seen(person)).toEqual([
      ['Two', true, 0],
      ['One', false, 1],
    ])
  })

  test('are drawn and uploaded once', async () => {
    const [some, other] = [somebody(), somebody()]
    await some.show(withPicture(1))
    await other.show(withPicture(1))
    expect(drawn).toBe(1)
    expect(files.size).toBe(1)
    expect(other.person.lastFromBot?.photo).toBeDefined()
  })

  test('are drawn as their reader likes it, each once', async () => {
    const { show } = somebody()
    const first = await show(withPicture(1))
    const dark = { person: { ...newcomer('kk'), look: 'dark' } } as const
    const pressed = first === undefined ? {} : { pressedOn: first, revision: 1 }
    await show(withPicture(1), first, { ...dark, ...pressed })
    await show(withPicture(1), first, { person: { ...newcomer('kk'), look: 'light' }, ...pressed })
    expect([drawn, files.size]).toEqual([2, 2])
  })

  test('are made by a maker, once for the same data', async () => {
    const { person, show } = somebody()
    const first = await show(withImage('code', { group: 7 }))
    await show(withImage('code', { group: 8 }), first)
    await show(withImage('code', { group: 7 }), first)
    expect(person.lastFromBot?.photo).toBeDefined()
    expect([drawn, files.size]).toEqual([2, 2])
  })

  test('of a maker that is not there are no silence: the screen counts as not shown, with words that say why', async () => {
    const { person, show } = somebody()
    await expect(show(withImage('nobody', null))).rejects.toThrow('drawn by "nobody", which is no maker')
    expect(person.lastFromBot).toBeUndefined()
  })

  test('are uploaded again when Telegram does not know the file', async () => {
    const { person, show } = somebody()
    await show(withPicture(1))
    for (const digest of files.keys()) files.set(digest, 'gone')
    expect(await show(withPicture(1))).toMatchObject({ kind: 'picture' })
    expect(drawn).toBe(2)
    expect([...files.values()]).not.toContain('gone')
    expect(person.messages.filter(({ photo }) => photo !== undefined)).toHaveLength(2)
  })
})

describe('trouble', () => {
  test('marks who blocked the bot or is not there', async () => {
    const { person, show } = somebody()
    const first = await show(one)
    person.blocks()
    expect(await show(two, first)).toBeUndefined()
    expect(await show(two, undefined, { chatId: 999 })).toBeUndefined()
    expect(lost).toEqual([
      [person.id, 'blocked'],
      [999, 'unreachable'],
    ])
  })

  test('passes over server errors, lost answers and limits', async () => {
    const { person, show } = somebody()
    botApi.setFaults({ serverErrors: { next: 1 } })
    const first = await show(one)
    botApi.setFaults({ drops: { next: 1 } })
    await show(two, first)
    expect(person.lastFromBot?.text).toBe('Two')
  })

  test('throws when Telegram stays away, so that the screen counts as not shown', async () => {
    const { show } = somebody()
    botApi.setFaults({ serverErrors: { probability: 1 } })
    await expect(show(one)).rejects.toThrow('Bad Gateway')
    expect(lost).toEqual([])
  })
})

describe('an answer to a press', () => {
  const pressed = () => {
    const { person } = somebody()
    const query = queryOf(person.pressesData(1, 'x'))
    const answer = (key?: string, of = query) =>
      presenter.answer(of, key === undefined ? undefined : { key }, newcomer('kk'))
    return { person, answer }
  }

  test('has the words of the turn, without markup, as long as Telegram takes them, or none', async () => {
    const { person, answer } = pressed()
    await answer('home:long')
    expect(person.toasts[0]?.text).toMatch(/^ә{199}…$/)
    const other = pressed()
    await other.answer()
    expect(other.person.toasts[0]?.text).toBe('')
  })

  test('that comes too late is no harm; one that Telegram cannot be given is told of in the log', async () => {
    const { answer } = pressed()
    await answer('home:saved', 'forgotten')
    expect(warned).toBe(0)
    botApi.setFaults({ serverErrors: { probability: 1 } })
    await answer('home:saved')
    expect(warned).toBe(1)
  })
})

describe('documents', () => {
  const effect = (name: string) => ({ type: 'send', name, data: { a: 1 } }) as const

  test('are made by their handler and sent with a caption', async () => {
    const { person } = somebody()
    const world = { chatId: person.id, person: newcomer('kk'), now: 0 }
    for (const name of ['report', 'nothing', 'unheard-of']) await presenter.send(effect(name), world)
    expect(person.lastFromBot?.text).toBe('R&D')
    expect(person.lastFromBot?.document).toBeDefined()
    expect(methods()).toEqual(['sendDocument'])
    person.blocks()
    await presenter.send(effect('report'), world)
    expect(lost).toEqual([[person.id, 'blocked']])
  })
})
