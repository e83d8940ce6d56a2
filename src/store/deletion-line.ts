import { type Place, type Seal, SealError } from './seal.ts'

/** That everything about a chat was deleted; `at` in epoch ms. */
export type Deletion = { readonly id: string; readonly at: number; readonly chatId: number }

/** An id, the time, and the chat, sealed. */
export function toLine(deletion: Deletion, seal: Seal): string {
  const { id, at, chatId } = deletion
  return `${id} ${at} ${Buffer.from(seal.seal(String(chatId), placeOfChat(deletion))).toString('base64url')}`
}

/** Whether it needs no sealing anew; false for what is no line. */
export function isUnderPresentKey(line: string, { beginning }: Seal): boolean {
  const sealed = Buffer.from(partsOf(line)?.sealed ?? '', 'base64url')
  return Buffer.compare(sealed.subarray(0, beginning.length), beginning) === 0
}

/** The line under the present key; as it is when it cannot be opened. */
export function sealAnew(line: string, seal: Seal): string {
  const deletion = isUnderPresentKey(line, seal) ? undefined : toDeletion(line, seal)
  return deletion === undefined ? line : toLine(deletion, seal)
}

/** undefined for a line that is torn, damaged or sealed with another key. */
export function toDeletion(line: string, seal: Seal): Deletion | undefined {
  const parts = partsOf(line)
  if (parts === undefined) return undefined
  const { id, at, sealed } = parts
  try {
    const chatId = Number(seal.open(Buffer.from(sealed, 'base64url'), placeOfChat({ id, at })))
    return Number.isSafeInteger(chatId) ? { id, at, chatId } : undefined
  } catch (error) {
    if (error instanceof SealError) return undefined
    throw error
  }
}

/** The same in every copy of a line; undefined for what is none. */
export function idOf(line: string): string | undefined {
  return partsOf(line)?.id
}

/** When it was written, epoch ms; of what is no line, as long ago as can be. */
export function timeOf(line: string): number {
  return partsOf(line)?.at ?? Number.NEGATIVE_INFINITY
}

/** Id and time are authenticated with the chat. */
function placeOfChat({ id, at }: Pick<Deletion, 'id' | 'at'>): Place {
  return { name: `Deletion.chatId:${id} at ${at}` }
}

function partsOf(line: string): { id: string; at: number; sealed: string } | undefined {
  // What an editor or a crash has left around it (a carriage return, spaces, zeros) does not undo a deletion.
  const [, id, at, sealed] = /^[^\w-]*([\w-]+) (\d{1,15}) ([\w-]+)[^\w-]*$/.exec(line) ?? []
  return id === undefined || at === undefined || sealed === undefined ? undefined : { id, at: Number(at), sealed }
}
