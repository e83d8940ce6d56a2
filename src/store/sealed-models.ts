import type { Models } from './models.ts'

/** A table with sealed columns, as the models tell of it; `isOwned` when its rows have an id of their own and a chat. */
export type SealedModel = {
  readonly table: string
  readonly key: string
  readonly columns: readonly string[]
  readonly isOwned: boolean
}

/** Holds the words that tell which key fits; key.ts alone writes them, under the key that each of them shows. */
const wordsOfKeys = 'Meta'

/** Whatever is kept as bytes is sealed. Throws for a model of bytes without an `@id`, by which each value is bound. */
export function sealedModels(models: Models): readonly SealedModel[] {
  const bodies = models.flatMap(({ content }) => [...content.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)])
  return bodies
    .map(([, table = '', body = '']) => sealedModel(table, body))
    .filter(({ table, columns }) => columns.length > 0 && table !== wordsOfKeys)
}

function sealedModel(table: string, body: string): SealedModel {
  const fields = [...body.matchAll(/^ +(\w+) +(\w+)(.*)$/gm)].map(([, name = '', type = '', rest = '']) => ({
    name,
    type,
    isKey: /@id\b/.test(rest),
  }))
  const columns = fields.filter(({ type }) => type === 'Bytes').map(({ name }) => name)
  const key = fields.find(({ isKey }) => isKey)?.name
  if (key === undefined && columns.length > 0) {
    throw new Error(`The model ${table} seals ${columns.join(', ')}, but none of its columns is its @id; give it one.`)
  }
  const isOwned = key !== 'chatId' && fields.some(({ name }) => name === 'chatId')
  return { table, key: key ?? '', columns, isOwned }
}
