import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  clientFolder,
  type Models,
  modelsFolder,
  modelsFor,
  type Provider,
  providers,
  readModels,
  root,
  withOutput,
} from './models.ts'

// Run by npm after every install: writes the Prisma client of each database to src/store/generated/<provider>.
// Needs no network: generating never runs the schema engine, whose download prisma.config.ts avoids.
const folder = mkdtempSync(join(tmpdir(), 'serik-generate-'))
try {
  const models = readModels()
  for (const provider of providers) generate(provider, models)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function generate(provider: Provider, models: Models): void {
  const schema = join(folder, provider)
  mkdirSync(schema)
  for (const { path, content } of withOutput(clientFolder(provider), modelsFor(provider, models)))
    writeFileSync(join(schema, path), content)
  const cli = createRequire(import.meta.url).resolve('prisma/build/index.js')
  const run = spawnSync(process.execPath, [cli, 'generate', '--no-hints', '--schema', schema], {
    cwd: root,
    encoding: 'utf8',
    env: { ...inherited(), PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
  })
  if (run.status === 0) return
  throw new Error(
    `The Prisma client for ${provider} could not be generated from ${modelsFolder}.\n${run.stdout}${run.stderr}` +
      'Correct the models and run `npm run postinstall` again.',
  )
}

/** What the CLI needs of the environment; see prisma.config.ts for the engine's name. */
function inherited(): NodeJS.ProcessEnv {
  return { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, ...process.env }
}
