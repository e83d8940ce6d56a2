import type { ApiCallFn } from 'grammy'
import { describe, expect, test } from 'vitest'
import { createRetry } from '../../src/telegram/retry.ts'

type Answer = { ok: boolean; [field: string]: unknown } | Error
const fine: Answer = { ok: true, result: true }
const busy = (seconds: number): Answer => ({
  ok: false,
  error_code: 429,
  description: 'Too Many Requests',
  parameters: { retry_after: seconds },
})
const broken: Answer = { ok: false, error_code: 502, description: 'Bad Gateway' }

/** A clock that moves only when somebody sleeps, and a Telegram that answers from a list. */
function scene(...answers: Answer[]) {
  let now = 1_000_000
  const begun = now
  const hooks = { onSleep: () => {}, onCall: () => {}, slept: 1 }
  const calls: { method: string; at: number }[] = []
  const ending = new AbortController()
  const retry = createRetry({
    ending: ending.signal,
    clock: { now: () => now },
    sleep: async (milliseconds) => {
      const end = now + Math.ceil(milliseconds * hooks.slept)
      hooks.onSleep()
      now = Math.max(now, end)
    },
    random: () => 1,
  })
  const prev = (async (method: string) => {
    calls.push({ method, at: now - begun })
    hooks.onCall()
    const answer = answers.shift() ?? fine
    if (answer instanceof Error) throw answer
    return answer
  }) as unknown as ApiCallFn // answers of all methods at once
  const call = (method: 'sendMessage' | 'getMe' | 'getUpdates' | 'answerCallbackQuery', chat = 5) =>
    retry(prev, method, (method === 'sendMessage' ? { chat_id: chat, text: 'x' } : {}) as never)
  return { call, calls, hooks, ending, times: () => calls.map(({ at }) => at) }
}

describe('the retries', () => {
  test('wait as long as Telegram asks', async () => {
    const { call, times } = scene(busy(3), fine)
    expect(await call('sendMessage')).toEqual(fine)
    expect(times()).toEqual([0, 3000])
  })

  test('do not fail a call that Telegram puts off again and again, as where hundreds are answered at once', async () => {
    const { call, calls } = scene(...Array.from({ length: 20 }, () => busy(1)), fine)
    expect(await call('sendMessage')).toEqual(fine)
    expect(calls).toHaveLength(21)
    const endless = scene(...Array.from({ length: 100 }, () => busy(0)))
    expect(await endless.call('sendMessage')).toMatchObject({ error_code: 429 })
    expect(endless.calls.length).toBeLessThan(35)
  })

  test('back off from server errors and broken connections, a bounded number of times', async () => {
    const { call, times } = scene(broken, new Error('socket hang up'), broken, broken, fine)
    expect(await call('sendMessage')).toEqual(broken)
    expect(times()).toEqual([0, 500, 1500, 3500])
    const other = scene(...Array.from({ length: 4 }, () => new Error('reset')))
    await expect(other.call('sendMessage')).rejects.toThrow('reset')
    expect(other.calls).toHaveLength(4)
  })

  test('leave refusals alone', async () => {
    const refused = { ok: false, error_code: 400, description: 'Bad Request' }
    const { call, calls } = scene(refused)
    expect(await call('sendMessage')).toEqual(refused)
    expect(calls).toHaveLength(1)
  })

  test('keep the gate of a chat closed for everybody, and other chats open', async () => {
    const { call, calls } = scene(busy(120))
    const late = await call('sendMessage', 5)
    expect(late).toMatchObject({ ok: false, error_code: 429, parameters: { retry_after: 120 } })
    expect(await call('sendMessage', 5)).toMatchObject({ error_code: 429 })
    expect(calls).toHaveLength(1)
    expect(await call('sendMessage', 6)).toEqual(fine)
  })

  test('let callers of a chat wait together for its gate', async () => {
    const { call, hooks, times } = scene(busy(3))
    const others: Promise<unknown>[] = []
    hooks.onSleep = () => {
      hooks.onSleep = () => {}
      others.push(call('sendMessage', 5), call('sendMessage', 5))
    }
    await call('sendMessage', 5)
    expect(await Promise.all(others)).toEqual([fine, fine])
    expect(times()).toEqual([0, 3000, 3000, 3000])
  })

  test('look at the gate until it is open, however often they wake too early', async () => {
    const { call, hooks, times } = scene(busy(10), fine)
    hooks.slept = 0.5
    expect(await call('sendMessage')).toEqual(fine)
    expect(times()).toEqual([0, 10_000])
  })

  test('answer no press while Telegram wants a longer pause from that than it would wait', async () => {
    const { call, calls } = scene(busy(120))
    expect(await call('answerCallbackQuery')).toMatchObject({ error_code: 429 })
    expect(await call('answerCallbackQuery')).toMatchObject({ error_code: 429 })
    expect(calls).toHaveLength(1)
    expect(await call('sendMessage')).toEqual(fine)
  })

  test.each([
    ['a server error', broken, 300],
    ['a lost connection', new Error('socket hang up'), 300],
    ['a short pause', busy(1), 1000],
  ])('answer a press again after %s, so that its button does not go on turning', async (_, fault, after) => {
    const { call, times } = scene(fault, fine)
    expect(await call('answerCallbackQuery')).toEqual(fine)
    expect(times()).toEqual([0, after])
  })

  test('answer a press three times at most, and not after two seconds', async () => {
    const { call, times } = scene(broken, broken, broken, fine)
    expect(await call('answerCallbackQuery')).toEqual(broken)
    expect(times()).toEqual([0, 300, 900])
    const slow = scene(broken, broken, fine)
    slow.hooks.slept = 5
    expect(await slow.call('answerCallbackQuery')).toEqual(broken)
    expect(slow.times()).toEqual([0, 1500])
  })

  test('leave getUpdates to the poller, which waits by itself', async () => {
    const { call, calls } = scene(broken)
    expect(await call('getUpdates')).toEqual(broken)
    expect(calls).toHaveLength(1)
  })

  test('wait for nothing and repeat nothing once the program ends', async () => {
    const { call, calls, ending } = scene(busy(3), fine, broken, fine)
    const waiting = call('sendMessage')
    ending.abort()
    expect(await waiting).toMatchObject({ error_code: 429 })
    expect(await call('sendMessage', 6)).toEqual(fine)
    expect(await call('sendMessage', 7)).toEqual(broken)
    expect(calls).toHaveLength(3)
  })

  test.each([
    ['a server error', broken],
    ['a lost connection', new Error('socket hang up')],
  ])('repeat no call during which the program ends, after %s', async (_, fault) => {
    const { call, calls, hooks, ending } = scene(fault, fine)
    hooks.onCall = () => ending.abort()
    const outcome = await call('sendMessage').catch((error: unknown) => error)
    expect(outcome).toEqual(fault)
    expect(calls).toHaveLength(1)
  })
})
