import type { z } from 'zod'
import type { Access } from './access.ts'

/**
 * What stands between a flow, which knows, and a capability, which does: a look-up and its reply. Both sides take their
 * types from here, and both are checked against it as the program runs.
 */
export type Ask<
  Name extends string = string,
  Data extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> = {
  readonly type: 'ask'
  readonly name: Name
  readonly who: Access
  readonly data: Data
  readonly reply: Reply
  /** Replies to walk through the flows with. A method, so that asks of different data stand in one list. */
  examples(data: z.output<Data>): readonly z.output<Reply>[]
}

/** A fact that a flow has recorded in the transaction of its turn. */
export type Tell<Name extends string = string, Data extends z.ZodType = z.ZodType> = {
  readonly type: 'tell'
  readonly name: Name
  readonly who: Access
  readonly data: Data
}

/** A document that a flow has handed over after the commit. */
export type Send<Name extends string = string, Data extends z.ZodType = z.ZodType> = {
  readonly type: 'send'
  readonly name: Name
  readonly who: Access
  readonly data: Data
}

export type Contract = Ask | Tell | Send

/** What is given with a contract, and what an ask is replied with. */
export type DataOf<C extends Contract> = z.output<C['data']>
export type ReplyOf<A extends Ask> = z.output<A['reply']>

type AskParts<Data extends z.ZodType, Reply extends z.ZodType> = {
  readonly who: Access
  readonly data: Data
  readonly reply: Reply
  /** At least one, or a function of what is asked. */
  readonly examples: readonly z.output<Reply>[] | ((data: z.output<Data>) => readonly z.output<Reply>[])
}

/** Declares a look-up, named `<subject>.<what>`. */
export function defineAsk<const Name extends string, Data extends z.ZodType, Reply extends z.ZodType>(
  name: Name,
  { examples, ...parts }: AskParts<Data, Reply>,
): Ask<Name, Data, Reply> {
  return {
    type: 'ask',
    name,
    ...parts,
    examples: (data) => (typeof examples === 'function' ? examples(data) : examples),
  }
}

/** Declares a fact, named `<subject>.<what>`. */
export function defineTell<const Name extends string, Data extends z.ZodType>(
  name: Name,
  parts: { readonly who: Access; readonly data: Data },
): Tell<Name, Data> {
  return { type: 'tell', name, ...parts }
}

/** Declares a document, named `<subject>.<what>`. */
export function defineSend<const Name extends string, Data extends z.ZodType>(
  name: Name,
  parts: { readonly who: Access; readonly data: Data },
): Send<Name, Data> {
  return { type: 'send', name, ...parts }
}
