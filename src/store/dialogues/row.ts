import * as z from 'zod'
import type { Frame } from '../../../flows/kit/flow.ts'
import { type Dialogue, type LivingMessage, stackLimit } from '../../engine/ports.ts'
import { readOr, small } from '../damage.ts'
import type { DialogueModel } from '../generated/sqlite/models.ts'
import type { Columns, Row } from '../rows.ts'
import { placeOf, type Seal } from '../seal.ts'
import { RefusedTurn } from './refused-turn.ts'

export const dialogueColumns = {
  chatId: 'bigint',
  revision: 'int',
  stack: 'bytes',
  recent: 'text',
  shown: 'int',
  messageId: 'int',
  messageKind: 'text',
  updatedAt: 'bigint',
} as const satisfies Columns

/** The values of `dialogueColumns`. Throws a RefusedTurn for a dialogue that has grown too long. */
export function dialogueRow(dialogue: Dialogue, at: number, seal: Seal): Row {
  const { chatId, revision, stack, recent, shown, message } = dialogue
  const json = JSON.stringify(stack)
  if (json.length > stackLimit) {
    throw new RefusedTurn(`The dialogue has grown to ${json.length} characters, more than ${stackLimit}`)
  }
  const sealed = seal.seal(json, placeOf('Dialogue', 'stack', chatId))
  return [chatId, revision, sealed, JSON.stringify(recent), shown, ...columnsOfMessage(message), at]
}

/** A message whose number the column cannot hold is let go: the next screen is a new one. */
export function columnsOfMessage(message: Dialogue['message']): Row {
  const id = message && readOr(undefined, () => small(message.id))
  if (id === undefined || message === undefined) return [null, null]
  return [id, message.keepsake === undefined ? message.kind : `${message.kind}:${message.keepsake}`]
}

/** A message as the columns name it; any kind that is not known is a text. */
export function readMessage(id: number, column: string | null): LivingMessage {
  const [kind, keepsake] = (column ?? '').split(':')
  return { id, kind: kind === 'picture' ? kind : 'text', ...(keepsake !== undefined && { keepsake }) }
}

/** A dialogue as far as the row can be read, and the columns that cannot. */
export type DialogueReading = { readonly dialogue: Dialogue; readonly lost: readonly (keyof DialogueModel)[] }

const Recent = z.array(z.int())
/** Authenticated by the seal; each flow checks its own context. */
const Stack = z.array(z.custom<Frame>(isFrame, 'must be a frame'))

/** Never throws for what the row holds: what cannot be read is as for a chat just begun. */
export function readDialogue(row: DialogueModel, seal: Seal): DialogueReading {
  const lost: (keyof DialogueModel)[] = []
  const column = <T>(name: keyof DialogueModel, otherwise: T, read: () => T): T => {
    const value = readOr(undefined, read)
    if (value === undefined) lost.push(name)
    return value ?? otherwise
  }
  const shown = column('shown', 0, () => count(row.shown))
  const revision = column('revision', Math.max(1, shown), () => count(row.revision, 1))
  const stack = column('stack', [], () =>
    Stack.parse(JSON.parse(seal.open(row.stack, placeOf('Dialogue', 'stack', row.chatId)))),
  )
  const recent = column('recent', [], () => Recent.parse(JSON.parse(row.recent)))
  // A message nobody knows any more only means that the next screen is a new one.
  const messageId = row.messageId === null ? null : readOr(null, () => small(row.messageId ?? Number.NaN))
  return {
    dialogue: {
      chatId: Number(row.chatId),
      revision,
      stack,
      recent,
      shown: Math.min(shown, revision),
      ...(messageId !== null && { message: readMessage(messageId, row.messageKind) }),
    },
    lost,
  }
}

/** A revision, which must leave room for the next. */
function count(value: number | bigint, least = 0): number {
  const number = small(Number(value) + 1) - 1
  if (number >= least) return number
  throw new RangeError(`A stored revision is below ${least}`)
}

function isFrame(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return 'flow' in value && typeof value.flow === 'string' && 'version' in value && Number.isInteger(value.version)
}
