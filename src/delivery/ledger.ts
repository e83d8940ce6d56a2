import type { Clock } from '../base/clock.ts'
import { type Group, group } from '../base/group.ts'
import type { Log } from '../base/log.ts'
import { backOff, type Sleep } from '../base/sleep.ts'
import type { Memory } from './memory.ts'
import type { ClaimedNotice, NoticeOutcome, Settlement } from './notices/notice.ts'
import type { Notices } from './notices/notices.ts'
import { track } from './under-way.ts'

export type LedgerOptions = {
  readonly notices: Pick<Notices, 'settle'>
  readonly memory: Memory
  readonly steady: Clock
  readonly sleep: Sleep
  readonly random: () => number
  readonly log: Log
  /** Aborts when the process ends: only then outcomes that cannot be written are given up. */
  readonly stopping: AbortSignal
  readonly onOutcome: ((kind: string, outcome: NoticeOutcome) => void) | undefined
}

/** Outcomes on their way into the database. */
export type Ledger = {
  /** What became of some of the notices. Resolves when it is written, or given up; never rejects. */
  record(of: readonly ClaimedNotice[], settlements: readonly Settlement[]): Promise<void>
  /** Resolves when everything is recorded. */
  idle(): Promise<void>
}

/** So often an outcome that cannot be written is tried again after the end. */
const lastAttempts = 3

export function createLedger(options: LedgerOptions): Ledger {
  const writing = createWriting(options)
  const recording = new Set<Promise<void>>()
  return {
    record: (of, settlements) => track(recording, record(of, settlements, writing, options), options.log),
    async idle() {
      await Promise.all(recording)
      await writing.idle()
    },
  }
}

type Writing = Group<Settlement, void>

/** Outcomes that come together are written together. */
function createWriting({ notices, log }: LedgerOptions): Writing {
  let fails = false
  return group({
    run: async (batch) => {
      await notices.settle(batch).catch((error: unknown) => {
        log[fails ? 'debug' : 'error']({ error }, 'Outcomes of notices could not be written; trying again')
        fails = true
        throw error
      })
      fails = false
      return batch.map(() => ({ type: 'done', value: undefined }))
    },
    key: (settlement) => settlement.id,
    limit: 1_000,
  })
}

async function record(
  of: readonly ClaimedNotice[],
  settlements: readonly Settlement[],
  writing: Writing,
  options: LedgerOptions,
): Promise<void> {
  const { memory, steady, onOutcome } = options
  await write(settlements, writing, options)
  for (const { id } of settlements) memory.here.delete(id)
  const kinds = new Map(of.map(({ id, kind }) => [id, kind]))
  for (const { id, outcome } of settlements) {
    if (outcome === null) continue
    memory.fruitAt = steady.now()
    onOutcome?.(kinds.get(id) ?? '', outcome)
  }
}

/** Until it is written: what Telegram has taken must not be sent again. */
async function write(settlements: readonly Settlement[], writing: Writing, options: LedgerOptions): Promise<void> {
  const { stopping, sleep, random } = options
  let last = 0
  for (let attempt = 0; last < lastAttempts; attempt++) {
    try {
      await Promise.all(settlements.map((settlement) => writing.add(settlement)))
      return
    } catch {
      if (stopping.aborted) await sleep(backOff(last++, random))
      else await sleep(backOff(attempt, random), stopping)
    }
  }
}
