import type { Looked, Provisos } from './provisos.ts'
import type { Wordings } from './wordings.ts'

/**
 * What is asked of a vacancy besides the work and place by which it was found: as bits, traits it must not have; the
 * least it has to pay; the numbers of a wording and a proviso.
 */
export type Condition = {
  readonly refused: number
  readonly leastPay: number
  readonly wording: number
  readonly proviso: number
}

/** What of a vacancy conditions ask. */
export type Asked = Looked & { readonly traits: number; readonly offer: number }

export type RowTools = {
  readonly wordings: Pick<Wordings, 'isMet'>
  readonly provisos: Pick<Provisos, 'isKept' | 'hintsOf'>
}

/**
 * Lists of ids, each under a condition. All numbers of the conditions stand in one column: thousands are looked at for a
 * vacancy, and numbers that lie side by side are read many times quicker than objects all over the memory.
 */
export function createRows({ wordings, provisos }: RowTools) {
  const places = new Map<string, number>()
  const keys: string[] = []
  const column: number[] = []
  const lists: string[][] = []

  function put(condition: Condition, id: string): void {
    const key = keyOf(condition)
    const known = lists[places.get(key) ?? lists.length]
    if (known !== undefined) return void known.push(id)
    const { refused, leastPay, wording, proviso } = condition
    places.set(key, lists.length)
    keys.push(key)
    column.push(refused, leastPay, wording, provisos.hintsOf(proviso), proviso)
    lists.push([id])
  }

  function remove(condition: Condition, id: string): void {
    const key = keyOf(condition)
    const place = places.get(key)
    const list = lists[place ?? lists.length]
    if (place === undefined || list === undefined) return
    takeOut(list, list.indexOf(id))
    if (list.length > 0) return
    places.set(keys.at(-1) ?? key, place)
    places.delete(key)
    takeOut(keys, place)
    takeOut(lists, place)
    column.splice(place * width, width, ...column.slice(-width))
    column.length -= width
  }

  /** Adds the lists whose conditions are met. */
  function collect(asked: Asked, found: string[][]): void {
    const { traits, offer, hints } = asked
    for (let row = 0, at = 0; row < lists.length; row++, at += width) {
      if (((column[at] ?? 0) & traits) !== 0 || offer < (column[at + 1] ?? 0)) continue
      const wording = column[at + 2] ?? 0
      if (wording !== 0 && !wordings.isMet(wording)) continue
      if (((column[at + 3] ?? 0) & hints) !== 0 && !provisos.isKept(column[at + 4] ?? 0, asked)) continue
      const list = lists[row]
      if (list !== undefined) found.push(list)
    }
  }

  return {
    put,
    remove,
    collect,
    get size() {
      return lists.length
    },
  }
}
export type Rows = ReturnType<typeof createRows>

/** Numbers of a condition. */
const width = 5

function keyOf({ refused, leastPay, wording, proviso }: Condition): string {
  return `${refused} ${leastPay} ${wording} ${proviso}`
}

/** Takes what stands at a place out of a list whose order does not matter. */
function takeOut<T>(list: T[], place: number): void {
  const last = list.pop()
  if (last !== undefined && place < list.length) list[place] = last
}
