import { readFileSync } from 'node:fs'

/** What a bot's process says of itself: processor time in microseconds, peak memory in bytes. */
export type Usage = { readonly cpu: number; readonly peak: number; readonly rss: number }

/** Where a bot's process finds its surroundings, as the bench has put them into the environment. */
export function surroundings() {
  const { BENCH_API_ROOT: apiRoot, BENCH_TOKEN: token, BENCH_FOLDER: folder } = process.env
  if (!apiRoot || !token || !folder) throw new Error('Started by test/bench/run.ts only')
  return { apiRoot, token, folder }
}

/** Answers the bench: tells that the bot is ready, then its usage whenever asked; ends on `stop`. */
export function serve(stop: () => unknown = () => {}): void {
  process.on('message', async (message) => {
    if (message === 'usage') process.send?.(usage())
    if (message !== 'stop') return
    await stop()
    process.exit()
  })
  process.on('disconnect', () => process.exit())
  process.send?.('ready')
}

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  const status = readFileSync('/proc/self/status', 'utf8')
  const kilobytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0)
  return { cpu: user + system, peak: kilobytes('VmHWM') * 1024, rss: kilobytes('VmRSS') * 1024 }
}
