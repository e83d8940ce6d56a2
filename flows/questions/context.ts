import { z } from 'zod'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, SentPhoto, Stamp, Start, Wrote, WroteOfDanger } from '../kit/events.ts'
import { Overview, OwnThread, type ownQuestion, type questionsOverview } from './contract.ts'
import { AskedAs, SentAlong, Topic } from './question.ts'

export const QuestionsContext = z.object({
  begin: z.enum(['listing', 'one', 'asking']),
  overview: Overview,
  /** The question that is looked at, and the page of its thread. */
  wanted: z.string().nullable(),
  thread: OwnThread.nullable(),
  leaf: z.int().min(0),
  /** What is being written: a new question, or more to the one that is looked at. */
  adding: z.boolean(),
  group: z.string().nullable(),
  topic: Topic.nullable(),
  text: z.string(),
  file: SentAlong.nullable(),
  /** It speaks of danger. */
  urgent: z.boolean(),
  /** Under which one may ask; null where none was given. */
  name: AskedAs,
  named: z.boolean(),
})
export type QuestionsContext = z.infer<typeof QuestionsContext>

export type QuestionsEvent =
  | (Stamp & {
      readonly type: 'ASK' | 'BACK' | 'REWRITE' | 'DROP' | 'MORE' | 'CLOSE' | 'REOPEN' | 'READ'
    })
  | (Stamp & { readonly type: 'SEND'; readonly named: boolean })
  | (Stamp & { readonly type: 'GROUP'; readonly id: string })
  | (Stamp & { readonly type: 'TOPIC'; readonly topic: Topic })
  | (Stamp & { readonly type: 'OPEN'; readonly id: string })
  | (Stamp & { readonly type: 'FILE'; readonly entry: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | Found<typeof questionsOverview | typeof ownQuestion>
  | Wrote
  | WroteOfDanger
  | SentPhoto

export type Situation = { readonly context: QuestionsContext }
export type On<Type extends QuestionsEvent['type']> = Arguments<QuestionsContext, EventOf<QuestionsEvent, Type>>

/** One question, a new one, or nothing for all of one's own. */
export type QuestionsInput = { readonly id: string } | { readonly new: true } | undefined

/** Nothing has been written. */
export const nothing = { adding: false, group: null, topic: null, text: '', file: null, urgent: false } as const

export function emptyContext({ person, input }: Pick<Start<QuestionsInput>, 'person' | 'input'>): QuestionsContext {
  const wanted = input !== undefined && 'id' in input ? input.id : null
  return {
    begin: input === undefined ? 'listing' : wanted === null ? 'asking' : 'one',
    overview: { desks: [], room: 'free', list: { items: [], page: 0, pages: 1, total: 0 } },
    ...{ wanted, thread: null, leaf: 0, ...nothing },
    ...{ name: person.name ?? null, named: false },
  }
}
