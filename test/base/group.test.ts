import { describe, expect, test } from 'vitest'
import { group, type Outcome } from '../../src/base/group.ts'

/** A group of words that remembers its batches; each batch waits to be let through. */
function recorded(
  limit = 100,
  answer = (word: string): Outcome<string> => ({ type: 'done', value: word.toUpperCase() }),
) {
  const batches: (readonly string[])[] = []
  const gates: (() => void)[] = []
  const words = group<string, string>({
    key: (word) => word.charCodeAt(0),
    limit,
    run: async (batch) => {
      batches.push(batch)
      await new Promise<void>((resolve) => gates.push(resolve))
      return batch.map(answer)
    },
  })
  const begun = async (count: number) => {
    while (batches.length < count) await new Promise((resolve) => setImmediate(resolve))
  }
  const letThrough = async (count: number) => {
    for (let batch = 1; batch <= count; batch++) {
      await begun(batch)
      gates[batch - 1]?.()
    }
  }
  return { words, batches, begun, letThrough }
}

describe('group commit', () => {
  test('does together what is asked for together', async () => {
    const { words, batches, letThrough } = recorded()
    const results = Promise.all(['a', 'b', 'c'].map(words.add))
    await letThrough(1)
    expect(await results).toEqual(['A', 'B', 'C'])
    expect(batches).toEqual([['a', 'b', 'c']])
  })

  test('gathers the next batch while one runs', async () => {
    const { words, batches, begun, letThrough } = recorded()
    const first = words.add('a')
    await begun(1)
    const later = ['b', 'c'].map(words.add)
    await letThrough(2)
    await Promise.all([first, ...later])
    expect(batches).toEqual([['a'], ['b', 'c']])
  })

  test('keeps what has the same key for the next batch, in its order', async () => {
    const { words, batches, letThrough } = recorded()
    const results = Promise.all(['a1', 'b1', 'a2', 'a3'].map(words.add))
    await letThrough(3)
    expect(await results).toEqual(['A1', 'B1', 'A2', 'A3'])
    expect(batches).toEqual([['a1', 'b1'], ['a2'], ['a3']])
  })

  test('makes no batch larger than its limit', async () => {
    const { words, batches, letThrough } = recorded(2)
    const results = Promise.all(['a', 'b', 'c', 'd', 'e'].map(words.add))
    await letThrough(3)
    await results
    expect(batches.map((batch) => batch.length)).toEqual([2, 2, 1])
  })

  test('lets what can wait ride with the next batch', async () => {
    const { words, batches, letThrough } = recorded()
    const patient = words.addLater('z', 2 ** 30)
    const prompt = words.add('a')
    await letThrough(1)
    expect(await Promise.all([patient, prompt])).toEqual(['Z', 'A'])
    expect(batches).toEqual([['z', 'a']])
  })

  test('does not leave behind what can wait', async () => {
    const { words, letThrough } = recorded()
    const patient = words.addLater('z', 2 ** 30)
    const idle = words.idle()
    await letThrough(1)
    await idle
    expect(await patient).toBe('Z')
  })

  test('fails one item alone, and all when the batch throws, and goes on', async () => {
    const fault = new Error('b is bad')
    const { words, letThrough } = recorded(100, (word) => {
      if (word === 'x') throw new Error('all is lost')
      return word === 'b' ? { type: 'failed', error: fault } : { type: 'done', value: word }
    })
    const first = Promise.allSettled(['a', 'b'].map(words.add))
    await letThrough(1)
    expect((await first).map((result) => result.status)).toEqual(['fulfilled', 'rejected'])
    const second = Promise.allSettled(['c', 'x'].map(words.add))
    await letThrough(2)
    expect((await second).map((result) => result.status)).toEqual(['rejected', 'rejected'])
    const third = words.add('d')
    await letThrough(3)
    expect(await third).toBe('d')
  })
})
