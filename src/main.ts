import { createServer, type RequestListener, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { systemClock } from './clock.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import type { TurnReport } from './engine/ports.ts'
import { readSettings, type Settings } from './env-file.ts'
import { createLog, type Log } from './log.ts'
import { type Service, startService } from './service.ts'
import { aborted, createShutdown, type Shutdown } from './shutdown.ts'
import { explainStart } from './start-errors.ts'
import { openStore, type Store } from './store/open.ts'
import { claimDatabase } from './store/owner.ts'
import { createApi } from './telegram/api.ts'
import { setDelivery } from './telegram/setup.ts'

/** Starts what the environment asks for, and stops it on SIGTERM and SIGINT with no update half done. */
async function main(): Promise<void> {
  const shutdown = createShutdown()
  const settings = readSettings(process.env, process.cwd())
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
  tellOfSettings(settings, log)
  const { databaseUrl: url, dataKey: key, deletionLog } = config
  const store = await openStore({ url, key, clock: systemClock, log, deletionLog })
  tellOfDeletions(store, log)
  try {
    await serve(config, store, log, shutdown)
  } finally {
    await store.close()
  }
}

/** Names only: the values are secrets, some of them. */
function tellOfSettings({ file, brought, unknown }: Settings, log: Log): void {
  if (brought.length > 0) log.info({ file, settings: brought }, 'Settings come from a file')
  if (unknown.length > 0) log.warn({ file, names: unknown }, 'The file names settings that Serik does not know')
}

/** Once a start; who it was is nobody's business. */
function tellOfDeletions({ deletedAgain: { chats, unreadable }, deletions }: Store, log: Log): void {
  if (chats > 0) log.warn({ chats }, 'The database was put back from a copy; who had asked for it is deleted again')
  if (unreadable > 0) log.warn({ lines: unreadable, file: deletions.file }, 'Lines of the log of deletions are damaged')
}

async function serve(config: Config, store: Store, log: Log, shutdown: Shutdown): Promise<void> {
  switch (config.mode) {
    case 'playground':
      return servePlayground(config, store, log, shutdown)
    case 'polling':
      return servePolling(config, store, log, shutdown)
    case 'webhook':
      return serveWebhook(config, store, log, shutdown)
  }
}

type Of<Mode extends Config['mode']> = Extract<Config, { mode: Mode }>

async function servePolling(config: Of<'polling'>, store: Store, log: Log, shutdown: Shutdown) {
  const { token, apiRoot, host, port } = config
  const { stopping, ending } = shutdown
  await claim({ token, apiRoot, ending }, store)
  await tellDelivery({ token, apiRoot, ending })
  const service = await startService({ token, apiRoot, store, log, config, ending })
  const server = httpServer(getRequestListener(service.health.fetch))
  try {
    await listen(server, port, host)
    log.info({ bot: service.bot.name, server: apiRoot, host, port: portOf(server) }, 'Serik is polling')
    begun(shutdown, service, log)
    void aborted(stopping).then(() => service.bot.telegram.poller.stop())
    await service.bot.telegram.poller.run()
  } finally {
    await Promise.all([closeServer(server), service.stop()])
  }
}

async function serveWebhook(config: Of<'webhook'>, store: Store, log: Log, shutdown: Shutdown) {
  const { token, apiRoot, webhookUrl: url, webhookSecret: secret, host, port } = config
  const { stopping, ending } = shutdown
  const service = await startService({ token, apiRoot, store, log, config, ending })
  const path = new URL(url).pathname
  const handler = service.bot.telegram.webhook(secret)
  const server = httpServer(
    getRequestListener((request) =>
      new URL(request.url).pathname === path ? handler(request) : service.health.fetch(request),
    ),
  )
  try {
    await listen(server, port, host)
    await tellDelivery({ token, apiRoot, ending }, { url, secret })
    log.info({ bot: service.bot.name, host, port: portOf(server) }, 'Serik listens for updates')
    begun(shutdown, service, log)
    await aborted(stopping)
  } finally {
    await closeServer(server)
    await service.stop()
  }
}

/** The bot and a local Telegram in one process: nothing leaves this machine. */
async function servePlayground(config: Of<'playground'>, store: Store, log: Log, shutdown: Shutdown) {
  const { createBotApi } = await import('./playground/bot-api/create-bot-api.ts')
  const { createPlayground } = await import('./playground/server.ts')
  const { stopping, ending } = shutdown
  const api = createBotApi()
  const { url, close } = await api.listen(config.port, config.host)
  const turns = createTurns()
  const { token } = api
  const start = async () => {
    const given = { token, apiRoot: url, store, log, config, ending, isPlayground: true, onTurn: turns.report }
    const service = await startService(given)
    begun(shutdown, service, log)
    return service
  }
  const first = await start().catch(async (error: unknown) => {
    await close() // or the process would go on with nothing in it
    throw error
  })
  let running = runPolling(first)
  for (const path of ['/healthz', '/metrics'])
    api.mount(path, { fetch: (request) => running.service.health.fetch(request) })
  const playground = createPlayground({
    api,
    inspect: turns,
    async restart() {
      await running.stop()
      running = runPolling(await start())
    },
  })
  process.stdout.write(`\nSerik: ${url}\n\n`)
  await aborted(stopping)
  await running.stop()
  playground.close()
  await close()
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

/** No stranger may hold a connection by a request that never ends. Times in ms. */
function httpServer(listener: RequestListener): Server {
  return createServer({ requestTimeout: 10_000, headersTimeout: 10_000, connectionsCheckingInterval: 2_000 }, listener)
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
}

/** Lets requests under way end, for two seconds; nothing to do when it never listened. */
async function closeServer(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), 2_000)
  await new Promise((resolve) => server.close(resolve))
  clearTimeout(cut)
}

/** The port it really has: PORT may be 0, for any free one. */
function portOf(server: Server): number | undefined {
  const address = server.address()
  return typeof address === 'object' ? address?.port : undefined
}

type Where = { readonly token: string; readonly apiRoot: string; readonly ending: AbortSignal }

/** Before anything is changed at Telegram: another bot's token must not cut that bot off from its updates. */
async function claim(at: Where, store: Store): Promise<void> {
  const { api, close } = createApi({ ...at, clock: systemClock, random: Math.random })
  const { id } = await api.getMe().finally(close)
  await claimDatabase(store, { type: 'bot', id })
}

async function tellDelivery(at: Where, webhook?: { url: string; secret: string }): Promise<void> {
  const { api, close } = createApi({ ...at, clock: systemClock, random: Math.random })
  await setDelivery(api, webhook).finally(close)
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
