import type { Candidate } from './candidate.ts'
import type { Wordings } from './wordings.ts'

/**
 * What is asked of a vacancy besides the work and place by which it was found: as bits, traits and regions it must not
 * have; the least it has to pay; works it must not be of; the number of a wording.
 */
export type Condition = {
  readonly refused: number
  readonly elsewhere: number
  readonly leastPay: number
  readonly unless: readonly string[]
  readonly wording: number
}

/** What of a vacancy conditions ask. */
export type Asked = {
  readonly candidate: Candidate
  readonly traits: number
  readonly region: number
  readonly offer: number
  readonly works: readonly string[]
  readonly workBits: number
}

/**
 * Lists of ids, each under a condition. They are kept in columns: thousands are looked at for a vacancy, and numbers
 * that lie side by side are read many times quicker than objects all over the memory.
 */
export function createRows({ isMet }: Pick<Wordings, 'isMet'>) {
  const places = new Map<string, number>()
  const keys: string[] = []
  const refused: number[] = []
  const elsewhere: number[] = []
  const leastPay: number[] = []
  const wordings: number[] = []
  const unlessBits: number[] = []
  const unless: (readonly string[])[] = []
  const lists: string[][] = []
  const columns: readonly unknown[][] = [keys, refused, elsewhere, leastPay, wordings, unlessBits, unless, lists]

  /** Adds an id under a condition; `key` is the condition's. */
  function put(key: string, condition: Condition, id: string): void {
    const known = lists[places.get(key) ?? keys.length]
    if (known !== undefined) return void known.push(id)
    places.set(key, keys.length)
    keys.push(key)
    refused.push(condition.refused)
    elsewhere.push(condition.elsewhere)
    leastPay.push(condition.leastPay)
    wordings.push(condition.wording)
    unlessBits.push(workBits(condition.unless))
    unless.push(condition.unless)
    lists.push([id])
  }

  function remove(key: string, id: string): void {
    const place = places.get(key)
    const list = lists[place ?? keys.length]
    if (place === undefined || list === undefined) return
    without(list, id)
    if (list.length > 0) return
    places.set(keys.at(-1) ?? key, place)
    places.delete(key)
    for (const column of columns) takeOut(column, place)
  }

  /** Adds the lists whose conditions are met. */
  function collect(asked: Asked, found: string[][]): void {
    const { candidate, traits, region, offer } = asked
    for (let at = 0; at < keys.length; at++) {
      if (((refused[at] ?? 0) & traits) !== 0 || ((elsewhere[at] ?? 0) & region) !== 0) continue
      if (offer < (leastPay[at] ?? 0)) continue
      if (((unlessBits[at] ?? 0) & asked.workBits) !== 0 && isOneOf(unless[at], asked)) continue
      const wording = wordings[at] ?? 0
      const list = lists[at]
      if (list !== undefined && (wording === 0 || isMet(wording, candidate))) found.push(list)
    }
  }

  return {
    put,
    remove,
    collect,
    get size() {
      return keys.length
    },
  }
}
export type Rows = ReturnType<typeof createRows>

/** A bit for each work, which others may have as well: where no bit is common, no work is. */
export function workBits(works: readonly string[]): number {
  let bits = 0
  for (const work of works) {
    let sum = 0
    for (let at = 0; at < work.length; at++) sum = (sum * 31 + work.charCodeAt(at)) % 65_521
    bits |= 1 << (sum % 31)
  }
  return bits
}

function isOneOf(unless: readonly string[] | undefined, { works }: Asked): boolean {
  return unless?.some((work) => works.includes(work)) === true
}

/** Takes a value out of a list whose order does not matter. */
function without<T>(list: T[], value: T): void {
  const place = list.indexOf(value)
  if (place !== -1) takeOut(list, place)
}

function takeOut<T>(list: T[], place: number): void {
  const last = list.pop()
  if (last !== undefined && place < list.length) list[place] = last
}
