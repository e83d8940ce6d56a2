import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Sleep } from '../../../../src/base/sleep.ts'
import { createFetcher, type FetcherOptions } from '../../../../src/capabilities/sources/readers/fetcher.ts'

/** A time that passes only by what is slept, and limits that are over only when a test says so. */
export function createTime(start = Date.UTC(2026, 10, 30, 9)) {
  const waiting = new Set<{ readonly milliseconds: number; end(): void }>()
  let now = start
  const pauses: number[] = []
  const sleep: Sleep = async (milliseconds) => {
    pauses.push(milliseconds)
    now += milliseconds
  }
  const deadline: Sleep = (milliseconds, signal) =>
    new Promise((resolve) => {
      const one = {
        milliseconds,
        end() {
          waiting.delete(one)
          resolve()
        },
      }
      waiting.add(one)
      signal?.addEventListener('abort', one.end, { once: true })
    })
  return {
    clock: { now: () => now },
    sleep,
    deadline,
    pauses,
    pass(milliseconds: number) {
      now += milliseconds
    },
    /** Lets the limits of so many ms be over. */
    exceed(milliseconds: number) {
      for (const one of [...waiting]) if (one.milliseconds === milliseconds) one.end()
    },
    waiting: () => [...waiting].map(({ milliseconds }) => milliseconds),
  }
}

export type Answering = (request: IncomingMessage, response: ServerResponse) => void

/**
 * A site of this machine: answers by path, each a text or what answers; one that ends with a stroke answers for all
 * under it. The paths that were asked for are noted.
 */
export async function openSite(pages: Record<string, string | Answering>) {
  const asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[] = []
  const server: Server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push({ path, headers: request.headers })
    const page = pages[path] ?? pages[path.replace(/\?.*/, '')] ?? pages[path.replace(/[^/]*$/, '')]
    if (typeof page === 'function') return page(request, response)
    if (page === undefined) response.statusCode = 404
    response.setHeader('content-type', typeOf(page ?? ''))
    response.end(page ?? 'nothing here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pages,
    asked,
    paths: () => asked.map(({ path }) => path).filter((path) => path !== '/robots.txt'),
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

function typeOf(page: string): string {
  if (page.startsWith('<?xml')) return 'application/xml'
  if (page.startsWith('{') || page.startsWith('[')) return 'application/json'
  return page.startsWith('<') ? 'text/html; charset=utf-8' : 'text/plain'
}

export function fetcherFor(time: ReturnType<typeof createTime>, options: Partial<FetcherOptions> = {}) {
  return createFetcher({
    clock: time.clock,
    sleep: time.sleep,
    deadline: time.deadline,
    random: () => 1,
    agent: { version: '1.2.3', contact: 'mailto:operator@example.org' },
    privateHosts: ['127.0.0.1'],
    ...options,
  })
}

export function answer(status: number, headers: Record<string, string>, body: string | Buffer = ''): Answering {
  return (_request, response) => {
    response.writeHead(status, headers)
    response.end(body)
  }
}
