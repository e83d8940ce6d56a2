import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Usage } from './bots/child.ts'
import type { Act, Name } from './plan.ts'
import { firstPerson, people } from './plan.ts'
import type { Opening, WalkPlan, WalkResult } from './telegram/walk.ts'

/** A bot in a fresh process beside a fresh Telegram, both started alike whatever the bot. */
export type Stage = {
  /** Everybody of the range does these acts. */
  walk(acts: readonly Act[], range?: Range): Promise<WalkResult>
  /** Lets the bot write to people who have not written themselves. */
  open(opening: Opening): Promise<unknown>
  /** What the bot's process answers to a message of its own. */
  ask<T>(message: string): Promise<T>
  usage(): Promise<Usage>
  /** Processor time of the Telegram process, in microseconds. */
  telegramCpu(): Promise<number>
  /** Folder of the bot's database. */
  readonly folder: string
  readonly pid: number
  close(): Promise<void>
}

/** People counted from the first; `pause` is what each lets pass before an act, ms on average. */
export type Range = { readonly from: number; readonly count: number; readonly pause?: number }

/** `service` is ours with all that it does on its own. */
export async function setStage(name: Name | 'service', botArguments: readonly string[] = []): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'serik-bench-'))
  if (name === 'ours' || name === 'service') await finished(start('./bots/prepare.ts', { BENCH_FOLDER: folder }))
  const telegram = start('./telegram/process.ts', {})
  const { url, token } = await next<{ url: string; token: string }>(telegram)
  const environment = { BENCH_API_ROOT: url, BENCH_TOKEN: token, BENCH_FOLDER: folder }
  const bot = start(`./bots/${name}.ts`, environment, botArguments)
  await next(bot)
  return {
    folder,
    pid: bot.pid ?? 0,
    open: (opening) => ask(telegram, { open: opening }),
    ask: (message) => ask(bot, message),
    walk: async (acts, { from, count, pause = 0 } = { from: 0, count: people }) => {
      const plan: WalkPlan = { firstId: firstPerson + from, people: count, acts, pause }
      const result = await ask<WalkResult | { error: string }>(telegram, plan)
      if ('error' in result) throw new Error(`${name}: ${result.error}`)
      return result
    },
    usage: () => ask<Usage>(bot, 'usage'),
    telegramCpu: async () => (await ask<{ cpu: number }>(telegram, 'usage')).cpu,
    async close() {
      await ended(bot)
      await ended(telegram)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function start(file: string, environment: Record<string, string>, more: readonly string[] = []): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ['--import', 'tsx', ...more],
    env: { ...process.env, ...environment },
  })
}

/** Resolves when a process has done its work. */
function finished(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`A preparation ended with ${code}`))))
  })
}

function ask<T>(child: ChildProcess, message: object | string): Promise<T> {
  const answer = next<T>(child)
  child.send(message)
  return answer
}

function next<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      child.off('message', told).off('exit', gone)
      end()
    }
    const told = (message: unknown) => settle(() => resolve(message as T)) // the two ends are in this folder
    const gone = (code: number | null) =>
      settle(() => reject(new Error(`${child.spawnargs.at(-1)} ended with ${code}`)))
    child.on('message', told).on('exit', gone)
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    if (child.connected) child.send('stop')
    else resolve()
  })
}
