/** Lets work on one key happen one after another, in the order it was asked for; other keys are not held up. */
export type KeyedLock = {
  /** Runs `work` when all earlier work on the key has settled. */
  run<T>(key: number, work: () => Promise<T>): Promise<T>
  /** Resolves when nothing is under way on any key. */
  idle(): Promise<void>
  /** Keys on which something is under way. */
  count(): number
}

export function createKeyedLock(): KeyedLock {
  const tails = new Map<number, Promise<unknown>>()
  return {
    run(key, work) {
      const before = tails.get(key)
      const result = before === undefined ? work() : before.then(work, work)
      const tail = result
        .catch(() => {})
        .then(() => {
          if (tails.get(key) === tail) tails.delete(key)
        })
      tails.set(key, tail)
      return result
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values())
    },
    count: () => tails.size,
  }
}
