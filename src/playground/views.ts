import type { Chat, ChatEvent, ChatMessage } from './bot-api/chats.ts'
import type { BotApi } from './bot-api/create-bot-api.ts'
import type { StoredFile } from './bot-api/wire.ts'
import type { Person } from './people/person.ts'

/** A label of a person in the playground; no names. */
export const roles = ['resident', 'graduate', 'mentor', 'coordinator', 'employer'] as const
/** Those who come by an invitation. */
export const invitedRoles = ['mentor', 'coordinator', 'employer'] as const satisfies readonly Role[]
export type Role = (typeof roles)[number]

/** A message as the page draws it: plain data, files as addresses. */
export function viewOfMessage(message: ChatMessage) {
  const { id, by, date, editDate, text, entities, keyboard, photo, document, extra } = message
  return {
    id,
    by,
    date,
    edited: editDate !== undefined,
    text,
    entities,
    keyboard,
    photo: photo ? { ...viewOfFile(photo), width: photo.width ?? null, height: photo.height ?? null } : null,
    document: document ? viewOfFile(document) : null,
    kind: Object.keys(extra)[0] ?? null,
    emoji: emojiOf(extra.sticker ?? extra.dice),
  }
}

export function viewOfPerson(api: BotApi, person: Person, role: Role) {
  const language = person.user.language_code ?? ''
  return {
    id: person.id,
    role,
    ...viewOfState(person.chat),
    description: api.profile.read('description', language),
    messages: person.messages.map(viewOfMessage),
  }
}

/** What goes down the wire to the page for an event of a chat. */
export function viewOfEvent(event: ChatEvent): { type: string; chatId: number; [field: string]: unknown } {
  const chatId = event.chat.id
  switch (event.type) {
    case 'message':
    case 'edit':
      return { type: event.type, chatId, message: viewOfMessage(event.message) }
    case 'delete':
      return { type: event.type, chatId, messageId: event.messageId }
    case 'toast':
      return { type: event.type, chatId, toast: event.toast }
    case 'action':
      return { type: event.type, chatId, action: event.action }
    case 'state':
      return { type: event.type, chatId, state: viewOfState(event.chat) }
  }
}

function viewOfState(chat: Chat) {
  return {
    open: chat.open,
    blocked: chat.blocked,
    language: chat.user?.language_code ?? '',
    inputKeyboard: chat.inputKeyboard,
  }
}

function viewOfFile(file: StoredFile) {
  return { url: `/files/${file.id}`, name: file.name, size: file.bytes.length }
}

function emojiOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'emoji' in value ? String(value.emoji) : null
}
