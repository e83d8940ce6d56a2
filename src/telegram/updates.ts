import { type Api, GrammyError } from 'grammy'
import type { InlineQuery, Update } from 'grammy/types'
import { languageOf } from '../../flows/kit/words.ts'
import { createBounded } from '../base/bounded.ts'
import { type Clock, steadyClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { type Sleep, sleep } from '../base/sleep.ts'
import type { Answer, Engine, Incoming } from '../engine/ports.ts'
import type { WordsBook } from '../i18n/words.ts'
import { cutText } from './cut.ts'
import { refusalOf } from './errors.ts'
import { createFirstAid, type FirstAid } from './first-aid.ts'
import { type NoticePress, type Received, readUpdate } from './incoming.ts'
import { createPoller, type Poller } from './poller.ts'
import type { Reach } from './ports.ts'
import { createQueue, type Meaning, type Queue, type QueueOptions } from './queue.ts'
import { menuCommands } from './setup.ts'
import { createWebhookHandler } from './webhook.ts'

/** Characters of the answer to a press. */
const toastLimit = 200

export type TelegramOptions = {
  readonly api: Api
  /** The bot's own user name, without @. */
  readonly botName: string
  readonly engine: Engine
  readonly words: WordsBook
  readonly reach: Reach
  /** Whether a text speaks of despair or danger; such a one is answered though the database be away. */
  readonly isDanger: (text: string) => boolean
  readonly log: Log
  readonly random: () => number
  readonly sleep?: Sleep
  /** Measures how much a chat sends; never goes back. */
  readonly steady?: Clock
  /** Aborts when turns under way are waited for no longer. */
  readonly ending?: AbortSignal
  /** What a press on a notice means; without an answer the press is treated as stale. */
  readonly onNotice?: (press: NoticePress) => Promise<Incoming['action'] | undefined>
  /** Answers inline queries. */
  readonly onInline?: (query: InlineQuery) => Promise<void>
}

export type Telegram = {
  /** Takes one update: resolves when it is committed; rejects with a StoreError only. */
  take(update: Update): Promise<void>
  readonly poller: Poller
  /** A fetch-style handler for the webhook address. */
  webhook(secret: string): (request: Request) => Promise<Response>
  /** Resolves when all answers to presses and groups have been given and all screens shown. */
  idle(): Promise<void>
}

/** Ties Telegram to the engine. The engine has the presenter already; both use the same `api`. */
export function createTelegram(given: TelegramOptions): Telegram {
  const options = { ...given, isDanger: remembering(given.isDanger) }
  const { api, engine, log, random } = options
  const afterwards = createAfterwards(log)
  const aid = createFirstAid({ ...options, sleep: options.sleep ?? sleep })
  const take = (update: Update, isCrowded = false) => takeUpdate(update, isCrowded, options, aid, afterwards.add)
  const queue = (by: QueueOptions['take'], stopping?: AbortSignal): Queue => {
    const waiting = createQueue({
      take: by,
      meaningOf: (update) => meaningOf(update, options),
      clock: options.steady ?? steadyClock,
      sleep: options.sleep ?? sleep,
      ...(stopping && { stopping }),
    })
    // From when it arrives: what the same person wrote before may hang for as long as the database is away.
    const add = (update: Update) => {
      const incoming = turnOf(update, options.botName)
      const wait = () => waiting.add(update)
      return incoming === undefined ? wait() : aid.whileWaiting(incoming, wait, afterwards.add)
    }
    return { ...waiting, add }
  }
  return {
    take,
    poller: createPoller({
      getUpdates: (query, signal) =>
        // The signal of Node and the one grammY names in its types behave alike.
        api.getUpdates({ ...query, allowed_updates: [...query.allowed_updates] }, signal as never),
      take,
      queue,
      log,
      random,
      sleep: options.sleep ?? sleep,
      ...(options.ending && { ending: options.ending }),
    }),
    webhook: (secret) => createWebhookHandler({ secret, take: queue(take).add, log }),
    async idle() {
      await engine.idle()
      await afterwards.done()
    },
  }
}

type Later = (work: Promise<unknown>) => void

/** Keeps what goes on after the commit; its failures are logged and hold nothing up. */
function createAfterwards(log: Log) {
  const underWay = new Set<Promise<void>>()
  return {
    add(work: Promise<unknown>) {
      const done = work.then(
        () => {},
        (error: unknown) => log.warn({ error }, 'An answer could not be delivered'),
      )
      underWay.add(done)
      void done.then(() => underWay.delete(done))
    },
    async done() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

/** The same text is looked at when it arrives, while it waits and when it is taken. */
function remembering(isDanger: TelegramOptions['isDanger']): TelegramOptions['isDanger'] {
  const known = createBounded<string, boolean>(100)
  return (text) => {
    const is = known.get(text) ?? isDanger(text)
    known.set(text, is)
    return is
  }
}

/** The turn an update asks for; undefined for all else, and for what cannot be read. */
function turnOf(update: Update, botName: string): Incoming | undefined {
  try {
    const received = readUpdate(update, botName)
    return received.type === 'turn' ? received.incoming : undefined
  } catch {
    return undefined // it is told of when it is taken
  }
}

/** What may be let go by when something newer is there. Of nothing more than a handful can wait at once. */
function meaningOf(update: Update, { botName, isDanger }: TelegramOptions): Meaning {
  try {
    return meaningOfReceived(readUpdate(update, botName), update, isDanger)
  } catch {
    return { type: 'own' } // whatever is wrong with it, it is told of when it is taken
  }
}

function meaningOfReceived(received: Received, update: Update, isDanger: TelegramOptions['isDanger']): Meaning {
  switch (received.type) {
    case 'turn':
      if (received.queryId === undefined) return meaningOfAction(received.incoming.action, isDanger)
      return pressOn(update)
    case 'notice':
    case 'query':
      return pressOn(update)
    case 'group':
    case 'membership':
      return { type: 'once', what: received.type }
    default:
      return { type: 'own' }
  }
}

/** The same button pressed again says nothing new. */
function pressOn({ callback_query: press }: Update): Meaning {
  return { type: 'once', what: `press ${press?.data}` }
}

const commandNames: ReadonlySet<string> = new Set(menuCommands.map(({ name }) => name))

/** A command whatever is added to it, and all that are in no menu as one: they must not be without number. */
function meaningOfAction(action: Incoming['action'], isDanger: TelegramOptions['isDanger']): Meaning {
  if (action.type === 'command') {
    if (isDanger(action.argument)) return { type: 'once', what: 'danger' }
    return { type: 'once', what: commandNames.has(action.name) ? `/${action.name}` : '/' }
  }
  if (action.type !== 'text' && action.type !== 'other') return { type: 'own' }
  return isDanger(action.text ?? '') ? { type: 'once', what: 'danger' } : { type: 'passing' }
}

async function takeUpdate(
  update: Update,
  isCrowded: boolean,
  options: TelegramOptions,
  aid: FirstAid,
  later: Later,
): Promise<void> {
  const { engine, reach, onNotice, onInline } = options
  const received = readUpdate(update, options.botName)
  switch (received.type) {
    case 'turn': {
      const { incoming, queryId } = received
      const answer = (given: Answer) => {
        if (queryId !== undefined) later(answerPress(queryId, given, options))
        if (isCrowded) later(tellCrowded(incoming.chatId, given, options))
      }
      await aid.beside(incoming, () => engine.take(incoming, answer), later)
      // Somebody who writes has come back; a press may be one from before they left.
      if (queryId === undefined) later(reach.reachable(incoming.chatId))
      return
    }
    case 'notice': {
      const { chatId, updateId, languageCode } = received.press
      const action = (await onNotice?.(received.press)) ?? { type: 'other' as const, what: 'stale' as const }
      const who = languageCode === undefined ? { chatId, updateId } : { chatId, updateId, languageCode }
      const answer = (given: Answer) => later(answerPress(received.queryId, given, options))
      await aid.beside({ ...who, action }, () => engine.take({ ...who, action }, answer), later)
      return
    }
    case 'query':
      return later(answerPress(received.queryId, undefined, options))
    case 'membership':
      return received.reachable ? reach.reachable(received.chatId) : reach.unreachable(received.chatId, 'blocked')
    case 'group':
      return later(greetGroup(received.chatId, received.languageCode, options))
    case 'inline':
      if (onInline !== undefined) later(onInline(received.query))
      return
    case 'silence':
      return
  }
}

/** Ends the client's waiting, with the words of the turn if there are any. Too late is no harm. */
async function answerPress(queryId: string, answer: Answer | undefined, { api, words }: TelegramOptions) {
  const say = answer?.say
  const other =
    say === undefined ? {} : { text: cutText(words.plain(say, answer?.person.language ?? 'kk'), toastLimit) }
  await api.answerCallbackQuery(queryId, other).catch((error: unknown) => {
    if (refusalOf(error) !== 'late') throw error
  })
}

/** Somebody who writes more at once than can be answered is told so, kindly. */
async function tellCrowded(chatId: number, { person }: Answer, { api, words }: TelegramOptions) {
  await api.sendMessage(chatId, words.render({ key: 'telegram:crowded' }, person.language), { parse_mode: 'HTML' })
}

async function greetGroup(chatId: number, languageCode: string | undefined, { api, words }: TelegramOptions) {
  const html = words.render({ key: 'telegram:group' }, languageOf(languageCode))
  // Where the bot may not write, it stays silent.
  await api.sendMessage(chatId, html, { parse_mode: 'HTML' }).catch((error: unknown) => {
    if (!(error instanceof GrammyError)) throw error
  })
}
