/** Work that nobody waits for but whoever ends. */
export type UnderWay = {
  /** Keeps what is going on until it has ended; it must not reject. */
  add(work: Promise<unknown>): void
  /** Resolves when nothing is going on, what has been added meanwhile included. */
  settled(): Promise<void>
}

export function createUnderWay(): UnderWay {
  const running = new Set<Promise<unknown>>()
  return {
    add(work) {
      const done = work.finally(() => running.delete(done))
      running.add(done)
    },
    async settled() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
