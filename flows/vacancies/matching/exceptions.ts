import { createNumbered } from './numbered.ts'

/**
 * Lists of works that a vacancy must not be of, by number, each once. For a vacancy its works tell which lists name one
 * of them, so that each is looked at once however many stand under it. Number 0 is the empty list.
 */
export function createExceptions() {
  /** Of each list, the last vacancy that was of one of its works. */
  const named: number[] = [0]
  let vacancy = 0
  const byWork = new Map<string, Set<number>>()
  const lists = createNumbered<readonly string[]>((works) => JSON.stringify(works), {
    added: (number, works) => {
      named[number] = 0
      for (const work of works) byWork.set(work, (byWork.get(work) ?? new Set()).add(number))
    },
    dropped: (number, works) => {
      for (const work of works) {
        const numbers = byWork.get(work)
        numbers?.delete(number)
        if (numbers?.size === 0) byWork.delete(work)
      }
    },
  })

  /** The number of a list; to be given back with `release`. */
  function take(works: readonly string[]): number {
    return works.length === 0 ? 0 : lists.take(works)
  }

  /** Looks at the works of a vacancy; `isNamed` is about this one until the next. */
  function look(works: readonly string[]): void {
    vacancy++
    for (const work of works) for (const number of byWork.get(work) ?? []) named[number] = vacancy
  }

  function isNamed(number: number): boolean {
    return named[number] === vacancy
  }

  return { take, release: lists.release, numberOf: lists.numberOf, look, isNamed }
}
export type Exceptions = ReturnType<typeof createExceptions>
