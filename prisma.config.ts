import { defineConfig } from 'prisma/config'

// `generate` never runs the schema engine, but the CLI looks for its binary first and would download it.
// Any executable file satisfies it; migrations run on the WebAssembly engine instead (src/store/migrations).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/models' })
