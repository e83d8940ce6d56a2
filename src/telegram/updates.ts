import { type Api, GrammyError } from 'grammy'
import type { InlineQuery, Update } from 'grammy/types'
import type { MenuCommand } from '../../flows/kit/commands.ts'
import { type Language, languageOf } from '../../flows/kit/words.ts'
import { createBounded } from '../base/bounded.ts'
import { type Clock, steadyClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { type Sleep, sleep } from '../base/sleep.ts'
import { createUnderWay } from '../base/under-way.ts'
import { speaksOf } from '../engine/danger.ts'
import type { Engine, Incoming } from '../engine/ports.ts'
import type { WordsBook } from '../i18n/words.ts'
import { createFirstAid, type FirstAid } from './first-aid.ts'
import { type NoticePress, type Received, readUpdate } from './incoming.ts'
import { createPoller, type Poller } from './poller.ts'
import type { Reach } from './ports.ts'
import { answerQuery } from './query.ts'
import { createQueue, type Meaning, type Queue, type QueueOptions } from './queue.ts'
import { createWebhookHandler } from './webhook.ts'

export type TelegramOptions = {
  readonly api: Api
  /** The bot's own user name, without @. */
  readonly botName: string
  readonly engine: Engine
  readonly words: WordsBook
  readonly reach: Reach
  /** Whether a text speaks of despair or danger; such a one is answered though the database be away. */
  readonly isDanger: (text: string) => boolean
  /** The commands of the menu. */
  readonly commands: readonly MenuCommand[]
  readonly log: Log
  readonly random: () => number
  readonly sleep?: Sleep
  /** Measures how much a chat sends; never goes back. */
  readonly steady?: Clock
  /** Aborts when turns under way are waited for no longer. */
  readonly ending?: AbortSignal
  /** What a press on a notice means; without an answer the press is treated as stale. */
  readonly onNotice?: (press: NoticePress) => Promise<Incoming['action'] | undefined>
  /** Hears what stands behind each /start whose turn is committed. */
  readonly onStart?: (payload: string) => void
  /** Answers inline queries. */
  readonly onInline?: (query: InlineQuery) => Promise<void>
}

export type Telegram = {
  /** Takes one update: resolves when it is committed; rejects with a StoreError only. */
  take(update: Update): Promise<void>
  readonly poller: Poller
  /** A fetch-style handler for the webhook address. */
  webhook(secret: string): (request: Request) => Promise<Response>
  /** Keeps what goes on after a turn; its failures are logged. */
  readonly later: (work: Promise<unknown>) => void
  /** Resolves when all presses and groups have been answered and all screens shown. */
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
    later: afterwards.add,
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
      await afterwards.settled()
    },
  }
}

type Later = (work: Promise<unknown>) => void

/** Keeps what goes on after the commit; its failures are logged and hold nothing up. */
function createAfterwards(log: Log) {
  const underWay = createUnderWay()
  const add: Later = (work) =>
    underWay.add(work.catch((error: unknown) => log.warn({ error }, 'An answer could not be delivered')))
  return { add, settled: underWay.settled }
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

type MeaningOptions = Pick<TelegramOptions, 'isDanger' | 'commands'>

/** What may be let go by when something newer is there. Of nothing more than a handful can wait at once. */
function meaningOf(update: Update, options: TelegramOptions): Meaning {
  try {
    return meaningOfReceived(readUpdate(update, options.botName), update, options)
  } catch {
    return { type: 'own' } // whatever is wrong with it, it is told of when it is taken
  }
}

function meaningOfReceived(received: Received, update: Update, options: MeaningOptions): Meaning {
  switch (received.type) {
    case 'turn':
      if (received.incoming.query === undefined) return meaningOfAction(received.incoming.action, options)
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

/** A command whatever is added to it, and all that are in no menu as one: they must not be without number. */
function meaningOfAction(action: Incoming['action'], { isDanger, commands }: MeaningOptions): Meaning {
  if (speaksOf(action, isDanger)) return { type: 'once', what: 'danger' }
  switch (action.type) {
    case 'command':
      return { type: 'once', what: commands.some(({ name }) => name === action.name) ? `/${action.name}` : '/' }
    case 'text':
    case 'content':
    case 'other':
      return { type: 'passing' }
    default:
      return { type: 'own' }
  }
}

async function takeUpdate(
  update: Update,
  isCrowded: boolean,
  options: TelegramOptions,
  aid: FirstAid,
  later: Later,
): Promise<void> {
  const { reach, onInline } = options
  const received = readUpdate(update, options.botName)
  const takeTurn = (incoming: Incoming) => takeIncoming(incoming, isCrowded, options, aid, later)
  switch (received.type) {
    case 'turn':
      return takeTurn(received.incoming)
    case 'notice':
      return takeTurn({ ...received.by, action: await askedByNotice(received.press, options) })
    case 'query':
      return later(answerQuery(options.api, received.query))
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

async function takeIncoming(
  incoming: Incoming,
  isCrowded: boolean,
  options: TelegramOptions,
  aid: FirstAid,
  later: Later,
): Promise<void> {
  const { engine, reach, onStart } = options
  const { chatId, query, action } = incoming
  const { person } = await aid.beside(incoming, () => engine.take(incoming), later)
  if (action.type === 'command' && action.name === 'start') onStart?.(action.argument)
  if (isCrowded) later(tellCrowded(chatId, person.language, options))
  // Somebody who writes has come back; a press may be one from before they left.
  if (query === undefined) later(reach.reachable(chatId))
}

/** Somebody who writes more at once than can be answered is told so, kindly. */
async function tellCrowded(chatId: number, language: Language, { api, words }: TelegramOptions) {
  await api.sendMessage(chatId, words.render({ key: 'telegram:crowded' }, language), { parse_mode: 'HTML' })
}

async function askedByNotice(press: NoticePress, { onNotice }: TelegramOptions): Promise<Incoming['action']> {
  return (await onNotice?.(press)) ?? { type: 'other', what: 'stale' }
}

async function greetGroup(chatId: number, languageCode: string | undefined, { api, words }: TelegramOptions) {
  const html = words.render({ key: 'telegram:group' }, languageOf(languageCode))
  // Where the bot may not write, it stays silent.
  await api.sendMessage(chatId, html, { parse_mode: 'HTML' }).catch((error: unknown) => {
    if (!(error instanceof GrammyError)) throw error
  })
}
