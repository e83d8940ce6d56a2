import type { Core } from '../../src/store/core.ts'

/** Thrown in the place of a statement. */
export class Killed extends Error {
  override name = 'Killed'
}

/**
 * The store, whose n-th statement fails (from 1), wherever it stands: before anything of it is done, within a
 * transaction or without. `count` tells how many there were.
 */
export function failingAt(core: Core, nth: number): { readonly core: Core; readonly count: () => number } {
  let count = 0
  const step = () => {
    count++
    if (count >= nth) throw new Killed(`Killed at statement ${nth}`)
  }
  return { core: watchedCore(core, step), count: () => count }
}

/** The store; `step` hears of each statement before anything of it is done, with what it was given, and of each commit. */
export function watchedCore(core: Core, step: (given: readonly unknown[]) => void): Core {
  const watch = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (of, name) => {
        const value: unknown = Reflect.get(of, name)
        if (name === '$transaction') {
          const begin = value as (work: (transaction: object) => unknown) => unknown // the only form that is used here
          return (work: (transaction: object) => unknown) =>
            Reflect.apply(begin, of, [
              async (transaction: object) => {
                const done = await work(watch(transaction))
                // All of it is done, but not committed.
                step([])
                return done
              },
            ])
        }
        if (typeof value === 'function') {
          return (...given: unknown[]) => {
            step(given)
            return Reflect.apply(value, of, given)
          }
        }
        return typeof value === 'object' && value !== null && !String(name).startsWith('_') ? watch(value) : value
      },
    })
  return { ...core, prisma: watch(core.prisma) }
}
