import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { Chat } from './bot-api/chats.ts'
import type { BotApi } from './bot-api/create-bot-api.ts'
import { toWireMessage } from './bot-api/wire-message.ts'
import { runLoad } from './load.ts'
import { pictureOf } from './people/picture.ts'

const Id = z.number().int()
const Act = z.union([
  z.object({ person: Id, start: z.string().or(z.literal(true)) }),
  z.object({ person: Id, text: z.string() }),
  z.object({ person: Id, press: z.string().or(z.number()), message: Id.optional() }),
  z.object({ person: Id, data: z.string(), message: Id }),
  z.object({ person: Id, block: z.boolean() }),
])
const NewPeople = z.object({
  count: z.number().int().min(1).max(100_000).default(1),
  id: Id.optional(),
  first_name: z.string().optional(),
  language_code: z.string().optional(),
})
const Rate = { probability: z.number().min(0).max(1).optional(), next: z.number().int().min(0).optional() }
const FaultSwitches = z.strictObject({
  tooManyRequests: z.object({ ...Rate, retryAfter: z.number().optional() }).optional(),
  serverErrors: z.object({ ...Rate, code: z.number().int().min(500).max(599).optional() }).optional(),
  drops: z.object({ ...Rate, after: z.boolean().optional() }).optional(),
  delay: z.object({ milliseconds: z.number().min(0), spread: z.number().min(0).optional() }).optional(),
  methods: z.array(z.string()).optional(),
  blockedChats: z.array(Id).optional(),
  enforceLimits: z.boolean().optional(),
})
const Load = z.object({
  people: z.number().int().min(1).max(100_000).default(100),
  updates: z.number().int().min(1).default(10_000),
  firstId: Id.default(1_000_000),
  seed: z.number().int().default(1),
  patience: z.number().int().min(1).default(30_000),
})

/** JSON addresses under /control to drive the people from another process: benches, chaos tests. */
export function createControl(api: BotApi): Hono {
  const app = new Hono()
  app.onError((error, context) => context.json({ error: error.message }, 400))
  app.post('/control/people', async (context) => context.json(createPeople(api, await context.req.json())))
  app.post('/control/acts', async (context) => {
    const acts = z.array(Act).parse(await context.req.json())
    return context.json({ updates: acts.map((act) => perform(api, act)?.update_id ?? null) })
  })
  app.get('/control/chats', (context) => context.json(api.chats.all().map(({ id, type }) => ({ id, type }))))
  app.get('/control/chats/:id', (context) => {
    const chat = api.chats.get(Number(context.req.param('id')))
    return chat ? context.json(viewOf(api, chat)) : context.json({ error: 'No such chat' }, 404)
  })
  app.get('/control/faults', (context) => context.json(api.faults()))
  app.put('/control/faults', async (context) => {
    api.setFaults(FaultSwitches.parse(await context.req.json()))
    return context.json(api.faults())
  })
  app.get('/control/calls', (context) => context.json(api.calls.list(context.req.query('method'))))
  app.get('/control/statistics', (context) => context.json(statisticsOf(api)))
  app.post('/control/load', async (context) => context.json(await runLoad(api, Load.parse(await context.req.json()))))
  app.get('/control/stream', (context) => streamCalls(api, context))
  return app
}

function createPeople(api: BotApi, body: unknown): { ids: number[] } {
  const { count, id, ...facts } = NewPeople.parse(body)
  const ids = Array.from({ length: count }, (_, at) => api.person(id === undefined ? undefined : id + at, facts).id)
  return { ids }
}

function perform(api: BotApi, act: z.infer<typeof Act>) {
  const person = api.person(act.person)
  if ('start' in act) return person.starts(act.start === true ? undefined : act.start)
  if ('text' in act) return person.writes(act.text)
  if ('press' in act) return person.presses(act.press, act.message)
  if ('data' in act) return person.pressesData(act.message, act.data)
  return act.block ? person.blocks() : person.unblocks()
}

function viewOf(api: BotApi, chat: Chat) {
  const messages = [...chat.messages.values()].map((message) => toWireMessage(chat, message, api.bot))
  const { id, type, blocked, toasts } = chat
  return { id, type, blocked, toasts, messages, picture: pictureOf(chat) }
}

function statisticsOf(api: BotApi) {
  return {
    pendingUpdates: api.pendingUpdates(),
    people: api.people().length,
    calls: Object.fromEntries(api.calls.counts),
  }
}

function streamCalls(api: BotApi, context: Context) {
  return streamSSE(context, async (stream) => {
    const unsubscribe = api.calls.changes.subscribe((call) => void stream.writeSSE({ data: JSON.stringify(call) }))
    await new Promise<void>((resolve) => stream.onAbort(resolve))
    unsubscribe()
  })
}
