import type { ApiCallFn } from 'grammy'
import { describe, expect, it } from 'vitest'
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
  const hooks = { onSleep: () => {}, slept: 1 }
  const calls: { method: string; at: number }[] = []
  const retry = createRetry({
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
    const answer = answers.shift() ?? fine
    if (answer instanceof Error) throw answer
    return answer
  }) as unknown as ApiCallFn // answers of all methods at once
  const call = (method: 'sendMessage' | 'getMe' | 'getUpdates' | 'answerCallbackQuery', chat = 5) =>
    retry(prev, method, (method === 'sendMessage' ? { chat_id: chat, text: 'x' } : {}) as never)
  return { call, calls, hooks, times: () => calls.map(({ at }) => at) }
}

describe('the retries', () => {
  it('wait as long as Telegram asks', async () => {
    const { call, times } = scene(busy(3), fine)
    expect(await call('sendMessage')).toEqual(fine)
    expect(times()).toEqual([0, 3000])
  })

  it('back off from server errors and broken connections, a bounded number of times', async () => {
    const { call, times } = scene(broken, new Error('socket hang up'), broken, broken, fine)
    expect(await call('sendMessage')).toEqual(broken)
    expect(times()).toEqual([0, 500, 1500, 3500])
    const other = scene(...Array.from({ length: 4 }, () => new Error('reset')))
    await expect(other.call('sendMessage')).rejects.toThrow('reset')
    expect(other.calls).toHaveLength(4)
  })

  it('leave refusals alone', async () => {
    const refused = { ok: false, error_code: 400, description: 'Bad Request' }
    const { call, calls } = scene(refused)
    expect(await call('sendMessage')).toEqual(refused)
    expect(calls).toHaveLength(1)
  })

  it('keep the gate of a chat closed for everybody, and other chats open', async () => {
    const { call, calls } = scene(busy(120))
    const late = await call('sendMessage', 5)
    expect(late).toMatchObject({ ok: false, error_code: 429, parameters: { retry_after: 120 } })
    expect(await call('sendMessage', 5)).toMatchObject({ error_code: 429 })
    expect(calls).toHaveLength(1)
    expect(await call('sendMessage', 6)).toEqual(fine)
  })

  it('let callers of a chat wait together for its gate', async () => {
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

  it('look at the gate until it is open, however often they wake too early', async () => {
    const { call, hooks, times } = scene(busy(10), fine)
    hooks.slept = 0.5
    expect(await call('sendMessage')).toEqual(fine)
    expect(times()).toEqual([0, 10_000])
  })

  it('answer no press while Telegram wants a pause from that', async () => {
    const { call, calls } = scene(busy(120))
    expect(await call('answerCallbackQuery')).toMatchObject({ error_code: 429 })
    expect(await call('answerCallbackQuery')).toMatchObject({ error_code: 429 })
    expect(calls).toHaveLength(1)
    expect(await call('sendMessage')).toEqual(fine)
  })

  it('do not touch calls that wait by themselves or soon lose their meaning', async () => {
    for (const method of ['getUpdates', 'answerCallbackQuery'] as const) {
      const { call, calls } = scene(broken)
      expect(await call(method)).toEqual(broken)
      expect(calls).toHaveLength(1)
    }
  })
})
