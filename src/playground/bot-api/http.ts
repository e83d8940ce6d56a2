import type { IncomingMessage, ServerResponse } from 'node:http'
import { badRequest } from './errors.ts'
import { readMultipart } from './multipart.ts'
import { Parameters } from './parameters.ts'
import { isObject, type WireObject } from './wire.ts'

const largestBody = 64 * 1024 * 1024

/** Arguments of a call from its query and its body: JSON, form or multipart. */
export async function readParameters(request: IncomingMessage, query: string): Promise<Parameters> {
  const fields: WireObject = query ? Object.fromEntries(new URLSearchParams(query)) : {}
  if (request.method !== 'POST') return new Parameters(fields)
  const body = await readBody(request)
  const given = parseBody(body, request.headers['content-type'] ?? '')
  Object.assign(given.fields, { ...fields, ...given.fields })
  return given
}

function parseBody(body: Buffer, contentType: string): Parameters {
  if (body.length === 0) return new Parameters({})
  if (contentType.startsWith('application/json')) return new Parameters(parseJson(body))
  if (contentType.startsWith('multipart/form-data')) return readMultipart(body, contentType)
  return new Parameters(Object.fromEntries(new URLSearchParams(body.toString('utf8'))))
}

function parseJson(body: Buffer): WireObject {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    if (isObject(parsed)) return parsed
  } catch {
    // Falls through to the same refusal as JSON that is no object.
  }
  throw badRequest("can't parse request: expected a JSON object")
}

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= largestBody) chunks.push(chunk)
    })
    request.on('end', () => {
      if (size > largestBody) reject(badRequest('request entity too large'))
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))
    })
    request.on('error', reject)
  })
}

/** Answers with JSON. The body stays a string: head and body then leave in one write, which is what costs here. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  if (response.headersSent || response.destroyed) return // whoever asked is gone, or has been told
  const body = JSON.stringify(value)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
