import type { NewNotice } from '../../../flows/kit/notice.ts'
import type { Core } from '../../store/core.ts'
import { readEach } from '../../store/damage.ts'
import { asStoreError } from '../../store/medium.ts'
import { newestAnswered } from './answer.ts'
import { parkedOf, putBack, resumeAll } from './away.ts'
import { claimDue } from './claim.ts'
import { count, oldestDueAt } from './counts.ts'
import { giveBack, stillWanted } from './held.ts'
import type { Claim, ClaimedNotice, FoundNotice, NoticeCounts, Settlement } from './notice.ts'
import { expire, forget } from './over.ts'
import { putNotices } from './put.ts'
import { opened } from './rows.ts'
import { settle } from './settle.ts'

/** What jobs, presses and the dispatcher do with notices; turns put them by facts. */
export type Notices = {
  put(notices: readonly NewNotice[]): Promise<void>
  /** Takes due notices in order of priority, then of their time, and all else that is due for the same people. */
  claim(claim: Claim): Promise<readonly ClaimedNotice[]>
  /** Writes all that the database takes. `sent` is written over anything, since it is the truth. */
  settle(settlements: readonly Settlement[]): Promise<void>
  /** Frees what others hold: they have lost the lease. */
  releaseOthers(holder: string): Promise<number>
  /** Puts back what waited for people who can be reached again: one of them, or all. */
  resume(chatId?: number): Promise<number>
  /** Ends what has expired without ever becoming due, or while its person was away; returns the kinds of these. */
  expire(now: number): Promise<readonly string[]>
  find(id: number): Promise<FoundNotice | undefined>
  /** The newest that was sent to the chat under keys that begin so, if it has been answered. */
  newestAnswered(chatId: number, keyPrefix: string): Promise<FoundNotice | undefined>
  counts(now: number): Promise<NoticeCounts>
  /**
   * Deletes what was over before `before` (epoch ms) and whose own time had passed by then, too: as long as its cause
   * lasts, a notice must not come to be once more. Also what has waited for somebody since before `created`.
   */
  forget(before: number, created: number, signal?: AbortSignal): Promise<number>
  /** Ends the holder's claims on these. */
  giveBack(ids: readonly number[], holder: string): Promise<void>
  /**
   * Which of the holder's claimed notices may still go: not over, not expired, their person there, agreeing, reachable,
   * not mute.
   */
  stillWanted(ids: readonly number[], holder: string, now: number): Promise<readonly number[]>
  /** Epoch ms since which the oldest due notice waits. */
  oldestDueAt(now: number): Promise<number | undefined>
}

export function createNotices(core: Core): Notices {
  const { prisma } = core
  return {
    put: (notices) =>
      prisma.$transaction((transaction) => putNotices(transaction, notices, { ...core, now: core.clock.now() })),
    claim: (claim) => claimDue(core, claim),
    settle: (settlements) =>
      settle(
        core,
        settlements.map((one) => ({ ...one, id: String(one.id) })),
      ),
    releaseOthers: (holder) => prisma.$executeRaw`
      UPDATE "Notice" SET "claimedBy" = NULL, "claimedUntil" = NULL
      WHERE "outcome" IS NULL AND "claimedBy" IS NOT NULL AND "claimedBy" <> ${holder}`,
    resume: (chatId) => (chatId === undefined ? resumeAll(core) : putBack(core, parkedOf(chatId))),
    expire: (now) => expire(core, now),
    find: (id) => find(core, id),
    newestAnswered: (chatId, keyPrefix) => newestAnswered(core, chatId, keyPrefix),
    counts: (now) => count(core, now),
    forget: (before, created, signal) => forget(core, BigInt(before), BigInt(created), signal),
    giveBack: (ids, holder) => giveBack(core, ids, holder),
    stillWanted: (ids, holder, now) => stillWanted(core, ids, holder, now),
    oldestDueAt: (now) => oldestDueAt(core, now),
  }
}

async function find(core: Core, id: number): Promise<FoundNotice | undefined> {
  const { prisma, seal, damaged } = core
  const row = await asStoreError(core, () => prisma.notice.findUnique({ where: { id: String(id) } }))
  return readEach('Notice', row === null ? [] : [row], (one) => opened(one, seal), damaged)[0]
}
