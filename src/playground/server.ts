import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Context, Hono } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { z } from 'zod'
import { systemClock } from '../base/clock.ts'
import type { BotApi } from './bot-api/create-bot-api.ts'
import type { Offers } from './employer/offers.ts'
import { serveEmployer, viewOfOffers } from './employer/routes.ts'
import { type PageWords, readPageWords } from './employer/words.ts'
import type { Inspector, TurnReport } from './inspect.ts'
import type { MovableClock } from './movable-clock.ts'
import { pageHeaders } from './page-headers.ts'
import type { Person } from './people/person.ts'
import { invitedRoles, type Role, roles, viewOfEvent, viewOfPerson } from './views.ts'

export type PlaygroundOptions = {
  readonly api: BotApi
  /** Where turns are reported; without it the panel shows wire calls only. */
  readonly inspect?: Inspector
  /** Stops and starts the bot; without it the page has no restart button. */
  readonly restart?: () => Promise<void>
  /** Deletes all that the bot keeps of a chat; without it nobody can begin anew. */
  readonly forget?: (chatId: number) => Promise<void>
  /** An invitation, with which a grown-up in the role begins; without it they begin as anybody does. */
  readonly invite?: (role: (typeof invitedRoles)[number]) => Promise<string>
  /** Time that can be moved; without it the page has no clock. */
  readonly clock?: MovableClock
  /** What the employer beside the phones publishes; without it there is none. */
  readonly offers?: Offers
  /** Language code of the first people; kk unless given. */
  readonly language?: string
}

export type Playground = {
  /** Stops listening to the bot; the server itself is closed where it was opened. */
  close(): void
}

type Table = {
  readonly options: PlaygroundOptions
  readonly roles: Map<number, Role>
  readonly turns: Map<number, TurnReport>
  readonly streams: Set<SSEStreamingApi>
}

/** Puts the web chat on the Bot API's own server, at `/`, with one resident; others can be added. */
export function createPlayground(options: PlaygroundOptions): Playground {
  const table: Table = { options, roles: new Map(), turns: new Map(), streams: new Set() }
  seat(table, 'resident', options.language ?? 'kk')
  options.api.mount('/', createApp(table))
  const stops = [
    options.api.chats.changes.subscribe((event) => {
      if (table.roles.has(event.chat.id)) broadcast(table, viewOfEvent(event))
    }),
    options.api.calls.changes.subscribe((call) => broadcast(table, { type: 'call', call })),
    options.inspect?.subscribe((turn) => {
      table.turns.set(turn.chatId, turn)
      broadcast(table, { type: 'turn', turn })
    }),
  ]
  return {
    close: () => {
      for (const stop of stops) stop?.()
    },
  }
}

function createApp(table: Table): Hono {
  const app = new Hono()
  app.use(pageHeaders())
  app.onError((error, context) => context.json({ error: error.message }, 400))
  const words = readPageWords()
  servePages(app, words)
  const { offers, clock } = table.options
  if (offers !== undefined) {
    const changed = () => broadcast(table, { type: 'offers', offers: viewOfEmployer(table) })
    serveEmployer(app, { offers, words, clock: clock ?? systemClock, changed })
  }
  app.get('/live', (context) => goLive(table, context))
  app.get('/files/:id', (context) => serveFile(table, context))
  app.post('/people', async (context) => {
    const { role, language } = NewPerson.parse(await context.req.json())
    return context.json({ id: seat(table, role, language).id })
  })
  app.post('/restart', async (context) => {
    if (!table.options.restart) return context.json({ error: 'Nothing to restart here' }, 404)
    await table.options.restart()
    return context.json({ ok: true })
  })
  app.post('/time', async (context) => {
    const { to } = z.object({ to: z.int() }).parse(await context.req.json())
    if (!table.options.clock) return context.json({ error: 'Time cannot be moved here' }, 404)
    await table.options.clock.moveTo(to)
    broadcast(table, { type: 'time', time: viewOfTime(table) })
    broadcast(table, { type: 'offers', offers: viewOfEmployer(table) })
    return context.json({ ok: true })
  })
  app.post('/people/:id/reset', async (context) => {
    await beginAnew(table, findPerson(table, context))
    return context.json({ ok: true })
  })
  serveActs(app, table)
  return app
}

/** As if this person had never met the bot: nothing stands in the chat, and the bot knows nothing of them. */
async function beginAnew(table: Table, person: Person): Promise<void> {
  if (!table.options.forget) throw new Error('Nobody can begin anew here')
  await table.options.forget(person.id)
  table.turns.delete(person.id)
  const { chats } = table.options.api
  for (const id of [...person.chat.messages.keys()]) chats.remove(person.chat, id)
  chats.setState(person.chat, { open: false, blocked: false, inputKeyboard: [] })
}

function viewOfTime({ options: { clock } }: Table) {
  return clock === undefined ? null : { now: clock.now(), ahead: clock.ahead() }
}

/** Null where there is no employer. */
function viewOfEmployer({ options: { offers, clock } }: Table) {
  return offers === undefined ? null : viewOfOffers({ offers, clock: clock ?? systemClock })
}

const languageCode = z.string().regex(/^[a-z]{2,3}(-[A-Za-z]{2,8})?$/)
const NewPerson = z.object({ role: z.enum(roles), language: languageCode })

function seat(table: Table, role: Role, language: string): Person {
  const id = Math.max(1000, ...table.options.api.people().map((person) => person.id)) + 1
  table.roles.set(id, role)
  const person = table.options.api.person(id, { first_name: `${role} ${id}`, language_code: language })
  broadcast(table, { type: 'person', person: viewOfPerson(table.options.api, person, role) })
  return person
}

const quickKinds = ['sticker', 'voice', 'photo', 'forward', 'location', 'contact'] as const

function serveActs(app: Hono, table: Table): void {
  const act = <T>(path: string, shape: z.ZodType<T>, run: (person: Person, body: T) => unknown) =>
    app.post(`/people/:id/${path}`, async (context) => {
      await run(findPerson(table, context), shape.parse(await context.req.json()))
      return context.json({ ok: true })
    })
  act('text', z.object({ text: z.string().min(1).max(4096) }), (person, { text }) => person.writes(text))
  act('start', z.object({ payload: z.string() }), async (person, { payload }) =>
    person.starts(payload || (await invitationFor(person, table))),
  )
  act('press', z.object({ message: z.number(), data: z.string() }), (person, { message, data }) =>
    person.pressesData(message, data),
  )
  act('send', z.object({ kind: z.enum(quickKinds) }), (person, { kind }) => person.sends(kind))
  act('block', z.object({ blocked: z.boolean() }), (person, { blocked }) => {
    if (blocked) person.blocks()
    else person.unblocks()
  })
  act('language', z.object({ language: languageCode }), (person, { language }) => {
    person.speaks(language)
    const description = table.options.api.profile.read('description', language)
    broadcast(table, { type: 'state', chatId: person.id, state: { description } })
  })
  app.get('/people/:id/commands', (context) => context.json(findPerson(table, context).commands))
  app.post('/people/:id/file', (context) => receiveFile(findPerson(table, context), context))
}

async function invitationFor({ id }: Person, { roles, options }: Table): Promise<string | undefined> {
  const role = invitedRoles.find((one) => one === roles.get(id))
  return role === undefined ? undefined : options.invite?.(role)
}

/** A picture becomes a photo, anything else a document. */
async function receiveFile(person: Person, context: Context): Promise<Response> {
  const { file } = await context.req.parseBody()
  if (!(file instanceof File)) return context.json({ error: 'Field "file" must be a file' }, 400)
  const bytes = new Uint8Array(await file.arrayBuffer())
  const isPhoto = file.type === 'image/png' || file.type === 'image/jpeg'
  person.sends(isPhoto ? 'photo' : 'document', { name: file.name, bytes })
  return context.json({ ok: true })
}

function findPerson(table: Table, context: Context): Person {
  const id = Number(context.req.param('id'))
  if (!table.roles.has(id)) throw new Error(`There is no person ${context.req.param('id')} in the playground`)
  return table.options.api.person(id)
}

function serveFile(table: Table, context: Context): Response {
  const file = table.options.api.files.get(context.req.param('id') ?? '')
  if (!file) return context.json({ error: 'No such file' }, 404)
  const isPhoto = file.kind === 'photo'
  context.header('content-type', isPhoto ? file.mimeType : 'application/octet-stream')
  context.header(
    'content-disposition',
    isPhoto ? 'inline' : `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  )
  return context.body(new Uint8Array(file.bytes))
}

/** Sends the table as it stands, then everything that happens, as server-sent events. */
function goLive(table: Table, context: Context): Response {
  const { api, restart, forget } = table.options
  return streamSSE(context, async (stream) => {
    const people = [...table.roles].map(([id, role]) => viewOfPerson(api, api.person(id), role))
    const calls = api.calls.list().slice(-60)
    const turns = [...table.turns.values()]
    const can = { canRestart: Boolean(restart), canReset: Boolean(forget) }
    const offers = viewOfEmployer(table)
    const snapshot = { type: 'snapshot', people, calls, turns, time: viewOfTime(table), offers, ...can }
    await stream.writeSSE({ data: JSON.stringify(snapshot) })
    table.streams.add(stream)
    await new Promise<void>((resolve) => stream.onAbort(resolve))
    table.streams.delete(stream)
  })
}

function broadcast(table: Table, event: object): void {
  if (table.streams.size === 0) return
  const data = JSON.stringify(event)
  for (const stream of table.streams) void stream.writeSSE({ data })
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Pictures of emoji, for machines that have none of their own; a browser fetches them only when it needs them. */
const fonts = new URL('./', import.meta.resolve('@fontsource/noto-color-emoji/emoji.css'))

/**
 * Under a name of its own: a machine that has this font, or another for emoji, uses its own. The font as a whole:
 * the pieces that index.css names are loaded by Chromium and draw nothing.
 */
function emojiCss(): string {
  return readFileSync(new URL('emoji.css', fonts), 'utf8').replaceAll("'Noto Color Emoji'", "'Serik Emoji'")
}

function font(context: Context, path: string): Response {
  const file = fileURLToPath(new URL(path, fonts))
  const type = types[extname(path)]
  if (type === undefined || !existsSync(file)) return context.text('Not Found', 404)
  context.header('content-type', type)
  return context.body(new Uint8Array(readFileSync(file)))
}

/** The files of the page and its words. Only names found in the folders are served. */
function servePages(app: Hono, words: ReadonlyMap<string, PageWords>): void {
  const web = new URL('./web/', import.meta.url)
  const names = new Set(readdirSync(web))
  const page = (context: Context, name: string) => {
    if (!names.has(name)) return context.text('Not Found', 404)
    context.header('content-type', types[extname(name)] ?? 'application/octet-stream')
    return context.body(readFileSync(new URL(name, web), 'utf8'))
  }
  app.get('/', (context) => page(context, 'index.html'))
  app.get('/web/:name', (context) => page(context, context.req.param('name')))
  app.get('/fonts/emoji.css', (context) => {
    context.header('content-type', types['.css'] ?? '')
    return context.body(emojiCss())
  })
  app.get('/fonts/files/:name', (context) => font(context, `files/${basename(context.req.param('name'))}`))
  app.get('/words/:language{kk|ru|en}', (context) => {
    return context.json(words.get(context.req.param('language'))?.all ?? {})
  })
}
