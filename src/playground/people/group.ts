import type { Chat, ChatMessage } from '../bot-api/chats.ts'
import { plainText } from '../bot-api/text.ts'
import type { WireObject, WireUpdate } from '../bot-api/wire.ts'
import { toWireChat, toWireMessage } from '../bot-api/wire-message.ts'
import { seconds, type World } from '../bot-api/world.ts'
import { waitUntil } from '../within.ts'
import { type ButtonChoice, findButton, findPressable } from './buttons.ts'
import { memberAs, type Person } from './person.ts'
import { pictureOf } from './picture.ts'

/** A group or a channel the bot may be in. Acts name the person who does them. */
export class Group {
  readonly id: number
  readonly chat: Chat
  private readonly world: World
  private standing = 'left'

  constructor(world: World, chat: Chat) {
    this.world = world
    this.chat = chat
    this.id = chat.id
  }

  get messages(): ChatMessage[] {
    return [...this.chat.messages.values()]
  }

  get picture(): string {
    return pictureOf(this.chat)
  }

  addsBot(by: Person): WireUpdate | undefined {
    return this.changesStanding(by, this.chat.type === 'channel' ? 'administrator' : 'member')
  }

  promotesBot(by: Person): WireUpdate | undefined {
    return this.changesStanding(by, 'administrator')
  }

  removesBot(by: Person): WireUpdate | undefined {
    return this.changesStanding(by, 'kicked')
  }

  /** A message in the group, or a post in the channel. */
  writes(by: Person, text: string): WireUpdate | undefined {
    const content = { by: 'person' as const, sender: by.user, date: seconds(this.world.clock), html: text }
    const message = this.world.chats.add(this.chat, { ...content, ...plainText(text) })
    const kind = this.chat.type === 'channel' ? 'channel_post' : 'message'
    return this.push(kind, toWireMessage(this.chat, message, this.world.bot))
  }

  presses(by: Person, choice: ButtonChoice, messageId?: number): WireUpdate | undefined {
    const message = findPressable(this.chat, messageId)
    const button = findButton(message.keyboard, choice)
    if (button?.callback_data === undefined) throw new Error(`There is no button ${String(choice)}.\n${this.picture}`)
    return this.push('callback_query', {
      id: this.world.queries.ask(this.chat),
      from: by.user,
      message: toWireMessage(this.chat, message, this.world.bot),
      chat_instance: String(this.id),
      data: button.callback_data,
    })
  }

  /** The group becomes a supergroup with this id; calls to the old one are refused with the new one named. */
  migratesTo(id: number): Group {
    this.world.chats.setState(this.chat, { migratedTo: id })
    const chat = this.world.chats.create({ id, type: 'supergroup', title: this.chat.title, open: this.chat.open })
    return new Group(this.world, chat)
  }

  waitFor<T>(predicate: (group: Group) => T | undefined | false | null, within = 5_000): Promise<T> {
    return waitUntil(
      () => predicate(this),
      (listener) => this.world.chats.watch(this.id, listener),
      () => `Waited ${within} ms in vain. ${this.picture}`,
      within,
    )
  }

  private changesStanding(by: Person, status: string): WireUpdate | undefined {
    const before = this.standing
    this.standing = status
    this.world.chats.setState(this.chat, { open: status !== 'kicked' })
    return this.push('my_chat_member', {
      chat: toWireChat(this.chat),
      from: by.user,
      date: seconds(this.world.clock),
      old_chat_member: memberAs(before, this.world.bot),
      new_chat_member: memberAs(status, this.world.bot),
    })
  }

  private push(kind: string, content: WireObject): WireUpdate | undefined {
    return this.world.updates.push(kind, content, this.id)
  }
}
