import * as z from 'zod'
import type { Log } from '../base/log.ts'
import { SealError } from './seal.ts'

/** Hears of rows that cannot be read, by their table and key. */
export type DamageReport = (table: string, keys: readonly (string | number | bigint)[]) => void

/** Keys in one line of the log, and rows remembered as told, at most. */
const [named, remembered] = [20, 10_000]

/** Tells of each damaged row once, however often it is met, and of nothing that stands in it. */
export function createDamageReport(log: Pick<Log, 'error'> | undefined): DamageReport {
  const told = new Set<string>()
  return (table, keys) => {
    const news = [...new Set(keys.map(String))].filter((key) => !told.has(`${table} ${key}`))
    if (news.length === 0) return
    if (told.size > remembered) told.clear()
    for (const key of news) told.add(`${table} ${key}`)
    log?.error({ table, rows: news.length, keys: news.slice(0, named).map(keyOf) }, 'Damaged rows are passed over')
  }
}

/** Keys of our own making are short; a longer one is damaged itself. */
function keyOf(key: string): string {
  return /^[\w:.-]{1,64}$/.test(key) ? key : '…'
}

/** What the rows say; those that cannot be read are left out and reported. */
export function readEach<Row extends { readonly id: string }, T>(
  table: string,
  rows: readonly Row[],
  read: (row: Row) => T,
  report: DamageReport,
): T[] {
  const damaged: string[] = []
  const values = rows.flatMap((row) => {
    const found = readOr(undefined, () => [read(row)])
    if (found === undefined) damaged.push(row.id)
    return found ?? []
  })
  report(table, damaged)
  return values
}

/** What `read` gives, or `otherwise` when it fails for what the row holds. Other errors are thrown on. */
export function readOr<T, U>(otherwise: U, read: () => T): T | U {
  try {
    return read()
  } catch (error) {
    if (isDamage(error)) return otherwise
    throw error
  }
}

/** Whether an error says that stored bytes, JSON, a number or a zone are not what was written. */
function isDamage(error: unknown): boolean {
  return [SealError, z.ZodError, SyntaxError, RangeError].some((kind) => error instanceof kind)
}

/** A number of a column of small ones. Throws RangeError for what does not fit there. */
export function small(value: number | bigint): number {
  const number = Number(value)
  if (number === (number | 0)) return number
  throw new RangeError('A stored number is none, or too large')
}

/** An id out of a column of large numbers. Throws RangeError for what JavaScript cannot hold exactly. */
export function whole(value: number | bigint): number {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  throw new RangeError('A stored number is none, or too large to be held exactly')
}

/** Stored moments lie between 1970 and the year 9999, epoch ms. */
export const lastMoment = Date.UTC(10_000, 0)

/** A moment in epoch ms. Throws RangeError for what no clock can have shown. */
export function moment(value: number | bigint | null): number {
  const at = whole(value ?? Number.NaN)
  if (at >= 0 && at < lastMoment) return at
  throw new RangeError('A stored time is none')
}
