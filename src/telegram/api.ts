import { Api, type RawApi, type Transformer } from 'grammy'
import type { Clock } from '../base/clock.ts'
import { type Sleep, sleep } from '../base/sleep.ts'
import { createHttp, type MinimalFetch } from './http.ts'
import { createRetry } from './retry.ts'

export type ApiOptions = {
  readonly token: string
  /** Address of the Bot API server, without a slash at the end; Telegram's own unless given. */
  readonly apiRoot?: string
  readonly clock: Clock
  readonly random: () => number
  readonly sleep?: Sleep
  /** What sees every call, each repeat too: counting, pacing. */
  readonly inner?: readonly Transformer<RawApi>[]
  /** False for the dispatcher, which repeats by its own ledger. */
  readonly repeats?: boolean
  /** Gives up every call when it aborts. */
  readonly ending?: AbortSignal
}

/** grammY's Api over our own HTTP, obeying `retry_after` and repeating failed calls within bounds. */
export function createApi(options: ApiOptions) {
  const { token, apiRoot, clock, random, sleep: wait = sleep, inner = [], repeats = true, ending } = options
  const http = createHttp(ending === undefined ? {} : { ending })
  const api = new Api(token, {
    ...(apiRoot === undefined ? {} : { apiRoot }),
    timeoutSeconds: 60,
    fetch: http.fetch as MinimalFetch as never, // grammY wants the type of the whole fetch and uses this part of it
  })
  api.config.use(...inner)
  if (repeats) api.config.use(createRetry({ clock, sleep: wait, random, ...(ending && { ending }) }))
  return {
    api,
    /** Closes the connections that are kept. */
    close: http.close,
  }
}
