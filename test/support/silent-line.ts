import { connect, createServer, type Socket } from 'node:net'

/** A way to a server on which connections can die without a word, as after a failover or behind a firewall. */
export type SilentLine = {
  readonly port: number
  /** What is open passes nothing from now on and is told nothing; new connections work. */
  silence(): void
  /** Resolves when as many connections that were silenced have been given up by the client. */
  givenUp(count: number): Promise<void>
  open(): number
  close(): Promise<void>
}

export async function createSilentLine(host: string, port: number): Promise<SilentLine> {
  const pairs = new Set<Pair>()
  const waiting: (() => void)[] = []
  let ended = 0
  const server = createServer((client) => {
    const pair: Pair = { client, upstream: connect(port, host), isDead: false }
    pairs.add(pair)
    pass(client, pair.upstream, pair)
    pass(pair.upstream, client, pair)
    client.once('close', () => {
      pairs.delete(pair)
      pair.upstream.destroy()
      if (pair.isDead) ended++
      for (const look of waiting) look()
    })
    pair.upstream.once('close', () => {
      if (!pair.isDead) client.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    silence() {
      for (const pair of pairs) pair.isDead = true
    },
    givenUp: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (ended >= count) resolve()
        }
        waiting.push(look)
        look()
      }),
    open: () => [...pairs].filter(({ isDead }) => !isDead).length,
    async close() {
      for (const { client } of pairs) client.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Pair = { readonly client: Socket; readonly upstream: Socket; isDead: boolean }

function pass(from: Socket, to: Socket, pair: Pair): void {
  from.on('error', () => {})
  from.on('data', (bytes) => {
    if (!pair.isDead) to.write(bytes)
  })
}
