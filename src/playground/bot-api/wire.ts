/** A JSON object on its way to or from the bot. */
export type WireObject = Record<string, unknown>

/** An update as it is delivered: `update_id` and exactly one other field. */
export type WireUpdate = WireObject & { readonly update_id: number }

/** An entity of a message text; offsets and lengths in UTF-16 units, as Telegram counts. */
export type Entity = {
  readonly type: string
  readonly offset: number
  readonly length: number
  readonly url?: string
  readonly language?: string
}

/** Text whose markup has been parsed away. */
export type FormattedText = {
  readonly text: string
  readonly entities: readonly Entity[]
}

export type Button = {
  readonly text: string
  readonly style?: 'primary' | 'success' | 'danger'
  readonly callback_data?: string
  readonly url?: string
  readonly [action: string]: unknown
}

/** An inline keyboard: rows of buttons. */
export type Keyboard = readonly (readonly Button[])[]

/** A file known to the server. `path` is what getFile answers; `bytes` is absent for files only pretended. */
export type StoredFile = {
  readonly id: string
  readonly uniqueId: string
  readonly kind: string
  readonly name: string
  readonly path: string
  readonly bytes: Uint8Array
  readonly mimeType: string
  readonly width?: number
  readonly height?: number
}

export type User = {
  readonly id: number
  readonly is_bot: boolean
  readonly first_name: string
  readonly username?: string
  language_code?: string
}

export function isObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
