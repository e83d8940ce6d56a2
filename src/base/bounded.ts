/** A map that keeps the newest `limit` entries: what is set again counts as new. */
export type Bounded<K, V> = Pick<Map<K, V>, 'get' | 'delete'> & {
  set(key: K, value: V): void
}

export function createBounded<K, V>(limit: number): Bounded<K, V> {
  const entries = new Map<K, V>()
  return {
    get: (key) => entries.get(key),
    delete: (key) => entries.delete(key),
    set(key, value) {
      entries.delete(key)
      entries.set(key, value)
      const [oldest] = entries.keys()
      if (entries.size > limit && oldest !== undefined) entries.delete(oldest)
    },
  }
}
