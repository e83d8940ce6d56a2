import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'

/** Structured log lines. Never given texts, names or tokens; errors are reduced to what they are and where. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>

export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    serializers: { error: describeError },
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

/** Kind, code and place of an error; its message may quote what a person wrote and is left out for foreign kinds. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { kind: typeof error }
  const code = 'code' in error ? error.code : 'error_code' in error ? error.error_code : undefined
  const place = error.stack
    ?.split('\n')
    .find((line) => line.trim().startsWith('at '))
    ?.trim()
  const cause = error.cause === undefined ? undefined : describeError(error.cause)
  return { kind: error.name, code, message: withoutToken(error.message), place, cause }
}

function withoutToken(text: string): string {
  return text.replace(/\d{5,}:[\w-]{20,}/g, '<token>').slice(0, 300)
}
