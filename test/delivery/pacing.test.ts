import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPacing, type Pacing } from '../../src/delivery/pacing.ts'
import { testTime } from '../support/databases.ts'
import { createUniverse } from './harness.ts'

type ApiCallFn = Parameters<Pacing['turns']>[0]
// Only `ok` of an answer is looked at.
const ok = (async () => ({ ok: true, result: true })) as unknown as ApiCallFn

function clockAt(time = 0) {
  return {
    time,
    now() {
      return this.time
    },
  }
}

/** The most of the moments that lie within one second. */
function mostASecond(moments: readonly number[]): number {
  return Math.max(...moments.map((from) => moments.filter((at) => at >= from && at < from + 1_000).length))
}

describe('pacing', () => {
  test('keeps under the limit in every second, and near it on average', async () => {
    const universe = await createUniverse()
    for (let n = 0; n < 300; n++) await universe.put(await universe.person(), 'toy.plain')
    await universe.run(testTime + 60_000)
    const moments = universe.sent.map(({ at }) => at)
    expect(moments).toHaveLength(300)
    expect(mostASecond(moments)).toBeLessThanOrEqual(30)
    const seconds = (Math.max(...moments) - Math.min(...moments)) / 1_000
    expect(300 / seconds).toBeGreaterThan(24)
    await universe.close()
  }, 20_000)

  test('never lets more than the limit through in a second, whoever asks when', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 50, maxLength: 200 }),
        (rate, gaps) => {
          const clock = clockAt()
          const pacing = createPacing({ clock, messagesPerSecond: rate })
          const sent: number[] = []
          for (const [chat, gap] of gaps.entries()) {
            clock.time += gap
            if (pacing.wait(chat) > 0) continue
            pacing.take(chat)
            sent.push(clock.time)
          }
          expect(mostASecond(sent)).toBeLessThanOrEqual(rate)
        },
      ),
    )
  })

  test('gives the dispatcher what turns leave, and never holds a turn', async () => {
    const clock = clockAt()
    const pacing = createPacing({ clock, messagesPerSecond: 30 })
    const outcomes = []
    for (let n = 0; n < 30; n++) outcomes.push(await pacing.turns(ok, 'sendMessage', { chat_id: n, text: '' }))
    expect(outcomes).toHaveLength(30)
    expect(pacing.waitForAll()).toBeGreaterThan(900)
    clock.time += pacing.waitForAll()
    expect(pacing.waitForAll()).toBe(0)
  })

  test('leaves a second between two messages to a chat, those of turns included', async () => {
    const clock = clockAt()
    const pacing = createPacing({ clock, messagesPerSecond: Number.POSITIVE_INFINITY })
    await pacing.turns(ok, 'sendMessage', { chat_id: 1, text: '' })
    expect(pacing.wait(1)).toBe(1_000)
    expect(pacing.wait(2)).toBe(0)
    clock.time += 1_000
    expect(pacing.wait(1)).toBe(0)
  })

  test('counts no calls that are no messages', async () => {
    const pacing = createPacing({ clock: clockAt(), messagesPerSecond: 1 })
    await pacing.turns(ok, 'answerCallbackQuery', { callback_query_id: '1' })
    expect(pacing.waitForAll()).toBe(0)
  })

  test('knows while messages of turns are on their way', async () => {
    const pacing = createPacing({ clock: clockAt(), messagesPerSecond: 30 })
    const during: ApiCallFn = (...call) => {
      expect(pacing.answering()).toBe(true)
      return ok(...call)
    }
    await pacing.turns(during, 'sendMessage', { chat_id: 1, text: '' })
    expect(pacing.answering()).toBe(false)
  })

  const limited = (seconds: number) =>
    (async () => ({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests',
      parameters: { retry_after: seconds },
    })) as ApiCallFn

  test('a flooder holds up nobody else, however many refusals they meet', async () => {
    const clock = clockAt()
    const pacing = createPacing({ clock, messagesPerSecond: 30 })
    for (let second = 0; second < 60; second++) {
      await pacing.turns(ok, 'sendMessage', { chat_id: 1, text: '' })
      await pacing.turns(limited(1), 'sendMessage', { chat_id: 1, text: '' })
      expect(pacing.wait(1)).toBeGreaterThan(0)
      clock.time += 1_000
      expect(pacing.wait(2)).toBe(0)
    }
  })

  test('nor do several, each at their own pace', async () => {
    const clock = clockAt()
    const pacing = createPacing({ clock, messagesPerSecond: 1_000 })
    for (let second = 0; second < 10; second++) {
      for (const call of [ok, limited(1)])
        for (let chat = 1; chat <= 8; chat++) await pacing.turns(call, 'sendMessage', { chat_id: chat, text: '' })
      expect(pacing.paused()).toBe(0)
      clock.time += 1_000
    }
  })

  test('several chats refused out of the blue speak of everybody', async () => {
    const clock = clockAt()
    const pacing = createPacing({ clock, messagesPerSecond: 1_000 })
    for (const chat of [1, 1, 2]) await pacing.turns(limited(5), 'sendMessage', { chat_id: chat, text: '' })
    expect([pacing.paused(), pacing.wait(1), pacing.wait(2), pacing.wait(3)]).toEqual([0, 5_000, 5_000, 0])
    await pacing.notices(limited(5), 'sendMessage', { chat_id: 3, text: '' })
    expect([pacing.paused(), pacing.wait(4)]).toEqual([5_000, 5_000])
    clock.time += 5_000
    expect(pacing.wait(4)).toBe(0)
  })

  test('and do not when they were refused at different times', async () => {
    const clock = clockAt()
    const pacing = createPacing({ clock, messagesPerSecond: 30 })
    for (let chat = 1; chat < 20; chat++) {
      await pacing.turns(limited(1), 'sendMessage', { chat_id: chat, text: '' })
      clock.time += 3_000
    }
    expect(pacing.paused()).toBe(0)
  })

  test('a method without a chat speaks of everybody, one of the profile only of itself', async () => {
    const pacing = createPacing({ clock: clockAt(), messagesPerSecond: 30 })
    await pacing.turns(limited(80_000), 'setMyName', { name: '' })
    await pacing.notices(limited(60), 'getWebhookInfo', {} as never) // it has no fields
    expect(pacing.paused()).toBe(0)
    await pacing.turns(limited(4), 'answerCallbackQuery', { callback_query_id: '1' })
    expect(pacing.paused()).toBe(4_000)
  })

  test('a clock that is set back keeps nobody waiting', async () => {
    const clock = clockAt(10_000_000)
    const pacing = createPacing({ clock, messagesPerSecond: 30 })
    for (let n = 0; n < 3; n++) pacing.take(n)
    pacing.refuse(1, 30_000)
    pacing.pause(30_000)
    clock.time -= 3_600_000
    pacing.wait(1)
    clock.time += 1_000
    expect([pacing.wait(0), pacing.wait(1)]).toEqual([0, 0])
  })
})
