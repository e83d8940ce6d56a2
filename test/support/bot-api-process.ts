import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'

/** One call as the local Bot API recorded it; times in epoch ms. */
const Call = z.object({
  time: z.number(),
  milliseconds: z.number(),
  method: z.string(),
  chatId: z.number().optional(),
  outcome: z.enum(['ok', 'refused', 'dropped']),
  code: z.number(),
  payload: z.record(z.string(), z.unknown()),
})
export type RecordedCall = z.infer<typeof Call>

/** The local Bot API in a process of its own. */
export type BotApiProcess = {
  readonly url: string
  readonly token: string
  control(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<unknown>
  /** People with the ids from `first` on, who have started the bot. */
  people(first: number, count: number): Promise<void>
  calls(method: string): Promise<RecordedCall[]>
  stop(): Promise<void>
}

export async function startBotApi(records: number): Promise<BotApiProcess> {
  const script = fileURLToPath(new URL('../../src/playground/serve.ts', import.meta.url))
  const words = ['--import', 'tsx', script, '--records', String(records), '--history', '5']
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  const { url, token } = z.object({ url: z.string(), token: z.string() }).parse(JSON.parse(await firstLine(child)))
  const control = async (method: string, path: string, body?: unknown) => {
    const sent =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(`${url}/control/${path}`, { method, ...sent })
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    return response.json()
  }
  return {
    url,
    token,
    control,
    async people(first, count) {
      await control('POST', 'people', { count, id: first })
      const acts = Array.from({ length: count }, (_, at) => ({ person: first + at, start: true }))
      await control('POST', 'acts', acts)
    },
    calls: async (method) => z.array(Call).parse(await control('GET', `calls?method=${method}`)),
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The process has no output')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error('The local Bot API ended before it was ready')
}
