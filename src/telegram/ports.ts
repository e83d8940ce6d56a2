import type { DataOf, Send } from '../../flows/kit/contract.ts'
import type { SentAgain } from '../../flows/kit/screen.ts'
import type { Message } from '../../flows/kit/words.ts'
import type { World } from '../engine/ports.ts'
import type { UnreachableReason } from './errors.ts'

/** Pictures that Telegram has already, by the digest of what they show. */
export type PictureFiles = {
  get(digest: string): Promise<string | undefined>
  put(digest: string, fileId: string): Promise<void>
}

/** Remembers who can be written to. */
export type Reach = {
  unreachable(chatId: number, reason: UnreachableReason): Promise<void>
  reachable(chatId: number): Promise<void>
}

/** A file for a person, with a caption in their language: made here, or one that Telegram has, by its id there. */
export type Document = ({ readonly name: string; readonly bytes: Uint8Array } | SentAgain) & {
  readonly caption?: Message
}

/** Makes what a `send` effect hands over; undefined when there is nothing to hand over. */
export type DocumentMaker = {
  readonly send: Send
  make(data: unknown, world: World): Promise<Document | undefined>
}

/** Makes a document; what it is made from is checked before. */
export function document<S extends Send>(
  send: S,
  make: (data: DataOf<S>, world: World) => Promise<Document | undefined>,
): DocumentMaker {
  return { send, make: async (data, world) => make(send.data.parse(data) as DataOf<S>, world) } // zod knows the type
}
