import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** The way to a server, through which connections can die without a word, as at a failover. */
export type Wire = {
  readonly port: number
  /** Whatever is open now passes nothing any more and is told nothing; new connections work. */
  freeze(): void
  close(): void
}

type Pair = { readonly near: Socket; readonly far: Socket; frozen: boolean }

export async function layWire(to: { readonly host: string; readonly port: number }): Promise<Wire> {
  const pairs = new Set<Pair>()
  const server = createServer((near) => {
    const pair: Pair = { near, far: connect(to), frozen: false }
    pairs.add(pair)
    pass(pair.near, pair.far, pair)
    pass(pair.far, pair.near, pair)
    near.on('close', () => pairs.delete(pair))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A wire has no port')
  return {
    port: address.port,
    freeze() {
      for (const pair of pairs) pair.frozen = true
    },
    close() {
      server.close()
      for (const { near, far } of pairs) for (const end of [near, far]) end.destroy()
    },
  }
}

function pass(from: Socket, to: Socket, pair: Pair): void {
  from.on('data', (bytes) => {
    if (!pair.frozen) to.write(bytes)
  })
  from.on('error', () => {})
  from.on('close', () => {
    if (!pair.frozen) to.destroy()
  })
}
