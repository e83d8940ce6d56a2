/** A JSON object on its way to or from the bot. */
export type WireObject = Record<string, unknown>

/** An update as it is delivered: `update_id` and exactly one other field. */
export type WireUpdate = WireObject & { update_id: number }

/** An entity of a message text; offsets and lengths in UTF-16 units, as Telegram counts. */
export interface Entity {
  type: string
  offset: number
  length: number
  url?: string
  language?: string
}

/** Text whose markup has been parsed away. */
export interface FormattedText {
  text: string
  entities: Entity[]
}

export interface Button {
  text: string
  style?: 'primary' | 'success' | 'danger'
  callback_data?: string
  url?: string
  [action: string]: unknown
}

/** An inline keyboard: rows of buttons. */
export type Keyboard = Button[][]

/** A file known to the server. `path` is what getFile answers; `bytes` is absent for files only pretended. */
export interface StoredFile {
  id: string
  uniqueId: string
  kind: string
  name: string
  path: string
  bytes: Uint8Array
  mimeType: string
  width?: number
  height?: number
}

export interface User {
  id: number
  is_bot: boolean
  first_name: string
  username?: string
  language_code?: string
}

export const isObject = (value: unknown): value is WireObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
