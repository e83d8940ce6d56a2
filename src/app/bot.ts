import type { RawApi, Transformer } from 'grammy'
import type { User } from 'grammy/types'
import type { Metric } from 'prom-client'
import { menuCommands } from '../../flows/kit/commands.ts'
import { answerNotices } from '../../flows/kit/notice.ts'
import { type OuterWorld, realWorld } from '../base/outer-world.ts'
import { within } from '../base/within.ts'
import { capabilities } from '../capabilities/index.ts'
import { makersOf } from '../capabilities/open.ts'
import { createCharts } from '../charts/charts.ts'
import { redrawNewest } from '../delivery/answered.ts'
import { createRedraw } from '../delivery/courier.ts'
import { createReach } from '../delivery/delivery.ts'
import type { Kinds } from '../delivery/kinds.ts'
import { noticeKinds } from '../delivery/kinds.ts'
import { createNotices } from '../delivery/notices/notices.ts'
import { noticePress } from '../delivery/press.ts'
import { createEngine } from '../engine/engine.ts'
import type { Engine, TurnReport } from '../engine/ports.ts'
import type { WordsBook } from '../i18n/words.ts'
import type { Job } from '../schedule/schedule.ts'
import { claimDatabase } from '../store/owner.ts'
import { loadPerson } from '../store/people.ts'
import { createApi } from '../telegram/api.ts'
import { createPresenter } from '../telegram/presenter.ts'
import { setUpProfile } from '../telegram/setup.ts'
import { createTelegram, type Telegram } from '../telegram/updates.ts'
import { type ContentOptions, readContent } from './content.ts'

export type BotOptions = ContentOptions & {
  readonly token: string
  readonly apiRoot: string
  readonly onTurn?: (report: TurnReport) => void
  /** Hears what stands behind each /start. */
  readonly onStart?: (payload: string) => void
  /** Who the bot is, where Telegram has been asked already. */
  readonly me?: Pick<User, 'id' | 'username'>
  /** Whether its Telegram is the local one, whose people are nobody real. */
  readonly isPlayground?: boolean
  /** Sees every call to Telegram: counting, pacing. */
  readonly inner?: readonly Transformer<RawApi>[]
  /** The real one unless given. */
  readonly world?: OuterWorld
  /** Aborts when what is under way has had its time: calls are given up, screens that wait are left unshown. */
  readonly ending?: AbortSignal
}

export type Bot = {
  readonly engine: Engine
  readonly telegram: Telegram
  readonly words: WordsBook
  /** The kinds of notices its flows know. */
  readonly kinds: Kinds
  /** What its capabilities do on their own. */
  readonly jobs: readonly Job[]
  /** Figures of its capabilities for `/metrics`. */
  readonly metrics: readonly Metric[]
  readonly name: string
  /** Lets every turn end and closes the connections; the store stays open. */
  stop(): Promise<void>
}

/** The bot on an open store: reads the content, ties the engine to Telegram, shows what was left unshown. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { store, log, token, apiRoot, world = realWorld, inner = [] } = options
  const { clock, steady, sleep, random, newId } = world
  const ending = options.ending && { ending: options.ending }
  const { api, close } = createApi({ token, apiRoot, clock: steady, sleep, random, inner, ...ending })
  const { id, username: botName = '' } = options.me ?? (await api.getMe())
  const { words, ...content } = await readContent({ ...options, botName })
  const reach = createReach(store)
  const kinds = noticeKinds(content.flows)
  const notices = createNotices(store)
  const redraw = createRedraw({ api, words })
  const person = (chatId: number) => loadPerson(store, chatId)
  const commands = menuCommands(content.flows.all)
  const presenter = createPresenter({
    api,
    words,
    reach,
    log,
    charts: createCharts({ makers: makersOf(options.capabilities ?? capabilities), signature: `@${botName}` }),
    pictures: store.pictures,
    documents: content.documents,
  })
  const engine = createEngine({
    ...content,
    store: store.dialogues,
    presenter,
    clock,
    newId,
    log,
    ...ending,
    onTurn: (report) => {
      for (const keyPrefix of answeredIn(report)) {
        telegram.later(redrawNewest(report.chatId, keyPrefix, { notices, kinds, loadPerson: person, redraw }))
      }
      options.onTurn?.(report)
    },
  })
  await claimDatabase(store, options.isPlayground ? { type: 'playground' } : { type: 'bot', id })
  const telegram = createTelegram({
    api,
    botName,
    engine,
    words,
    reach,
    isDanger: content.isDanger,
    commands,
    log,
    random,
    sleep,
    steady,
    ...ending,
    ...(options.onStart === undefined ? {} : { onStart: options.onStart }),
    onNotice: (press) =>
      noticePress(press, {
        notices,
        kinds,
        loadPerson: person,
        redraw: (parcel, messageId) => telegram.later(redraw(parcel, messageId)),
      }),
  })
  await engine.recover()
  void setUpProfile({ api, words, log, commands })
  return {
    engine,
    telegram,
    words,
    kinds,
    jobs: content.jobs,
    metrics: content.metrics,
    name: botName,
    async stop() {
      await (options.ending === undefined ? telegram.idle() : within(options.ending, telegram.idle()))
      close()
    },
  }
}

/** What the keys of the notices begin with that a turn has answered. */
function answeredIn({ effects }: TurnReport): readonly string[] {
  const told = effects.filter(({ type, name }) => type === 'tell' && name === answerNotices.name)
  return told.map(({ data }) => answerNotices.data.parse(data).keyPrefix)
}
