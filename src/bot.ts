import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { createFlows } from '../flows/index.ts'
import { compileFlows } from '../flows/kit/compile.ts'
import { createCharts } from './charts/charts.ts'
import { type Clock, systemClock } from './clock.ts'
import { root } from './config.ts'
import { readDangerCheck } from './danger.ts'
import { createEngine } from './engine/engine.ts'
import type { Engine, TurnReport, World } from './engine/ports.ts'
import { searchAnswers } from './guidance/search.ts'
import { shelfAnswers } from './guidance/shelves.ts'
import { suggestionAnswers } from './guidance/suggestions.ts'
import { createWords, type WordsBook } from './i18n/words.ts'
import { readInstruments } from './instruments.ts'
import type { Log } from './log.ts'
import type { Store } from './store/open.ts'
import { setReachable } from './store/people.ts'
import { loadCatalogue } from './store/professions.ts'
import { factNames } from './store/registry.ts'
import { readCatalogue } from './store/seed/catalogue.ts'
import { createApi } from './telegram/api.ts'
import { createTelegram, type Telegram } from './telegram/bot.ts'
import { checkOf } from './telegram/callback.ts'
import type { Reach, SendHandler } from './telegram/ports.ts'
import { createPresenter } from './telegram/presenter.ts'
import { setUpProfile } from './telegram/setup.ts'

export type BotOptions = {
  readonly token: string
  readonly apiRoot: string
  readonly store: Store
  readonly log: Log
  /** A folder of instruments instead of the project's, as data (benchmarks, tests). */
  readonly instruments?: URL
  /** A folder of words instead of the project's; other instruments bring namespaces of their own. */
  readonly locales?: URL
  readonly onTurn?: (report: TurnReport) => void
  /** The world outside, frozen by tests. */
  readonly clock?: Clock
  readonly newId?: () => string
}

export type Bot = {
  readonly engine: Engine
  readonly telegram: Telegram
  readonly words: WordsBook
  readonly name: string
  /** Lets every turn end and closes the connections; the store stays open. */
  stop(): Promise<void>
}

/** The whole bot on an open store: reads the content, ties the engine to Telegram, shows what was left unshown. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { store, log, token, apiRoot, clock = systemClock, newId = randomUUID } = options
  const content = await readContent(options)
  const { api, close } = createApi({ token, apiRoot, clock, random: Math.random })
  const reach: Reach = {
    unreachable: (chatId, reason) => setReachable(store, chatId, reason),
    reachable: (chatId) => setReachable(store, chatId, null),
  }
  const { words } = content
  const presenter = createPresenter({
    api,
    words,
    reach,
    log,
    charts: createCharts(),
    pictures: store.pictures,
    sends: { 'person.export': exportOf(store) },
  })
  const engine = createEngine({
    flows: content.flows,
    answerers: content.answerers,
    isDanger: content.isDanger,
    store: store.dialogues,
    presenter,
    checkOf,
    clock,
    newId,
    log,
    ...(options.onTurn === undefined ? {} : { onTurn: options.onTurn }),
  })
  const { username } = await api.getMe()
  const telegram = createTelegram({ api, botName: username, engine, words, reach, log, random: Math.random })
  await engine.recover()
  void setUpProfile({ api, words, log })
  return {
    engine,
    telegram,
    words,
    name: username,
    async stop() {
      await telegram.idle()
      close()
    },
  }
}

async function readContent({ store, log, ...folders }: BotOptions) {
  const locales = folders.locales ?? new URL('locales/', root)
  const instruments = await readInstruments(folders.instruments ?? new URL('flows/survey/instruments/', root))
  const words = await createWords(locales, { onMissing: (problem) => log.warn({ problem }, 'Words are missing') })
  await loadCatalogue(store, await readCatalogue(new URL('prisma/seed/', root)))
  const flows = createFlows(instruments)
  const catalogue = () => store.catalogue.get()
  const answerers = {
    ...store.asks,
    ...shelfAnswers({ catalogue, newestResult: (world) => newestResult(store, instruments[0].id, world) }),
    ...suggestionAnswers(instruments, catalogue),
    ...searchAnswers(flows, words, catalogue),
  }
  const surroundings = {
    asks: new Set(Object.keys(answerers)),
    tells: new Set([...factNames, 'person.change']), // the engine itself changes the person
    sends: new Set(['person.export']),
  }
  const compiled = compileFlows(flows, surroundings, { walks: false })
  return { flows: compiled, answerers, words, isDanger: await readDangerCheck(locales) }
}

const Results = z.array(z.object({ result: z.object({ ranking: z.array(z.object({ scale: z.string() })) }) }))

/** The newest finished result of the instrument that home suggests. */
async function newestResult({ asks }: Store, instrument: string, world: World) {
  return Results.parse((await asks['survey.history']?.({ instrument }, world)) ?? [])[0]?.result
}

/** The file behind /export_me: everything the store holds about the person. */
function exportOf(store: Store): SendHandler {
  return async (_, world) => {
    const everything = await store.asks['person.export']?.(null, world)
    const bytes = new TextEncoder().encode(JSON.stringify(everything, null, 2))
    return { name: 'serik.json', bytes, caption: { key: 'privacy:exported.caption' } }
  }
}
