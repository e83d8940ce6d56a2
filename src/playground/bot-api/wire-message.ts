import type { Chat, ChatMessage } from './chats.ts'
import type { StoredFile, User, WireObject } from './wire.ts'

/** A message as the Bot API writes it. */
export function toWireMessage(chat: Chat, message: ChatMessage, bot: User): WireObject {
  const wire: WireObject = { message_id: message.id, chat: toWireChat(chat), date: message.date }
  const sender = message.by === 'bot' ? bot : message.sender
  if (chat.type === 'channel') wire.sender_chat = wire.chat
  else if (sender) wire.from = sender
  if (message.editDate !== undefined) wire.edit_date = message.editDate
  addContent(wire, message)
  if (message.keyboard.length > 0) wire.reply_markup = { inline_keyboard: message.keyboard }
  return Object.assign(wire, message.extra)
}

export function toWireChat(chat: Chat): WireObject {
  if (chat.type === 'private') return { id: chat.id, type: chat.type, first_name: chat.title }
  return { id: chat.id, type: chat.type, title: chat.title }
}

function addContent(wire: WireObject, message: ChatMessage): void {
  const isMedia = message.photo !== undefined || message.document !== undefined || message.extra.voice !== undefined
  if (message.photo) wire.photo = toPhotoSizes(message.photo)
  if (message.document) wire.document = toWireDocument(message.document)
  if (message.text === '') return
  wire[isMedia ? 'caption' : 'text'] = message.text
  if (message.entities.length > 0) wire[isMedia ? 'caption_entities' : 'entities'] = message.entities
}

/** Telegram lists a picture in several sizes; here there is one, the original. */
export function toPhotoSizes(file: StoredFile): WireObject[] {
  return [{ ...fileFacts(file), width: file.width ?? 1, height: file.height ?? 1 }]
}

export function toWireDocument(file: StoredFile): WireObject {
  return { ...fileFacts(file), file_name: file.name, mime_type: file.mimeType }
}

export function fileFacts(file: StoredFile): WireObject {
  return { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.bytes.length }
}
