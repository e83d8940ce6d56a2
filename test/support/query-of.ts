import type { WireUpdate } from '../../src/playground/bot-api/wire.ts'

/** The id of the query in which a press waits for its answer. */
export function queryOf(update: WireUpdate | undefined): string {
  const query = update?.callback_query
  if (typeof query === 'object' && query !== null && 'id' in query) return String(query.id)
  throw new Error('This act caused no callback query')
}
