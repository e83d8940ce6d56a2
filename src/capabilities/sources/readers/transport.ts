import * as http from 'node:http'
import * as https from 'node:https'
import type { LookupFunction } from 'node:net'
import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Sleep } from '../../../base/sleep.ts'
import { type Address, hostNameOf, type Resolve, resolveHost } from './addresses.ts'
import { createWatch } from './watch.ts'

/** Limits of one request; times in ms, `bytes` counted after decompression. */
export type Limits = {
  readonly connect: number
  readonly silence: number
  readonly whole: number
  readonly bytes: number
  /** What is longer is cut there, and is no fault. */
  readonly head?: boolean
}

/** What a host answered to one request, or why there is no answer. */
export type Answer =
  | {
      readonly type: 'answer'
      readonly status: number
      readonly headers: http.IncomingHttpHeaders
      readonly body: Buffer
    }
  | { readonly type: 'refused'; readonly why: string }
  | { readonly type: 'silent'; readonly why: string }

export type TransportTools = {
  readonly resolve: Resolve
  /** Waits until a limit of time is over. */
  readonly deadline: Sleep
  readonly privateHosts: ReadonlySet<string>
}

export type Request = {
  readonly headers: Readonly<Record<string, string>>
  readonly limits: Limits
  readonly signal?: AbortSignal | undefined
}

/** One GET, without following where it is sent on. The address that was checked is the one that is connected to. */
export async function getOnce(url: URL, request: Request, tools: TransportTools): Promise<Answer> {
  const stop = new AbortController()
  const late = (why: string) => stop.abort(new Stopped(why))
  const whole = createWatch(tools.deadline, late)
  const step = createWatch(tools.deadline, late)
  const { limits, signal } = request
  const leave = () => stop.abort(new Stopped('the program is stopping'))
  signal?.addEventListener('abort', leave, { once: true })
  if (signal?.aborted) leave()
  whole.start(limits.whole, `it took longer than ${limits.whole / 1000} s`)
  step.start(limits.connect, `no connection within ${limits.connect / 1000} s`)
  const silence = () => step.start(limits.silence, `nothing came for ${limits.silence / 1000} s`)
  try {
    const resolved = await orStopped(resolveHost(hostNameOf(url), tools), stop.signal)
    if (resolved.type === 'refused') return resolved
    const response = await send(url, { request, addresses: resolved.addresses, signal: stop.signal, silence })
    const body = await bodyOf(response, { limits, silence, stop })
    return { type: 'answer', status: response.statusCode ?? 0, headers: response.headers, body }
  } catch (error) {
    return { type: 'silent', why: wordsOf(stop.signal.aborted ? stop.signal.reason : error) }
  } finally {
    whole.end()
    step.end()
    signal?.removeEventListener('abort', leave)
    stop.abort(new Stopped('done')) // closes what is still open
  }
}

/** Why a request was given up by us; its message is in an operator's words. */
class Stopped extends Error {}

/** Names are looked up by the system, which cannot be told to stop. */
function orStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    if (signal.aborted) reject(signal.reason)
    work.then(resolve, reject)
  })
}

type Sending = {
  readonly request: Request
  readonly addresses: readonly Address[]
  readonly signal: AbortSignal
  silence(): void
}

function send(url: URL, { request, addresses, signal, silence }: Sending): Promise<http.IncomingMessage> {
  const isSafe = url.protocol === 'https:'
  const headers = { ...request.headers, 'accept-encoding': 'gzip, deflate, br' }
  const options = { method: 'GET', agent: false, headers, signal, lookup: pinned(addresses), maxHeaderSize: 64 * 1024 }
  return new Promise((resolve, reject) => {
    const sent = isSafe ? https.request(url, options) : http.request(url, options)
    sent.once('socket', (socket) => socket.once(isSafe ? 'secureConnect' : 'connect', silence))
    sent.once('response', resolve)
    // Not once: a connection that is closed on purpose may tell of it again.
    sent.on('error', reject)
    sent.end()
  })
}

/** Gives the addresses that were checked, whatever the name would be resolved to by now. */
function pinned(addresses: readonly Address[]): LookupFunction {
  return (_name, options, done) => {
    const [first] = addresses
    if (options.all) done(null, [...addresses])
    else done(null, first?.address ?? '', first?.family ?? 4)
  }
}

type Reading = { readonly limits: Limits; silence(): void; readonly stop: AbortController }

async function bodyOf(response: http.IncomingMessage, { limits, silence, stop }: Reading): Promise<Buffer> {
  silence()
  const parts: Buffer[] = []
  let size = 0
  // Chunks of streams of bytes are buffers; the types say "any".
  for await (const chunk of unpacked(response) as AsyncIterable<Buffer>) {
    silence()
    size += chunk.length
    if (size > limits.bytes && limits.head !== true) {
      stop.abort(new Stopped(`it has more than ${limits.bytes} bytes`))
      break
    }
    parts.push(chunk)
    if (size > limits.bytes) return Buffer.concat(parts, limits.bytes)
  }
  if (stop.signal.aborted) throw stop.signal.reason
  if (!response.complete) throw new Stopped('the connection was cut in the middle')
  return Buffer.concat(parts, size)
}

function unpacked(response: http.IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity' || encoding === '') return response
  const unpack = unpackers.get(encoding)?.()
  if (unpack === undefined) throw new Stopped(`it is packed as "${encoding.slice(0, 40)}", which was not asked for`)
  return pipeline(response, unpack, () => {})
}

const unpackers = new Map([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  ['deflate', () => createInflate()],
  ['br', () => createBrotliDecompress()],
])

function wordsOf(error: unknown): string {
  if (error instanceof Stopped) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR'))
    return 'what was packed cannot be unpacked'
  return faults.get(code) ?? (error instanceof Error ? error.message : String(error)).slice(0, 200)
}

const faults = new Map([
  ['ENOTFOUND', 'no such host'],
  ['EAI_AGAIN', 'the name service does not answer'],
  ['ECONNREFUSED', 'the host does not take connections'],
  ['ECONNRESET', 'the connection was cut in the middle'],
  ['ERR_STREAM_PREMATURE_CLOSE', 'the connection was cut in the middle'],
  ['ETIMEDOUT', 'the host does not answer'],
  ['EHOSTUNREACH', 'there is no way to the host'],
  ['ENETUNREACH', 'there is no way to the host'],
  ['HPE_HEADER_OVERFLOW', 'its headers are too long'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'nobody vouches for its certificate'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'nobody vouches for its certificate'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'nobody vouches for its certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another name'],
])
