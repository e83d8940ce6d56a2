import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import type { Models } from '../models.ts'

export type { SchemaEngine }

// The package's glue code is itself a module that holds one instance; giving it a second one breaks the first.
let bound: Promise<Bindings> | undefined

/**
 * Prisma's schema engine as WebAssembly, needing no binary download. Costs some 100 ms and 50 MB,
 * so import this module only when there is something to migrate.
 */
export async function loadEngine(
  factory: SqlMigrationAwareDriverAdapterFactory,
  models?: Models,
): Promise<SchemaEngine> {
  bound ??= bind()
  const bindings = await bound
  const datamodels = models?.map(({ path, content }): [string, string] => [path, content])
  return bindings.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(factory))
}

/** What the glue code has besides the types it declares. */
type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg') & {
  __wbg_set_wasm(exports: object): void
}

/** The part of WebAssembly used here; the Node 20 typings leave it out. */
type Wasm = {
  compile(bytes: Uint8Array): Promise<object>
  instantiate(module: object, imports: object): Promise<{ exports: { __wbindgen_start?: () => void } }>
}

/** The package's own entry needs a bundler; this does by hand what it would. */
async function bind(): Promise<Bindings> {
  const name = '@prisma/schema-engine-wasm/schema_engine_bg'
  // The declared types leave out the setter that the glue code exports for its entry.
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as Bindings
  // A global of every JavaScript engine, see Wasm above.
  const wasm = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly
  const folder = dirname(createRequire(import.meta.url).resolve(name))
  const compiled = await wasm.compile(readFileSync(join(folder, 'schema_engine_bg.wasm')))
  const instance = await wasm.instantiate(compiled, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start?.()
  return bindings
}
