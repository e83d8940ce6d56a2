import Database from 'better-sqlite3'
import pg from 'pg'
import { vi } from 'vitest'
import type { TestDatabase } from './databases.ts'

/** A statement as the driver was given it. */
export type Statement = { readonly sql: string; readonly values: readonly unknown[] }

/**
 * Writes down every different statement that reaches the drivers, whoever sends it (Prisma's models, too), until
 * `stop`.
 */
export function recordStatements(): { readonly stop: () => readonly Statement[] } {
  const found = new Map<string, Statement>()
  const note = (sql: string, values: readonly unknown[]) => {
    if (/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(sql)) found.set(sql, { sql, values })
  }
  const { prepare } = Database.prototype
  const sqlite = vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: unknown, sql: string) {
    note(sql, [])
    return prepare.call(this, sql)
  })
  const { query } = pg.Client.prototype
  const postgresql = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: unknown, ...given) {
    // What Prisma's adapter gives; the declared types are those of another of the overloads.
    const [config] = given as unknown as [string | { text: string; values?: readonly unknown[] }]
    if (typeof config !== 'string') note(config.text, config.values ?? [])
    return Reflect.apply(query, this, given)
  })
  return {
    stop: () => {
      for (const spy of [sqlite, postgresql]) spy.mockRestore()
      return [...found.values()]
    },
  }
}

/** The steps of the database's plan for a statement, as `EXPLAIN` has them; SQLite's with the loop they stand within. */
export async function planOf(database: TestDatabase, statement: Statement): Promise<readonly string[]> {
  return database.provider === 'sqlite' ? sqlitePlan(database, statement) : postgresqlPlan(database, statement)
}

function sqlitePlan({ url }: TestDatabase, { sql }: Statement): readonly string[] {
  const file = new Database(url.slice('file:'.length), { readonly: true })
  try {
    // Only the number of values counts for the plan; what they are is not looked at.
    const none = Array.from(sql.match(/\?/g) ?? [], () => null)
    const steps = file.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...none) as SqliteStep[] // SQLite's own columns
    return steps.map((step, at) => {
      const outer = steps
        .slice(0, at)
        .find(({ parent, detail }) => parent === step.parent && /^(SCAN|SEARCH)/.test(detail))
      return outer === undefined ? step.detail : `${step.detail} WITHIN ${outer.detail}`
    })
  } finally {
    file.close()
  }
}

type SqliteStep = { readonly parent: number; readonly detail: string }

async function postgresqlPlan({ url }: TestDatabase, { sql, values }: Statement): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(`EXPLAIN ${sql}`, [...values])
    return rows.map((row: { 'QUERY PLAN': string }) => row['QUERY PLAN'].trim())
  } finally {
    await client.end()
  }
}

/** Hold only what their statement is about; to go through them whole is what they are for. */
const whole = [
  'Dialogue_updatedAt_idx', // what is unshown
  'Notice_claimedBy_idx', // what is claimed
  'Notice_chatId_createdAt_idx', // what waits for somebody
]

/** Tables that stay small however many people come: fairs that mentors make, what they were told to look at, places, groups, what is announced. */
const few =
  /^SCAN (main\.)?(Fair|OfferReviewTold|AlertCursor|MentorGroup|Announcement)\b|Seq Scan on "(Fair|OfferReviewTold|AlertCursor|MentorGroup|Announcement)"/

/** Whether a step of a plan goes through all rows of a table that grows with the people. */
export function isLookAtAll(step: string): boolean {
  if (whole.some((index) => step.includes(index)) || few.test(step)) return false
  // Given rows are looked through once, and not for each row of a table.
  if (/^SCAN json_each/.test(step)) return / WITHIN /.test(step)
  // Both name the table, or SQLite the short name it has in the statement; r, step, found and sub are no tables.
  return /^SCAN (?!r$|step$|found$|sub$|\S+ CONSTANT ROW)|Seq Scan on/.test(step)
}
