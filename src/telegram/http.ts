import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { Readable } from 'node:stream'
import { z } from 'zod'

/** What grammY asks of a fetch: it sends a JSON string or a multipart stream and reads the answer as JSON. */
export type MinimalFetch = (
  url: string | URL,
  init: { method?: string; headers?: Record<string, string>; body?: unknown; signal?: AbortSignal },
) => Promise<{ ok: boolean; status: number; json(): Promise<unknown> }>

export type HttpOptions = {
  readonly connections?: number
  /** Gives up every call under way, and those that come later, when it aborts. */
  readonly ending?: AbortSignal
}

/**
 * A fetch for grammY straight on node:http with connections kept alive. A call took 5 to 37 % less processor time than
 * with the one grammY brings (node-fetch), in six rounds. Rejects when the connection fails or the signal aborts.
 */
export function createHttp({ connections = 128, ending }: HttpOptions = {}) {
  const plain = new Agent({ keepAlive: true, maxSockets: connections })
  const secure = new HttpsAgent({ keepAlive: true, maxSockets: connections })
  const addresses = new Map<string, Address>()
  const addressOf = (origin: string): Address => {
    const known = addresses.get(origin) ?? readAddress(origin, plain, secure)
    addresses.set(origin, known)
    return known
  }
  const open = new Set<ClientRequest>()
  ending?.addEventListener('abort', () => {
    for (const request of open) request.destroy(abortError())
  })
  const fetch: MinimalFetch = (url, init) =>
    new Promise((resolve, reject) => {
      const [origin, path] = split(String(url))
      const { request: start, ...address } = addressOf(origin)
      const request = start({ ...address, path, method: init.method ?? 'POST', headers: headersOf(init) })
      open.add(request)
      request.on('close', () => open.delete(request))
      const abort = () => request.destroy(abortError())
      // grammY's signal is of the abort-controller package and lives for one call, so nobody has to stop listening.
      init.signal?.addEventListener('abort', abort)
      request.on('error', reject)
      request.on('response', (response) => readAll(response, resolve, reject))
      if (init.signal?.aborted || ending?.aborted) abort()
      else sendBody(request, init.body)
    })
  return {
    fetch,
    /** Closes the connections that are kept. */
    close() {
      plain.destroy()
      secure.destroy()
    },
  }
}

type Address = {
  readonly request: typeof httpRequest
  readonly agent: Agent
  readonly host: string
  readonly port: string | undefined
}

function readAddress(origin: string, plain: Agent, secure: HttpsAgent): Address {
  const { protocol, hostname, port } = new URL(origin)
  // An IPv6 address stands in brackets in a URL only.
  const where = { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? undefined : port }
  if (protocol === 'https:') return { request: httpsRequest, agent: secure, ...where }
  return { request: httpRequest, agent: plain, ...where }
}

/** Origin and the rest: a URL is not parsed for every call. */
function split(url: string): [origin: string, path: string] {
  const slash = url.indexOf('/', 'https://'.length)
  return slash === -1 ? [url, '/'] : [url.slice(0, slash), url.slice(slash)]
}

function headersOf({ headers, body }: { headers?: Record<string, string>; body?: unknown }): Record<string, string> {
  return typeof body === 'string' ? { ...headers, 'content-length': String(Buffer.byteLength(body)) } : { ...headers }
}

function sendBody(request: ClientRequest, body: unknown): void {
  if (body instanceof Readable) body.on('error', (error) => request.destroy(error)).pipe(request)
  else request.end(typeof body === 'string' ? body : undefined)
}

type Answer = Awaited<ReturnType<MinimalFetch>>

/** Far more than a hundred updates or any message take, in bytes: an answer that never ends must not fill the memory. */
const longestAnswer = 32 * 1024 * 1024

/** Most answers come in one piece, which is then not copied. */
function readAll(response: IncomingMessage, resolve: (answer: Answer) => void, reject: (error: Error) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > longestAnswer) response.destroy(new Error('The answer does not end'))
    else chunks.push(chunk)
  })
  response.on('error', reject)
  response.on('end', () => {
    if (!response.complete) return reject(new Error('The answer broke off'))
    const [first] = chunks
    const body = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks)
    const status = response.statusCode ?? 0
    resolve({ ok: status >= 200 && status < 300, status, json: async () => readJson(body.toString('utf8'), status) })
  })
}

/**
 * Proxies and overloaded servers answer with pages, whatever their status: that is trouble on the way, never Telegram's
 * word on a chat or a message. As Telegram's own 5xx it is tried again.
 */
function readJson(text: string, status: number): unknown {
  try {
    const answer: unknown = JSON.parse(text)
    if (isTelegrams(answer)) return answer
  } catch {
    // Read as all else that is not Telegram's.
  }
  return { ok: false, error_code: Math.max(status, 502), description: 'The answer was not Telegram’s' }
}

/** Has a result, or a refusal with its code; one that asks for a pause says it in a number. */
function isTelegrams(answer: unknown): boolean {
  return Result.safeParse(answer).success || Refused.safeParse(answer).success
}

const Result = z.object({ ok: z.literal(true), result: z.unknown().refine((result) => result != null) })
const Refused = z.object({
  ok: z.literal(false),
  error_code: z.number(),
  description: z.string(),
  parameters: z.object({ retry_after: z.number().nonnegative().optional() }).optional(),
})

function abortError(): Error {
  return Object.assign(new Error('The call was given up'), { name: 'AbortError' })
}
