import { Api, InputFile } from 'grammy'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newcomer } from '../../flows/common/person.ts'
import { button, go, type Navigation, type Screen, screen } from '../../flows/kit/screen.ts'
import { createRedraw, createTelegramCourier } from '../../src/delivery/courier.ts'
import { createPacing } from '../../src/delivery/pacing.ts'
import type { Parcel } from '../../src/delivery/ports.ts'
import { wordsOf } from '../../src/i18n/words.ts'
import { createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import { decodeCallback } from '../../src/telegram/callback.ts'

const bot = createBotApi()
const clock = { now: () => 0 }
const words = wordsOf({
  kk: { toy: { text: '<b>Сәлем</b>, {{text}}', open: 'Ашу' } },
  ru: { toy: { text: '<b>Привет</b>, {{text}}', open: 'Открыть' } },
  en: { toy: { text: 'Hello, {{text}}', open: 'Open' } },
})

/** One grey point. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGN4AAAAyQDIQHBWQwAAAABJRU5ErkJggg==',
  'base64',
)

let listening: Listening
beforeAll(async () => {
  listening = await bot.listen()
})
afterAll(() => listening.close())
beforeEach(() => bot.setFaults({}))

const message = (text: string): Screen<Navigation> =>
  screen({ key: 'toy:text', values: { text } }, [button({ key: 'toy:open' }, go.open('toy'))])

function setUp() {
  const pacing = createPacing({ clock, messagesPerSecond: 30 })
  const api = new Api(bot.token, { apiRoot: listening.url })
  api.config.use(pacing.notices)
  const courier = createTelegramCourier({ api, words })
  const person = bot.person()
  person.starts()
  const parcel = (change: Partial<Parcel> = {}): Parcel => ({
    chatId: person.id,
    person: newcomer('ru'),
    screen: message('<мир>'),
    places: [{ noticeId: 4_503_599_627_370_495, index: 2 }],
    ...change,
  })
  return { pacing, courier, person, parcel }
}

describe('a notice on Telegram', () => {
  test('arrives in the person’s language, with buttons that name it', async () => {
    const { courier, parcel, person } = setUp()
    const delivered = await courier.deliver(parcel())
    const [last] = person.messages.slice(-1)
    expect(delivered).toEqual({ type: 'sent', messageId: last?.id })
    expect(last?.text).toBe('Привет, <мир>')
    const data = last?.keyboard[0]?.[0]?.callback_data ?? ''
    expect(decodeCallback(data)).toEqual({ type: 'notice', id: 4_503_599_627_370_495, index: 2 })
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
  })

  test('takes the place of one that was sent, where that can be edited', async () => {
    const { courier, parcel, person } = setUp()
    const redraw = createRedraw({ api: new Api(bot.token, { apiRoot: listening.url }), words })
    await courier.deliver(parcel())
    const [before] = person.messages.slice(-1)
    await redraw(parcel({ screen: message('дос') }), before?.id ?? 0)
    await redraw(parcel({ screen: message('дос') }), before?.id ?? 0)
    expect(person.messages.at(-1)).toMatchObject({ id: before?.id, text: 'Привет, дос' })
    expect(decodeCallback(person.messages.at(-1)?.keyboard[0]?.[0]?.callback_data ?? '')).toMatchObject({ index: 2 })
    await redraw(parcel({ screen: message('дос') }), 99_999)
  })

  test.each(['photo', 'document'] as const)(
    'comes with a %s that Telegram has already, its words being the caption',
    async (kind) => {
      const { courier, parcel, person } = setUp()
      const api = new Api(bot.token, { apiRoot: listening.url })
      const sent =
        kind === 'photo'
          ? (await api.sendPhoto(person.id, new InputFile(picture, 'x.png'))).photo?.at(-1)
          : (await api.sendDocument(person.id, new InputFile(picture, 'x.png'))).document
      const file = { kind, fileId: sent?.file_id ?? '' }
      const delivered = await courier.deliver(parcel({ screen: { ...message('дос'.repeat(400)), file } }))
      const last = person.messages.at(-1)
      expect(delivered).toEqual({ type: 'sent', messageId: last?.id })
      expect(last?.[kind]).toBeDefined()
      expect(last?.text.length).toBeLessThanOrEqual(1_024)
      const redraw = createRedraw({ api, words })
      await redraw(parcel({ screen: { ...message('дос'), file } }), last?.id ?? 0)
      expect(person.messages.at(-1)).toMatchObject({ id: last?.id, text: 'Привет, дос' })
    },
  )

  test('needs no buttons', async () => {
    const { courier, parcel } = setUp()
    const bare = { text: message('x').text, rows: [] }
    expect(await courier.deliver(parcel({ screen: bare, places: [] }))).toMatchObject({ type: 'sent' })
  })

  test('is not lost when Telegram refuses the bot and not the message', async () => {
    const { parcel } = setUp()
    const api = new Api('1:another_token', { apiRoot: listening.url })
    const courier = createTelegramCourier({ api, words })
    expect(await courier.deliver(parcel())).toMatchObject({ type: 'retry', reason: '401 Unauthorized' })
  })

  test('says who has blocked the bot, and who cannot be reached', async () => {
    const { courier, parcel, person } = setUp()
    person.blocks()
    expect(await courier.deliver(parcel())).toEqual({ type: 'blocked' })
    expect(await courier.deliver(parcel({ chatId: 987_654 }))).toEqual({ type: 'unreachable' })
  })

  test('says how long to wait, and has the pacing wait', async () => {
    const { courier, parcel, pacing } = setUp()
    bot.setFaults({ tooManyRequests: { next: 1, retryAfter: 7 } })
    expect(await courier.deliver(parcel())).toMatchObject({ type: 'retry', afterMs: 7_000 })
    expect(pacing.wait(parcel().chatId)).toBe(7_000)
    expect(pacing.waitForAll()).toBe(0)
  })

  test('tries again after an error of the server or the line', async () => {
    const { courier, parcel } = setUp()
    bot.setFaults({ serverErrors: { next: 1 } })
    expect(await courier.deliver(parcel())).toEqual({ type: 'retry', reason: '502 Bad Gateway' })
    bot.setFaults({ drops: { next: 1 } })
    expect(await courier.deliver(parcel())).toEqual({ type: 'retry', reason: 'the connection failed' })
  })

  test('gives up what Telegram will never take', async () => {
    const { courier, parcel } = setUp()
    const empty = { text: [], rows: [] }
    expect(await courier.deliver(parcel({ screen: empty, places: [] }))).toMatchObject({ type: 'failed' })
  })

  test('knows what fits into one message', () => {
    const { courier, parcel } = setUp()
    const two = (length: number) => ({
      ...message('x'),
      text: [...message('x'.repeat(length)).text, ...message('y').text],
    })
    expect(courier.fits(parcel({ screen: two(4_000) }))).toBe(true)
    expect(courier.fits(parcel({ screen: two(4_090) }))).toBe(false)
    expect(courier.fits(parcel({ places: Array.from({ length: 101 }, (_, index) => ({ noticeId: 1, index })) }))).toBe(
      false,
    )
  })
})
