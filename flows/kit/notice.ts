import type { z } from 'zod'
import type { Person } from '../common/person.ts'
import type { Navigation, Screen } from './screen.ts'
import type { Translate } from './words.ts'

/**
 * Something the bot says on its own, as a flow declares it. The row of a notice holds only its values; the text is
 * made when it is sent, in the person's language of that moment. Its buttons lead into flows, since they are pressed
 * days later, when no dialogue waits for them.
 */
export type NoticeDefinition<V> = {
  readonly values: z.ZodType<V>
  readonly screen: (view: { readonly values: V; readonly person: Person; readonly t: Translate }) => Screen<Navigation>
  /** Smaller goes first: 0 a person's reply, 10 reminders, 20 alerts, 30 announcements, 40 nudges. */
  readonly priority: number
  /** Several due notices of kinds that join become one message. */
  readonly joins?: boolean
  /** Comes even in quiet hours: only what the person timed themselves. */
  readonly evenWhenQuiet?: boolean
  /** Everyone can switch the kind off in one press on the notice itself. */
  readonly canBeMuted?: boolean
  /** Values it may hold, so that the tests can look at all it says. */
  readonly examples?: readonly V[]
}

// Kinds of different values stand in one registry; each parses its own values before use.
// biome-ignore lint/suspicious/noExplicitAny: existential type of a heterogeneous registry
export type AnyNotice = NoticeDefinition<any>

export function defineNotice<V>(definition: NoticeDefinition<V>): NoticeDefinition<V> {
  return definition
}
