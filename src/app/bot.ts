import { randomUUID } from 'node:crypto'
import type { RawApi, Transformer } from 'grammy'
import type { User } from 'grammy/types'
import { type Clock, steadyClock, systemClock } from '../base/clock.ts'
import { within } from '../base/within.ts'
import { makers } from '../capabilities/makers.ts'
import { createCharts } from '../charts/charts.ts'
import { createReach } from '../delivery/delivery.ts'
import type { Kinds } from '../delivery/kinds.ts'
import { noticeKinds } from '../delivery/kinds.ts'
import { createNotices } from '../delivery/notices/notices.ts'
import { noticePress } from '../delivery/press.ts'
import { createEngine } from '../engine/engine.ts'
import type { Engine, TurnReport } from '../engine/ports.ts'
import type { WordsBook } from '../i18n/words.ts'
import type { Store } from '../store/open.ts'
import { claimDatabase } from '../store/owner.ts'
import { loadPerson } from '../store/people.ts'
import { createApi } from '../telegram/api.ts'
import type { SendHandler } from '../telegram/ports.ts'
import { createPresenter } from '../telegram/presenter.ts'
import { setUpProfile } from '../telegram/setup.ts'
import { createTelegram, type Telegram } from '../telegram/updates.ts'
import { type ContentOptions, readContent } from './content.ts'

export type BotOptions = ContentOptions & {
  readonly token: string
  readonly apiRoot: string
  readonly onTurn?: (report: TurnReport) => void
  /** Who the bot is, where Telegram has been asked already. */
  readonly me?: Pick<User, 'id' | 'username'>
  /** Whether its Telegram is the local one, whose people are nobody real. */
  readonly isPlayground?: boolean
  /** Sees every call to Telegram: counting, pacing. */
  readonly inner?: readonly Transformer<RawApi>[]
  /** The world outside, frozen by tests. */
  readonly clock?: Clock
  readonly newId?: () => string
  /** Aborts when what is under way has had its time: calls are given up, screens that wait are left unshown. */
  readonly ending?: AbortSignal
}

export type Bot = {
  readonly engine: Engine
  readonly telegram: Telegram
  readonly words: WordsBook
  /** The kinds of notices its flows know. */
  readonly kinds: Kinds
  readonly name: string
  /** Lets every turn end and closes the connections; the store stays open. */
  stop(): Promise<void>
}

/** The bot on an open store: reads the content, ties the engine to Telegram, shows what was left unshown. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { store, log, token, apiRoot, clock = systemClock, newId = randomUUID, inner = [] } = options
  const ending = options.ending && { ending: options.ending }
  const { words, ...content } = await readContent(options)
  const { api, close } = createApi({ token, apiRoot, clock: steadyClock, random: Math.random, inner, ...ending })
  const reach = createReach(store)
  const kinds = noticeKinds(content.flows)
  const presenter = createPresenter({
    api,
    words,
    reach,
    log,
    charts: createCharts({ makers }),
    pictures: store.pictures,
    sends: { 'person.export': exportOf(store) },
  })
  const engine = createEngine({
    ...content,
    store: store.dialogues,
    presenter,
    clock,
    newId,
    log,
    ...ending,
    ...(options.onTurn === undefined ? {} : { onTurn: options.onTurn }),
  })
  const { id, username: botName = '' } = options.me ?? (await api.getMe())
  await claimDatabase(store, options.isPlayground ? { type: 'playground' } : { type: 'bot', id })
  const notices = createNotices(store)
  const telegram = createTelegram({
    api,
    botName,
    engine,
    words,
    reach,
    isDanger: content.isDanger,
    log,
    random: Math.random,
    ...ending,
    onNotice: (press) => noticePress(press, { notices, kinds, loadPerson: (chatId) => loadPerson(store, chatId) }),
  })
  await engine.recover()
  void setUpProfile({ api, words, log })
  return {
    engine,
    telegram,
    words,
    kinds,
    name: botName,
    async stop() {
      await (options.ending === undefined ? telegram.idle() : within(options.ending, telegram.idle()))
      close()
    },
  }
}

/** The file behind /export_me: everything the store holds about the person. */
function exportOf(store: Store): SendHandler {
  return async (_, world) => {
    const everything = await store.asks['person.export']?.(null, world)
    const bytes = new TextEncoder().encode(JSON.stringify(everything, null, 2))
    return { name: 'serik.json', bytes, caption: { key: 'privacy:exported.caption' } }
  }
}
