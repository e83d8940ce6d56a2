import { hash } from 'node:crypto'
import { type Api, InputFile } from 'grammy'
import type { InlineKeyboardMarkup } from 'grammy/types'
import { type Look, looks, type Picture } from '../../flows/kit/picture.ts'
import { type Bounded, createBounded } from '../base/bounded.ts'
import type { Log } from '../base/log.ts'
import type { Charts } from '../charts/charts.ts'
import type { LivingMessage, Presenter, Showing } from '../engine/ports.ts'
import type { WordsBook } from '../i18n/words.ts'
import { cutHtml, cutText } from './cut.ts'
import { refusalOf } from './errors.ts'
import type { Document, DocumentMaker, PictureFiles, Reach } from './ports.ts'
import { answerQuery } from './query.ts'
import { captionLimit, type Rendered, renderScreen } from './render.ts'

export type PresenterOptions = {
  readonly api: Api
  readonly words: WordsBook
  readonly charts: Charts
  readonly pictures: PictureFiles
  readonly reach: Reach
  /** Makers of documents, by the name of the `send` effect. */
  readonly documents: readonly DocumentMaker[]
  readonly log: Log
}

/** Characters of the answer to a press. */
const toastLimit = 200
/** Chats of which it is remembered what their living message shows. */
const rememberedChats = 10_000

/**
 * Shows screens as one living message: edited in place while that is possible, else sent anew.
 * `show` returns undefined when the chat cannot be reached (and has said so to `reach`);
 * it throws when Telegram could not be asked at all, so that the screen counts as not shown.
 */
export function createPresenter(options: PresenterOptions): Presenter {
  const { api, words, reach, documents, log } = options
  const views = createBounded<number, Known>(rememberedChats)
  return {
    async answer(query, say, person) {
      try {
        await answerQuery(api, query, say && cutText(words.plain(say, person.language), toastLimit))
      } catch (error) {
        log.warn({ error }, 'An answer could not be delivered')
      }
    },
    async show(showing) {
      try {
        return await present(showing, views, options)
      } catch (error) {
        await giveUp(showing.chatId, error, reach)
        return undefined
      }
    },
    async send(effect, world) {
      const maker = documents.find(({ send }) => send.name === effect.name)
      if (maker === undefined) {
        log.error({ effect: effect.name }, 'Nobody makes this document: add it to a capability')
        return
      }
      const document = await maker.make(effect.data, world)
      if (document === undefined) return
      const caption = document.caption && words.render(document.caption, world.person.language)
      const other =
        caption === undefined ? {} : { caption: cutHtml(caption, captionLimit), parse_mode: 'HTML' as const }
      await handOver(api, world.chatId, document, other).catch((error) => giveUp(world.chatId, error, reach))
    },
    retire: (chatId, message, how) => retire(chatId, message, how, api),
  }
}

type Captioned = { readonly caption?: string; readonly parse_mode?: 'HTML' }

function handOver(api: Api, chatId: number, document: Document, other: Captioned): Promise<unknown> {
  if ('bytes' in document) return api.sendDocument(chatId, new InputFile(document.bytes, document.name), other)
  if (document.kind === 'photo') return api.sendPhoto(chatId, document.fileId, other)
  return api.sendDocument(chatId, document.fileId, other)
}

/** Marks the chat when it cannot be reached; throws anything else on. */
async function giveUp(chatId: number, error: unknown, reach: Reach): Promise<void> {
  const refusal = refusalOf(error)
  if (refusal !== 'blocked' && refusal !== 'unreachable') throw error
  await reach.unreachable(chatId, refusal)
}

/** A picture, and what its reader likes pictures to be drawn in. */
type Drawing = { readonly picture: Picture<string>; readonly look: Look }
type Outgoing = Rendered & { readonly look: Look }

/** What a living message is known to show; after a restart, or a call that may have been lost, nobody knows. */
type View = { readonly screen: string; readonly remark: string | undefined; readonly hasButtons: boolean }
type Known = View & { readonly message: LivingMessage }

async function present(showing: Showing, views: Bounded<number, Known>, options: PresenterOptions) {
  const { chatId } = showing
  const view = viewOf(showing)
  const known = views.get(chatId)
  if (known !== undefined && isSeen(showing, view, known)) return known.message
  views.delete(chatId)
  const message = await put(showing, known, options)
  views.set(chatId, { ...view, message })
  return message
}

function viewOf({ screen, revision, person, remark }: Showing): View {
  const digest = hash('sha256', JSON.stringify([screen, revision, person.language, person.look]), 'base64url')
  return { screen: digest, remark: remark && JSON.stringify(remark), hasButtons: screen.rows.length > 0 }
}

/** Whether the message just pressed shows all this already. One that was not pressed may have been deleted. */
function isSeen({ fresh, message, pressedOn }: Showing, view: View, known: Known): boolean {
  const stands = !fresh && message?.id === known.message.id && pressedOn?.id === known.message.id
  return stands && view.screen === known.screen && (view.remark === undefined || view.remark === known.remark)
}

async function put(showing: Showing, known: Known | undefined, options: PresenterOptions): Promise<LivingMessage> {
  const { chatId, message: previous, fresh, person, screen } = showing
  const rendered = { ...renderScreen(showing, options.words, person.language), look: person.look ?? looks[0] }
  const kind = rendered.picture === undefined ? 'text' : 'picture'
  const inPlace = previous?.kind === kind && !fresh && previous.keepsake === screen.keepsake
  if (inPlace && (await edit(chatId, previous.id, rendered, options))) return previous
  const sent = await sendNew(chatId, rendered, options)
  const isBare = known !== undefined && known.message.id === previous?.id && !known.hasButtons
  const how = inPlace ? 'bare' : endOf(previous, showing)
  if (previous !== undefined && !(isBare && how === 'bare')) await retire(chatId, previous, how, options.api)
  return screen.keepsake === undefined ? sent : { ...sent, keepsake: screen.keepsake }
}

/** What becomes of a message that another takes the place of. A keepsake that is shown again is not there twice. */
function endOf(previous: LivingMessage | undefined, { fresh, comesDown, screen }: Showing): 'bare' | 'deleted' {
  if (previous?.keepsake !== undefined) return previous.keepsake === screen.keepsake ? 'deleted' : 'bare'
  return fresh && comesDown !== true ? 'bare' : 'deleted'
}

/** False when the message can no longer be edited. */
async function edit(chatId: number, id: number, rendered: Outgoing, options: PresenterOptions): Promise<boolean> {
  try {
    if (rendered.picture === undefined) {
      await options.api.editMessageText(chatId, id, rendered.html, textOptions(rendered))
    } else {
      await editPicture(chatId, id, rendered, { picture: rendered.picture, look: rendered.look }, options)
    }
    return true
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === 'unchanged') return true
    if (refusal === 'gone') return false
    throw error
  }
}

async function editPicture(
  chatId: number,
  id: number,
  rendered: Rendered,
  drawing: Drawing,
  options: PresenterOptions,
) {
  await withPicture(drawing, options, async (media) => {
    const photo = { type: 'photo' as const, media, caption: rendered.html, parse_mode: 'HTML' as const }
    const edited = await options.api.editMessageMedia(chatId, id, photo, { reply_markup: markup(rendered) })
    return edited === true ? undefined : edited.photo
  })
}

async function sendNew(chatId: number, rendered: Outgoing, options: PresenterOptions): Promise<LivingMessage> {
  const { api } = options
  if (rendered.picture === undefined) {
    const { message_id: id } = await api.sendMessage(chatId, rendered.html, textOptions(rendered))
    return { id, kind: 'text' }
  }
  let id = 0
  await withPicture({ picture: rendered.picture, look: rendered.look }, options, async (file) => {
    const other = { caption: rendered.html, parse_mode: 'HTML' as const, reply_markup: markup(rendered) }
    const sent = await api.sendPhoto(chatId, file, other)
    id = sent.message_id
    return sent.photo
  })
  return { id, kind: 'picture' }
}

/** A message that is living no more: deleted when it stood where the new one stands, else left without buttons. */
async function retire(chatId: number, { id }: LivingMessage, how: 'bare' | 'deleted', api: Api): Promise<void> {
  const bare = () => api.editMessageReplyMarkup(chatId, id, { reply_markup: { inline_keyboard: [] } })
  // Whatever Telegram answers, the new screen stands; a press on an old button is recognised as stale.
  await (how === 'bare' ? bare() : api.deleteMessage(chatId, id).catch(bare)).catch(() => {})
}

type PhotoSizes = readonly { readonly file_id: string }[] | undefined

/** Uses the file Telegram has already, or uploads the picture and remembers the file. */
async function withPicture(
  drawing: Drawing,
  { charts, pictures }: PresenterOptions,
  use: (file: string | InputFile) => Promise<PhotoSizes>,
): Promise<void> {
  const digest = digestOf(drawing)
  const known = await pictures.get(digest)
  if (known !== undefined && (await worksAs(known, use))) return
  const sizes = await use(new InputFile(await charts.png(drawing.picture, drawing.look), 'chart.png'))
  const largest = sizes?.at(-1)
  if (largest !== undefined) await pictures.put(digest, largest.file_id)
}

/** An image is drawn by its maker alone. */
function digestOf({ picture, look }: Drawing): string {
  return hash('sha256', JSON.stringify(picture.type === 'image' ? picture : [picture, look]), 'base64url')
}

async function worksAs(fileId: string, use: (file: string) => Promise<unknown>): Promise<boolean> {
  try {
    await use(fileId)
    return true
  } catch (error) {
    if (refusalOf(error) === 'wrongFile') return false
    throw error
  }
}

function textOptions(rendered: Rendered) {
  return {
    parse_mode: 'HTML' as const,
    reply_markup: markup(rendered),
    link_preview_options: { is_disabled: true },
  }
}

function markup({ keyboard }: Rendered): InlineKeyboardMarkup {
  // grammY's types want mutable arrays; they are only written out as JSON.
  return { inline_keyboard: keyboard as InlineKeyboardMarkup['inline_keyboard'] }
}
