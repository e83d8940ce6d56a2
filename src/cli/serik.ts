import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { systemClock } from '../base/clock.ts'
import type { Settings } from '../base/env-file.ts'
import { readConfig, readSettings, root } from '../config.ts'
import { addBackup } from './backup.ts'
import type { CliDeps } from './deps.ts'
import { addDoctor } from './doctor.ts'
import { addInvite } from './invite.ts'
import { addMatch } from './match.ts'
import { addRestore } from './restore.ts'
import { addRotateKey } from './rotate-key.ts'
import { addScore } from './score.ts'

/** The operator's tool: `npm run serik -- <command>`; `--help` lists what there is. */
function createProgram(deps: CliDeps, { variables: environment, brought }: Settings): Command {
  const program = new Command('serik').description('The operator’s tool of Serik')
  addDoctor(program, deps, {
    environment,
    brought,
    fetch,
    now: systemClock.now,
    nodeVersion: process.version,
  })
  addInvite(program, deps, environment)
  const database = { ...deps, config: () => readConfig(environment), clock: systemClock }
  addBackup(program, database)
  addRestore(program, database)
  addRotateKey(program, database)
  addScore(program, deps)
  addMatch(program, deps)
  return program
}

const deps: CliDeps = {
  root,
  write: (line) => process.stdout.write(`${line}\n`),
  fail: (message) => {
    process.stderr.write(`${message}\n`)
    process.exitCode = 1
  },
}

async function main(): Promise<void> {
  await createProgram(deps, readSettings(process.env, process.cwd(), fileURLToPath(root))).parseAsync()
}

main().catch((error: unknown) => deps.fail(error instanceof Error ? error.message : String(error)))
