import type { Chat, ChatMessage, Toast } from '../bot-api/chats.ts'
import type { BotCommand, CommandMenus } from '../bot-api/commands.ts'
import { plainText } from '../bot-api/text.ts'
import type { Button, User, WireObject, WireUpdate } from '../bot-api/wire.ts'
import { toWireChat, toWireMessage } from '../bot-api/wire-message.ts'
import { seconds, type World } from '../bot-api/world.ts'
import { waitUntil } from '../within.ts'
import { type ButtonChoice, findButton, findPressable } from './buttons.ts'
import { type AttachmentFacts, type AttachmentKind, attachment } from './contents.ts'
import { pictureOf } from './picture.ts'

export type PersonFacts = {
  readonly first_name?: string | undefined
  readonly language_code?: string | undefined
}

/**
 * Somebody in a private chat with the bot. Every act returns the update it caused, or undefined when the bot has not
 * asked for that kind; give it to `repeatUpdate` to deliver it twice.
 */
export class Person {
  readonly id: number
  readonly user: User
  readonly chat: Chat
  private readonly world: World
  private readonly menus: CommandMenus

  constructor(world: World, menus: CommandMenus, id: number, facts: PersonFacts) {
    this.world = world
    this.menus = menus
    this.id = id
    const language = facts.language_code === undefined ? {} : { language_code: facts.language_code }
    this.user = { id, is_bot: false, first_name: facts.first_name ?? `Person ${id}`, ...language }
    this.chat = world.chats.create({ id, type: 'private', title: this.user.first_name, user: this.user })
  }

  /** The chat as it stands, after edits and deletions, oldest first. */
  get messages(): ChatMessage[] {
    return [...this.chat.messages.values()]
  }

  /** The newest message of the bot. */
  get lastFromBot(): ChatMessage | undefined {
    return this.messages.reverse().find((message) => message.by === 'bot')
  }

  /** Answers to presses, oldest first. */
  get toasts(): readonly Toast[] {
    return this.chat.toasts
  }

  /** The command menu this person sees. */
  get commands(): BotCommand[] {
    return this.menus.seenBy(this.id, this.user.language_code ?? '')
  }

  /** The chat in plain text. */
  get picture(): string {
    return pictureOf(this.chat)
  }

  /** Opens the chat with /start; the payload of a link is 1–64 of `A-Za-z0-9_-`. Starting lifts a block. */
  starts(payload?: string): WireUpdate | undefined {
    if (payload !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(payload)) {
      throw new Error(`A start payload has 1–64 characters of A-Za-z0-9_-, not "${payload}"`)
    }
    if (this.chat.blocked) this.unblocks()
    return this.writes(payload === undefined ? '/start' : `/start ${payload}`)
  }

  writes(text: string): WireUpdate | undefined {
    return this.post({ ...plainText(text), html: text })
  }

  sends(kind: AttachmentKind, facts: AttachmentFacts = {}): WireUpdate | undefined {
    return this.post(attachment(this.world, this.user, kind, facts))
  }

  /** Changes a message of their own. */
  edits(messageId: number, text: string): WireUpdate | undefined {
    const message = this.chat.messages.get(messageId)
    if (message?.by !== 'person') throw new Error(`Message ${messageId} is not this person's.\n${this.picture}`)
    const content = { ...plainText(text), html: text, editDate: seconds(this.world.clock) }
    const changed = this.world.chats.change(this.chat, message, content)
    return this.push('edited_message', toWireMessage(this.chat, changed, this.world.bot))
  }

  /**
   * Presses a button of the newest message that has any, or of the message given; a button of the reply keyboard
   * when no message has it. Throws with a picture of the chat when there is no such button.
   */
  presses(choice: ButtonChoice, messageId?: number): WireUpdate | undefined {
    const replyButton = messageId === undefined ? findButton(this.chat.inputKeyboard, choice) : undefined
    const message = replyButton ? undefined : findPressable(this.chat, messageId)
    const button = replyButton ?? findButton(message?.keyboard ?? [], choice)
    if (!button) throw new Error(`There is no button ${String(choice)}.\n${this.picture}`)
    return message ? this.pressInline(message, button) : this.pressReply(button)
  }

  /** Presses with callback data of one's own making: forged, or of a keyboard that is no longer there. */
  pressesData(messageId: number, data: string): WireUpdate | undefined {
    const message = this.chat.messages.get(messageId)
    const wire = message ? toWireMessage(this.chat, message, this.world.bot) : this.inaccessible(messageId)
    return this.push('callback_query', {
      id: this.world.queries.ask(this.chat),
      from: this.user,
      message: wire,
      chat_instance: String(this.id),
      data,
    })
  }

  blocks(): WireUpdate | undefined {
    this.world.chats.setState(this.chat, { blocked: true })
    return this.changesMembership('member', 'kicked')
  }

  unblocks(): WireUpdate | undefined {
    this.world.chats.setState(this.chat, { blocked: false })
    return this.changesMembership('kicked', 'member')
  }

  /** From now on the bot hears "user is deactivated". */
  deletesAccount(): void {
    this.world.chats.setState(this.chat, { deactivated: true })
  }

  /** Changes the language of their client; updates from now on carry it. */
  speaks(language: string): void {
    this.user.language_code = language
    this.world.chats.setState(this.chat, {})
  }

  /**
   * Resolves with the first truthy answer of `predicate`, asked now and whenever the chat changes. Rejects after
   * `within` milliseconds with a picture of the chat.
   */
  waitFor<T>(predicate: (person: Person) => T | undefined | false | null, within = 5_000): Promise<T> {
    return waitUntil(
      () => predicate(this),
      (listener) => this.world.chats.watch(this.id, listener),
      () => `Waited ${within} ms in vain. ${this.picture}`,
      within,
    )
  }

  /** Waits for a message of the bot whose text fits. */
  sees(text: string | RegExp, within = 5_000): Promise<ChatMessage> {
    const fits = (message: ChatMessage) => message.by === 'bot' && message.text.search(asPattern(text)) >= 0
    return this.waitFor(() => this.messages.reverse().find(fits), within)
  }

  private post(content: Partial<ChatMessage>): WireUpdate | undefined {
    if (this.chat.blocked) throw new Error('This person has blocked the bot: call unblocks() or starts() first')
    this.chat.open = true
    const date = seconds(this.world.clock)
    const message = this.world.chats.add(this.chat, { by: 'person', sender: this.user, date, ...content })
    return this.push('message', toWireMessage(this.chat, message, this.world.bot))
  }

  private pressInline(message: ChatMessage, button: Button): WireUpdate | undefined {
    // Only callback buttons reach the bot; links, copying and the like stay within the client.
    return button.callback_data === undefined ? undefined : this.pressesData(message.id, button.callback_data)
  }

  private pressReply(button: Button): WireUpdate | undefined {
    if (button.request_contact === true) return this.sends('contact')
    if (button.request_location === true) return this.sends('location')
    return this.writes(button.text)
  }

  private inaccessible(messageId: number): WireObject {
    return { chat: toWireChat(this.chat), message_id: messageId, date: 0 }
  }

  private changesMembership(before: string, after: string): WireUpdate | undefined {
    return this.push('my_chat_member', {
      chat: toWireChat(this.chat),
      from: this.user,
      date: seconds(this.world.clock),
      old_chat_member: memberAs(before, this.world.bot),
      new_chat_member: memberAs(after, this.world.bot),
    })
  }

  private push(kind: string, content: WireObject): WireUpdate | undefined {
    // A copy, because a person may change language before the bot fetches the update.
    const from = content.from === this.user ? { from: { ...this.user } } : {}
    return this.world.updates.push(kind, { ...content, ...from }, this.id)
  }
}

/** A chat member as Telegram describes it in `my_chat_member`. */
export function memberAs(status: string, user: User): WireObject {
  return status === 'kicked' ? { status, user, until_date: 0 } : { status, user }
}

function asPattern(text: string | RegExp): RegExp {
  return typeof text === 'string' ? new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'u') : text
}
