import type { Chat, ChatMessage } from './chats.ts'
import { badRequest } from './errors.ts'
import { readFile } from './files.ts'
import { readReplyMarkup } from './keyboard.ts'
import type { Parameters } from './parameters.ts'
import { readCaption, readText } from './text.ts'
import type { Button, WireObject } from './wire.ts'
import { toWireMessage } from './wire-message.ts'
import { type Methods, seconds, type World } from './world.ts'

/** sendMessage, sendPhoto, sendDocument, sendChatAction. */
export function sendMethods(world: World): Methods {
  return {
    sendMessage: (parameters) => {
      const { source: html, ...text } = readText(parameters)
      return send(world, parameters, { ...text, html })
    },
    sendPhoto: (parameters) => {
      const { source: html, ...caption } = readCaption(parameters)
      const chat = reachChat(world, parameters)
      const photo = readFile(world.files, 'photo', parameters.fields.photo, parameters)
      return send(world, parameters, { ...caption, html, photo }, chat)
    },
    sendDocument: (parameters) => {
      const { source: html, ...caption } = readCaption(parameters)
      const chat = reachChat(world, parameters)
      const document = readFile(world.files, 'document', parameters.fields.document, parameters)
      return send(world, parameters, { ...caption, html, document }, chat)
    },
    sendChatAction: (parameters) => sendChatAction(world, parameters),
  }
}

/** The chat named by `chat_id`, checked to be one the bot may write to. */
export function reachChat(world: World, parameters: Parameters): Chat {
  const given = parameters.text('chat_id')
  if (given === undefined || given === '') throw badRequest('chat_id is empty')
  const id = Number(given)
  if (!Number.isSafeInteger(id)) throw badRequest('chat not found')
  return world.chats.reach(id)
}

function send(world: World, parameters: Parameters, content: Partial<ChatMessage>, known?: Chat): WireObject {
  const chat = known ?? reachChat(world, parameters)
  const markup = readReplyMarkup(parameters)
  const extra = readReply(chat, parameters)
  if (markup?.type === 'input') setInput(world, chat, markup.markup)
  const keyboard = markup?.type === 'inline' ? markup.keyboard : []
  const message = world.chats.add(chat, { by: 'bot', date: seconds(world.clock), ...content, keyboard, extra })
  return toWireMessage(chat, message, world.bot)
}

function readReply(chat: Chat, parameters: Parameters): WireObject {
  const reply = parameters.object('reply_parameters')
  if (!reply) return {}
  const message = chat.messages.get(Number(reply.message_id))
  if (message) return { reply_to_message: { message_id: message.id, date: message.date, text: message.text } }
  if (reply.allow_sending_without_reply === true) return {}
  throw badRequest('message to be replied not found')
}

function setInput(world: World, chat: Chat, markup: WireObject): void {
  // The rows were read and checked as buttons by readReplyMarkup.
  const inputKeyboard = Array.isArray(markup.keyboard) ? (markup.keyboard as Button[][]) : []
  if (markup.force_reply !== true) world.chats.setState(chat, { inputKeyboard })
}

const chatActions = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
])

function sendChatAction(world: World, parameters: Parameters): true {
  const chat = reachChat(world, parameters)
  const action = parameters.text('action') ?? ''
  if (!chatActions.has(action)) throw badRequest('wrong parameter action in request')
  world.chats.emit({ type: 'action', chat, action })
  return true
}
