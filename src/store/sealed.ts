import { type Models, readModels } from './models.ts'
import { type Place, placeAt } from './seal.ts'

/** A table with sealed columns: its key, and whether the row's chat is authenticated besides. */
export type SealedTable = {
  readonly table: string
  readonly key: string
  readonly columns: readonly string[]
  readonly isOwned: boolean
}

/** Holds the words that tell which key fits; key.ts alone writes them, each under the key that it tells of. */
const wordsOfKeys = 'Meta'

/**
 * What is sealed in these models: whatever is kept as bytes. Throws for a model that cannot be read, and for one of bytes without a key of one column, by
 * which each value is bound to its row; where rows belong to chats, the key is called `id` or is the chat itself.
 */
export function sealedIn(models: Models): readonly SealedTable[] {
  const bodies = models.flatMap(({ content }) => [...content.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)])
  const begun = models.flatMap(({ content }) => content.match(/^\s*model\s+\w+/gm) ?? [])
  // What is not known to be sealed would not be sealed anew when keys are changed, and be lost with the old one.
  if (bodies.length === 0 || bodies.length !== begun.length)
    throw new Error(
      `Of ${begun.length} models only ${bodies.length} can be read; format them with \`npx prisma format\`.`,
    )
  return bodies
    .filter(([, table]) => table !== wordsOfKeys)
    .flatMap(([, table = '', body = '']) => sealedTable(table, body))
}

function sealedTable(table: string, body: string): SealedTable[] {
  const fields = [...body.matchAll(/^ +(\w+) +(\w+)(.*)$/gm)].map(([, name = '', type = '', rest = '']) => {
    return { name, type, isKey: /@id\b/.test(rest) }
  })
  const columns = fields.filter(({ type }) => type === 'Bytes').map(({ name }) => name)
  if (columns.length === 0) return []
  const key = fields.find(({ isKey }) => isKey)?.name
  const hasChat = fields.some(({ name }) => name === 'chatId')
  if (key === undefined || (hasChat && key !== 'id' && key !== 'chatId')) {
    throw new Error(`The model ${table} seals ${columns.join(', ')}; give it a column \`id\` that is its @id.`)
  }
  return [{ table, key, columns, isOwned: hasChat && key === 'id' }]
}

/** Everything of people that is sealed. The models go with the program, as its migrations do. */
export const sealedTables = sealedIn(readModels())

/** The place of a column of a row as the database gives it; undefined for a table in which nothing is sealed. */
export function placeIn(table: string, column: string, row: Readonly<Record<string, unknown>>): Place | undefined {
  const found = sealedTables.find((sealed) => sealed.table === table)
  if (found === undefined) return undefined
  return placeAt(table, column, String(row[found.key]), found.isOwned ? String(row.chatId) : undefined)
}
