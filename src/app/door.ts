import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'

type Handler = (request: Request) => Response | Promise<Response>

/** Where the program listens. */
export type Door = {
  /** The port it really has: PORT may be 0, for any free one. */
  readonly port: number | undefined
  /** Gives all requests to the handler from now on. */
  leadTo(handler: Handler): void
  /** Lets requests under way end, for two seconds; nothing more when it is closed already. */
  close(): Promise<void>
}

/** No stranger may hold a connection by a request that never ends. Times in ms. */
const limits = { requestTimeout: 10_000, headersTimeout: 10_000, connectionsCheckingInterval: 2_000 }

/**
 * Listens before there is anything behind it: whoever watches sees a program that lives and is not ready, and a taken
 * port is known before Telegram is asked anything. Rejects when it cannot listen there.
 */
export async function openDoor(port: number, host: string): Promise<Door> {
  let handler: Handler = notYet
  const server = createServer(
    limits,
    getRequestListener((request) => handler(request)),
  )
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' ? address?.port : undefined,
    leadTo(next) {
      handler = next
    },
    async close() {
      const cut = setTimeout(() => server.closeAllConnections(), 2_000)
      await new Promise((resolve) => server.close(resolve))
      clearTimeout(cut)
    },
  }
}

/** Telegram sends an update that got this answer once more. */
function notYet(): Response {
  return Response.json({ live: true, ready: false, starting: true }, { status: 503 })
}
