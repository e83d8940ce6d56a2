/** What every command of the operator's tool is given. */
export type CliDeps = {
  /** Root folder of the project, with a trailing slash. */
  readonly root: URL
  /** Prints one line of results. */
  readonly write: (line: string) => void
  /** Reports a failure in a sentence that says what to do, and makes the exit code 1. */
  readonly fail: (message: string) => void
}
