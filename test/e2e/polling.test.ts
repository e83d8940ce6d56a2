import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WordsBook } from '../../src/i18n/words.ts'
import { type BotApi, createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import type { Person } from '../../src/playground/people/person.ts'
import { readWords } from '../support/words.ts'
import { createFolder, dataKey, type Serik, startSerik, token } from './support/serik.ts'
import { createWalker, revisionOf, type Walker } from './support/walker.ts'
import { answerQuickForm, answers, expectResult, walkToResult, walkToSurvey } from './support/walks.ts'

/** The real process, polling a local Bot API over HTTP. */
describe('polling', () => {
  const folder = createFolder()
  let words: WordsBook
  let api: BotApi
  let server: Listening
  let serik: Serik

  const environment = () => ({
    BOT_TOKEN: token,
    PORT: '0',
    TELEGRAM_API_ROOT: server.url,
    DATABASE_URL: folder.database,
    SERIK_DATA_KEY: dataKey,
    HOME: folder.path,
  })
  const met = async (language: 'kk' | 'ru' | 'en'): Promise<Walker> => {
    const walker = createWalker(api, words, language)
    await walkToSurvey(walker)
    return walker
  }

  /** Resolves when the bot calls this method the next time. */
  const called = (method: string) =>
    new Promise<void>((resolve) => {
      const stop = api.calls.changes.subscribe((call) => {
        if (call.method !== method) return
        stop()
        resolve()
      })
    })
  const answered = async (act: () => void) => {
    const answer = called('answerCallbackQuery')
    act()
    await answer
  }

  beforeAll(async () => {
    words = await readWords()
    api = createBotApi({ token })
    server = await api.listen()
    serik = await startSerik(environment())
  })
  afterAll(async () => {
    const code = await serik?.stop()
    await server?.close()
    folder.remove()
    expect(code, serik?.said()).toBe(0)
  })

  test('says where it listens first', () => {
    const [first = ''] = serik.said().trim().split('\n')
    expect(JSON.parse(first)).toMatchObject({ msg: 'Serik is polling', bot: api.bot.username, server: server.url })
  })

  test('from /start to a result with its picture, in three languages at once', async () => {
    const walkers = (['kk', 'ru', 'en'] as const).map((language) => createWalker(api, words, language))
    await Promise.all(walkers.map(walkToResult))
    for (const { person, language } of walkers) {
      expect(person.commands.map(({ description }) => description)).toContain(
        words.plain({ key: 'help:command.help' }, language),
      )
    }
    await api.confirmed()
  })

  test('an update that comes again counts once', async () => {
    const walker = await met('kk')
    const update = walker.person.presses(walker.says('riasec:rate.4'))
    await walker.sees('2 / 18')
    if (update === undefined) throw new Error('The press was not delivered')
    await answered(() => api.repeatUpdate(update))
    await walker.presses('riasec:rate.2')
    expect(walker.screen().text).toContain('3 / 18')
  })

  test('stale and forged presses show the present screen with a word', async () => {
    const walker = await met('ru')
    const { id, keyboard } = walker.screen()
    const old = String(keyboard.flat()[0]?.callback_data)
    await walker.presses('riasec:rate.4')
    const revision = revisionOf(walker.screen())
    const [, , check] = String(walker.screen().keyboard[0]?.[0]?.callback_data).split('.')
    const forged = ['x', '', '1.2', `${revision}.0.AAAAAA`, `${revision}.99.${check}`, `${2 ** 40}.0.${check}`, '💥']
    for (const data of [old, ...forged, 'n.1.0', 'n.99999999.0']) {
      const word = await walker.toasted(() => walker.person.pressesData(id, data))
      if (word === '') await walker.sees(walker.says('telegram:other.stale'))
      else expect(word).toBe(walker.says('common:stale'))
      expect(walker.screen().text, data).toContain('2 / 18')
    }
    await walker.presses('riasec:rate.4')
    expect(walker.screen().text).toContain('3 / 18')
  })

  test('anything but words gets a kind answer and the present screen', async () => {
    const walker = await met('en')
    const { person } = walker
    const kinds = {
      sticker: 'sticker',
      dice: 'sticker',
      voice: 'voice',
      audio: 'voice',
      video_note: 'voice',
      photo: 'picture',
      video: 'picture',
      animation: 'picture',
      document: 'file',
      forward: 'forward',
      location: 'place',
      contact: 'contact',
      poll: 'other',
    } as const
    for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
      await walker.after(() => person.sends(kind))
      // What was passed on is read for signs of a scam first, by the search.
      const said = kind === 'forward' ? 'search:forward' : `telegram:other.${kinds[kind]}`
      expect(walker.screen().text, kind).toContain(walker.says(said))
      expect(walker.screen().text, kind).toContain('1 / 18')
    }
    await walker.writes('ә'.repeat(4096))
    await walker.writes('<b>&amp; _*[`')
    expect(walker.screen().text).toContain('1 / 18')
  })

  test('an edited message gets a word, and a command is ours whatever name stands behind it', async () => {
    const walker = await met('kk')
    const { person } = walker
    const own = person.messages.find(({ by }) => by === 'person')
    const word = words.plain({ key: 'telegram:other.edited' }, 'kk')
    person.edits(own?.id ?? 0, 'other words')
    await person.waitFor(({ lastFromBot }) => lastFromBot?.text?.includes(word) === true)
    await walker.writes('/start@some_other_bot')
    expect(walker.screen().text).toContain(words.plain({ key: 'home:greeting' }, 'kk'))
    await walker.writes(`/help@${api.bot.username}`)
    expect(walker.screen().text).toContain('111')
  })

  test('groups and channels get one polite line', async () => {
    const person = api.person(undefined, { language_code: 'ru' })
    const [group, channel] = [api.group({ title: 'Group' }), api.channel({ title: 'Channel' })]
    const line = words.plain({ key: 'telegram:group' }, 'ru')
    for (const place of [group, channel]) {
      place.addsBot(person)
      await place.waitFor(() => place.messages.some(({ text }) => text === line))
      place.writes(person, 'talk among people')
      place.promotesBot(person)
    }
    await api.confirmed()
    group.writes(person, '/start')
    await group.waitFor(() => group.messages.filter(({ text }) => text === line).length === 2)
    expect(channel.messages.filter(({ by }) => by === 'bot').length).toBe(1)
    group.removesBot(person)
    await api.confirmed()
  })

  test('a person who blocks and comes back goes on where they were', async () => {
    const walker = await met('kk')
    await walker.presses('riasec:rate.4')
    walker.person.blocks()
    await api.confirmed()
    walker.person.unblocks()
    await walker.presses('riasec:rate.4')
    expect(walker.screen().text).toContain('3 / 18')
    // Blocked without the bot having heard of it: the screen is committed and shown when they are back.
    api.setFaults({ blockedChats: [walker.person.id] })
    walker.person.presses(walker.says('riasec:rate.2'))
    await api.confirmed()
    api.setFaults({})
    await walker.starts()
    await walker.presses('home:next.go-on.button')
    expect(walker.screen().text).toContain('4 / 18')
  })

  test('429, 5xx, dropped connections and slowness: every screen comes in the end', async () => {
    const walker = createWalker(api, words, 'ru')
    await walkToSurvey(walker)
    const faults = [
      { tooManyRequests: { next: 1, retryAfter: 1 } },
      { serverErrors: { next: 2 } },
      { serverErrors: { next: 1, code: 500 } },
      { drops: { next: 1 } },
      { drops: { next: 1, after: true } },
      { delay: { milliseconds: 300, spread: 200 } },
      { tooManyRequests: { probability: 0.1 }, serverErrors: { probability: 0.1 }, drops: { probability: 0.1 } },
    ]
    for (const [place, answer] of answers.entries()) {
      api.setFaults(structuredClone(faults[place % faults.length]) ?? {})
      await walker.presses(`riasec:rate.${answer}`)
      if (place < 17) expect(walker.screen().text).toContain(`${place + 2} / 18`)
    }
    api.setFaults({ serverErrors: { next: 1 }, methods: ['sendPhoto'] })
    await answerQuickForm(walker, answers.length)
    await expectResult(walker)
    api.setFaults({})
  })

  test('getUpdates that fails is asked again', async () => {
    const walker = await met('en')
    api.setFaults({ serverErrors: { next: 2 }, drops: { next: 1 }, methods: ['getUpdates'] })
    await walker.presses('riasec:rate.4')
    await walker.presses('riasec:rate.4')
    expect(walker.screen().text).toContain('3 / 18')
    expect(api.faults().serverErrors?.next).toBe(0)
    api.setFaults({})
  })

  test('SIGTERM in the middle of presses: exit code 0, nothing half done, the restart goes on', async () => {
    const walkers = await Promise.all(Array.from({ length: 8 }, () => met('kk')))
    const accepted = walkers.map(({ person }) => countAccepted(person))
    const press = (answer: number) => {
      for (const { person, says } of walkers) person.presses(says(`riasec:rate.${answer}`))
    }
    api.setFaults({ delay: { milliseconds: 200 } })
    press(4)
    await called('editMessageText')
    press(2)
    expect(await serik.stop(), serik.said()).toBe(0)
    press(1)
    api.setFaults({})
    serik = await startSerik(environment())
    await api.confirmed(30_000)
    for (const [place, walker] of walkers.entries()) {
      await walker.presses('riasec:rate.4')
      await api.confirmed()
      // A press that was accepted is answered without a word, one on an old screen with the word that says so. The
      // answer comes before the screen.
      const counted = () => countAccepted(walker.person) - (accepted[place] ?? 0)
      await walker.person.waitFor(() => walker.screen().text.includes(`${counted() + 1} / 18`), 15_000)
    }
  })

  test('SIGINT stops it as well; a second start on the same data goes on', async () => {
    const walker = await met('en')
    await walker.presses('riasec:rate.5')
    expect(await serik.stop('SIGINT'), serik.said()).toBe(0)
    walker.person.presses(walker.says('riasec:rate.1'))
    serik = await startSerik(environment())
    await walker.sees('3 / 18')
  })
})

/** Presses answered without a word: those that did what they say. */
function countAccepted({ toasts }: Person): number {
  return toasts.filter(({ text }) => text === '').length
}
