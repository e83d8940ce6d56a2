import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { exampleBody } from '../../flows/announcements/contract.ts'
import { told, toldIn } from '../../flows/announcements/notices.ts'
import { announcementsJob } from '../../src/capabilities/announcements/job.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { savePerson } from '../../src/store/people.ts'
import { type Columns, namesOf, type Row, rowsOf } from '../../src/store/rows.ts'
import { announce } from '../chaos/announcements.ts'
import { fillPeople } from '../support/many-people.ts'
import { invited } from '../support/people.ts'

export type AnnouncingBench = {
  readonly recipients: number
  /** Processor time for each thousand recipients: made ready by the job, and by a bare loop that inserts rows as long. */
  readonly job: number
  readonly bare: number
  /** The job's as a multiple of the bare loop's. */
  readonly ratio: number
  /** Resident memory in MB: before, and the most while the job was at work. */
  readonly before: number
  readonly peak: number
  /** The longest the job kept everything else waiting, in ms. */
  readonly longestStop: number
}

export type AnnouncingRatio = { readonly few: AnnouncingBench; readonly many: AnnouncingBench; readonly memory: number }

/** Each in a process of its own: what one has taken would serve the other. */
export async function compareAnnouncing({ few = 25_000, many = 100_000 } = {}): Promise<AnnouncingRatio> {
  const one = await measuredApart(few)
  const other = await measuredApart(many)
  return { few: one, many: other, memory: (other.peak - other.before) / Math.max(1, one.peak - one.before) }
}

/** MB: a work that kept hold of what it has gone through would not end in so little. */
const heap = 128

async function measuredApart(recipients: number): Promise<AnnouncingBench> {
  const program = [
    `--max-old-space-size=${heap}`,
    '--import',
    'tsx',
    fileURLToPath(import.meta.url),
    '--recipients',
    String(recipients),
  ]
  const { stdout } = await promisify(execFile)(process.execPath, program)
  return JSON.parse(stdout) as AnnouncingBench // printed by this very file
}

/** An announcement to so many on SQLite: the audience gone through and all notices written; nothing is sent. */
export async function benchAnnouncing({ recipients = 100_000 } = {}): Promise<AnnouncingBench> {
  const folder = mkdtempSync(join(tmpdir(), 'serik-bench-'))
  const clock = { now: () => now }
  const open = (name: string) =>
    openStore({ capabilities, url: `file:${join(folder, name)}.db`, key: Buffer.alloc(32, 7), clock })
  const [store, other] = [await open('job'), await open('bare')]
  try {
    await savePerson(store, 1, invited('coordinator'))
    await fillPeople(store, 2, recipients)
    await announce(store, now)
    const job = await measure(() => announcementsJob(store).run({ now, signal: new AbortController().signal }))
    if (job.result.told !== recipients) throw new Error(`${job.result.told} of ${recipients} got a notice.`)
    const bare = await measure(() => bareLoop(other, recipients))
    const perThousand = ({ processor }: { readonly processor: number }) => (1_000 * processor) / recipients
    const { before, peak, longestStop } = job
    const times = { job: perThousand(job), bare: perThousand(bare), ratio: job.processor / bare.processor }
    return { recipients, ...times, before, peak, longestStop }
  } finally {
    await store.close()
    await other.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const columns = {
  ...({ id: 'text', key: 'text', kind: 'text', chatId: 'bigint', priority: 'int', dueAt: 'bigint' } as const),
  ...({ expiresAt: 'bigint', values: 'bytes', createdAt: 'bigint' } as const),
} satisfies Columns

/** People in one transaction of the job. */
const atOnce = 100

/** Rows of the same table and length, as many in a transaction as the job's, that are made of nothing. */
async function bareLoop({ prisma, provider }: Store, count: number): Promise<void> {
  const names = namesOf(columns)
  const values = new Uint8Array(JSON.stringify(toldIn('announcement', exampleBody, 'kk', null)).length + 28).fill(7)
  for (let from = 0; from < count; from += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, count - from) }, (_, at): Row => {
      const chat = from + at
      return [String(chat * 7_919), `announcement:bare:${chat}`, told.kind, chat, 30, now, now, values, now]
    })
    await prisma.$transaction((transaction) => {
      return transaction.$executeRaw`
        INSERT INTO "Notice" (${names}) SELECT ${names} FROM ${rowsOf(provider, columns, rows)} r`
    })
  }
}

async function measure<T>(run: () => Promise<T>) {
  const before = resident()
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, resident())
  }, 10)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const used = process.cpuUsage()
  const result = await run()
  const { user, system } = process.cpuUsage(used)
  delay.disable()
  clearInterval(watch)
  return { result, processor: (user + system) / 1e6, before, peak, longestStop: Math.round(delay.max / 1e6) }
}

function resident(): number {
  return Math.round(process.memoryUsage.rss() / 1e6)
}

const now = Date.UTC(2026, 2, 2, 5)

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { recipients: { type: 'string', default: '100000' } } })
  console.log(JSON.stringify(await benchAnnouncing({ recipients: Number(values.recipients) }), null, 2))
}
