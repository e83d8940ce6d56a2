import type { Chat, ChatMessage } from './chats.ts'
import { badRequest } from './errors.ts'
import { readFile } from './files.ts'
import { readInlineMarkup } from './keyboard.ts'
import { Parameters } from './parameters.ts'
import { reachChat } from './send.ts'
import { readCaption, readText } from './text.ts'
import type { WireObject } from './wire.ts'
import { toWireMessage } from './wire-message.ts'
import { type Methods, seconds, type World } from './world.ts'

/** editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup, deleteMessage(s). */
export function editMethods(world: World): Methods {
  return {
    editMessageText: (parameters) => {
      const { source: html, ...text } = readText(parameters)
      return edit(world, parameters, (message) => {
        if (hasMedia(message)) throw badRequest('there is no text in the message to edit')
        return { ...text, html }
      })
    },
    editMessageCaption: (parameters) => {
      const { source: html, ...caption } = readCaption(parameters)
      return edit(world, parameters, (message) => {
        if (!hasMedia(message)) throw badRequest('there is no caption in the message to edit')
        return { ...caption, html }
      })
    },
    editMessageMedia: (parameters) => edit(world, parameters, () => readMedia(world, parameters)),
    editMessageReplyMarkup: (parameters) => edit(world, parameters, () => ({})),
    deleteMessage: (parameters) => deleteMessage(world, parameters),
    deleteMessages: (parameters) => deleteMessages(world, parameters),
  }
}

type Content = Partial<Pick<ChatMessage, 'text' | 'entities' | 'html' | 'photo' | 'document'>>

/** Without a reply_markup the keyboard goes away, as it does on Telegram. */
function edit(world: World, parameters: Parameters, read: (message: ChatMessage) => Content): WireObject {
  const chat = reachChat(world, parameters)
  const message = findEditable(chat, parameters)
  const content = { ...read(message), keyboard: readInlineMarkup(parameters) ?? [] }
  if (isSame(message, { ...message, ...content })) throw badRequest(notModified)
  const changed = world.chats.change(chat, message, { ...content, editDate: seconds(world.clock) })
  return toWireMessage(chat, changed, world.bot)
}

const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

function findEditable(chat: Chat, parameters: Parameters): ChatMessage {
  const id = parameters.integer('message_id')
  if (id === undefined) throw badRequest('message identifier is not specified')
  const message = chat.messages.get(id)
  if (!message) throw badRequest('message to edit not found')
  if (message.by !== 'bot') throw badRequest("message can't be edited")
  return message
}

function hasMedia(message: ChatMessage): boolean {
  return message.photo !== undefined || message.document !== undefined
}

function isSame(left: ChatMessage, right: ChatMessage): boolean {
  return (
    left.text === right.text &&
    left.photo === right.photo &&
    left.document === right.document &&
    sameJson(left.entities, right.entities) &&
    sameJson(left.keyboard, right.keyboard)
  )
}

function sameJson(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

function readMedia(world: World, parameters: Parameters): Content {
  const media = parameters.object('media')
  if (!media) throw badRequest("can't parse InputMedia: expected an Object")
  const { source: html, ...caption } = readCaption(new Parameters(media))
  const { type } = media
  if (type !== 'photo' && type !== 'document') throw badRequest(`can't parse InputMedia: type "${type}" is unsupported`)
  const file = readFile(world.files, type, media.media ?? '', parameters)
  return { ...caption, html, photo: undefined, document: undefined, [type]: file }
}

const editableFor = 48 * 60 * 60

function deleteMessage(world: World, parameters: Parameters): true {
  const chat = reachChat(world, parameters)
  const message = chat.messages.get(parameters.integer('message_id') ?? 0)
  if (!message) throw badRequest('message to delete not found')
  if (message.date < seconds(world.clock) - editableFor) throw badRequest("message can't be deleted")
  world.chats.remove(chat, message.id)
  return true
}

/** Unlike deleteMessage, passes over what is not there. */
function deleteMessages(world: World, parameters: Parameters): true {
  const chat = reachChat(world, parameters)
  const ids = parameters.list('message_ids') ?? []
  if (ids.length < 1 || ids.length > 100) throw badRequest('message identifiers are not specified')
  for (const id of ids) if (chat.messages.has(Number(id))) world.chats.remove(chat, Number(id))
  return true
}
