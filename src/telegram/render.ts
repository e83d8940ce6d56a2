import type { InlineKeyboardButton } from 'grammy/types'
import { inLanguage, type Picture } from '../../flows/kit/picture.ts'
import type { Button, Paragraph, Screen } from '../../flows/kit/screen.ts'
import type { Language } from '../../flows/kit/words.ts'
import type { WordsBook } from '../i18n/words.ts'
import { encodeCallback } from './callback.ts'
import { cutHtml, cutText } from './cut.ts'

/** Telegram's limits, in characters after the markup has been read. */
export const textLimit = 4096
export const captionLimit = 1024
/** Telegram sets none for labels; longer ones are not shown whole on a phone anyway. */
export const labelLimit = 64

export type Keyboard = readonly (readonly InlineKeyboardButton[])[]

/** A message as Telegram takes it, `html` within the limit of a text or of a caption. */
export type Rendered = { readonly html: string; readonly keyboard: Keyboard; readonly picture?: Picture<string> }

/** What is rendered: a screen at a revision, and perhaps a line above it. */
export type ToRender = { readonly screen: Screen; readonly revision: number; readonly remark?: Paragraph }

/** A screen in the language of its reader. */
export function renderScreen(of: ToRender, words: WordsBook, language: Language): Rendered {
  const { screen, remark, revision } = of
  const paragraphs = screen.text.map((paragraph) => renderParagraph(paragraph, words, language))
  if (remark !== undefined) paragraphs.unshift(`<i>${renderParagraph(remark, words, language)}</i>`)
  const html = paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')
  const keyboard = renderKeyboard(screen.rows, revision, words, language)
  if (screen.picture === undefined) return { html: cutHtml(html, textLimit), keyboard }
  return { html: cutHtml(html, captionLimit), keyboard, picture: inLanguage(screen.picture, words, language) }
}

function renderParagraph(paragraph: Paragraph, words: WordsBook, language: Language): string {
  const lines = 'key' in paragraph ? [paragraph] : paragraph
  return lines.map((line) => words.render(line, language)).join('\n')
}

function renderKeyboard(rows: Screen['rows'], revision: number, words: WordsBook, language: Language): Keyboard {
  let index = 0
  return rows.map((row) => row.map((button) => renderButton(button, revision, index++, words, language)))
}

function renderButton(
  button: Button,
  revision: number,
  index: number,
  words: WordsBook,
  language: Language,
): InlineKeyboardButton {
  const text = cutText(words.plain(button.label, language), labelLimit)
  if ('url' in button) return { text, url: button.url }
  const data = { text, callback_data: encodeCallback(revision, index, button.event) }
  return button.style === undefined ? data : { ...data, style: button.style }
}
