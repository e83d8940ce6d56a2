import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { newcomer } from '../../flows/common/person.ts'
import type { WordsBook } from '../../src/i18n/words.ts'
import { type BotApi, createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import { exportChat } from '../../src/store/chats.ts'
import { createPostgresql, hasPostgresql, type TestDatabase } from '../support/databases.ts'
import { readWords } from '../support/words.ts'
import { createRoundRobin } from './support/round-robin.ts'
import { createFolder, dataKey, type Serik, startSerik, token, webhookSecret } from './support/serik.ts'
import { createWalker, type Walker } from './support/walker.ts'
import { answerQuickForm, answers, walkToResult, walkToSurvey } from './support/walks.ts'

type Front = Awaited<ReturnType<typeof createRoundRobin>>

const folder = createFolder()
let words: WordsBook
let api: BotApi
let server: Listening
let front: Front

beforeAll(async () => {
  words = await readWords()
})
afterAll(() => folder.remove())

/** Starts a process behind the front and lets the front hand it requests. */
async function startBehind(database: string): Promise<Serik & { readonly port: number }> {
  const serik = await startSerik({
    BOT_TOKEN: token,
    TELEGRAM_API_ROOT: server.url,
    DATABASE_URL: database,
    SERIK_DATA_KEY: dataKey,
    WEBHOOK_URL: front.url,
    WEBHOOK_SECRET: webhookSecret,
    PORT: '0',
    HOME: folder.path,
  })
  const { port } = JSON.parse(await serik.says(/Serik listens/)) as { port: number } // a line of our own log
  front.ports.push(port)
  return { ...serik, port }
}

async function begin(): Promise<void> {
  api = createBotApi({ token, webhookBackoff: { first: 20, longest: 500 } })
  server = await api.listen()
  front = await createRoundRobin()
}

async function met(language: 'kk' | 'ru' | 'en' = 'kk'): Promise<Walker> {
  const walker = createWalker(api, words, language)
  await walkToSurvey(walker)
  return walker
}

const Export = z.object({ SurveyAttempt: z.array(z.object({ answers: z.record(z.string(), z.number()) })) })

describe('webhook on SQLite', () => {
  let serik: Serik & { readonly port: number }

  beforeAll(async () => {
    await begin()
    serik = await startBehind(folder.database)
  })
  afterAll(async () => {
    const code = await serik?.stop()
    await front.close()
    await server.close()
    expect(code, serik?.said()).toBe(0)
  })

  test('from /start to a result with its picture, in three languages at once', async () => {
    await Promise.all((['kk', 'ru', 'en'] as const).map((language) => walkToResult(createWalker(api, words, language))))
    await api.confirmed()
  })

  test('only Telegram’s own posts are taken', async () => {
    const { person } = await met()
    const update = { update_id: 1, message: { message_id: 99, date: 0, chat: person.chat, text: '/delete_me' } }
    const post = (headers: Record<string, string>, body = JSON.stringify(update), path = '/telegram') =>
      fetch(`http://127.0.0.1:${serik.port}${path}`, { method: 'POST', headers, body }).then(({ status }) => status)
    const secret = { 'x-telegram-bot-api-secret-token': webhookSecret }
    const before = api.calls.list().length
    expect(await post({})).toBe(401)
    expect(await post({ 'x-telegram-bot-api-secret-token': '' })).toBe(401)
    expect(await post({ 'x-telegram-bot-api-secret-token': webhookSecret.slice(0, -1) })).toBe(401)
    expect(await post({ 'x-telegram-bot-api-secret-token': `${webhookSecret}0` })).toBe(401)
    expect(await post(secret, '{"update_id":')).toBe(400)
    expect(await post(secret, '[]')).toBe(400)
    expect(await post(secret, 'x'.repeat(2 * 1024 * 1024))).toBe(413)
    expect(await post(secret, undefined, '/elsewhere')).toBe(404)
    expect((await fetch(`http://127.0.0.1:${serik.port}/telegram`)).status).toBe(405)
    expect(api.calls.list().slice(before)).toEqual([])
    expect(await post(secret, '{"update_id":2,"message":{}}'), 'an update of no known shape is let go').toBe(200)
  })

  test('an update that comes again counts once, faults on the way or not', async () => {
    const walker = await met('ru')
    api.setFaults({
      // A refused answer to a press closes that method for everybody, which the tests after this one would see.
      methods: ['editMessageText'],
      tooManyRequests: { next: 1 },
      drops: { next: 1, after: true },
      serverErrors: { next: 1 },
    })
    const update = walker.person.presses(walker.says('riasec:rate.4'))
    await walker.sees('2 / 18')
    if (update === undefined) throw new Error('The press was not delivered')
    api.repeatUpdate(update)
    await walker.presses('riasec:rate.2')
    expect(walker.screen().text).toContain('3 / 18')
    api.setFaults({})
  })

  test('SIGTERM in the middle of presses: exit code 0; what was not taken comes again after the restart', async () => {
    const walkers = await Promise.all(Array.from({ length: 8 }, () => met()))
    const before = new Map(walkers.map((walker) => [walker, accepted(walker)]))
    api.setFaults({ delay: { milliseconds: 200 } })
    for (const { person, says } of walkers) person.presses(says('riasec:rate.4'))
    await api.calls.waitFor(({ method, chatId }) => method === 'editMessageText' && chatId === walkers[0]?.person.id)
    front.ports.splice(0)
    expect(await serik.stop(), serik.said()).toBe(0)
    for (const { person, says } of walkers) person.presses(says('riasec:rate.2'))
    api.setFaults({})
    serik = await startBehind(folder.database)
    await api.confirmed(30_000)
    for (const walker of walkers) {
      await walker.presses('riasec:rate.4')
      // Every press that was accepted since the first question stands for one answer.
      const answers = accepted(walker) - (before.get(walker) ?? 0)
      expect(walker.screen().text, walker.person.picture).toContain(`${answers + 1} / 18`)
    }
  })
})

describe.skipIf(!(await hasPostgresql()))('webhook on PostgreSQL, two processes on one database', () => {
  let database: TestDatabase
  let processes: (Serik & { readonly port: number })[]

  beforeAll(async () => {
    await begin()
    database = await createPostgresql()
    processes = await Promise.all([startBehind(database.url), startBehind(database.url)])
  })
  afterAll(async () => {
    const codes = await Promise.all((processes ?? []).map((serik) => serik.stop()))
    await front.close()
    await server.close()
    await database?.drop()
    expect(codes, processes?.map((serik) => serik.said()).join('\n')).toEqual([0, 0])
  })

  /** The answers as they are stored, in the order of the questions. */
  const storedAnswers = async ({ person }: Walker): Promise<number[][]> => {
    const store = await database.open({ key: Buffer.from(dataKey, 'hex'), connections: 2 })
    const who = { chatId: person.id, person: newcomer('kk'), now: 0 }
    const exported = Export.parse(await exportChat(store, who.chatId))
    await store.close() // the server has no connections to spare for all whose answers are looked at
    return exported.SurveyAttempt.map((attempt) => Object.values(attempt.answers))
  }

  test('twelve people answer at once, every update twice: no press is lost or doubled', async () => {
    const walkers = Array.from({ length: 12 }, (_, place) => createWalker(api, words, place % 2 === 0 ? 'kk' : 'ru'))
    const seen = new Set<number>()
    await Promise.all(walkers.map(walkToSurvey))
    await Promise.all(
      walkers.map(async (walker) => {
        for (const [place, answer] of answers.entries()) {
          const update = walker.person.presses(walker.says(`riasec:rate.${answer}`))
          if (update === undefined) throw new Error('The press was not delivered')
          seen.add(update.update_id)
          api.repeatUpdate(update) // in a lane of its own: at the same moment, to the other process
          if (place < answers.length - 1) await walker.sees(`${place + 2} / 18`)
        }
        await walker.sees(/^(?!.*18 \/ 18)/s)
        await answerQuickForm(walker, answers.length)
        await walker.sees(walker.says('survey:result.changes'))
      }),
    )
    await api.confirmed()
    expect(seen.size).toBe(walkers.length * answers.length)
    for (const walker of walkers) expect(await storedAnswers(walker)).toEqual([[...answers]])
  })

  test('words and presses of one person at the same moment are both taken', async () => {
    const walker = await met()
    const { length: answered } = walker.person.toasts
    const acceptedBefore = accepted(walker)
    for (let round = 0; round < 5; round++) {
      const before = walker.screen().id
      walker.person.presses(walker.says('riasec:rate.4'))
      walker.person.sends('sticker')
      await api.confirmed()
      await walker.person.waitFor(() => walker.screen().id > before)
    }
    await walker.presses('riasec:rate.4')
    // Each press is answered once, without a word when it was taken.
    await walker.person.waitFor(({ toasts }) => toasts.length === answered + 6)
    const taken = accepted(walker) - acceptedBefore
    const [stored = []] = await storedAnswers(walker)
    expect(stored.length).toBe(taken)
  })

  test('one of the two may go away: the other takes everything', async () => {
    const walker = await met('ru')
    const leaving = processes.pop()
    walker.person.presses(walker.says('riasec:rate.4'))
    expect(await leaving?.stop()).toBe(0)
    await walker.sees('2 / 18')
    await walker.presses('riasec:rate.4') // the front still offers it every other request; Telegram tries again
    await walker.presses('riasec:rate.4')
    front.ports.splice(0, 2, processes[0]?.port ?? 0)
    processes.push(await startBehind(database.url))
    await walker.presses('riasec:rate.4')
    expect(walker.screen().text).toContain('5 / 18')
  })
})

/** How many presses were answered without a word: they were taken. */
function accepted({ person }: Awaited<ReturnType<typeof met>>): number {
  return person.toasts.filter(({ text }) => text === '').length
}
