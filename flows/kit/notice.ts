import { z } from 'zod'
import type { Person } from '../common/person.ts'
import { defineTell } from './contract.ts'
import type { Navigation, Screen } from './screen.ts'
import type { Message, Translate } from './words.ts'

/** Which notice goes first: the smaller the sooner. */
export const priorities = { reply: 0, reminder: 10, alert: 20, announcement: 30, nudge: 40 } as const
export type Priority = keyof typeof priorities

/**
 * Something the bot says on its own, as a flow declares it. The row of a notice holds only its values; the text is
 * made when it is sent, in the person's language of that moment. Its buttons lead into flows, since they are pressed
 * days later, when no dialogue waits for them.
 */
export type NoticeDefinition<V, A = unknown> = {
  /** `<flow>.<name>`, as the row keeps it. */
  readonly kind: string
  readonly values: z.ZodType<V>
  readonly screen: (view: { readonly values: V; readonly person: Person; readonly t: Translate }) => Screen<Navigation>
  readonly priority: Priority
  /** Several due notices of kinds that join become one message. */
  readonly joins?: boolean
  /** Comes even in quiet hours: only what the person timed or signed up for themselves. */
  readonly evenWhenQuiet?: boolean
  /** Everyone can switch the kind off in one press on the notice itself. */
  readonly canBeMuted?: boolean
  /** What becomes of it when it has been answered; a message of its own, so not for a kind that joins. */
  readonly answering?: Answering<V, A>
  /** Values it may hold, so that the tests can look at all it says. */
  readonly examples: readonly V[]
}

/** How an answered notice stands in the chat from then on. */
export type Answering<V, A> = {
  /** The answer as `notice.answer` tells it. */
  readonly answer: z.ZodType<A>
  /** Takes the place of what the notice said. Of its buttons those that stand here, too, still do what they did. */
  readonly screen: (view: Answered<V, A>) => Screen<Navigation>
  /** Said to a press on any other of them, which changes nothing. */
  readonly already: (view: Answered<V, A>) => Message
  readonly examples: readonly A[]
}

type Answered<V, A> = { readonly values: V; readonly answer: A; readonly person: Person; readonly t: Translate }

// Kinds of different values stand in one registry; each parses its own values before use.
// biome-ignore lint/suspicious/noExplicitAny: existential type of a heterogeneous registry
export type AnyNotice = NoticeDefinition<any, any>

/** What a kind is called; the words stand under `<flow>:kinds.<name>`. */
export function kindName(kind: string): Message {
  return { key: kind.replace('.', ':kinds.') }
}

export function defineNotice<V, A = unknown>(
  kind: string,
  definition: Omit<NoticeDefinition<V, A>, 'kind'>,
): NoticeDefinition<V, A> {
  return { kind, ...definition }
}

/** A notice on its way into its table. */
export const NewNotice = z.object({
  /** Whose notice it is; the chat of the turn, when a turn tells it. */
  chatId: z.int(),
  /** What makes it exist once: kind and cause, for example `reminder:<id>:<time>`. */
  key: z.string().min(1).max(200),
  /** `<flow>.<name>` of the flow's notices. */
  kind: z.string().min(1).max(100),
  /** Epoch milliseconds. */
  dueAt: z.int(),
  expiresAt: z.int().optional(),
  /** JSON for the definition's `values`. */
  values: z.unknown(),
  /** Smaller goes first. */
  priority: z.int(),
})
export type NewNotice = z.infer<typeof NewNotice>

type Given<V> = Pick<NewNotice, 'chatId' | 'key' | 'dueAt' | 'expiresAt'> & { readonly values: V }

/** A notice of this kind for a person. Throws a ZodError for values that it cannot say. */
export function notice<V, A>(
  { kind, priority, values: schema }: NoticeDefinition<V, A>,
  { values, ...given }: Given<V>,
): NewNotice {
  return { ...given, kind, priority: priorities[priority], values: schema.parse(values) }
}

/** Puts a notice; a key that exists already changes nothing, unless that notice was withdrawn. */
export const putNotice = defineTell('notice.put', {
  who: 'self',
  data: z.object({ ...NewNotice.shape, chatId: z.int().optional() }),
})

/**
 * Keeps what the person has answered to their notices under keys that begin so; what was answered before stays as it
 * was. The message of the newest then says so, and those before it as soon as they are pressed.
 */
export const answerNotices = defineTell('notice.answer', {
  who: 'self',
  data: z.object({ keyPrefix: z.string().min(1), answer: z.unknown() }),
})

/** Withdraws what waits under keys that begin so. */
export const withdrawNotices = defineTell('notice.withdraw', {
  who: 'self',
  data: z.object({
    keyPrefix: z.string().min(1),
    /** Another chat's notices; true for everybody's. Without it those of the turn's own chat. */
    chatId: z.int().optional(),
    everywhere: z.boolean().optional(),
  }),
})
