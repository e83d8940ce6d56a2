import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'

export type PostgresqlOptions = {
  readonly url: string
  /** Connections at most. */
  readonly connections: number
  /** How long to wait for a connection, in ms. */
  readonly patience: number
}

/** Prisma's adapter for pg on a pool that outlives the loss of its connections (a restart of the server). */
export function postgresqlAdapter(options: PostgresqlOptions): SqlMigrationAwareDriverAdapterFactory {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections,
    connectionTimeoutMillis: options.patience,
    application_name: 'serik',
  })
  // The query that needed the connection reports its loss. Without a listener of its own, a client that is lost
  // between two users of it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('error', () => {})
  return new PrismaPg(pool, { disposeExternalPool: true })
}

/** The server and the database, as messages may name them. */
export function withoutPassword(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  return parsed === undefined ? 'PostgreSQL' : `postgresql://${parsed.host}${parsed.pathname}`
}
