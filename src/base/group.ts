import { nextRound } from './sleep.ts'

/** What gathers while one batch runs, and how a batch is done. */
export type GroupOptions<T, R> = {
  /** Does a batch; results in the order of the items. An error fails the batch as a whole. */
  readonly run: (batch: readonly T[]) => Promise<readonly Outcome<R>[]>
  /** Items with the same key never share a batch; the later one waits for the next. */
  readonly key: (item: T) => number
  /** Items in a batch at most. */
  readonly limit: number
}

/** What came of one item of a batch. */
export type Outcome<R> =
  | { readonly type: 'done'; readonly value: R }
  | { readonly type: 'failed'; readonly error: unknown }

export type Group<T, R> = {
  add(item: T): Promise<R>
  /** As `add`, but rather joins a batch that comes anyway, and waits `delay` ms for one. */
  addLater(item: T, delay: number): Promise<R>
  /** Runs what is waiting; resolves when nothing is waiting or running. */
  idle(): Promise<void>
}

type Waiting<T, R> = {
  readonly item: T
  readonly resolve: (value: R) => void
  readonly reject: (error: unknown) => void
}

/**
 * Group commit: what is added while a batch runs makes up the next one, so that the more there is to do, the more
 * share one transaction and one wait for the disk; a lone item starts at once.
 */
export function group<T, R>(options: GroupOptions<T, R>): Group<T, R> {
  let waiting: Waiting<T, R>[] = []
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const put = (item: T) =>
    new Promise<R>((resolve, reject) => {
      waiting.push({ item, resolve, reject })
    })
  const start = () => {
    clearTimeout(timer)
    timer = undefined
    running ??= flush()
  }
  const flush = async () => {
    // One round of the event loop lets everything that is ready by now join the batch.
    await nextRound()
    while (waiting.length > 0) {
      const { batch, rest } = split(waiting, options)
      waiting = rest
      await settle(batch, options)
      await nextRound() // whoever goes on from this batch joins the next
    }
    running = undefined
  }

  return {
    add(item) {
      const result = put(item)
      start()
      return result
    },
    addLater(item, delay) {
      const result = put(item)
      if (!running) timer ??= setTimeout(start, delay)
      return result
    },
    async idle() {
      if (waiting.length > 0) start()
      while (running) await running
    },
  }
}

function split<T, R>(waiting: Waiting<T, R>[], { key, limit }: GroupOptions<T, R>) {
  const batch: Waiting<T, R>[] = []
  const rest: Waiting<T, R>[] = []
  const keys = new Set<number>()
  for (const one of waiting) {
    const mine = key(one.item)
    if (batch.length >= limit || keys.has(mine)) rest.push(one)
    else batch.push(one)
    keys.add(mine)
  }
  return { batch, rest }
}

async function settle<T, R>(batch: readonly Waiting<T, R>[], { run }: GroupOptions<T, R>): Promise<void> {
  try {
    const outcomes = await run(batch.map((one) => one.item))
    for (const [index, one] of batch.entries()) tell(one, outcomes[index])
  } catch (error) {
    for (const one of batch) one.reject(error)
  }
}

function tell<T, R>(one: Waiting<T, R>, outcome: Outcome<R> | undefined): void {
  if (outcome === undefined) one.reject(new Error('A group commit gave fewer outcomes than it was given items.'))
  else if (outcome.type === 'failed') one.reject(outcome.error)
  else one.resolve(outcome.value)
}
