import { type Subscription, saveSubscription } from '../../../flows/alerts/contract.ts'
import { FoundValues } from '../../../flows/alerts/notices.ts'
import { defaultRhythm } from '../../../flows/alerts/rhythm.ts'
import type { Person } from '../../../flows/common/person.ts'
import { Filter } from '../../../flows/vacancies/matching/filter.ts'
import { alerts } from '../../../src/capabilities/alerts/index.ts'
import { alertsJob } from '../../../src/capabilities/alerts/job.ts'
import { capabilities } from '../../../src/capabilities/index.ts'
import { readCatalogue } from '../../../src/capabilities/professions/seed.ts'
import { createReading } from '../../../src/capabilities/vacancies/candidates.ts'
import { createFilterNames } from '../../../src/capabilities/vacancies/filter-names.ts'
import { readKnowledge } from '../../../src/capabilities/vacancies/knowledge.ts'
import { opened } from '../../../src/delivery/notices/rows.ts'
import type { Core } from '../../../src/store/core.ts'
import { savePerson } from '../../../src/store/people.ts'
import type { TestDatabase } from '../../support/databases.ts'
import { agreed } from '../../support/people.ts'
import { fact, turn } from '../../support/turns.ts'

const root = new URL('../../../', import.meta.url)
const knowledge = await readKnowledge(root)
const catalogue = await readCatalogue(new URL('prisma/seed/', root))
const reading = createReading(knowledge, catalogue)
const namesOf = createFilterNames(knowledge, catalogue)

/** A database with people who look for work, and the job that tells them. */
export async function createAlertScene(database: TestDatabase) {
  const store = await database.open({ capabilities: [...new Set([...capabilities, alerts])] })
  const revisions = new Map<number, number>()
  let job = alertsJob({ core: store, reading, namesOf })

  const tells = async (chatId: number, ...facts: readonly [name: string, data: unknown][]) => {
    const revision = (revisions.get(chatId) ?? 0) + 1
    revisions.set(chatId, revision)
    const told = facts.map(([name, data]) => fact(name, data))
    if (!(await store.dialogues.commit(turn(chatId, revision, { facts: told, at: database.clock.now() }))))
      throw new Error('The turn was not committed')
  }
  const looksFor = async (chatId: number, change: Change = {}) => {
    const { filter, ...rest } = change
    const subscription: Subscription = {
      ...{ id: `s${chatId}`, ...defaultRhythm, rhythm: 'once', state: 'active', since: database.clock.now() },
      ...rest,
      filter: Filter.parse({ ageBand: '18+', ...filter }),
    }
    await tells(chatId, [saveSubscription.name, subscription])
    return subscription
  }
  return {
    store,
    tells,
    looksFor,
    meets: (chatId: number, change: Partial<Person> = {}) =>
      savePerson(store, chatId, { ...agreed('kk'), quiet: { from: 0, to: 0 }, ...change }),
    /** One round, a minute later than the last. */
    round: async (core: Core = store) => {
      const one = core === store ? job : alertsJob({ core, reading, namesOf })
      return await one.run({ now: database.clock.now(), signal: new AbortController().signal })
    },
    /** Another process takes over: it knows only what the database does. */
    takesOver: () => {
      job = alertsJob({ core: store, reading, namesOf })
    },
    later: (by: number) => {
      database.clock.time += by
    },
    /** What waits for a chat, or has been sent: the vacancies of each notice. */
    told: async (chatId: number) => {
      const rows = await store.prisma.notice.findMany({
        where: {
          chatId: BigInt(chatId),
          kind: 'alerts.found',
          OR: [{ outcome: null }, { outcome: { not: 'withdrawn' } }],
        },
        orderBy: [{ dueAt: 'asc' }, { key: 'asc' }],
      })
      return rows.map((row) => FoundValues.parse(opened(row, store.seal).values))
    },
    sends: () =>
      store.prisma.notice.updateMany({
        where: { outcome: null },
        data: { outcome: 'sent', finishedAt: BigInt(database.clock.now()) },
      }),
    clear: async () => {
      const { prisma } = store
      for (const table of [
        'notice',
        'alert',
        'alertCursor',
        'subscription',
        'vacancy',
        'vacancyMark',
        'person',
      ] as const)
        await (prisma[table] as typeof prisma.notice).deleteMany()
      await prisma.vacancyReport.deleteMany()
      await prisma.vacancyReview.deleteMany()
      job = alertsJob({ core: store, reading, namesOf })
    },
  }
}
export type AlertScene = Awaited<ReturnType<typeof createAlertScene>>

type Change = Partial<Omit<Subscription, 'filter'>> & { readonly filter?: Partial<Filter> }

/** The ids of vacancies in notices. */
export function idsOf(told: readonly FoundValues[]): string[][] {
  return told.map(({ items }) => items.map(({ listing }) => listing.id))
}
