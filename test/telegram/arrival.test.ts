import { GrammyError, HttpError } from 'grammy'
import { describe, expect, test } from 'vitest'
import { createLog } from '../../src/base/log.ts'
import { untilAnswered } from '../../src/telegram/arrival.ts'

const network = () => new HttpError('words', Object.assign(new Error('words'), { code: 'ENOTFOUND' }))
const refusal = (error_code: number, parameters = {}) =>
  new GrammyError('words', { ok: false, error_code, description: 'words', parameters }, 'getMe', {})

/** Asks a Telegram that fails in these ways, then answers; gives what was waited, in ms, and what was said. */
async function ask(failures: readonly Error[], signal = new AbortController().signal, onWait = () => {}) {
  const [waited, said]: [number[], string[]] = [[], []]
  const hear = (_: object, message: string) => void said.push(message)
  const log = { ...createLog('silent'), info: hear, warn: hear }
  let asked = 0
  const answer = await untilAnswered(
    async () => {
      const failure = failures[asked++]
      if (failure !== undefined) throw failure
      return 'me'
    },
    {
      signal,
      server: 'http://127.0.0.1',
      log: log as never, // only these two are used
      random: () => 1,
      sleep: async (milliseconds) => {
        waited.push(milliseconds)
        onWait()
      },
    },
  )
  return { answer, waited, said, asked }
}

describe('Telegram out of reach at the start', () => {
  test('is tried with growing pauses, and said once and once again when it is over', async () => {
    const { answer, waited, said } = await ask(Array.from({ length: 9 }, network))
    expect(answer).toBe('me')
    expect(waited).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
    expect(said).toEqual([expect.stringMatching(/cannot be reached/), expect.stringMatching(/can be reached/)])
  })

  test('is not said of when it answers at once', async () => {
    expect(await ask([])).toMatchObject({ answer: 'me', waited: [], said: [] })
  })

  test.each([500, 502, 504])('%i is waited for', async (code) => {
    expect(await ask([refusal(code)])).toMatchObject({ answer: 'me', waited: [1_000] })
  })

  test('429 is waited for as long as it says', async () => {
    expect(await ask([refusal(429, { retry_after: 33 })])).toMatchObject({ answer: 'me', waited: [33_000] })
  })

  test.each([400, 401, 403, 404])('%i ends the start at once: waiting does not mend it', async (code) => {
    await expect(ask([refusal(code)])).rejects.toMatchObject({ error_code: code })
  })

  test('a mistake of ours is not taken for the network', async () => {
    await expect(ask([new TypeError('x')])).rejects.toThrow(TypeError)
  })

  test('a signal to stop ends the waiting', async () => {
    const stopping = new AbortController()
    const failures = Array.from({ length: 9 }, network)
    const { answer, asked } = await ask(failures, stopping.signal, () => stopping.abort())
    expect([answer, asked]).toEqual([undefined, 1])
  })

  test('a signal to stop during the call itself is no failure', async () => {
    const stopping = new AbortController()
    const options = { signal: stopping.signal, server: '', log: createLog('silent'), random: () => 1 }
    const answer = untilAnswered(async () => {
      stopping.abort()
      throw network()
    }, options)
    expect(await answer).toBeUndefined()
  })
})
