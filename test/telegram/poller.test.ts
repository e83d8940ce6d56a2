import { getEventListeners } from 'node:events'
import { GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import { describe, expect, test } from 'vitest'
import { createLog } from '../../src/base/log.ts'
import { StoreError, type StoreReason } from '../../src/engine/store-error.ts'
import { createPoller } from '../../src/telegram/poller.ts'

const storeError = () => new StoreError('full', 'disk')
const refused = (code: number) =>
  new GrammyError('x', { ok: false, error_code: code, description: 'refused' }, 'getUpdates', {})
const message = (id: number, chat: number) => ({ update_id: id, message: { chat: { id: chat } } }) as Update // all that the poller reads

/** A Telegram that hands over what has not been confirmed, and then waits. */
function scene(
  updates: Update[],
  take: (update: Update, count: number) => Promise<void>,
  faults: Error[] = [],
  ending?: AbortSignal,
) {
  const offsets: number[] = []
  const taken: number[] = []
  const waits: number[] = []
  const lingers: number[] = []
  let pass = () => {}
  let idle = () => {}
  const quiet = new Promise<void>((resolve) => {
    idle = resolve
  })
  const poller = createPoller({
    log: createLog('silent'),
    random: () => 0.5,
    sleep: async (milliseconds, signal) => {
      if (milliseconds !== 250 && milliseconds !== 1000) return void waits.push(milliseconds)
      lingers.push(milliseconds)
      // The time between two looks passes when the test says so, or ends with the turns.
      await new Promise<void>((resolve) => {
        pass = resolve
        signal?.addEventListener('abort', () => resolve())
      })
    },
    ...(ending && { ending }),
    getUpdates: async ({ offset, timeout, limit }, signal) => {
      const fault = faults.shift()
      if (fault !== undefined) throw fault
      offsets.push(offset)
      const ready = updates.filter(({ update_id: id }) => id >= offset).slice(0, limit)
      if (ready.length > 0 || timeout === 0) return ready
      idle()
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('gone'))))
    },
    take: async (update) => {
      taken.push(update.update_id)
      await take(update, taken.length)
    },
  })
  return { poller, offsets, taken, waits, lingers, quiet, pass: () => pass() }
}

describe('the poller', () => {
  test('confirms a batch only when all of it is committed', async () => {
    const commits: (() => void)[] = []
    const updates = [message(1, 1), message(2, 2), message(3, 1)]
    const { poller, offsets, taken, quiet } = scene(updates, () => new Promise((done) => commits.push(done)))
    const run = poller.run()
    while (commits.length < 2) await Promise.resolve()
    expect(taken).toEqual([1, 2]) // 3 is of the same chat as 1 and waits for it
    commits[1]?.()
    commits[0]?.()
    while (commits.length < 3) await Promise.resolve()
    expect(offsets).toEqual([0])
    commits[2]?.()
    await quiet
    expect(offsets).toEqual([0, 4])
    await poller.stop()
    await run
    expect(offsets).toEqual([0, 4, 4])
  })

  test('leaves nothing behind on its signal, however long it runs', async () => {
    const updates = Array.from({ length: 40 }, (_, id) => message(id + 1, id + 1))
    const counts: number[] = []
    const poller = createPoller({
      log: createLog('silent'),
      random: () => 0.5,
      sleep: (_, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
      getUpdates: async ({ offset, timeout }, signal) => {
        counts.push(getEventListeners(signal, 'abort').length)
        const next = updates.find(({ update_id: id }) => id >= offset)
        if (next !== undefined || timeout === 0) return next === undefined ? [] : [next]
        void poller.stop()
        return []
      },
      take: async () => {},
    })
    await poller.run()
    expect(Math.max(...counts)).toBe(0)
  })

  test('takes the same updates again when the store fails, in the order of each chat', async () => {
    const { poller, offsets, taken, waits, quiet } = scene(
      [message(1, 1), message(2, 2), message(3, 1)],
      async (update, count) => {
        if (update.update_id === 1 && count < 4) throw storeError()
      },
    )
    void poller.run()
    await quiet
    expect(taken).toEqual([1, 2, 1, 1, 3])
    expect(offsets).toEqual([0, 4])
    expect(waits).toEqual([150, 300])
    await poller.stop()
  })

  test('fetches newer updates beside a slow turn, without confirming or repeating it', async () => {
    let finish = () => {}
    const updates = [message(1, 1), message(2, 2)]
    const { poller, offsets, taken, lingers, pass, quiet } = scene(updates, (update) =>
      update.update_id === 1 ? new Promise((done) => (finish = done)) : Promise.resolve(),
    )
    const run = poller.run()
    while (lingers.length < 1) await Promise.resolve()
    updates.push(message(3, 1), message(4, 3))
    pass()
    while (lingers.length < 2) await Promise.resolve()
    pass()
    while (lingers.length < 3) await Promise.resolve()
    expect(taken).toEqual([1, 2, 4])
    expect(offsets).toEqual([0, 1, 1])
    expect(lingers).toEqual([250, 250, 1000])
    finish()
    await quiet
    expect(taken).toEqual([1, 2, 4, 3])
    expect(offsets).toEqual([0, 1, 1, 5])
    await poller.stop()
    await run
  })

  test('asks for as many new updates as ever while one hangs and those after it cannot be confirmed', async () => {
    const updates = Array.from({ length: 80 }, (_, index) => message(index + 1, index + 1))
    let finish = () => {}
    let [calls, beside] = [0, 0]
    const taken: number[] = []
    const poller = createPoller({
      log: createLog('silent'),
      random: () => 0.5,
      sleep: async () => {},
      getUpdates: async ({ offset, limit }) => {
        if (taken.length === updates.length || ++calls === 100) {
          beside = taken.length
          finish()
        }
        if (offset > updates.length) void poller.stop()
        return updates.filter(({ update_id: id }) => id >= offset).slice(0, limit)
      },
      take: async ({ update_id: id }) => {
        taken.push(id)
        if (id === 1) await new Promise<void>((done) => (finish = done))
      },
    })
    await poller.run()
    expect(beside).toBe(updates.length)
  })

  test.each([
    ['corrupt', true],
    ['unknown', true],
    ['full', false],
    ['locked', false],
  ])(
    'one chat whose update fails for ever (%s) does not make it deaf; who waits for space is not given up',
    async (reason, isLeftOut) => {
      const updates = Array.from({ length: 150 }, (_, index) => message(index + 1, index + 1))
      const taken = new Set<number>()
      let calls = 0
      const poller = createPoller({
        log: createLog('silent'),
        random: () => 0.5,
        sleep: () => new Promise((resolve) => setImmediate(resolve)),
        getUpdates: async ({ offset, limit }) => {
          if (offset > updates.length || ++calls === 200) void poller.stop()
          return updates.filter(({ update_id: id }) => id >= offset).slice(0, limit)
        },
        take: async ({ update_id: id }) => {
          if (id === 1) throw new StoreError(reason as StoreReason, 'disk') // the table above holds reasons
          taken.add(id)
        },
      })
      await poller.run()
      expect(taken.size).toBe(isLeftOut ? 149 : 99)
    },
  )

  test('leaves what was not committed unconfirmed when it is stopped', async () => {
    const failing = scene([message(1, 1), message(2, 2)], async (update) => {
      if (update.update_id === 2) {
        void failing.poller.stop()
        throw storeError()
      }
    })
    await failing.poller.run()
    expect(failing.offsets).toEqual([0, 2])
  })

  test('leaves a turn out that hangs for a minute of looks while others commit and nothing newer can be seen', async () => {
    // One that hangs, and as many behind it as Telegram shows.
    const updates = Array.from({ length: 101 }, (_, at) => message(at + 1, at + 1))
    const { poller, offsets, taken, lingers, pass, quiet } = scene(updates, (update) =>
      update.update_id === 1 ? new Promise(() => {}) : Promise.resolve(),
    )
    const run = poller.run()
    for (let look = 1; !taken.includes(101); look++) {
      expect(look).toBeLessThan(100)
      while (lingers.length < look && !taken.includes(101)) await Promise.resolve()
      pass()
      for (let moment = 0; moment < 20; moment++) await Promise.resolve()
    }
    await quiet
    expect(lingers.length).toBeGreaterThan(60)
    expect(offsets.at(-1)).toBe(102)
    await poller.stop()
    await run
  })

  test('leaves nothing out while nothing commits at all, and does not wait for it once the program ends', async () => {
    const ending = new AbortController()
    const updates = Array.from({ length: 101 }, (_, at) => message(at + 1, at + 1))
    const hangs = () => new Promise<void>(() => {})
    const { poller, offsets, lingers, pass } = scene(updates, hangs, [], ending.signal)
    const run = poller.run()
    for (let look = 1; look < 100; look++) {
      while (lingers.length < look) await Promise.resolve()
      pass()
    }
    expect(Math.max(...offsets)).toBeLessThan(2)
    const stopped = poller.stop()
    ending.abort()
    await stopped
    await run
  })

  test('goes on past an update that cannot be taken for another reason', async () => {
    const { poller, offsets, quiet } = scene([message(1, 1), message(2, 1)], async (update) => {
      if (update.update_id === 1) throw new Error('a mistake')
    })
    void poller.run()
    await quiet
    expect(offsets).toEqual([0, 3])
    await poller.stop()
  })

  test('backs off from server errors, a second reader and limits', async () => {
    const busy = new GrammyError(
      'x',
      { ok: false, error_code: 429, description: 'x', parameters: { retry_after: 7 } },
      'getUpdates',
      {},
    )
    const { poller, waits, quiet } = scene([], async () => {}, [
      refused(502),
      refused(502),
      new Error('reset'),
      refused(409),
      busy,
    ])
    void poller.run()
    await quiet
    expect(waits).toEqual([375, 750, 1500, 30_000, 7000])
    await poller.stop()
  })

  test.each([
    ['nothing at all', undefined],
    ['no list', 'hello'],
    ['a list of anything but updates', [null, 1, 'x', {}, { update_id: 'a' }, { message: {} }]],
  ])('outlives an answer that is %s', async (_, answer) => {
    const answers = [answer]
    const taken: number[] = []
    const poller = createPoller({
      log: createLog('silent'),
      random: () => 0.5,
      sleep: async () => {},
      // What stands between the bot and Telegram keeps to no type.
      getUpdates: async () => (answers.length > 0 ? (answers.shift() as never) : [message(1, 1)]),
      take: async ({ update_id: id }) => {
        taken.push(id)
        void poller.stop()
      },
    })
    await poller.run()
    expect(taken).toEqual([1])
  })

  test('ends when Telegram does not know the token, naming what to set', async () => {
    const { poller } = scene([], async () => {}, [refused(401)])
    await expect(poller.run()).rejects.toThrow('BOT_TOKEN')
  })
})
