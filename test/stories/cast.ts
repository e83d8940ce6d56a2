import type { Language } from '../../flows/kit/words.ts'
import type { Arrival } from '../support/passing-time.ts'
import type { Actor, Stage } from '../support/stage.ts'
import type { Story } from './story.ts'
import { createTelling, type Telling } from './telling.ts'
import { hourOf } from './time.ts'

/** The people of a story in one telling. */
export type Cast = {
  readonly language: Language
  readonly telling: Telling
  /** The code in the newest link that each role was shown. */
  readonly links: Map<string, string>
  /** Whoever plays the role; somebody new at first. */
  actor(role: string): Actor
  /** Takes note of what has come for its people. */
  hear(arrivals: readonly Arrival[]): void
  /** Whether something of the kind has come and is not told yet. */
  has(kind: string): boolean
  /** Tells what has come of the kind. */
  tell(kind: string): void
  /** What has come and is not told, in words; empty when all is. */
  untold(): string
}

type Come = Arrival & { readonly role: string; readonly actor: Actor }

export function createCast(language: Language, { about, speaks }: Story, stage: Stage): Cast {
  const telling = createTelling(about)
  const actors = new Map<string, Actor>()
  const untold = new Set<Come>()
  const isOf = (kind: string) => (come: Come) => come.kinds.includes(kind)
  return {
    language,
    telling,
    links: new Map(),
    actor(role) {
      const actor = actors.get(role) ?? stage.actor(speaks[role] ?? language)
      actors.set(role, actor)
      return actor
    },
    hear(arrivals) {
      for (const [role, actor] of actors) {
        for (const arrival of arrivals) if (arrival.chatId === actor.person.id) untold.add({ ...arrival, role, actor })
      }
    },
    has: (kind) => [...untold].some(isOf(kind)),
    tell(kind) {
      for (const come of [...untold].filter(isOf(kind))) {
        untold.delete(come)
        const message = come.actor.person.messages.find(({ id }) => id === come.messageId)
        if (message !== undefined) telling.receives(come.role, `${kind} at ${hourOf(come.at)}`, message)
      }
    },
    untold: () => [...untold].map(({ role, kinds, at }) => `${kinds} for ${role} at ${hourOf(at)}`).join(', '),
  }
}
