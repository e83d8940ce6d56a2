import { badRequest } from './errors.ts'
import { checkedLink } from './html.ts'
import type { Parameters } from './parameters.ts'
import { type Button, isObject, type Keyboard, type WireObject } from './wire.ts'

/** What a reply_markup means: an inline keyboard of the message, or something for the input field of the chat. */
export type ReplyMarkup =
  | { readonly type: 'inline'; readonly keyboard: Keyboard }
  | { readonly type: 'input'; readonly markup: WireObject }

const mostButtons = 100
const longestCallbackData = 64
const actions = [
  'callback_data',
  'url',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
]
const styles = ['primary', 'success', 'danger']

/** Reads `reply_markup`, checked as strictly as Telegram does; undefined when there is none. */
export function readReplyMarkup(parameters: Parameters): ReplyMarkup | undefined {
  const markup = readObject(parameters)
  if (!markup || Object.keys(markup).length === 0) return undefined
  if ('inline_keyboard' in markup) return { type: 'inline', keyboard: readInlineKeyboard(markup.inline_keyboard) }
  if ('keyboard' in markup)
    return { type: 'input', markup: { ...markup, keyboard: readReplyKeyboard(markup.keyboard) } }
  if (markup.remove_keyboard === true || markup.force_reply === true) return { type: 'input', markup }
  throw badRequest("can't parse reply keyboard markup JSON object")
}

/** Reads `reply_markup` where only an inline keyboard may stand: on edits. */
export function readInlineMarkup(parameters: Parameters): Keyboard | undefined {
  const markup = readReplyMarkup(parameters)
  if (markup?.type === 'input') throw badRequest('inline keyboard expected')
  return markup?.keyboard
}

function readObject(parameters: Parameters): WireObject | undefined {
  const value = parameters.fields.reply_markup
  if (value === undefined || value === null || value === '') return undefined
  const parsed = typeof value === 'string' ? parseJson(value) : value
  if (!isObject(parsed)) throw badRequest('object expected as reply markup')
  return parsed
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest("can't parse reply keyboard markup JSON object")
  }
}

function readInlineKeyboard(value: unknown): Keyboard {
  const rows = rowsOf(value, 'inline_keyboard')
  return rows.map((row) => row.map(readInlineButton)).filter((row) => row.length > 0)
}

function rowsOf(value: unknown, field: string): unknown[][] {
  if (!Array.isArray(value)) throw badRequest(`field "${field}" must be of type Array`)
  const rows = value.map((row: unknown) => {
    if (!Array.isArray(row)) throw badRequest(`field "${field}" must be an Array of Arrays`)
    return row as unknown[] // an array of whatever: every element is checked by the caller
  })
  if (rows.reduce((sum, row) => sum + row.length, 0) > mostButtons) throw badRequest('reply markup is too long')
  return rows
}

function readInlineButton(value: unknown): Button {
  if (!isObject(value)) throw refuseButton('expected an Object')
  const text = readButtonText(value, 'inline keyboard button')
  const given = actions.filter((action) => value[action] !== undefined && value[action] !== '')
  const [action] = given
  if (action === undefined) throw refuseButton('Text buttons are unallowed in the inline keyboard')
  if (given.length > 1) throw refuseButton(`exactly one action is expected, found ${given.join(', ')}`)
  checkAction(action, value[action])
  if (value.style !== undefined && !styles.includes(String(value.style))) throw refuseButton('invalid button style')
  return { ...value, text }
}

function readButtonText(button: WireObject, what: string): string {
  if (button.text === undefined) throw badRequest(`can't parse ${what}: Can't find field "text"`)
  if (typeof button.text !== 'string') throw badRequest(`can't parse ${what}: Field "text" must be of type String`)
  if (button.text.trim() === '') throw badRequest(`${what} text must be non-empty`)
  return button.text
}

function checkAction(action: string, value: unknown): void {
  if (action === 'callback_data') checkCallbackData(value)
  if (action === 'url') checkUrl(value)
  if (action === 'copy_text') checkCopyText(value)
}

function checkCallbackData(value: unknown): void {
  if (typeof value !== 'string') throw refuseButton('Field "callback_data" must be of type String')
  if (Buffer.byteLength(value) > longestCallbackData) throw badRequest('BUTTON_DATA_INVALID')
}

function checkUrl(value: unknown): void {
  if (typeof value !== 'string') throw refuseButton('Field "url" must be of type String')
  if (checkedLink(value) === undefined) {
    throw badRequest(`inline keyboard button URL '${value}' is invalid: Wrong HTTP URL`)
  }
}

function checkCopyText(value: unknown): void {
  const text = isObject(value) ? value.text : undefined
  if (typeof text !== 'string' || text.length < 1 || text.length > 256) throw badRequest('BUTTON_COPY_TEXT_INVALID')
}

function readReplyKeyboard(value: unknown): Button[][] {
  return rowsOf(value, 'keyboard').map((row) => row.map(readReplyButton))
}

function readReplyButton(value: unknown): Button {
  if (typeof value === 'string') return readReplyButton({ text: value })
  if (!isObject(value)) throw badRequest("can't parse keyboard button: expected an Object")
  return { ...value, text: readButtonText(value, 'keyboard button') }
}

function refuseButton(reason: string) {
  return badRequest(`can't parse inline keyboard button: ${reason}`)
}
