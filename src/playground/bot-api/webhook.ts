import { Agent, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { badRequest, conflict } from './errors.ts'
import { isLoopback } from './guard.ts'
import type { Parameters } from './parameters.ts'
import type { PendingUpdate, UpdateQueue } from './updates.ts'
import { isObject, type WireObject } from './wire.ts'
import type { Methods } from './world.ts'

/** Waiting before a failed delivery is tried again: doubles from `first` to `longest`, in milliseconds. */
export type Backoff = {
  readonly first: number
  readonly longest: number
}

export type WebhookSettings = {
  readonly backoff: Backoff
  readonly now: () => number
  /** Carries out a method given in the answer to a delivery. */
  readonly perform: (method: string, fields: WireObject) => void
}

type Hook = {
  readonly url: string
  readonly secret: string
  readonly maxConnections: number
}

type Lane = {
  readonly waiting: PendingUpdate[]
  failures: number
}

/** setWebhook, deleteWebhook, getWebhookInfo, and getUpdates, which works only without a webhook. */
export class Webhook {
  private readonly updates: UpdateQueue
  private readonly settings: WebhookSettings
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 100 })
  private readonly timers = new Set<NodeJS.Timeout>()
  private hook: Hook | undefined
  private lanes = new Map<string, Lane>()
  private ready: string[] = []
  private connections = 0
  private lastError: { date: number; message: string } | undefined

  constructor(updates: UpdateQueue, settings: WebhookSettings) {
    this.updates = updates
    this.settings = settings
  }

  methods(): Methods {
    return {
      getUpdates: (parameters, aborted) => this.getUpdates(parameters, aborted),
      setWebhook: (parameters) => this.set(parameters),
      deleteWebhook: (parameters) => this.remove(parameters),
      getWebhookInfo: () => this.describe(),
    }
  }

  close(): void {
    this.stop()
    this.agent.destroy()
  }

  private getUpdates(parameters: Parameters, aborted?: AbortSignal): unknown {
    if (this.hook) {
      throw conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      )
    }
    return this.updates.fetch(parameters, aborted)
  }

  private set(parameters: Parameters): true {
    const url = parameters.text('url') ?? ''
    if (url === '') return this.remove(parameters)
    const hook = { url: readUrl(url), secret: readSecret(parameters), maxConnections: readConnections(parameters) }
    if (parameters.flag('drop_pending_updates')) this.updates.clear()
    this.updates.allow(parameters)
    this.updates.interruptPoll('terminated by setWebhook request')
    this.stop()
    this.hook = hook
    this.updates.sink = (pending) => this.accept(pending)
    for (const pending of this.updates.pending.values()) this.accept(pending)
    return true
  }

  private remove(parameters: Parameters): true {
    if (parameters.flag('drop_pending_updates')) this.updates.clear()
    this.stop()
    this.hook = undefined
    this.updates.sink = undefined
    return true
  }

  private stop(): void {
    for (const timer of this.timers) clearTimeout(timer)
    this.timers.clear()
    this.lanes = new Map()
    this.ready = []
    this.connections = 0
    this.lastError = undefined
  }

  private describe(): WireObject {
    const { lastError } = this
    return {
      url: this.hook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.updates.pending.size,
      ...(this.hook ? { max_connections: this.hook.maxConnections } : {}),
      ...(this.updates.allowed.length > 0 ? { allowed_updates: this.updates.allowed } : {}),
      ...(lastError ? { last_error_date: lastError.date, last_error_message: lastError.message } : {}),
    }
  }

  private accept(pending: PendingUpdate): void {
    const lane = this.lanes.get(pending.lane)
    if (lane) {
      lane.waiting.push(pending)
      return
    }
    this.lanes.set(pending.lane, { waiting: [pending], failures: 0 })
    this.ready.push(pending.lane)
    this.pump()
  }

  private pump(): void {
    while (this.hook && this.connections < this.hook.maxConnections) {
      const name = this.ready.shift()
      const lane = name === undefined ? undefined : this.lanes.get(name)
      if (name === undefined || !lane) return
      this.connections += 1
      void this.deliver(this.hook, name, lane)
    }
  }

  private async deliver(hook: Hook, name: string, lane: Lane): Promise<void> {
    const [pending] = lane.waiting
    const isExpired = !pending || pending.expires < this.settings.now()
    const outcome = isExpired ? { ok: true as const, reply: undefined } : await post(hook, pending.update, this.agent)
    // A webhook set anew in the meantime has taken all that is pending over.
    if (this.lanes.get(name) !== lane) return
    this.connections -= 1
    if (outcome.ok) this.confirm(name, lane, outcome.reply)
    else this.retryLater(name, lane, outcome.reason)
    this.pump()
  }

  private confirm(name: string, lane: Lane, reply: WireObject | undefined): void {
    const pending = lane.waiting.shift()
    lane.failures = 0
    if (pending) this.updates.confirm(pending.update.update_id)
    if (lane.waiting.length > 0) this.ready.push(name)
    else this.lanes.delete(name)
    if (typeof reply?.method === 'string') this.settings.perform(reply.method, reply)
  }

  private retryLater(name: string, lane: Lane, reason: string): void {
    const { first, longest } = this.settings.backoff
    const wait = Math.min(longest, first * 2 ** lane.failures)
    lane.failures += 1
    this.lastError = { date: Math.floor(this.settings.now() / 1000), message: reason }
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      this.ready.push(name)
      this.pump()
    }, wait)
    this.timers.add(timer)
  }
}

/** Of https addresses; none stands for 443. */
const ports = new Set(['', '80', '88', '8443'])

/** Telegram wants HTTPS; like a local Bot API server, this one also takes plain HTTP on the loopback. */
function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' && isLoopback(url)) return text
  if (url?.protocol !== 'https:') throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
  if (ports.has(url.port)) return text
  throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443')
}

function readSecret(parameters: Parameters): string {
  const secret = parameters.text('secret_token') ?? ''
  if (secret.length > 256) throw badRequest('secret token is too long')
  if (!/^[A-Za-z0-9_-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters')
  return secret
}

function readConnections(parameters: Parameters): number {
  return Math.min(100, Math.max(1, parameters.integer('max_connections') ?? 40))
}

type Outcome =
  | { readonly ok: true; readonly reply: WireObject | undefined }
  | { readonly ok: false; readonly reason: string }

/** What people write never leaves this machine, whatever address was set. */
async function post(hook: Hook, update: WireObject, agent: Agent): Promise<Outcome> {
  if (!isLoopback(new URL(hook.url))) return { ok: false, reason: 'The playground delivers to this machine only' }
  const body = Buffer.from(JSON.stringify(update))
  const headers: Record<string, string | number> = { 'content-type': 'application/json', 'content-length': body.length }
  if (hook.secret) headers['x-telegram-bot-api-secret-token'] = hook.secret
  const isPlain = hook.url.startsWith('http:')
  const start = isPlain ? requestHttp : requestHttps
  return new Promise((resolve) => {
    const request = start(hook.url, { method: 'POST', headers, ...(isPlain ? { agent } : {}) }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', (error) => resolve({ ok: false, reason: error.message }))
      response.on('end', () => resolve(readOutcome(response.statusCode ?? 0, response.statusMessage ?? '', chunks)))
    })
    request.setTimeout(60_000, () => request.destroy(new Error('Read timeout expired')))
    request.on('error', (error) => resolve({ ok: false, reason: error.message || 'Connection refused' }))
    request.end(body)
  })
}

function readOutcome(status: number, statusText: string, chunks: Buffer[]): Outcome {
  if (status < 200 || status > 299) {
    return { ok: false, reason: `Wrong response from the webhook: ${status} ${statusText}` }
  }
  try {
    const reply: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    return { ok: true, reply: isObject(reply) ? reply : undefined }
  } catch {
    return { ok: true, reply: undefined }
  }
}
