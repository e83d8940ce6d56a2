import type { Clock } from '../../base/clock.ts'
import type { Chats } from './chats.ts'
import type { Files } from './files.ts'
import type { Parameters } from './parameters.ts'
import type { CallbackQueries } from './queries.ts'
import type { UpdateQueue } from './updates.ts'
import type { User } from './wire.ts'

/** What every method works on. */
export type World = {
  readonly clock: Clock
  readonly bot: User
  readonly chats: Chats
  readonly files: Files
  readonly updates: UpdateQueue
  readonly queries: CallbackQueries
}

/** One method of the Bot API: arguments in, result out; refusals are thrown. */
export type Method = (parameters: Parameters, aborted?: AbortSignal) => unknown

/** Methods by their name as documented. */
export type Methods = Record<string, Method>

export function seconds(clock: Clock): number {
  return Math.floor(clock.now() / 1000)
}
