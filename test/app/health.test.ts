import type { Api } from 'grammy'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { createHealth, type HealthOptions, watchPolls } from '../../src/app/health.ts'
import { createMetrics } from '../../src/app/metrics.ts'
import { watchWrites } from '../../src/base/watched.ts'
import { StoreError } from '../../src/engine/store-error.ts'
import { createWebhookWatch } from '../../src/telegram/webhook-watch.ts'

const at = 1_000_000

function setUp(change: Partial<HealthOptions> = {}) {
  const counts = async () => ({ due: 3, later: 2, parked: 1, oldestDueAt: at - 4_500 })
  const metrics = createMetrics({ counts, held: () => true, now: () => at })
  const app = createHealth({ metrics, pingDatabase: async () => 1, lease: () => true, now: () => at, ...change })
  return { metrics, app }
}

describe('/healthz', () => {
  test('is ready when the database answers and updates are fetched', async () => {
    const response = await setUp({ lastPollAt: () => at - 30_000 }).app.request('/healthz')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      live: true,
      ready: true,
      database: true,
      delivers: true,
      lastPollSeconds: 30,
    })
  })

  test('is live but not ready without the database', async () => {
    const { app } = setUp({ pingDatabase: () => Promise.reject(new Error('down')), lease: () => false })
    const response = await app.request('/healthz')
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({
      live: true,
      ready: false,
      database: false,
      delivers: false,
      trouble: ['the database does not answer'],
    })
  })

  test('is not ready when no update has been fetched for two minutes', async () => {
    const response = await setUp({ lastPollAt: () => at - 121_000 }).app.request('/healthz')
    expect(response.status).toBe(503)
  })
})

describe('/healthz is red', () => {
  const ask = async (change: Partial<HealthOptions>) => {
    const response = await setUp(change).app.request('/healthz')
    const { trouble } = z.object({ trouble: z.array(z.string()).optional() }).parse(await response.json())
    return { status: response.status, trouble }
  }

  test('when getUpdates is refused from the beginning', async () => {
    const clock = { time: at, now: () => clock.time }
    const polls = watchPolls(clock)
    expect(polls.lastPollAt()).toBeUndefined()
    const refused = async () => ({ ok: false, error_code: 409, description: 'Conflict' }) as const
    for (let minute = 0; minute < 3; minute++) {
      await polls.watch(refused, 'getUpdates', {})
      clock.time += 60_000
    }
    const health = { lastPollAt: polls.lastPollAt, now: clock.now }
    expect(await ask(health)).toEqual({ status: 503, trouble: ['updates are not fetched'] })
    await polls.watch((async () => ({ ok: true, result: [] })) as never, 'getUpdates', {}) // only `ok` is looked at
    expect(await ask(health)).toEqual({ status: 200, trouble: undefined })
  })

  test('while the disk is full, though the database answers, until a write goes through', async () => {
    const clock = { time: at, now: () => clock.time }
    const writes = watchWrites(clock)
    const health = { failingWrites: writes.failing }
    let isFull = true
    const write = writes.watch('what people do', async () => {
      if (isFull) throw new StoreError('full', 'The disk is full')
    })
    await write().catch(() => {})
    expect(await ask(health)).toEqual({ status: 503, trouble: ['what people do cannot be written'] })
    isFull = false
    await write()
    expect(await ask(health)).toEqual({ status: 200, trouble: undefined })
  })

  test('while a locked table keeps people’s rows from being read, though the database answers', async () => {
    const reads = watchWrites({ now: () => at })
    const load = reads.watch('where people are', () => Promise.reject(new StoreError('locked', 'A lock')))
    await load().catch(() => {})
    const red = { status: 503, trouble: ['where people are cannot be read'] }
    expect(await ask({ failingReads: reads.failing })).toEqual(red)
  })

  test('while a write is not answered, though another connection is', async () => {
    const clock = { time: at, now: () => clock.time }
    const writes = watchWrites(clock)
    void writes.watch('the lease', () => new Promise(() => {}))()
    expect(writes.failing()).toEqual([])
    clock.time += 16_000
    expect(writes.failing()).toEqual(['the lease'])
  })

  test('not for a turn that is refused for what it holds, nor for a failure of long ago', async () => {
    const clock = { time: at, now: () => clock.time }
    const writes = watchWrites(clock)
    const isFault = (error: unknown) => error instanceof StoreError
    const failing = (error: Error) =>
      writes
        .watch('turns', () => Promise.reject(error), isFault)()
        .catch(() => {})
    await failing(new Error('a flow told nonsense'))
    expect(writes.failing()).toEqual([])
    await failing(new StoreError('locked', 'locked'))
    clock.time += 61_000
    expect(writes.failing()).toEqual([])
  })

  test('when the dispatcher stands still while this process holds the lease', async () => {
    const delivery = () => ({ trouble: ['the dispatcher stands still'], dispatcherIdleSeconds: 40 })
    const response = await setUp({ delivery }).app.request('/healthz')
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ ready: false, database: true, dispatcherIdleSeconds: 40 })
  })

  test('when Telegram cannot deliver to the webhook, which it is asked once a minute at most', async () => {
    const clock = { time: at, now: () => clock.time }
    const url = 'https://example.org/hook'
    let asked = 0
    let info: Awaited<ReturnType<Api['getWebhookInfo']>> = {
      url,
      has_custom_certificate: false,
      pending_update_count: 0,
    }
    const api = {
      getWebhookInfo: async () => {
        asked++
        return info
      },
    }
    const watch = createWebhookWatch({ api, url, clock, steady: clock })
    const later = async () => {
      clock.time += 61_000
      for (let n = 0; n < 3; n++) watch.report()
      await Promise.resolve()
      await Promise.resolve()
      return watch.report().trouble
    }
    expect(watch.report()).toEqual({ trouble: [], facts: {} })
    expect(await later()).toEqual([])
    const error = { last_error_date: Math.floor(clock.time / 1_000) + 50, last_error_message: 'Connection refused' }
    info = { ...info, pending_update_count: 3, ...error }
    expect(await later()).toEqual(['Telegram cannot deliver updates'])
    expect(watch.report().facts).toMatchObject({ pendingUpdates: 3, lastError: 'Connection refused' })
    watch.received()
    expect(watch.report().trouble).toEqual([])
    info = { ...info, url: '' }
    expect(await later()).toEqual(['the webhook is not set, or set to another address'])
    expect(asked).toBe(3)
  })
})

describe('/metrics', () => {
  const read = async ({ app }: ReturnType<typeof setUp>) => (await app.request('/metrics')).text()

  test('tells the queue, its age and the lease as they are at that moment', async () => {
    const text = await read(setUp())
    expect(text).toContain('serik_notices_waiting{state="due"} 3')
    expect(text).toContain('serik_notices_waiting{state="parked"} 1')
    expect(text).toContain('serik_notices_oldest_seconds 4.5')
    expect(text).toContain('serik_lease_held 1')
  })

  test('asks the database once a scrape, and tells the rest when it does not answer', async () => {
    let asked = 0
    const counts = async () => {
      asked++
      if (asked > 1) throw new Error('no database')
      return { due: 3, later: 2, parked: 1, oldestDueAt: at - 4_500 }
    }
    const metrics = createMetrics({ counts, held: () => true, idle: () => 1_500, now: () => at })
    expect(await metrics.registry.metrics()).toContain('serik_notices_oldest_seconds 4.5')
    expect(asked).toBe(1)
    const text = await metrics.registry.metrics()
    expect(text).toContain('serik_dispatcher_idle_seconds 1.5')
    expect(text).toContain('serik_notices_oldest_seconds Nan')
    expect(text).not.toContain('serik_notices_waiting{')
  })

  test('counts turns, notices and calls', async () => {
    const all = setUp()
    all.metrics.turn({ milliseconds: 3 })
    all.metrics.notice('reminders.due', 'sent')
    const refused = async () => ({ ok: false, error_code: 429, description: '' }) as const
    await all.metrics.api(refused, 'sendMessage', { chat_id: 1, text: '' })
    const broken = () => Promise.reject(new Error('reset'))
    await all.metrics.api(broken, 'getMe', {} as never).catch(() => {}) // getMe has no fields
    const text = await read(all)
    expect(text).toContain('serik_turns_total 1')
    expect(text).toContain('serik_turn_seconds_bucket{le="0.005"} 1')
    expect(text).toContain('serik_notices_total{kind="reminders.due",outcome="sent"} 1')
    expect(text).toContain('serik_api_calls_total{method="sendMessage",code="429"} 1')
    expect(text).toContain('serik_api_calls_total{method="getMe",code="0"} 1')
  })

  test('two programs in one process share nothing', async () => {
    const [one, other] = [setUp(), setUp()]
    one.metrics.turn({ milliseconds: 1 })
    expect(await read(other)).toContain('serik_turns_total 0')
  })
})
