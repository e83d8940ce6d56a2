import type { Clock } from '../../base/clock.ts'
import type { Chat } from './chats.ts'
import { badRequest } from './errors.ts'

const queryLife = 150 * 1000
const mostOpen = 100_000

type OpenQuery = {
  readonly chat: Chat
  readonly expires: number
  answered: boolean
}

/** Presses that wait for an answer; after 150 s it is too late. */
export class CallbackQueries {
  private readonly open = new Map<string, OpenQuery>()
  private readonly clock: Clock
  private count = 0

  constructor(clock: Clock) {
    this.clock = clock
  }

  ask(chat: Chat): string {
    this.count += 1
    const id = `${chat.id}${String(this.count).padStart(8, '0')}`
    this.open.set(id, { chat, expires: this.clock.now() + queryLife, answered: false })
    if (this.open.size > mostOpen) this.forgetOldest()
    return id
  }

  /** The press with this id; `repeated` when it was answered before. Throws the well-known 400 when it is too late. */
  answer(id: string): { chat: Chat; repeated: boolean } {
    const query = this.open.get(id)
    if (!query || query.expires < this.clock.now()) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid')
    }
    const repeated = query.answered
    query.answered = true
    return { chat: query.chat, repeated }
  }

  private forgetOldest(): void {
    const [oldest] = this.open.keys()
    if (oldest !== undefined) this.open.delete(oldest)
  }
}
