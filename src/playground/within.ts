/**
 * Resolves with the first truthy answer of `look`, asked now and after every event of `subscribe`. Rejects after
 * `milliseconds` with the sentence of `picture`, so that a failing test shows what was there instead.
 */
export function waitUntil<T>(
  look: () => T | undefined | false | null,
  subscribe: (listener: () => void) => () => void,
  picture: () => string,
  milliseconds: number,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const attempt = () => {
      const found = tryLooking(look, finish, reject)
      if (found) finish(() => resolve(found))
    }
    const unsubscribe = subscribe(attempt)
    const timer = setTimeout(() => finish(() => reject(new Error(picture()))), milliseconds)
    function finish(settle: () => void): void {
      clearTimeout(timer)
      unsubscribe()
      settle()
    }
    attempt()
  })
}

function tryLooking<T>(look: () => T, finish: (settle: () => void) => void, reject: (reason: unknown) => void) {
  try {
    return look()
  } catch (error) {
    finish(() => reject(error))
    return undefined
  }
}
