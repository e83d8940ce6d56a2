import { type Api, GrammyError, HttpError } from 'grammy'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types'
import type { WordsBook } from '../i18n/words.ts'
import { encodeNoticeCallback } from '../telegram/callback.ts'
import { cutHtml, visibleLength } from '../telegram/cut.ts'
import { refusalOf } from '../telegram/errors.ts'
import { captionLimit, type Rendered, renderScreen, textLimit } from '../telegram/render.ts'
import type { Courier, Delivered, Parcel } from './ports.ts'

export type TelegramCourierOptions = {
  /** An Api of its own, without repeats: the dispatcher repeats by the ledger. `pacing.notices` belongs into it. */
  readonly api: Api
  readonly words: WordsBook
}

/** Telegram takes no more buttons under a message. */
const buttonLimit = 100

/** Notices as Telegram messages, in the language of their person as of now. */
export function createTelegramCourier({ api, words }: TelegramCourierOptions): Courier {
  return {
    async deliver(parcel) {
      try {
        const sent = await send(parcel, withPlaces(render(parcel, words), parcel), api)
        return { type: 'sent', messageId: sent.message_id }
      } catch (error) {
        return meaningOf(error)
      }
    },
    fits: (parcel) => parcel.places.length <= buttonLimit && wholeLength(parcel, words) <= textLimit,
  }
}

/** As words, or as the caption of the file that comes with it. */
function send({ chatId, screen: { file } }: Parcel, { html, keyboard }: ReturnType<typeof withPlaces>, api: Api) {
  // grammY's types want mutable arrays; they are only written out as JSON.
  const reply_markup = { inline_keyboard: keyboard as InlineKeyboardMarkup['inline_keyboard'] }
  const other = { parse_mode: 'HTML' as const, ...(keyboard.length > 0 && { reply_markup }) }
  if (file === undefined)
    return api.sendMessage(chatId, html, { ...other, link_preview_options: { is_disabled: true } })
  const captioned = { ...other, caption: html }
  return file.kind === 'photo'
    ? api.sendPhoto(chatId, file.fileId, captioned)
    : api.sendDocument(chatId, file.fileId, captioned)
}

/** Puts the parcel in the place of a message; one that has gone or can be edited no more stays what it is. */
export function createRedraw({ api, words }: TelegramCourierOptions) {
  return async (parcel: Parcel, messageId: number): Promise<void> => {
    const { html, keyboard } = withPlaces(render(parcel, words), parcel)
    // grammY's types want mutable arrays; they are only written out as JSON.
    const reply_markup = { inline_keyboard: keyboard as InlineKeyboardMarkup['inline_keyboard'] }
    const other = { parse_mode: 'HTML' as const, reply_markup }
    const edited =
      parcel.screen.file === undefined
        ? api.editMessageText(parcel.chatId, messageId, html, { ...other, link_preview_options: { is_disabled: true } })
        : api.editMessageCaption(parcel.chatId, messageId, { ...other, caption: html })
    await edited.catch((error: unknown) => {
      if (!(error instanceof GrammyError)) throw error
    })
  }
}

/** A notice is words and buttons: without the picture its text has room for 4,096 characters, beside a file for 1,024. */
function render({ screen: { text, rows, file }, person }: Parcel, words: WordsBook): Rendered {
  const rendered = renderScreen({ screen: { text, rows }, revision: 0 }, words, person.language)
  return file === undefined ? rendered : { ...rendered, html: cutHtml(rendered.html, captionLimit) }
}

/** The length before anything is cut; lines and paragraphs are counted with the space between them. */
function wholeLength({ screen, person }: Parcel, words: WordsBook): number {
  const messages = screen.text.flatMap((paragraph) => ('key' in paragraph ? [paragraph] : paragraph))
  return messages.reduce((sum, message) => sum + visibleLength(words.render(message, person.language)) + 2, 0)
}

/** The renderer counts buttons of a screen; those of a notice say which notice they belong to. */
function withPlaces({ html, keyboard }: Rendered, { places }: Parcel) {
  let at = 0
  const rows = keyboard.map((row) =>
    row.map((button): InlineKeyboardButton => {
      const place = places[at++]
      return 'callback_data' in button && place !== undefined
        ? { ...button, callback_data: encodeNoticeCallback(place.noticeId, place.index) }
        : button
    }),
  )
  return { html, keyboard: rows }
}

/** Refusals of this very message. Others, such as 401, speak of the bot or the server: the message may go later. */
const ofMessage = new Set([400, 413])

function meaningOf(error: unknown): Delivered {
  const refusal = refusalOf(error)
  if (refusal === 'blocked' || refusal === 'unreachable') return { type: refusal }
  if (error instanceof GrammyError) {
    const { error_code: code, description, parameters } = error
    if (code === 429)
      return { type: 'retry', afterMs: 1_000 * (parameters.retry_after ?? 1), reason: 'too many requests' }
    const reason = `${code} ${description}`
    return ofMessage.has(code) ? { type: 'failed', reason } : { type: 'retry', reason }
  }
  // Network trouble; its message may hold the address with the token, so only its kind is kept.
  if (error instanceof HttpError) return { type: 'retry', reason: 'the connection failed' }
  return { type: 'failed', reason: error instanceof Error ? error.name : 'unknown error' }
}
