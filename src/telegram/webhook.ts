import { hash, timingSafeEqual } from 'node:crypto'
import type { Update } from 'grammy/types'
import type { Log } from '../base/log.ts'
import { StoreError } from '../engine/store-error.ts'

export type WebhookOptions = {
  /** What Telegram sends in `X-Telegram-Bot-Api-Secret-Token`. */
  readonly secret: string
  /** Resolves when the update has been committed. */
  readonly take: (update: Update) => Promise<void>
  readonly log: Log
  /** Largest body read, in bytes. */
  readonly limit?: number
}

/** Takes the updates Telegram posts: 200 after the commit, 500 when the store failed, so that Telegram tries again. */
export function createWebhookHandler(options: WebhookOptions): (request: Request) => Promise<Response> {
  const { secret, take, log, limit = 1024 * 1024 } = options
  return async (request) => {
    if (request.method !== 'POST') return answer(405)
    if (!sameSecret(request.headers.get('x-telegram-bot-api-secret-token') ?? '', secret)) return answer(401)
    const body = await readBody(request, limit)
    if (body === undefined) return answer(413)
    const update = readUpdateJson(body)
    if (update === undefined) return answer(400)
    try {
      await take(update)
      return answer(200)
    } catch (error) {
      const again = error instanceof StoreError
      log.error({ error, again }, 'An update could not be taken')
      return answer(again ? 500 : 200) // an update that is a mistake to us would come back for a whole day
    }
  }
}

function answer(status: number): Response {
  return new Response(null, { status })
}

/** Compares digests, so that neither the letters nor the length of the secret show in the time it takes. */
function sameSecret(given: string, secret: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', secret, 'buffer'))
}

/** Undefined when the body is larger than allowed, whatever its header says. */
async function readBody(request: Request, limit: number): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return undefined
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function readUpdateJson(body: string): Update | undefined {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null || !('update_id' in value)) return undefined
    // Telegram's shape beyond the id is read field by field, each of which may be absent.
    return Number.isSafeInteger(value.update_id) ? (value as Update) : undefined
  } catch {
    return undefined
  }
}
