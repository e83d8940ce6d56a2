import type { Api } from 'grammy'
import { refusalOf } from './errors.ts'

/** Ends the waiting of the client in which a button was pressed, with words if there are any. Too late is no harm. */
export async function answerQuery(api: Api, query: string, text?: string): Promise<void> {
  await api.answerCallbackQuery(query, text === undefined ? {} : { text }).catch((error: unknown) => {
    if (refusalOf(error) !== 'late') throw error
  })
}
