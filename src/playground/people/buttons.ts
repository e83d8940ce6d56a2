import type { Chat, ChatMessage } from '../bot-api/chats.ts'
import type { Button, Keyboard } from '../bot-api/wire.ts'
import { pictureOf } from './picture.ts'

/** Which button: its label (whole, or else a part of it), a pattern of it, or its number from 0 in reading order. */
export type ButtonChoice = string | RegExp | number

/** The message whose buttons are meant: the one asked for, or the newest that has any. Throws with a picture. */
export function findPressable(chat: Chat, messageId?: number): ChatMessage {
  const message = messageId === undefined ? newestWithKeyboard(chat) : chat.messages.get(messageId)
  if (!message) throw new Error(`There is no message with buttons to press.\n${pictureOf(chat)}`)
  return message
}

/** The button meant, or undefined. */
export function findButton(keyboard: Keyboard, choice: ButtonChoice): Button | undefined {
  const buttons = keyboard.flat()
  if (typeof choice === 'number') return buttons.at(choice)
  if (choice instanceof RegExp) return buttons.find((button) => button.text.search(choice) >= 0)
  return buttons.find((button) => button.text === choice) ?? buttons.find((button) => button.text.includes(choice))
}

function newestWithKeyboard(chat: Chat): ChatMessage | undefined {
  return [...chat.messages.values()].reverse().find((message) => message.keyboard.length > 0)
}
