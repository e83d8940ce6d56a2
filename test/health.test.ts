import { describe, expect, it } from 'vitest'
import { createHealth, type HealthOptions } from '../src/health.ts'
import { createMetrics } from '../src/metrics.ts'

const at = 1_000_000

function setUp(change: Partial<HealthOptions> = {}) {
  const counts = async () => ({ due: 3, later: 2, parked: 1, oldestDueAt: at - 4_500 })
  const metrics = createMetrics({ counts, held: () => true, now: () => at })
  const app = createHealth({ metrics, pingDatabase: async () => 1, lease: () => true, now: () => at, ...change })
  return { metrics, app }
}

describe('/healthz', () => {
  it('is ready when the database answers and updates are fetched', async () => {
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

  it('is live but not ready without the database', async () => {
    const { app } = setUp({ pingDatabase: () => Promise.reject(new Error('down')), lease: () => false })
    const response = await app.request('/healthz')
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ live: true, ready: false, database: false, delivers: false })
  })

  it('is not ready when no update has been fetched for two minutes', async () => {
    const response = await setUp({ lastPollAt: () => at - 121_000 }).app.request('/healthz')
    expect(response.status).toBe(503)
  })
})

describe('/metrics', () => {
  const read = async ({ app }: ReturnType<typeof setUp>) => (await app.request('/metrics')).text()

  it('tells the queue, its age and the lease as they are at that moment', async () => {
    const text = await read(setUp())
    expect(text).toContain('serik_notices_waiting{state="due"} 3')
    expect(text).toContain('serik_notices_waiting{state="parked"} 1')
    expect(text).toContain('serik_notices_oldest_seconds 4.5')
    expect(text).toContain('serik_lease_held 1')
  })

  it('counts turns, notices and calls', async () => {
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

  it('two programs in one process share nothing', async () => {
    const [one, other] = [setUp(), setUp()]
    one.metrics.turn({ milliseconds: 1 })
    expect(await read(other)).toContain('serik_turns_total 0')
  })
})
