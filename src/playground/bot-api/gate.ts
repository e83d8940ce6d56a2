import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../base/clock.ts'
import type { Calls } from './calls.ts'
import { ApiError } from './errors.ts'
import type { FaultDice } from './faults.ts'
import type { Files } from './files.ts'
import { readParameters, sendJson } from './http.ts'
import type { Limits } from './limits.ts'
import { Parameters } from './parameters.ts'
import type { WireObject } from './wire.ts'
import type { Method, Methods } from './world.ts'

export type GateParts = {
  readonly token: string
  readonly clock: Clock
  readonly calls: Calls
  readonly dice: FaultDice
  readonly limits: Limits
  readonly files: Files
  readonly methods: Methods
}

type NamedMethod = {
  readonly name: string
  readonly run: Method
}

/** Where calls come in: checks the token, rolls the dice, carries out, answers, records. */
export class Gate {
  private readonly parts: GateParts
  private readonly methods: Map<string, NamedMethod>

  constructor(parts: GateParts) {
    this.parts = parts
    this.methods = new Map(
      Object.entries(parts.methods).map(([name, run]) => [name.toLowerCase(), { name, run }] as const),
    )
  }

  /** True when the address is one of the Bot API's and has been taken care of. */
  takes(request: IncomingMessage, response: ServerResponse): boolean {
    const url = request.url ?? '/'
    if (url.startsWith('/bot')) void this.answer(request, response, url)
    else if (url.startsWith('/file/bot')) this.download(response, url)
    else return false
    return true
  }

  /** Carries out a method without HTTP, as for a method given in the answer to a webhook. Throws refusals. */
  async perform(name: string, fields: WireObject): Promise<unknown> {
    const method = this.methods.get(name.toLowerCase())
    if (!method) throw new ApiError(404, 'Not Found')
    return this.record(method.name, new Parameters(fields), (parameters) => method.run(parameters))
  }

  private async answer(request: IncomingMessage, response: ServerResponse, url: string): Promise<void> {
    try {
      const result = await this.run(request, response, url)
      if (result !== dropped) sendJson(response, 200, { ok: true, result })
    } catch (error) {
      refuse(response, error)
    }
  }

  private async run(request: IncomingMessage, response: ServerResponse, url: string): Promise<unknown> {
    const [path = '', query = ''] = url.split('?', 2)
    const slash = path.indexOf('/', 4)
    if (decodeURIComponent(path.slice(4, slash < 0 ? undefined : slash)) !== this.parts.token) {
      throw new ApiError(401, 'Unauthorized')
    }
    const method = this.methods.get(path.slice(slash + 1).toLowerCase())
    if (slash < 0 || !method) throw new ApiError(404, 'Not Found')
    const parameters = await readParameters(request, query)
    return this.record(method.name, parameters, () => this.throughFaults(method, parameters, request, response))
  }

  private async throughFaults(
    method: NamedMethod,
    parameters: Parameters,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<unknown> {
    const { dice, limits } = this.parts
    const key = method.name.toLowerCase()
    const isTouched = dice.touches(key)
    const delay = isTouched ? dice.delay() : 0
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
    const drop = isTouched ? dice.drop() : undefined
    if (drop === 'before') return breakOff(request)
    if (isTouched) dice.throwRefusal(chatOf(parameters))
    if (dice.faults.enforceLimits) limits.check(key, chatOf(parameters))
    const result = await method.run(parameters, key === 'getupdates' ? abortedBy(response) : undefined)
    return drop === 'after' ? breakOff(request) : result
  }

  private async record(
    method: string,
    parameters: Parameters,
    run: (parameters: Parameters) => unknown,
  ): Promise<unknown> {
    const { calls, clock } = this.parts
    const time = clock.now()
    const call = { time, method, chatId: chatOf(parameters), payload: parameters.fields }
    try {
      const result = await run(parameters)
      const isDropped = result === dropped
      const end = isDropped ? ({ outcome: 'dropped', code: 0 } as const) : ({ outcome: 'ok', code: 200 } as const)
      calls.add({ ...call, ...end, description: '', milliseconds: clock.now() - time })
      return result
    } catch (error) {
      const { code, message } = asApiError(error)
      calls.add({ ...call, outcome: 'refused', code, description: message, milliseconds: clock.now() - time })
      throw error
    }
  }

  private download(response: ServerResponse, url: string): void {
    const prefix = `/file/bot${this.parts.token}/`
    const path = decodeURIComponent(url.split('?', 1)[0] ?? '')
    const file = path.startsWith(prefix) ? this.parts.files.atPath(path.slice(prefix.length)) : undefined
    if (!file) {
      sendJson(response, 404, { ok: false, error_code: 404, description: 'Not Found' })
      return
    }
    response.writeHead(200, { 'content-type': file.mimeType, 'content-length': file.bytes.length })
    response.end(file.bytes)
  }
}

const dropped = Symbol('dropped connection')

function breakOff(request: IncomingMessage): typeof dropped {
  request.socket.destroy()
  return dropped
}

function abortedBy(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  return controller.signal
}

function chatOf(parameters: Parameters): number | undefined {
  const id = Number(parameters.fields.chat_id)
  return Number.isSafeInteger(id) ? id : undefined
}

function refuse(response: ServerResponse, error: unknown): void {
  const { code, message: description, parameters } = asApiError(error)
  sendJson(response, code, { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) })
}

/** A mistake of this server itself is told as Telegram's 500, with the reason for whoever looks. */
function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  return new ApiError(500, `Internal Server Error: ${error instanceof Error ? error.message : String(error)}`)
}
