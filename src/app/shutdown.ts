import { setMaxListeners } from 'node:events'
import { constants } from 'node:os'

/** The end of the program, in steps, so that it comes whatever hangs. */
export type Shutdown = {
  /** SIGTERM or SIGINT has come: nothing new is begun, and what is under way ends. */
  readonly stopping: AbortSignal
  /** It has had its time: calls are given up, and screens that wait are left for the next start. */
  readonly ending: AbortSignal
  /** From here on what is under way is given time; while the program starts, everything is given up at once. */
  started(): void
  hasStarted(): boolean
  /** Called before the process is ended with work left: the place for a line in the log. */
  onDeadline(tell: () => void): void
}

/** In ms after the signal: another one counts, what is under way is given up, and the process ends. */
const times = { again: 1_000, ending: 4_000, deadline: 10_000 }
const names = ['SIGTERM', 'SIGINT'] as const

/**
 * Listens for the signals. The process ends with 0 at its deadline, too: what is committed stays, and what is not has
 * not been confirmed to Telegram, which sends it again. A second signal ends it at once, unless it comes with the first:
 * Ctrl+C under npm sends two, the terminal's and npm's.
 */
export function createShutdown(): Shutdown {
  const [stopping, ending] = [source(), source()]
  let isStarted = false
  let tell = () => {}
  const leave = () => {
    tell()
    process.exit(0)
  }
  const heedAgain = () => {
    for (const name of names) process.on(name, () => process.exit(128 + constants.signals[name]))
  }
  const begin = () => {
    stopping.abort()
    setTimeout(heedAgain, times.again).unref()
    setTimeout(() => ending.abort(), isStarted ? times.ending : 0).unref()
    setTimeout(leave, times.deadline).unref()
  }
  for (const name of names) {
    process.on(name, () => {
      if (!stopping.signal.aborted) begin()
    })
  }
  return {
    stopping: stopping.signal,
    ending: ending.signal,
    started: () => {
      isStarted = true
    },
    hasStarted: () => isStarted,
    onDeadline: (hear) => {
      tell = hear
    },
  }
}

/** Everything that waits listens to it: many are no leak. */
function source(): AbortController {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  return controller
}
