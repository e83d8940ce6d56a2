import type { MiddlewareHandler } from 'hono'

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * Keeps other web sites out of a page that stands on this machine: only loopback host names are answered (a foreign
 * name pointing here is refused), only the page itself may post, and nothing is loaded from elsewhere.
 */
export function guard(): MiddlewareHandler {
  return async (context, next) => {
    const url = new URL(context.req.url)
    const origin = context.req.header('origin')
    if (!loopback.has(url.hostname) || (origin !== undefined && origin !== url.origin)) {
      return context.json({ error: 'The playground answers only to this machine' }, 403)
    }
    await next()
    context.header('content-security-policy', policy)
    context.header('x-content-type-options', 'nosniff')
    context.header('referrer-policy', 'no-referrer')
    context.header('cache-control', 'no-cache')
    return undefined
  }
}
