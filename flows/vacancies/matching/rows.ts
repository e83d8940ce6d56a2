import type { Exceptions } from './exceptions.ts'
import type { Wordings } from './wordings.ts'

/** What is asked of a vacancy besides the work and place by which it was found. */
export type Condition = {
  /** Bits of traits it must not have. */
  readonly refused: number
  readonly leastPay: number
  /** Bits of regions it must not be in. */
  readonly elsewhere: number
  /** The numbers of what is asked of its words, and of works it must not be of; 0 for nothing. */
  readonly wording: number
  readonly exception: number
}

/** What of a vacancy conditions ask; its words and works were looked at. */
export type Asked = {
  readonly traits: number
  readonly offer: number
  readonly region: number
  readonly wordings: Pick<Wordings, 'isMet'>
  readonly exceptions: Pick<Exceptions, 'isNamed'>
}

/**
 * Lists of who stands under the same condition. The numbers of all conditions stand in two columns, in the first what
 * rules out most: thousands are looked at for a vacancy, and numbers that lie side by side are read many times quicker
 * than objects all over the memory.
 */
export class Rows<T> {
  #count = 0
  #firsts = new Int32Array(4 * firstWidth)
  #others = new Int32Array(4 * otherWidth)
  readonly #lists: T[][] = []
  readonly #keys: string[] = []
  readonly #places = new Map<string, number>()

  get isEmpty(): boolean {
    return this.#count === 0
  }

  put(condition: Condition, one: T): void {
    const key = keyOf(condition)
    const known = this.#lists[this.#places.get(key) ?? this.#count]
    if (known !== undefined) return void known.push(one)
    const { refused, leastPay, elsewhere, wording, exception } = condition
    this.#firsts = withRoom(this.#firsts, (this.#count + 1) * firstWidth)
    this.#others = withRoom(this.#others, (this.#count + 1) * otherWidth)
    this.#firsts.set([refused, leastPay], this.#count * firstWidth)
    this.#others.set([elsewhere, wording, exception], this.#count * otherWidth)
    this.#places.set(key, this.#count)
    this.#keys.push(key)
    this.#lists.push([one])
    this.#count++
  }

  remove(condition: Condition, one: T): void {
    const key = keyOf(condition)
    const place = this.#places.get(key)
    const list = this.#lists[place ?? this.#count]
    if (place === undefined || list === undefined) return
    takeOut(list, list.indexOf(one))
    if (list.length > 0) return
    // The last row goes where this one stood.
    this.#places.set(this.#keys.at(-1) ?? key, place)
    this.#places.delete(key)
    takeOut(this.#keys, place)
    takeOut(this.#lists, place)
    this.#count--
    moveRow(this.#firsts, firstWidth, { from: this.#count, to: place })
    moveRow(this.#others, otherWidth, { from: this.#count, to: place })
  }

  /** Adds the lists whose conditions are met. */
  collect({ traits, offer, region, wordings, exceptions }: Asked, found: T[][]): void {
    const [count, firsts, others] = [this.#count, this.#firsts, this.#others]
    for (let row = 0; row < count; row++) {
      const first = row * firstWidth
      if (((firsts[first] ?? 0) & traits) !== 0 || (firsts[first + 1] ?? 0) > offer) continue
      const other = row * otherWidth
      if (((others[other] ?? 0) & region) !== 0) continue
      const wording = others[other + 1] ?? 0
      if (wording !== 0 && !wordings.isMet(wording)) continue
      const exception = others[other + 2] ?? 0
      if (exception !== 0 && exceptions.isNamed(exception)) continue
      const list = this.#lists[row]
      if (list !== undefined) found.push(list)
    }
  }
}

/** Numbers of a row in each of the columns. */
const [firstWidth, otherWidth] = [2, 3]

function keyOf({ refused, leastPay, elsewhere, wording, exception }: Condition): string {
  return `${refused} ${leastPay} ${elsewhere} ${wording} ${exception}`
}

function withRoom(column: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= column.length) return column
  const longer = new Int32Array(2 * column.length)
  longer.set(column)
  return longer
}

function moveRow(column: Int32Array, width: number, { from, to }: { readonly from: number; readonly to: number }) {
  column.copyWithin(to * width, from * width, (from + 1) * width)
}

/** Takes what stands at a place out of a list whose order does not matter. */
function takeOut<T>(list: T[], place: number): void {
  const last = list.pop()
  if (last !== undefined && place < list.length) list[place] = last
}
