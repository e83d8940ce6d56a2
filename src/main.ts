import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { type Bot, startBot } from './bot.ts'
import { systemClock } from './clock.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import type { TurnReport } from './engine/ports.ts'
import { createLog, type Log } from './log.ts'
import { explainStart } from './start-errors.ts'
import { openStore, type Store } from './store/open.ts'
import { createApi } from './telegram/api.ts'
import { setDelivery } from './telegram/setup.ts'

/** Starts what the environment asks for, and stops it on SIGTERM and SIGINT with no update half done. */
async function main(): Promise<void> {
  const stopping = stopSignal()
  const config = readConfig(process.env)
  try {
    await work(config, stopping)
  } catch (error) {
    const explanation = explainStart(error, config)
    throw explanation === undefined ? error : new ConfigError(explanation, { cause: error })
  }
}

async function work(config: Config, stopping: AbortSignal): Promise<void> {
  const log = createLog(config.logLevel)
  const store = await openStore({ url: config.databaseUrl, key: config.dataKey, clock: systemClock })
  try {
    await serve(config, store, log, stopping)
  } finally {
    await store.close()
  }
}

async function serve(config: Config, store: Store, log: Log, stopping: AbortSignal): Promise<void> {
  switch (config.mode) {
    case 'playground':
      return servePlayground(config, store, log, stopping)
    case 'polling':
      return servePolling(config, store, log, stopping)
    case 'webhook':
      return serveWebhook(config, store, log, stopping)
  }
}

type Of<Mode extends Config['mode']> = Extract<Config, { mode: Mode }>

async function servePolling({ token, apiRoot }: Of<'polling'>, store: Store, log: Log, stopping: AbortSignal) {
  await tellDelivery({ token, apiRoot })
  const bot = await startBot({ token, apiRoot, store, log })
  log.info({ bot: bot.name, server: apiRoot }, 'Serik is polling')
  await pollUntil(stopping, bot)
}

async function serveWebhook(config: Of<'webhook'>, store: Store, log: Log, stopping: AbortSignal) {
  const { token, apiRoot, webhookUrl: url, webhookSecret: secret, host, port } = config
  const bot = await startBot({ token, apiRoot, store, log })
  const path = new URL(url).pathname
  const handler = bot.telegram.webhook(secret)
  const listener = getRequestListener((request) =>
    new URL(request.url).pathname === path ? handler(request) : new Response('Not found', { status: 404 }),
  )
  const server = createServer(listener)
  try {
    await listen(server, port, host)
    await tellDelivery({ token, apiRoot }, { url, secret })
    log.info({ bot: bot.name, host, port: portOf(server) }, 'Serik listens for updates')
    await aborted(stopping)
  } finally {
    await closeServer(server)
    await bot.stop()
  }
}

/** The bot and a local Telegram in one process: nothing leaves this machine. */
async function servePlayground({ port, host }: Of<'playground'>, store: Store, log: Log, stopping: AbortSignal) {
  const { createBotApi } = await import('./playground/bot-api/create-bot-api.ts')
  const { createPlayground } = await import('./playground/server.ts')
  const api = createBotApi()
  const { url, close } = await api.listen(port, host)
  const turns = createTurns()
  const start = () => startBot({ token: api.token, apiRoot: url, store, log, onTurn: turns.report })
  let bot = await start()
  let polling = bot.telegram.poller.run()
  const playground = createPlayground({
    api,
    inspect: turns,
    async restart() {
      await bot.telegram.poller.stop()
      await polling
      await bot.stop()
      bot = await start()
      polling = bot.telegram.poller.run()
    },
  })
  process.stdout.write(`\nSerik: ${url}\n\n`)
  await aborted(stopping)
  await bot.telegram.poller.stop()
  await bot.stop()
  playground.close()
  await close()
}

async function pollUntil(stopping: AbortSignal, bot: Bot): Promise<void> {
  void aborted(stopping).then(() => bot.telegram.poller.stop())
  try {
    await bot.telegram.poller.run()
  } finally {
    await bot.stop()
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
}

/** Lets requests under way end; nothing to do when it never listened. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}

/** The port it really has: PORT may be 0, for any free one. */
function portOf(server: Server): number | undefined {
  const address = server.address()
  return typeof address === 'object' ? address?.port : undefined
}

async function tellDelivery(
  { token, apiRoot }: { token: string; apiRoot: string },
  webhook?: { url: string; secret: string },
): Promise<void> {
  const { api, close } = createApi({ token, apiRoot, clock: systemClock, random: Math.random })
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

function stopSignal(): AbortSignal {
  const stopping = new AbortController()
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stopping.abort())
  return stopping.signal
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

main().catch((error: unknown) => {
  process.stderr.write(`${explainStart(error) ?? (error instanceof Error ? error.stack : String(error))}\n`)
  process.exitCode = 1
})
