/** Values by number, each once however often it is taken, from 1; 0 is nobody's. */
export type Numbered<T> = {
  /** The number of a value; to be given back with `release` as often as it was taken. */
  take(value: T): number
  release(number: number): void
  /** The number of a value that is taken; 0 for another. */
  numberOf(value: T): number
  get(number: number): T | undefined
  readonly size: number
}

type Entry<T> = { readonly key: string; readonly value: T; users: number }

/** What is done when a value gets its number, and when it loses it. */
type Changes<T> = {
  readonly added?: (number: number, value: T) => void
  readonly dropped?: (number: number, value: T) => void
}

/** `keyOf` must be the same for two values where they are the same, and for no others. */
export function createNumbered<T>(keyOf: (value: T) => string, { added, dropped }: Changes<T> = {}): Numbered<T> {
  const numbers = new Map<string, number>()
  const entries: (Entry<T> | undefined)[] = [undefined]
  const free: number[] = []

  function take(value: T): number {
    const key = keyOf(value)
    const known = numbers.get(key)
    const entry = known === undefined ? undefined : entries[known]
    if (known !== undefined && entry !== undefined) {
      entry.users++
      return known
    }
    const number = free.pop() ?? entries.length
    numbers.set(key, number)
    entries[number] = { key, value, users: 1 }
    added?.(number, value)
    return number
  }

  function release(number: number): void {
    const entry = entries[number]
    if (entry === undefined || --entry.users > 0) return
    numbers.delete(entry.key)
    entries[number] = undefined
    free.push(number)
    dropped?.(number, entry.value)
  }

  return {
    take,
    release,
    numberOf: (value) => numbers.get(keyOf(value)) ?? 0,
    get: (number) => entries[number]?.value,
    get size() {
      return numbers.size
    },
  }
}
