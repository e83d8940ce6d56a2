import { Socket } from 'node:net'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'

export type PostgresqlOptions = {
  readonly url: string
  /** Connections at most. */
  readonly connections: number
  /** How long to wait for a connection, in ms. */
  readonly patience: number
  /** How long a statement may take and a connection may be silent meanwhile, in ms; without it as long as they like. */
  readonly silence?: number
}

/** How long nobody needs to use a connection for it to be closed, in ms: one that has died unnoticed goes with it. */
const idleTime = 4_000
/** How long a connection that is being closed may take about it, in ms. */
const farewell = 1_000

/**
 * Prisma's adapter for pg on a pool that outlives the loss of its connections: a restart of the server, and a failover
 * or a firewall after which they are dead without a word. Such a one is noticed within `silence` and never used again;
 * one that was idle is given up sooner. So after `silence` and `idleTime` nothing waits for a dead connection.
 */
export function postgresqlAdapter(options: PostgresqlOptions): SqlMigrationAwareDriverAdapterFactory {
  const { silence } = options
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections,
    connectionTimeoutMillis: options.patience,
    idleTimeoutMillis: idleTime,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    application_name: 'serik',
    ...(silence !== undefined && {
      stream: () => mortal(silence),
      // The server ends what takes too long, so that only a silent one is left to the clock at this end.
      statement_timeout: Math.round(silence * 0.8),
      idle_in_transaction_session_timeout: silence,
    }),
  })
  // The query that needed the connection reports its loss. Without a listener of its own, a client that is lost
  // between two users of it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('error', () => {})
  return new PrismaPg(pool, { disposeExternalPool: true })
}

/**
 * A socket that is destroyed when nothing comes or goes for so long, in ms. pg's own `query_timeout` only gives the
 * query up: the connection would stay in use, and be handed to the next.
 */
function mortal(silence: number): Socket {
  const socket = new Socket()
  const lost = () => socket.destroy(new Error('Connection terminated: the server has been silent for too long'))
  socket.setTimeout(silence, lost)
  socket.once('finish', () => socket.setTimeout(farewell))
  return socket
}

/** The server and the database, as messages may name them. */
export function withoutPassword(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  return parsed === undefined ? 'PostgreSQL' : `postgresql://${parsed.host}${parsed.pathname}`
}
