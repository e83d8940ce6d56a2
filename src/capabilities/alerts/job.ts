import { dayLength } from '../../../flows/common/calendar.ts'
import type { Job } from '../../schedule/schedule.ts'
import type { Core } from '../../store/core.ts'
import { isSourceJob } from '../sources/job.ts'
import type { Reading } from '../vacancies/candidates.ts'
import type { NamesOf } from '../vacancies/filter-names.ts'
import { createFindings } from '../vacancies/findings.ts'
import { createCursor, createSeen } from './cursor.ts'
import { forgetEntries } from './ledger.ts'
import { takeNews } from './news.ts'
import { createShelf } from './shelf.ts'
import { tellDue } from './tell.ts'
import { createWatch } from './watch.ts'
import { withdrawGone } from './withdraw.ts'

/** So long the ledger remembers what was found, ms: by then a vacancy is over, and its notice is forgotten. */
export const ledgerKept = 120 * dayLength

export type AlertTools = { readonly core: Core; readonly reading: Reading; readonly namesOf: NamesOf }

/**
 * Every minute, and as soon as a source was read: what is new goes into the ledger of whoever looks for it; who is due is told; and what was closed or
 * held back meanwhile is taken out of what waits still. All of it in small transactions: killed between any two, the
 * next round goes on, and tells nobody twice.
 */
export function alertsJob({ core, reading, namesOf }: AlertTools): Job {
  const shelf = createShelf(core, reading, createFindings(core))
  const watch = createWatch(core)
  const news = { core, shelf, watch, cursor: createCursor(core, 'news'), seen: createSeen() }
  const changes = { core, shelf, cursor: createCursor(core, 'changes'), seen: createSeen() }
  return {
    name: 'alerts',
    cron: '* * * * *',
    follows: isSourceJob,
    run: async ({ now, signal }) => {
      const isWhole = await watch.refresh(now, signal)
      // First what is gone: the dispatcher is at work meanwhile.
      const withdrawn = await withdrawGone(changes, now, signal)
      // News that are held against a part of the subscriptions would be missed by the others.
      const found = isWhole ? await takeNews(news, now, signal) : { news: 0, found: 0 }
      const told = await tellDue({ core, shelf, namesOf }, now, signal)
      const forgotten = await forgetEntries(core, now - ledgerKept, signal)
      return { ...found, ...told, withdrawn, forgotten }
    },
  }
}
