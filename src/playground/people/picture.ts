import type { Chat, ChatMessage } from '../bot-api/chats.ts'

/** The chat in plain text, newest below, for error messages and for eyes. */
export function pictureOf(chat: Chat, last = 12): string {
  const lines = [...chat.messages.values()].slice(-last).map(drawMessage)
  const toasts = chat.toasts.slice(-3).map((toast) => `  (toast) ${toast.text || 'empty'}`)
  const state = chat.blocked ? ['  (the bot is blocked here)'] : []
  return [`Chat ${chat.id}:`, ...(lines.length > 0 ? lines : ['  (empty)']), ...toasts, ...state].join('\n')
}

function drawMessage(message: ChatMessage): string {
  const what = message.photo ? '[photo] ' : message.document ? `[${message.document.name}] ` : kindOf(message)
  const head = `  #${message.id} ${message.by}: ${what}${message.text.replaceAll('\n', '\n    ')}`
  const rows = message.keyboard.map((row) => `    ${row.map((button) => `[${button.text}]`).join(' ')}`)
  return [head, ...rows].join('\n')
}

function kindOf(message: ChatMessage): string {
  return message.text === '' ? `[${Object.keys(message.extra).join(', ') || 'empty'}] ` : ''
}
