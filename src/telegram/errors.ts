import { GrammyError } from 'grammy'

/** Why somebody cannot be written to. */
export type UnreachableReason = 'blocked' | 'unreachable'

/** What an answer of Telegram means for the message that was to be shown. */
export type Refusal = 'unchanged' | 'gone' | UnreachableReason | 'wrongFile' | 'late' | 'other'

/** Reads a refusal by code and description, as Telegram has no other names for them. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof GrammyError)) return 'other'
  const { error_code: code, description } = error
  if (code === 403) return 'blocked'
  if (code !== 400) return 'other'
  return meanings.find(([pattern]) => pattern.test(description))?.[1] ?? 'other'
}

const meanings: readonly (readonly [RegExp, Refusal])[] = [
  [/message is not modified/i, 'unchanged'],
  [/chat not found|user not found|PEER_ID_INVALID|user is deactivated/i, 'unreachable'],
  [/message to (?:edit|be edited|delete) not found|message can't be (?:edited|deleted)|MESSAGE_ID_INVALID/i, 'gone'],
  [/there is no (?:text|caption|media) in the message|message is too old|message_id_invalid/i, 'gone'],
  [/wrong file identifier|wrong remote file|file_id|FILE_REFERENCE|wrong type of the web page content/i, 'wrongFile'],
  [/query is too old|query id is invalid/i, 'late'],
]
