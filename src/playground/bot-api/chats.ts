import { badRequest, forbidden } from './errors.ts'
import { Signal } from './signal.ts'
import type { Entity, Keyboard, StoredFile, User, WireObject } from './wire.ts'

/** One message of a chat as it looks now, after edits. Dates in seconds, as on the wire. */
export type ChatMessage = {
  readonly id: number
  /** Who wrote it; a bot's message is the only kind the bot may edit. */
  readonly by: 'bot' | 'person'
  readonly sender: User | undefined
  readonly date: number
  readonly editDate: number | undefined
  /** Text or caption with the markup parsed away. */
  readonly text: string
  readonly entities: readonly Entity[]
  /** The text as the bot sent it, markup and all. */
  readonly html: string
  readonly keyboard: Keyboard
  readonly photo: StoredFile | undefined
  readonly document: StoredFile | undefined
  /** Further fields of the wire message: sticker, voice, forward_origin, location… */
  readonly extra: WireObject
}

/** The answer to a press, shown over the chat for a moment. */
export type Toast = {
  readonly queryId: string
  readonly text: string
  readonly alert: boolean
  readonly url: string | undefined
}

export type ChatEvent =
  | { readonly type: 'message' | 'edit'; readonly chat: Chat; readonly message: ChatMessage }
  | { readonly type: 'delete'; readonly chat: Chat; readonly messageId: number }
  | { readonly type: 'toast'; readonly chat: Chat; readonly toast: Toast }
  | { readonly type: 'action'; readonly chat: Chat; readonly action: string }
  | { readonly type: 'state'; readonly chat: Chat }

export type Chat = {
  readonly id: number
  readonly type: 'private' | 'group' | 'supergroup' | 'channel'
  readonly title: string
  readonly user: User | undefined
  /** May the bot write here: the person started it, or it was added to the group. */
  open: boolean
  blocked: boolean
  deactivated: boolean
  migratedTo: number | undefined
  lastMessageId: number
  readonly messages: Map<number, ChatMessage>
  readonly toasts: Toast[]
  /** What the bot last set in place of the plain input field: a reply keyboard, or nothing. */
  inputKeyboard: Keyboard
}

export type ChatSettings = {
  /** Messages kept a chat; older ones can no longer be edited. */
  readonly historyLimit: number
}

const toastLimit = 100

/** All chats the bot could know, and what stands in them. */
export class Chats {
  readonly changes = new Signal<ChatEvent>()
  private readonly chats = new Map<number, Chat>()
  private readonly watchers = new Map<number, Signal<ChatEvent>>()
  private readonly settings: ChatSettings

  constructor(settings: ChatSettings) {
    this.settings = settings
  }

  /** Listens to one chat only: cheap however many chats there are. */
  watch(chatId: number, listener: (event: ChatEvent) => void): () => void {
    const signal = this.watchers.get(chatId) ?? new Signal<ChatEvent>()
    this.watchers.set(chatId, signal)
    return signal.subscribe(listener)
  }

  emit(event: ChatEvent): void {
    this.changes.emit(event)
    this.watchers.get(event.chat.id)?.emit(event)
  }

  get(id: number): Chat | undefined {
    return this.chats.get(id)
  }

  all(): Chat[] {
    return [...this.chats.values()]
  }

  create(facts: Pick<Chat, 'id' | 'type' | 'title'> & { user?: User; open?: boolean }): Chat {
    const chat: Chat = {
      user: undefined,
      open: false,
      blocked: false,
      deactivated: false,
      migratedTo: undefined,
      lastMessageId: 0,
      messages: new Map(),
      toasts: [],
      inputKeyboard: [],
      ...facts,
    }
    this.chats.set(chat.id, chat)
    this.emit({ type: 'state', chat })
    return chat
  }

  /** The chat the bot wants to act in; throws what Telegram would answer when it may not. */
  reach(id: number): Chat {
    const chat = this.chats.get(id)
    if (!chat) throw badRequest('chat not found')
    if (chat.migratedTo !== undefined) {
      const parameters = { migrate_to_chat_id: chat.migratedTo }
      throw badRequest('group chat was upgraded to a supergroup chat', parameters)
    }
    if (chat.deactivated) throw forbidden('user is deactivated')
    if (chat.type === 'private') checkPrivate(chat)
    else if (!chat.open) throw forbidden(`bot was kicked from the ${chat.type} chat`)
    return chat
  }

  add(chat: Chat, content: Partial<ChatMessage> & Pick<ChatMessage, 'by' | 'date'>): ChatMessage {
    chat.lastMessageId += 1
    const message: ChatMessage = { ...emptyMessage, ...content, id: chat.lastMessageId }
    chat.messages.set(message.id, message)
    if (chat.messages.size > this.settings.historyLimit) forgetOldest(chat)
    this.emit({ type: 'message', chat, message })
    return message
  }

  change(chat: Chat, message: ChatMessage, content: Partial<ChatMessage>): ChatMessage {
    const changed = { ...message, ...content }
    chat.messages.set(message.id, changed)
    this.emit({ type: 'edit', chat, message: changed })
    return changed
  }

  remove(chat: Chat, messageId: number): void {
    chat.messages.delete(messageId)
    this.emit({ type: 'delete', chat, messageId })
  }

  toast(chat: Chat, toast: Toast): void {
    chat.toasts.push(toast)
    if (chat.toasts.length > toastLimit) chat.toasts.shift()
    this.emit({ type: 'toast', chat, toast })
  }

  setState(chat: Chat, state: Partial<Chat>): void {
    Object.assign(chat, state)
    this.emit({ type: 'state', chat })
  }
}

const emptyMessage: Omit<ChatMessage, 'id' | 'by' | 'date'> = {
  sender: undefined,
  editDate: undefined,
  text: '',
  entities: [],
  html: '',
  keyboard: [],
  photo: undefined,
  document: undefined,
  extra: {},
}

function checkPrivate(chat: Chat): void {
  if (chat.blocked) throw forbidden('bot was blocked by the user')
  if (!chat.open) throw forbidden("bot can't initiate conversation with a user")
}

function forgetOldest(chat: Chat): void {
  const [oldest] = chat.messages.keys()
  if (oldest !== undefined) chat.messages.delete(oldest)
}
