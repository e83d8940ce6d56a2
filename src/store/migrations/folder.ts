import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Models, migrationsFolder, type Provider } from '../models.ts'

/** One migration of the folder, in the order they are applied. `checksum` is Prisma's own: SHA-256 of the SQL. */
export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string }

export const lockFile = 'migration_lock.toml'
export const sqlFile = 'migration.sql'
/** The models as of a migration in one file beside it: the next one is their difference to the present models. */
export const modelsCopy = 'models.prisma'

/** Reads the committed migrations of one database, oldest first. */
export function readMigrations(provider: Provider, base = migrationsFolder): Migration[] {
  const folder = join(base, provider)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => toMigration(name, readFileSync(join(folder, name, sqlFile), 'utf8')))
}

/** The models as of a migration. */
export function readCopy(provider: Provider, { name }: Migration, base = migrationsFolder): Models {
  return [{ path: modelsCopy, content: readFileSync(join(base, provider, name, modelsCopy), 'utf8') }]
}

/** A migration with the checksum of its SQL. */
export function toMigration(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}
