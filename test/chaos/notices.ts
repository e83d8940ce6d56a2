import { setTimeout as wait } from 'node:timers/promises'
import { createNotices } from '../../src/delivery/notices/notices.ts'
import type { BotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import type { Person } from '../../src/playground/people/person.ts'
import type { Store } from '../../src/store/open.ts'
import { savePerson } from '../../src/store/people.ts'
import { agreed } from '../support/people.ts'

/** People who never write and are told something by the bot, each of them once. */
export type Hearers = {
  /** Puts a notice for each of so many new people, due at once. */
  tell(count: number): Promise<readonly Person[]>
  /** Resolves when each of them has their notice. */
  heard(people: readonly Person[]): Promise<void>
  /** Messages beyond the first of each. */
  repeats(): number
}

const firstId = 50_000
/** After any trouble: a lease to be taken again, connections to be given up, and the notices before. */
const patience = 90_000

export function createHearers(api: BotApi, store: Store): Hearers {
  const all: Person[] = []
  const meet = async () => {
    const person = api.person(firstId + all.length)
    person.chat.open = true // they wrote once, long ago
    all.push(person)
    const agreedPerson = { ...agreed('kk'), quiet: { from: 0, to: 0 } }
    await insist(() => savePerson(store, person.id, agreedPerson))
    return person
  }
  return {
    async tell(count) {
      const people: Person[] = []
      for (let at = 0; at < count; at++) people.push(await meet())
      // Long due, so that a bot whose clock is behind thinks so, too.
      const notices = people.map(({ id }) => {
        return { chatId: id, key: `chaos:${id}`, kind: 'campaigns.age', dueAt: 1, values: {}, priority: 40 }
      })
      await insist(() => createNotices(store).put(notices))
      return people
    },
    async heard(people) {
      await Promise.all(people.map((person) => person.waitFor(({ lastFromBot }) => lastFromBot, patience)))
    },
    repeats: () => all.reduce((sum, person) => sum + Math.max(0, countOf(person) - 1), 0),
  }
}

function countOf({ messages }: Person): number {
  return messages.filter(({ by }) => by === 'bot').length
}

/** The database may be in the trouble that the bot is to live through. */
async function insist(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      if (attempt === 100) throw error
      await wait(200)
    }
  }
}
