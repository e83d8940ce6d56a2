/** What every command of the operator's tool is given. */
export type CliDeps = {
  /** Root folder of the project, with a trailing slash. */
  root: URL
  /** Prints one line of results. */
  write: (line: string) => void
  /** Reports a failure in a sentence that says what to do, and makes the exit code 1. */
  fail: (message: string) => void
}
