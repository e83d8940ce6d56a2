import type { Command } from 'commander'
import type { Clock } from '../base/clock.ts'
import type { Config } from '../config.ts'

/** What every command of the operator's tool is given. */
export type Operator = {
  /** Root folder of the project, with a trailing slash. */
  readonly root: URL
  /** The settings. Throws a ConfigError that names what is wrong. */
  readonly config: () => Config
  readonly clock: Clock
  /** Prints one line of results. */
  readonly write: (line: string) => void
  /** Reports a failure in a sentence that says what to do, and makes the exit code 1. */
  readonly fail: (message: string) => void
}

/** The command under which lists of a subject are taken in: `import <what> <file>`. */
export function importInto(program: Command): Command {
  const present = program.commands.find((command) => command.name() === 'import')
  return present ?? program.command('import').description('take in a list from a file')
}
