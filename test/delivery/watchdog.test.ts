import { describe, expect, test } from 'vitest'
import type { DispatcherState } from '../../src/delivery/dispatcher.ts'
import { createWatchdog } from '../../src/delivery/watchdog.ts'

const start = 1_000_000_000
const second = 1_000
const minute = 60 * second

/** A watchdog over a delivery that the test makes up; `pass` lets so much time go by. */
function setUp() {
  const clock = { time: start, now: () => clock.time }
  const state: DispatcherState = { idle: 100, fruitless: 0, paused: 0, isLineDown: false }
  const world = { state, held: true, late: [] as string[], oldestDueAt: undefined as number | undefined }
  const lines: string[] = []
  let meanwhile = () => {}
  let asks = () => Promise.resolve(world.oldestDueAt)
  const line = (_: unknown, msg: string) => lines.push(msg)
  const pass = async (milliseconds: number) => {
    const stopping = new AbortController()
    const end = clock.time + milliseconds
    const watchdog = createWatchdog({
      dispatcher: { state: () => world.state },
      held: () => world.held,
      lateJobs: () => world.late,
      oldestDueAt: () => asks(),
      clock,
      sleep: async (wait) => {
        await new Promise((resolve) => setImmediate(resolve))
        clock.time += wait
        meanwhile()
        if (clock.time > end) stopping.abort()
      },
      log: { error: line, info: line } as never, // what is used
    })
    await watchdog.run(stopping.signal)
    return watchdog.report()
  }
  return {
    world,
    lines,
    pass,
    /** Does something at each look. */
    meanwhile: (act: () => void) => {
      meanwhile = act
    },
    hang: () => {
      asks = () => new Promise(() => {})
    },
  }
}

describe('the watchdog', () => {
  test('is quiet while all is well', async () => {
    const { pass, lines } = setUp()
    expect(await pass(minute)).toEqual({ trouble: [], dispatcherIdleSeconds: 0 })
    expect(lines).toEqual([])
  })

  test('barks once when the dispatcher stands still though the lease is held, and says when it is well again', async () => {
    const { world, pass, lines, meanwhile } = setUp()
    let looks = 0
    meanwhile(() => {
      looks++
      world.state = { ...world.state, idle: looks > 3 && looks < 9 ? 31 * second : 0 }
    })
    await pass(3 * minute)
    expect(lines).toEqual(['Delivery is in trouble', 'Delivery is well again'])
  })

  test('does not mind a dispatcher that stands still where another process sends', async () => {
    const { world, pass } = setUp()
    world.held = false
    world.state = { ...world.state, idle: 5 * minute }
    world.oldestDueAt = start - 60 * minute
    expect(await pass(minute)).toEqual({ trouble: [] })
  })

  test('barks when due notices grow old and none goes out', async () => {
    const { world, pass } = setUp()
    world.oldestDueAt = start - 6 * minute
    world.state = { ...world.state, fruitless: 3 * minute }
    expect(await pass(minute)).toMatchObject({ trouble: ['due notices are not sent'], oldestDueSeconds: 430 })
  })

  test('shows, and does not mind, a pause that Telegram wants, a line that is down, and much to do', async () => {
    const { world, pass } = setUp()
    world.oldestDueAt = start - 6 * minute
    world.state = { idle: 0, fruitless: 3 * minute, paused: 9_500, isLineDown: false }
    expect(await pass(minute)).toMatchObject({ trouble: [], pausedSeconds: 10 })
    world.state = { idle: 0, fruitless: 3 * minute, paused: 0, isLineDown: true }
    expect(await pass(minute)).toMatchObject({ trouble: [], lineDown: true })
    world.state = { idle: 0, fruitless: second, paused: 0, isLineDown: false }
    expect(await pass(minute)).toMatchObject({ trouble: [] })
  })

  test('names jobs that do not end', async () => {
    const { world, pass } = setUp()
    world.late = ['reminders']
    expect(await pass(minute)).toMatchObject({ trouble: ['a job does not end'], lateJobs: ['reminders'] })
  })

  test('is not held up by a database that does not answer', async () => {
    const { world, pass, hang, lines } = setUp()
    hang()
    world.state = { ...world.state, idle: minute }
    await pass(minute)
    expect(lines).toEqual(['Delivery is in trouble'])
  })
})
