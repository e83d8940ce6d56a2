import type {
  CallbackQuery,
  ChatMemberUpdated,
  InlineQuery,
  MaybeInaccessibleMessage,
  Message,
  Update,
} from 'grammy/types'
import { type Incoming, type OtherContent, unknownKeepsake } from '../engine/ports.ts'
import { decodeCallback } from './callback.ts'
import { contentOf, readContent } from './contents.ts'
import { isWhole } from './shapes.ts'

/** What an update of Telegram asks for. */
export type Received =
  /** A turn of a dialogue. */
  | { readonly type: 'turn'; readonly incoming: Incoming }
  /** A press on a button of a notice. */
  | { readonly type: 'notice'; readonly press: NoticePress; readonly by: Omit<Incoming, 'action'> }
  /** A press on what is no message of a private chat: only its query is answered. */
  | { readonly type: 'query'; readonly query: string }
  /** The person has blocked the bot, or come back. */
  | { readonly type: 'membership'; readonly chatId: number; readonly reachable: boolean }
  /** A group or channel that is told, in one line, where Serik talks. */
  | { readonly type: 'group'; readonly chatId: number; readonly languageCode?: string }
  | { readonly type: 'inline'; readonly query: InlineQuery }
  | { readonly type: 'silence' }

export type NoticePress = {
  readonly chatId: number
  readonly noticeId: number
  readonly index: number
  /** The message that carries the button. */
  readonly messageId: number
}

/** The kinds of updates asked of Telegram; all others would be met with silence anyway. */
export const wantedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member', 'inline_query'] as const

const silence: Received = { type: 'silence' }

/**
 * Reads any update, never throwing: dialogues live in private chats, groups get a word when they address the bot. What has
 * not the shape that Telegram gives it is left out.
 */
export function readUpdate(update: Update, botName: string): Received {
  const { message, edited_message: edited, callback_query: press, my_chat_member: member, inline_query: query } = update
  if (isWhole(message, 'message')) return readMessage(message, update.update_id, botName)
  if (isWhole(edited, 'message')) return readEdited(edited, update.update_id)
  if (isWhole(press, 'press')) return readPress(press, update.update_id)
  if (isWhole(member, 'member')) return readMembership(member)
  if (isWhole(query, 'inline')) return { type: 'inline', query }
  return silence
}

/** The chat whose updates must be taken in order; 0 for those that belong to none. */
export function chatKeyOf(update: Update): number {
  const { message, edited_message: edited, callback_query: press, my_chat_member: member } = update
  const written = message ?? edited
  const id: unknown = written?.chat?.id ?? press?.message?.chat?.id ?? press?.from?.id ?? member?.chat?.id
  return Number.isInteger(id) ? Number(id) : 0
}

function readMessage(message: Message, updateId: number, botName: string): Received {
  if (message.chat.type !== 'private') return readGroupMessage(message, botName)
  if (message.from?.is_bot === true) return silence
  const action = readAction(message)
  if (action === undefined) return silence
  return { type: 'turn', incoming: { chatId: message.chat.id, updateId, ...languageOf(message.from), action } }
}

/** Its words are looked at for danger and nothing else: what it said before has been answered. */
function readEdited({ chat, from, text, caption, via_bot: bot }: Message, updateId: number): Received {
  const words = text ?? caption
  if (chat.type !== 'private' || from?.is_bot === true || bot !== undefined || words === undefined) return silence
  const action = { type: 'other', what: 'edited', text: words } as const
  return { type: 'turn', incoming: { chatId: chat.id, updateId, ...languageOf(from), action } }
}

function readAction(message: Message): Incoming['action'] | undefined {
  const words = message.text ?? message.caption
  const other = (what: OtherContent) => ({ type: 'other', what, ...(words !== undefined && { text: words }) }) as const
  if (message.forward_origin !== undefined) return other('forward')
  if (message.text === undefined) {
    const what = contentOf(message)
    if (what === undefined) return undefined
    const event = readContent(message)
    return event === undefined ? other(what) : { type: 'content', event, what }
  }
  if (message.via_bot !== undefined) return other('other')
  // Nobody else is there to be meant, whatever name stands behind the command.
  const command = readCommand(message.text)
  if (command === undefined) return { type: 'text', text: message.text }
  return { type: 'command', name: command.name, argument: command.argument }
}

function readCommand(text: string): { name: string; bot: string | undefined; argument: string } | undefined {
  const match = /^\/([a-z0-9_]{1,32})(?:@(\w+))?(?:\s+([\s\S]*))?$/i.exec(text)
  if (match?.[1] === undefined) return undefined
  return { name: match[1].toLowerCase(), bot: match[2], argument: (match[3] ?? '').trim() }
}

/** In a group only what is meant for the bot is answered: `/anything@its_name`, or a bare `/start`. */
function readGroupMessage(message: Message, botName: string): Received {
  if (message.chat.type === 'channel' || message.from?.is_bot === true) return silence
  const command = readCommand(message.text ?? '')
  if (command === undefined) return silence
  const meant =
    command.bot === undefined ? command.name === 'start' : command.bot.toLowerCase() === botName.toLowerCase()
  return meant ? { type: 'group', chatId: message.chat.id, ...languageOf(message.from) } : silence
}

function readPress({ id: query, message, from, data: written }: CallbackQuery, updateId: number): Received {
  if (message === undefined || message.chat.type !== 'private') return { type: 'query', query }
  const chatId = message.chat.id
  const by = { chatId, updateId, query, ...languageOf(from) }
  const data = decodeCallback(written ?? '')
  if (data === undefined) return { type: 'turn', incoming: { ...by, action: { type: 'other', what: 'stale' } } }
  const { index } = data
  if (data.type === 'notice') {
    const messageId = message.message_id
    return {
      type: 'notice',
      press: { chatId, noticeId: data.id, index, messageId },
      by: { ...by, pressedNotice: messageId },
    }
  }
  const action = { type: 'press' as const, revision: data.revision, index, check: data.check }
  return { type: 'turn', incoming: { ...by, ...pressedOn(message), action } }
}

/** Date 0 stands for a message too old for Telegram to show, which cannot be edited either. */
function pressedOn(message: MaybeInaccessibleMessage): Pick<Incoming, 'pressedOn'> {
  if (message.date === 0) return {}
  const id = message.message_id
  if (!('photo' in message) || message.photo === undefined) return { pressedOn: { id, kind: 'text' } }
  return { pressedOn: { id, kind: 'picture', keepsake: unknownKeepsake } }
}

function readMembership({ chat, from, old_chat_member: old, new_chat_member: now }: ChatMemberUpdated): Received {
  const isIn = !['left', 'kicked'].includes(now.status)
  if (chat.type === 'private') return { type: 'membership', chatId: chat.id, reachable: isIn }
  const wasIn = !['left', 'kicked'].includes(old.status)
  return isIn && !wasIn ? { type: 'group', chatId: chat.id, ...languageOf(from) } : silence
}

function languageOf(from: { language_code?: string } | undefined): { languageCode?: string } {
  return from?.language_code === undefined ? {} : { languageCode: from.language_code }
}
