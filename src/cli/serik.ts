import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { systemClock } from '../base/clock.ts'
import type { Settings } from '../base/env-file.ts'
import { capabilities } from '../capabilities/index.ts'
import type { Operator } from '../capabilities/operator.ts'
import { readConfig, readSettings, root } from '../config.ts'
import { addBackup } from './backup.ts'
import { addDoctor } from './doctor.ts'
import { addRestore } from './restore.ts'
import { addRotateKey } from './rotate-key.ts'
import { addStats } from './stats.ts'

/** The operator's tool: `npm run serik -- <command>`; `--help` lists what there is. */
async function createProgram(operator: Operator, settings: () => Settings): Promise<Command> {
  const program = new Command('npm run serik --')
    .description('The tool of whoever runs Serik')
    .showHelpAfterError('See what there is and how to write it: npm run serik -- help [command]')
    .addHelpText('after', examples)
  addDoctor(program, operator, {
    // A file that cannot be read is among what the doctor finds, and no command needs it to say how it is written.
    get environment() {
      return settings().variables
    },
    get brought() {
      return settings().brought
    },
    fetch,
    now: systemClock.now,
    nodeVersion: process.version,
  })
  addBackup(program, operator)
  addRestore(program, operator)
  addRotateKey(program, operator)
  addStats(program, operator)
  for (const { commands } of capabilities) await commands?.(program, operator)
  return program
}

const examples = `
Examples:
  npm run serik -- doctor
  npm run serik -- help invite
  npm run serik -- invite --kind institution --uses 30 --bot your_bot
  npm run serik -- backup`

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const settings = () => readSettings(process.env, process.cwd(), fileURLToPath(root))
  const operator: Operator = {
    root,
    config: () => readConfig(settings().variables),
    clock: systemClock,
    write: (line) => process.stdout.write(`${line}\n`),
    fail,
  }
  const program = await createProgram(operator, settings)
  await program.parseAsync()
}

main().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)))
