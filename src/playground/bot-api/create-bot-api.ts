import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { type Clock, systemClock } from '../../base/clock.ts'
import type { Group } from '../people/group.ts'
import { People } from '../people/people.ts'
import type { Person, PersonFacts } from '../people/person.ts'
import { waitUntil } from '../within.ts'
import { callbackMethods } from './callbacks.ts'
import { Calls } from './calls.ts'
import { Chats } from './chats.ts'
import { CommandMenus } from './commands.ts'
import { editMethods } from './edit.ts'
import { badRequest } from './errors.ts'
import { FaultDice, type Faults } from './faults.ts'
import { describeFile, Files } from './files.ts'
import { Gate } from './gate.ts'
import { isFromHere } from './guard.ts'
import { sendJson } from './http.ts'
import { Limits } from './limits.ts'
import { BotProfile } from './profile.ts'
import { CallbackQueries } from './queries.ts'
import { seededRandom } from './random.ts'
import { sendMethods } from './send.ts'
import { UpdateQueue } from './updates.ts'
import { type Backoff, Webhook } from './webhook.ts'
import type { User, WireObject, WireUpdate } from './wire.ts'
import type { World } from './world.ts'

export type BotApiOptions = {
  /** The one token that is let in; bot 7000001 with a secret nobody can guess unless given. */
  readonly token?: string
  readonly bot?: { readonly first_name?: string; readonly username?: string }
  readonly clock?: Clock
  /** Numbers in [0, 1) that decide about faults; a generator seeded with 1 unless given. */
  readonly random?: () => number
  readonly faults?: Faults
  /** Number of the first update; grows with the time of the start unless given, so that no process repeats another's. */
  readonly firstUpdateId?: number
  readonly firstPersonId?: number
  /** Wire calls kept (1000), messages kept a chat (500), files kept (2000). */
  readonly recordLimit?: number
  readonly historyLimit?: number
  readonly fileLimit?: number
  /** Waiting between tries of a webhook delivery; 500 ms doubling to 60 s. */
  readonly webhookBackoff?: Backoff
}

export type Listening = {
  /** For grammY's `client.apiRoot`. */
  readonly url: string
  close(): Promise<void>
}

/** A local Telegram: the Bot API over HTTP on one side, people who write and press on the other. */
export type BotApi = {
  readonly token: string
  readonly bot: User
  readonly calls: Calls
  readonly chats: Chats
  readonly files: Files
  readonly commands: CommandMenus
  readonly profile: BotProfile
  /** Starts to serve; port 0, the default, takes a free one. Only the loopback unless told otherwise. */
  listen(port?: number, host?: string): Promise<Listening>
  /** The person with this id, or a new one. Facts are set only when the person is new. */
  person(id?: number, facts?: PersonFacts): Person
  people(): Person[]
  group(facts?: { id?: number; title?: string }): Group
  channel(facts?: { id?: number; title?: string }): Group
  /** Delivers an update again under its old number. */
  repeatUpdate(update: WireUpdate): void
  /** How many updates the bot has not confirmed. */
  pendingUpdates(): number
  /** Resolves when the bot has confirmed every update; rejects after `within` milliseconds (5000). */
  confirmed(within?: number): Promise<void>
  faults(): Faults
  setFaults(faults: Faults): void
  /** Carries out a method without HTTP; throws an ApiError when refused. */
  perform(method: string, fields?: WireObject): Promise<unknown>
  /** Serves further addresses, such as the web page, on the same server. The longest prefix wins. */
  mount(prefix: string, app: { fetch(request: Request): Response | Promise<Response> }): void
}

export function createBotApi(options: BotApiOptions = {}): BotApi {
  const token = options.token ?? `7000001:${randomBytes(24).toString('base64url')}`
  const clock = options.clock ?? systemClock
  const world = createWorld(options, token, clock)
  const calls = new Calls(options.recordLimit ?? 1000)
  const dice = new FaultDice(options.random ?? seededRandom(1), options.faults ?? {})
  const commands = new CommandMenus()
  const profile = new BotProfile()
  const webhook = new Webhook(world.updates, {
    backoff: options.webhookBackoff ?? { first: 500, longest: 60_000 },
    now: () => clock.now(),
    // A refusal of a method given as a webhook answer is not told to the bot; it stands in the record.
    perform: (method, fields) => void gate.perform(method, fields).catch(() => {}),
  })
  const methods = {
    getMe: () => describeBot(world.bot),
    getFile: (parameters: Parameters<typeof describeCalledFile>[1]) => describeCalledFile(world, parameters),
    ...sendMethods(world),
    ...editMethods(world),
    ...callbackMethods(world),
    ...commands.methods(),
    ...profile.methods(),
    ...webhook.methods(),
  }
  const limits = new Limits(clock)
  const gate = new Gate({ token, clock, calls, dice, limits, files: world.files, methods })
  const people = new People(world, commands, options.firstPersonId ?? 1001)
  const mounts = new Map<string, (request: IncomingMessage, response: ServerResponse) => unknown>()
  return {
    token,
    bot: world.bot,
    calls,
    chats: world.chats,
    files: world.files,
    commands,
    profile,
    listen: (port = 0, host = '127.0.0.1') => listen(gate, webhook, mounts, port, host),
    person: (id, facts) => people.person(id, facts),
    people: () => people.all(),
    group: (facts = {}) => people.group('group', facts),
    channel: (facts = {}) => people.group('channel', facts),
    repeatUpdate: (update) => world.updates.repeat(update),
    pendingUpdates: () => world.updates.pending.size,
    confirmed: (within = 5_000) => waitForConfirmation(world.updates, within),
    faults: () => dice.faults,
    setFaults: (faults) => {
      dice.faults = faults
    },
    perform: (method, fields = {}) => gate.perform(method, fields),
    mount: (prefix, app) => {
      mounts.set(prefix, getRequestListener(app.fetch.bind(app)))
    },
  }
}

async function waitForConfirmation(updates: UpdateQueue, within: number): Promise<void> {
  await waitUntil(
    () => updates.pending.size === 0,
    (listener) => updates.confirmations.subscribe(listener),
    () => `After ${within} ms ${updates.pending.size} updates are still unconfirmed: is the bot running?`,
    within,
  )
}

function createWorld(options: BotApiOptions, token: string, clock: Clock): World {
  const id = Number(token.split(':', 1)[0])
  if (!Number.isSafeInteger(id) || id < 1)
    throw new Error(`Token ${token} must begin with the bot's number and a colon`)
  const bot = {
    id,
    is_bot: true,
    first_name: options.bot?.first_name ?? 'Serik',
    username: options.bot?.username ?? 'serik_playground_bot',
  }
  return {
    clock,
    bot,
    chats: new Chats({ historyLimit: options.historyLimit ?? 500 }),
    files: new Files(options.fileLimit ?? 2000),
    updates: new UpdateQueue(clock, options.firstUpdateId ?? numberOfNow(clock)),
    queries: new CallbackQueries(clock),
  }
}

/** A hundred numbers a second, within 31 bits: later starts begin above what an earlier process has given out. */
function numberOfNow(clock: Clock): number {
  return (Math.floor(clock.now() / 10) % 2_000_000_000) + 1
}

function describeBot(bot: User): WireObject {
  return {
    ...bot,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  }
}

function describeCalledFile(world: World, parameters: { text(name: string): string | undefined }) {
  const id = parameters.text('file_id')
  if (!id) throw badRequest('file_id not specified')
  return describeFile(world.files, id)
}

type Mounts = Map<string, (request: IncomingMessage, response: ServerResponse) => unknown>

function listen(gate: Gate, webhook: Webhook, mounts: Mounts, port: number, host: string): Promise<Listening> {
  const server = createServer((request, response) => {
    if (!isFromHere(request.headers, request.url ?? '/', host))
      sendError(response, 403, 'This answers only to this machine')
    else if (!isWellFormed(request.url ?? '/')) sendError(response, 400, 'Bad Request: malformed address')
    else if (!gate.takes(request, response)) passOn(mounts, request, response)
  })
  server.keepAliveTimeout = 60_000
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      // A server listening on a TCP port has an AddressInfo, never a pipe name.
      const address = server.address() as AddressInfo
      resolve({ url: `http://${host}:${address.port}`, close: () => close(server, webhook) })
    })
  })
}

/** In the shape of the Bot API and of the page's addresses at once. */
function sendError(response: ServerResponse, code: number, description: string): void {
  sendJson(response, code, { ok: false, error_code: code, description, error: description })
}

/** A path on this server whose escapes can be read; everything behind may rely on it. */
function isWellFormed(url: string): boolean {
  if (!url.startsWith('/') || !URL.canParse(url, 'http://127.0.0.1')) return false
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return true
  } catch {
    return false
  }
}

function passOn(mounts: Mounts, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? '/'
  const [best] = [...mounts.keys()]
    .filter((prefix) => path.startsWith(prefix))
    .sort((left, right) => right.length - left.length)
  const handler = best === undefined ? undefined : mounts.get(best)
  if (handler) handler(request, response)
  else response.writeHead(404, { 'content-type': 'text/plain' }).end('Not Found')
}

function close(server: Server, webhook: Webhook): Promise<void> {
  webhook.close()
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
