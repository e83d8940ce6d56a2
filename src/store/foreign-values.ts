import { ColumnTypeEnum, type SqlResultSet } from '@prisma/driver-adapter-utils'

/**
 * SQLite keeps a text in a column of numbers if it is given one, and a single such value makes Prisma fail everything
 * read with it. Each value that its column cannot mean is exchanged for one that Prisma passes on and that no reader
 * takes for good: so the row alone is damaged, and whoever reads it decides.
 */
export function withoutStrangers(result: SqlResultSet): SqlResultSet {
  const checks = result.columnTypes.map((type) => checkOf[type])
  for (const row of result.rows) {
    for (const [index, check] of checks.entries()) {
      const value = row[index]
      if (value !== null && check !== undefined && !check.fits(value)) row[index] = check.instead
    }
  }
  return result
}

/** What stands for a number, a time or an id that is none: beyond what a column of the models may hold. */
export const noNumber = 2 ** 52
const noText = '\uFFFD'

const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value)
const isSafe = (value: unknown) => Number.isSafeInteger(Number(value)) && !(value instanceof Uint8Array) && value !== ''

const checkOf: Readonly<Record<number, { fits(value: unknown): boolean; instead: unknown }>> = {
  [ColumnTypeEnum.Int32]: { fits: Number.isSafeInteger, instead: noNumber },
  [ColumnTypeEnum.Int64]: { fits: isSafe, instead: String(2n ** 63n - 1n) },
  [ColumnTypeEnum.Double]: { fits: isNumber, instead: -1 },
  [ColumnTypeEnum.Text]: { fits: (value) => typeof value === 'string', instead: noText },
  [ColumnTypeEnum.Bytes]: { fits: (value) => value instanceof Uint8Array, instead: Buffer.alloc(0) },
}
