import type { IncomingHttpHeaders } from 'node:http'

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Whether an address names this machine itself. */
export function isLoopback(url: URL): boolean {
  return loopback.has(url.hostname)
}

/**
 * Keeps other web sites out of what stands on this machine: a foreign name that points here, a foreign page that posts
 * (Origin), and one that only has an address fetched (Sec-Fetch-Site; no Origin then). Programs send neither header.
 * `bound` is the name that was listened on.
 */
export function isFromHere(headers: IncomingHttpHeaders, path: string, bound: string): boolean {
  const own = readHost(headers.host)
  if (own === undefined || !(isLoopback(own) || own.hostname === bound)) return false
  if (headers.origin !== undefined && headers.origin !== own.origin) return false
  const site = headers['sec-fetch-site']
  // The page itself may be come to by a link from anywhere; it does nothing by being opened.
  return site === undefined || site === 'same-origin' || site === 'none' || path === '/'
}

function readHost(host: string | undefined): URL | undefined {
  const url = `http://${host ?? ''}`
  return host !== undefined && URL.canParse(url) ? new URL(url) : undefined
}
