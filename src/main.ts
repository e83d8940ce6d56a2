import { fileURLToPath } from 'node:url'
import { openDoor } from './app/door.ts'
import { type Service, startService } from './app/service.ts'
import { createShutdown, type Shutdown } from './app/shutdown.ts'
import { explainStart } from './app/start-errors.ts'
import { type Clock, systemClock } from './base/clock.ts'
import { ConfigError } from './base/config-error.ts'
import type { Settings } from './base/env-file.ts'
import { createKeyedLock } from './base/keyed-lock.ts'
import { createLog, type Log } from './base/log.ts'
import { realWorld } from './base/outer-world.ts'
import { createReadOnce, type ReadOnce } from './base/read-once.ts'
import { aborted } from './base/within.ts'
import { checkContent } from './capabilities/check-content.ts'
import { createConsentCode } from './capabilities/consent/codes.ts'
import { capabilities } from './capabilities/index.ts'
import type { Outside } from './capabilities/outside.ts'
import { type Config, readConfig, readSettings, root } from './config.ts'
import type { TurnReport } from './engine/ports.ts'
import type { MovableClock } from './playground/movable-clock.ts'
import { openStore, type Store } from './store/open.ts'
import { claimDatabase } from './store/owner.ts'
import { createApi } from './telegram/api.ts'
import { untilAnswered } from './telegram/arrival.ts'
import { setDelivery } from './telegram/setup.ts'

/** Starts what the environment asks for, and stops it on SIGTERM and SIGINT with no update half done. */
async function main(): Promise<void> {
  const shutdown = createShutdown()
  const settings = readSettings(process.env, process.cwd(), fileURLToPath(root))
  const config = readConfig(settings.variables)
  try {
    await work(config, settings, shutdown)
  } catch (error) {
    if (shutdown.stopping.aborted && !shutdown.hasStarted()) return
    const explanation = explainStart(error, config)
    throw explanation === undefined ? error : new ConfigError(explanation, { cause: error })
  }
}

async function work(config: Config, settings: Settings, shutdown: Shutdown): Promise<void> {
  const log = createLog(config.logLevel)
  outliveStrays(log)
  tellOfSettings(settings, log)
  const read = createReadOnce(root)
  await checkContent(read)
  if (config.mode !== 'playground') {
    return onStore(config, systemClock, log, (store) => serve(config, store, log, shutdown, read))
  }
  const { clock, remember } = (await import('./playground/movable-clock.ts')).createMovableClock()
  await onStore(config, clock, log, async (store) => {
    await remember(store)
    await servePlayground(config, store, log, shutdown, clock, read)
  })
}

/** Opens the store, does what is given on it, and closes it whatever happens. */
async function onStore(config: Config, clock: Clock, log: Log, run: (store: Store) => Promise<void>): Promise<void> {
  const { databaseUrl: url, dataKey: key, deletionLog } = config
  const store = await openStore({ url, key, clock, log, deletionLog, capabilities })
  tellOfDeletions(store, log)
  try {
    await run(store)
  } finally {
    await store.close()
  }
}

/** A failure that nobody waited for is a mistake of ours in one place; it must not end the bot for everybody. */
function outliveStrays(log: Log): void {
  process.on('unhandledRejection', (error) => log.error({ error }, 'Something failed that nobody waited for; going on'))
}

/** Names only: the values are secrets, some of them. */
function tellOfSettings({ file, brought, unknown }: Settings, log: Log): void {
  if (brought.length > 0) log.info({ file, settings: brought }, 'Settings come from a file')
  if (unknown.length > 0) log.warn({ file, names: unknown }, 'The file names settings that Serik does not know')
}

/** Once a start; who it was is nobody's business. */
function tellOfDeletions({ deletedAgain: { chats, unreadable }, deletions }: Store, log: Log): void {
  if (chats > 0)
    log.warn({ chats }, 'The database was put back from a copy; whoever had asked to be deleted is deleted again')
  if (unreadable > 0) log.warn({ lines: unreadable, file: deletions.file }, 'Lines of the log of deletions are damaged')
}

function serve(
  config: Of<'polling' | 'webhook'>,
  store: Store,
  log: Log,
  shutdown: Shutdown,
  read: ReadOnce,
): Promise<void> {
  if (config.mode === 'polling') return servePolling(config, store, log, shutdown, read)
  return serveWebhook(config, store, log, shutdown, read)
}

type Of<Mode extends Config['mode']> = Extract<Config, { mode: Mode }>

async function servePolling(config: Of<'polling'>, store: Store, log: Log, shutdown: Shutdown, read: ReadOnce) {
  const { token, apiRoot, host, port } = config
  const { stopping, ending } = shutdown
  const door = await openDoor(port, host)
  try {
    const me = await arrive(config, store, log, shutdown)
    if (me === undefined) return
    const outside = outsideOf(config)
    const service = await startService({ token, apiRoot, store, log, config, outside, read, ending, me })
    door.leadTo(service.health.fetch)
    log.info({ bot: service.bot.name, server: apiRoot, host, port: door.port }, 'Serik is polling')
    begun(shutdown, service, log)
    void aborted(stopping).then(() => service.bot.telegram.poller.stop())
    await service.bot.telegram.poller.run().finally(() => Promise.all([door.close(), service.stop()]))
  } finally {
    await door.close()
  }
}

async function serveWebhook(config: Of<'webhook'>, store: Store, log: Log, shutdown: Shutdown, read: ReadOnce) {
  const { token, apiRoot, webhookUrl, webhookSecret: secret, host, port } = config
  const { stopping, ending } = shutdown
  const door = await openDoor(port, host)
  try {
    const me = await arrive(config, store, log, shutdown, { url: webhookUrl, secret })
    if (me === undefined) return
    const outside = outsideOf(config)
    const service = await startService({ token, apiRoot, store, log, config, outside, read, ending, me })
    const path = new URL(webhookUrl).pathname
    const handler = service.bot.telegram.webhook(secret)
    door.leadTo((request) =>
      new URL(request.url).pathname === path ? handler(request) : service.health.fetch(request),
    )
    log.info({ bot: service.bot.name, host, port: door.port }, 'Serik listens for updates')
    begun(shutdown, service, log)
    await aborted(stopping)
    await door.close() // nothing new comes in any more
    await service.stop()
  } finally {
    await door.close()
  }
}

/** The bot and a local Telegram in one process, in a time that can be moved: nothing leaves this machine. */
async function servePlayground(
  config: Of<'playground'>,
  store: Store,
  log: Log,
  shutdown: Shutdown,
  clock: MovableClock,
  read: ReadOnce,
): Promise<void> {
  const { createSampleSource } = await import('./capabilities/sources/sample.ts')
  const { createBotApi } = await import('./playground/bot-api/create-bot-api.ts')
  const { forgetChat } = await import('./playground/forget.ts')
  const { rememberOffers } = await import('./playground/employer/offers.ts')
  const { createPlayground } = await import('./playground/server.ts')
  const { stopping, ending } = shutdown
  const offers = await rememberOffers({ prisma: store.prisma, clock })
  const api = createBotApi({ clock })
  const { url, close } = await api.listen(config.port, config.host)
  const turns = createTurns()
  const { token } = api
  const world = { ...realWorld, clock }
  // Whatever it listens on, it is asked on this machine.
  const outside = outsideOf(config, [createSampleSource({ url })])
  // A bot that is started again has the files as they are then.
  let checked: { readonly read: ReadOnce } | undefined = { read }
  const start = async () => {
    const local = { token, apiRoot: url, store, log, config, outside, isPlayground: true }
    const service = await startService({ ...local, ...checked, ending, onTurn: turns.report, world })
    checked = undefined
    begun(shutdown, service, log)
    return service
  }
  let running: ReturnType<typeof runPolling> | undefined
  const turnover = createKeyedLock()
  /** Nothing of the bot works meanwhile; one after another, however many ask. */
  const restart = (meanwhile: () => Promise<void> = async () => {}) =>
    turnover.run(0, async () => {
      await running?.stop()
      await meanwhile()
      running = runPolling(await start())
    })
  // Before the bot begins: it may look at the employer's page at once.
  const playground = createPlayground({
    api,
    clock,
    offers,
    inspect: turns,
    restart: () => restart(),
    invite: (kind) => createConsentCode({ prisma: store.prisma, clock }, { kind, days: 1, uses: 1 }),
    forget: (chatId) => restart(() => forgetChat(store, chatId)),
  })
  await restart().catch(async (error: unknown) => {
    await close() // or the process would go on with nothing in it
    throw error
  })
  const starting = () => new Response('Starting', { status: 503 })
  for (const path of ['/healthz', '/metrics'])
    api.mount(path, { fetch: (request) => running?.service.health.fetch(request) ?? starting() })
  process.stdout.write(`\nSerik: ${url}\n\n`)
  await aborted(stopping)
  await running?.stop()
  playground.close()
  await close()
}

/** What the bot may ask of the net: the operator's sources, and those of the playground. */
function outsideOf({ sources }: Config, own: Outside['sources'] = []): Outside {
  const { file, contact, headHunterToken } = sources
  const { sleep, random } = realWorld
  return { sleep, random, sourcesFile: file, contact, headHunterToken, sources: own }
}

/** From here on a stop gives what is under way some time, and tells what of it was left. */
function begun(shutdown: Shutdown, service: Service, log: Log): void {
  shutdown.started()
  const tell = () =>
    log.warn(service.underWay(), 'Not all has ended in time; what is left is taken or shown after the next start')
  shutdown.onDeadline(tell)
  void aborted(shutdown.ending).then(tell)
}

function runPolling(service: Service) {
  const { poller } = service.bot.telegram
  const polling = poller.run()
  return {
    service,
    async stop() {
      await poller.stop()
      await polling
      await service.stop()
    },
  }
}

/**
 * Who the bot is, when Telegram answers and the database is its own; then Telegram is told where updates go. In this
 * order: another bot's token must not cut that bot off from its updates. undefined when the program was told to stop.
 */
async function arrive(
  { token, apiRoot }: Of<'polling' | 'webhook'>,
  store: Store,
  log: Log,
  { stopping: signal, ending }: Shutdown,
  webhook?: { url: string; secret: string },
) {
  const { api, close } = createApi({ token, apiRoot, clock: systemClock, random: Math.random, repeats: false, ending })
  const options = { signal, server: apiRoot, log, random: Math.random }
  try {
    // The signal of Node and the one grammY names in its types behave alike.
    const me = await untilAnswered((stop) => api.getMe(stop as never), options)
    if (me === undefined) return undefined
    await claimDatabase(store, { type: 'bot', id: me.id })
    const isTold = await untilAnswered((stop) => setDelivery(api, webhook, stop), options)
    return isTold === undefined ? undefined : me
  } finally {
    close()
  }
}

function createTurns() {
  const listeners = new Set<(turn: TurnReport) => void>()
  return {
    report: (turn: TurnReport) => {
      for (const listener of listeners) listener(turn)
    },
    subscribe(listener: (turn: TurnReport) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

main().then(
  () => process.exit(), // whatever still waits for an answer keeps nobody
  (error: unknown) => {
    process.stderr.write(`${explainStart(error) ?? (error instanceof Error ? error.stack : String(error))}\n`)
    process.exitCode = 1
  },
)
