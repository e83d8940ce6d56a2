import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { everybody } from '../../flows/announcements/announcement.ts'
import { exampleBody, sendAnnouncement } from '../../flows/announcements/contract.ts'
import { figuresOf } from '../../src/capabilities/announcements/figures.ts'
import { announcementsWhere } from '../../src/capabilities/announcements/rows.ts'
import type { Store } from '../../src/store/open.ts'
import { savePerson } from '../../src/store/people.ts'
import { createPostgresql, createSqlite, type TestDatabase } from '../support/databases.ts'
import { fillPeople } from '../support/many-people.ts'
import { invited } from '../support/people.ts'
import { fact, turn } from '../support/turns.ts'

export type AnnouncementPlan = {
  readonly database: 'sqlite' | 'postgresql'
  readonly recipients: number
  /** Messages sent whose outcome is not yet written, at most. */
  readonly inFlight: number
  /** Shares of the way that each process goes by itself before it is killed, while notices are made. */
  readonly whileMaking: readonly number[]
  /** Shares of all recipients who have it when the process is killed. */
  readonly whileSending: readonly number[]
}

export type AnnouncementFindings = {
  readonly kills: number
  /** Whom it never reached. Must be 0. */
  readonly lost: number
  /** Messages that came once more; at most `repeatsAllowed`, kills times what is in flight. */
  readonly repeats: number
  readonly repeatsAllowed: number
  /** What the author is told: made and delivered. */
  readonly made: number
  readonly delivered: number
  readonly state: string | undefined
}

const author = 1
const id = 'announcement'

/** An announcement to many, whose process is killed again and again; then what has arrived is counted. */
export async function chaosOfAnnouncements(plan: AnnouncementPlan): Promise<AnnouncementFindings> {
  const database = plan.database === 'sqlite' ? await createSqlite() : await createPostgresql()
  const folder = mkdtempSync(join(tmpdir(), 'serik-announcement-'))
  const heard = join(folder, 'heard')
  writeFileSync(heard, '')
  try {
    await prepare(plan, database)
    const orders = JSON.stringify({ url: database.url, heard, inFlight: plan.inFlight })
    const slices = Math.ceil(plan.recipients / 100)
    for (const share of plan.whileMaking) await killedWhen(orders, (news) => (news.slices ?? 0) >= share * slices)
    for (const share of plan.whileSending) {
      await killedWhen(orders, (news) => (news.sent ?? 0) > 0 && count(heard).size >= share * plan.recipients)
    }
    await ended(orders)
    return await judge(plan, database, count(heard))
  } finally {
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function prepare({ recipients }: AnnouncementPlan, database: TestDatabase): Promise<void> {
  database.clock.time = Date.now() - 60_000
  const store = await database.open()
  await savePerson(store, author, invited('coordinator'))
  await fillPeople(store, 2, recipients)
  await announce(store, database.clock.time)
  await store.close()
}

/** To everybody, by a coordinator. */
export async function announce(store: Store, at: number): Promise<void> {
  const data = { id, body: exampleBody, audience: everybody, at, expected: 0 }
  await store.dialogues.commit(turn(author, 1, { facts: [fact(sendAnnouncement.name, data)], at }))
}

const News = z.object({ slices: z.number().optional(), sent: z.number().optional() })
type News = z.infer<typeof News>

function begin(orders: string): ChildProcess {
  return fork(fileURLToPath(new URL('announcement-process.ts', import.meta.url)), [orders], {
    execArgv: ['--import', 'tsx'],
  })
}

/** A process that dies at once when the news are such. Throws when it comes to its end before. */
async function killedWhen(orders: string, isTime: (news: News) => boolean): Promise<void> {
  const child = begin(orders)
  child.on('message', (message) => {
    if (isTime(News.parse(message))) child.kill('SIGKILL')
  })
  const [, signal] = await once(child, 'exit')
  if (signal !== 'SIGKILL') throw new Error('The process ended before it was to be killed')
}

async function ended(orders: string): Promise<void> {
  const [code] = await once(begin(orders), 'exit')
  if (code !== 0) throw new Error(`The process ended with ${String(code)}`)
}

/** How often each chat has heard it. */
function count(heard: string): Map<number, number> {
  const times = new Map<number, number>()
  for (const line of readFileSync(heard, 'utf8').split('\n')) {
    const chat = Number(line)
    if (line !== '' && chat !== author) times.set(chat, (times.get(chat) ?? 0) + 1)
  }
  return times
}

async function judge(
  { recipients, inFlight, whileMaking, whileSending }: AnnouncementPlan,
  database: TestDatabase,
  times: ReadonlyMap<number, number>,
): Promise<AnnouncementFindings> {
  const store = await database.open()
  const [kept] = await announcementsWhere(store.prisma, store, { id })
  if (kept === undefined) throw new Error('The announcement is gone')
  const { made, delivered } = await figuresOf(store, kept)
  const kills = whileMaking.length + whileSending.length
  return {
    kills,
    lost: recipients - times.size,
    repeats: [...times.values()].reduce((sum, often) => sum + often - 1, 0),
    repeatsAllowed: kills * inFlight,
    ...{ made, delivered, state: kept.state },
  }
}
