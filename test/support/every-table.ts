import { chatTables } from '../../src/store/chats.ts'
import { Prisma } from '../../src/store/generated/sqlite/client.ts'
import type { Store } from '../../src/store/open.ts'
import { placeIn } from '../../src/store/sealed.ts'
import { testTime } from './databases.ts'

/**
 * Puts a row of the chat into every table that holds something about chats and has none of it yet: a subject that comes
 * with a table is looked at by the tests without being named in one. Sealed columns hold `text`.
 */
export async function fillEveryTable(store: Store, chatId: number, text: string): Promise<void> {
  const empty = chatTables.map((table) => {
    const there = Prisma.sql`SELECT 1 FROM ${Prisma.raw(`"${table}"`)} WHERE "chatId" = ${BigInt(chatId)}`
    return Prisma.sql`SELECT ${Prisma.raw(`'${table}'`)} AS "table" WHERE NOT EXISTS (${there})`
  })
  const rows = await store.prisma.$queryRaw<{ table: string }[]>(Prisma.join(empty, ' UNION ALL '))
  for (const { table } of rows) await fill(store, table, chatId, text)
}

/** How many rows of a table are about the chat. */
export async function countOf({ prisma }: Store, table: string, chatId: number): Promise<number> {
  const [row] = await prisma.$queryRaw<{ count: bigint | number }[]>`
    SELECT count(*) AS "count" FROM ${Prisma.raw(`"${table}"`)} WHERE "chatId" = ${BigInt(chatId)}`
  return Number(row?.count)
}

/** A column as the database itself describes it. */
export type Column = {
  readonly name: string
  /** `small` holds no moment. */
  readonly kind: 'bytes' | 'small' | 'number' | 'text'
  readonly isRequired: boolean
}

export async function columnsIn(store: Store, table: string): Promise<readonly Column[]> {
  const rows = await store.prisma.$queryRaw<{ name: string; type: string; required: unknown }[]>(
    store.provider === 'sqlite'
      ? Prisma.sql`SELECT "name", lower("type") AS "type", "notnull" AS "required" FROM pragma_table_info(${table})`
      : Prisma.sql`
          SELECT column_name::text AS "name", data_type::text AS "type", is_nullable = 'NO' AS "required"
          FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ${table}`,
  )
  return rows.map(({ name, type, required }) => ({ name, kind: kindOf(type), isRequired: Boolean(Number(required)) }))
}

function kindOf(type: string): Column['kind'] {
  if (type === 'blob' || type === 'bytea') return 'bytes'
  if (type === 'integer') return 'small'
  return type === 'text' ? 'text' : 'number'
}

async function fill(store: Store, table: string, chatId: number, text: string): Promise<void> {
  const id = `every-${chatId}`
  // Whose row it is may be left open by a table, and is not here.
  const columns = (await columnsIn(store, table)).filter(
    ({ name, kind, isRequired }) => isRequired || kind === 'bytes' || name === 'chatId',
  )
  const values = columns.map(({ name, kind }) => {
    if (name === 'chatId') return BigInt(chatId)
    if (kind === 'small') return 1
    if (kind === 'number') return /At$|^at$/.test(name) ? BigInt(testTime) : 1
    if (kind === 'text') return id
    const place = placeIn(table, name, { id, chatId })
    if (place === undefined) throw new Error(`${table}.${name} holds bytes and is not sealed`)
    return store.seal.seal(text, place)
  })
  const names = Prisma.raw(columns.map(({ name }) => `"${name}"`).join(', '))
  await store.prisma.$executeRaw`INSERT INTO ${Prisma.raw(`"${table}"`)} (${names}) VALUES (${Prisma.join(values)})`
}
