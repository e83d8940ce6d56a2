import type { Update } from 'grammy/types'
import { describe, expect, test } from 'vitest'
import { createQueue, type Meaning } from '../../src/telegram/queue.ts'

/** An update of a chat whose text says what it is: a press, a command, words. */
const update = (id: number, text: string, chat = 7) =>
  ({ update_id: id, message: { chat: { id: chat }, text } }) as Update

function meaningOf({ message }: Update): Meaning {
  const text = message?.text ?? ''
  if (text === 'press') return { type: 'own' }
  return /^[/!]/.test(text) ? { type: 'once', what: text } : { type: 'passing' }
}

/** A queue whose turns end when the test says so, on a clock that moves only with what is waited for. */
function scene() {
  const begun: { id: number; isCrowded: boolean; end: () => void }[] = []
  const pauses: { milliseconds: number; pass: () => void; isOver: () => boolean }[] = []
  const stopping = new AbortController()
  let now = 0
  let ids = 0
  const queue = createQueue({
    take: (one, isCrowded) => new Promise((end) => begun.push({ id: one.update_id, isCrowded, end })),
    meaningOf,
    clock: { now: () => now },
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        const pass = () => {
          now += milliseconds
          resolve()
        }
        pauses.push({ milliseconds, pass, isOver: () => signal?.aborted === true })
        signal?.addEventListener('abort', () => resolve())
      }),
    stopping: stopping.signal,
  })
  const done: number[] = []
  const add = (text: string, chat = 7) => {
    const id = ++ids
    void queue.add(update(id, text, chat)).then(() => done.push(id))
    return id
  }
  const writes = (count: number) => Array.from({ length: count }, () => add('words'))
  /** Ends what is begun and whatever it lets begin, until nothing goes on by itself. */
  const run = async () => {
    for (let at = 0; ; at++) {
      for (let look = 0; look < 5; look++) await Promise.resolve()
      if (begun[at] === undefined) return
      begun[at]?.end()
    }
  }
  const taken = () => begun.map(({ id }) => id)
  return { queue, begun, pauses, stopping, done, add, writes, run, taken, wait: (ms: number) => (now += ms) }
}

describe('the queue of each chat', () => {
  test('takes one after another, and those of others beside it', async () => {
    const { add, begun, run, taken } = scene()
    add('words')
    add('words')
    add('words', 8)
    expect(taken()).toEqual([1, 3])
    begun[0]?.end()
    await run()
    expect(taken()).toEqual([1, 3, 2])
  })

  test('takes sixty texts that come at once, each of them', async () => {
    const { writes, run, done, begun } = scene()
    const ids = writes(60)
    await run()
    expect(done).toEqual(ids)
    expect(begun.some(({ isCrowded }) => isCrowded)).toBe(false)
  })

  test('never holds up who waits for the answers, however much they write', async () => {
    const { add, run, taken, pauses } = scene()
    for (let one = 0; one < 500; one++) {
      add('words')
      await run()
    }
    expect(taken()).toHaveLength(500)
    expect(pauses).toEqual([])
  })

  test('answers of ten thousand texts the first and the last, and says so once', async () => {
    const { writes, run, taken, begun, pauses, done } = scene()
    const ids = writes(10_000)
    await run()
    expect(taken()).toEqual(ids.slice(0, 61)) // the first began before the others were there
    expect(done).toHaveLength(9_999)
    pauses[0]?.pass()
    await run()
    expect(taken().at(-1)).toBe(10_000)
    expect(done).toHaveLength(10_000)
    expect(begun.filter(({ isCrowded }) => isCrowded)).toHaveLength(1)
  })

  test('drops no press, and neither a command nor words of danger that do not come again', async () => {
    const { add, writes, run, taken } = scene()
    writes(100)
    const kept = ['press', '/delete_me', 'press', '!danger'].map((text) => {
      writes(50)
      return add(text)
    })
    const again = add('/menu')
    const last = add('/menu')
    await run()
    expect(taken()).toEqual(expect.arrayContaining(kept))
    expect(taken()).not.toContain(again)
    expect(taken().at(-1)).toBe(last)
  })

  test('does not let a press wait behind words that are put off', async () => {
    const { add, writes, run, taken, pauses } = scene()
    writes(100)
    await run()
    expect(pauses).toHaveLength(1)
    const press = add('press')
    await run()
    expect(taken().at(-1)).toBe(press)
  })

  test('gives everybody their allowance back in time, and tells them again after a while', async () => {
    const { writes, run, begun, wait, pauses } = scene()
    writes(100)
    await run()
    pauses[0]?.pass()
    await run()
    wait(60_000)
    const ids = writes(61)
    await run()
    expect(begun.slice(-ids.length).map(({ id }) => id)).toEqual(ids)
    wait(10 * 60_000)
    writes(100)
    await run()
    expect(begun.filter(({ isCrowded }) => isCrowded)).toHaveLength(2)
  })

  test('puts nothing off once the program stops', async () => {
    const { queue, writes, run, done, stopping } = scene()
    const ids = writes(100)
    await run()
    stopping.abort()
    await run()
    await queue.settled()
    expect(done).toContain(ids.at(-1))
  })
})
