import { z } from 'zod'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, SentDocument, SentPhoto, Stamp, Start, Wrote, WroteOfDanger } from '../kit/events.ts'
import {
  Colleague,
  type colleagues,
  LedPage,
  LedThread,
  type ledQuestion,
  type ledQuestions,
} from '../questions/contract.ts'
import { SentAlong } from '../questions/question.ts'

/** What a mentor does with a question, besides reading it. */
export const acts = ['take', 'reply', 'note', 'settle', 'resume', 'hand'] as const

export const AnswersContext = z.object({
  begin: z.enum(['listing', 'one']),
  list: LedPage,
  /** The question that is looked at, and the page of its thread. */
  wanted: z.string().nullable(),
  thread: LedThread.nullable(),
  leaf: z.int().min(0),
  act: z.enum(acts).nullable(),
  /** What is being written. */
  text: z.string(),
  file: SentAlong.nullable(),
  /** To whom it may be given, and who was chosen. */
  colleagues: z.array(Colleague),
  joinedAt: z.int().nullable(),
})
export type AnswersContext = z.infer<typeof AnswersContext>
export type Act = (typeof acts)[number]

export type AnswersEvent =
  | (Stamp & { readonly type: 'BACK' | 'HAND' | 'SEND' | 'REWRITE' | 'DROP' | 'READ' })
  | (Stamp & { readonly type: 'ACT'; readonly act: 'take' | 'settle' | 'resume' })
  | (Stamp & { readonly type: 'WRITE'; readonly act: 'reply' | 'note' })
  | (Stamp & { readonly type: 'GIVE'; readonly joinedAt: number })
  | (Stamp & { readonly type: 'OPEN'; readonly id: string })
  | (Stamp & { readonly type: 'FILE'; readonly entry: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | Found<typeof ledQuestions | typeof ledQuestion | typeof colleagues>
  | Wrote
  | WroteOfDanger
  | SentPhoto
  | SentDocument

export type Situation = { readonly context: AnswersContext }
export type On<Type extends AnswersEvent['type']> = Arguments<AnswersContext, EventOf<AnswersEvent, Type>>

/** One question, or nothing for all that are open. */
export type AnswersInput = { readonly id: string } | undefined

/** Nothing is being written or done. */
export const nothing = { act: null, text: '', file: null, colleagues: [], joinedAt: null }

export function emptyContext({ input }: Pick<Start<AnswersInput>, 'input'>): AnswersContext {
  return {
    begin: input === undefined ? 'listing' : 'one',
    list: { items: [], page: 0, pages: 1, total: 0 },
    ...{ wanted: input?.id ?? null, thread: null, leaf: 0, ...nothing },
  }
}
