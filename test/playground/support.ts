import type { Bot } from 'grammy'
import { type BotApi, type BotApiOptions, createBotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import type { Person } from '../../src/playground/people/person.ts'

/** A clock that stands still until it is moved. */
export class HandClock {
  private time = 1_800_000_000_000

  now(): number {
    return this.time
  }

  moveBySeconds(seconds: number): void {
    this.time += seconds * 1000
  }
}

/** A local Bot API with one person who has started the bot, not listening yet. */
export function quietRoom(options: BotApiOptions = {}): { api: BotApi; person: Person; clock: HandClock } {
  const clock = new HandClock()
  const api = createBotApi({ clock, firstUpdateId: 1, ...options })
  const person = api.person()
  person.starts()
  return { api, person, clock }
}

/** Starts long polling and resolves when the bot is asking for updates. */
export async function startPolling(bot: Bot): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    bot.start({ onStart: () => resolve() }).catch(reject)
  })
}

/** The one-pixel PNG every test uses. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
