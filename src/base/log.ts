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

/**
 * Kind, code and place of an error, and what it says where that is our own saying: others quote what they choke on
 * (JSON.parse the text, Prisma the arguments, Telegram the markup), and that may be what a person wrote.
 */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { kind: typeof error }
  const code = 'code' in error ? error.code : 'error_code' in error ? error.error_code : undefined
  const place = error.stack?.split('\n').find((line) => /^ {4}at .+:\d+:\d+\)?$/.test(line))
  const cause = error.cause === undefined ? undefined : describeError(error.cause)
  const said = ownSaying.has(error.name) ? withoutToken(error.message) : undefined
  return { kind: error.name, code, ...saidOf(error), message: said, place: place?.trim(), cause }
}

/** Errors whose words are written in this project (or, as plain Errors, in Node and XState, which quote names only). */
const ownSaying: ReadonlySet<string> = new Set(['Error', 'StoreError', 'RefusedTurn', 'SealError', 'ConfigError'])

/** What can be told of others without quoting: Telegram's method and sentence, the places that zod refused. */
function saidOf(error: Error): object {
  if ('method' in error && 'description' in error && typeof error.description === 'string') {
    return { method: error.method, description: error.description.replace(/(".*"|tag .*)/s, '…').slice(0, 200) }
  }
  if (!('issues' in error) || !Array.isArray(error.issues)) return {}
  return { issues: error.issues.slice(0, 5).map(({ code, path }) => ({ code, path: path?.map(placeIn).join('.') })) }
}

/** Keys of our own shapes; a longer one, or one with spaces, came from elsewhere. */
function placeIn(key: unknown): string {
  return /^[\w-]{1,40}$/.test(String(key)) ? String(key) : '…'
}

/** The first line only: what stands under it is quoted from an error of another kind. */
function withoutToken(text: string): string {
  const [line = ''] = text.split('\n')
  // A StoreError ends with what the database said; the log has its kind and code as the cause.
  const own = line.endsWith(']') && line.includes(' [') ? line.slice(0, line.indexOf(' [')) : line
  return own
    .slice(0, 1000)
    .replace(/\d{5,}:[\w-]{20,}/g, '<token>')
    .slice(0, 300)
}
