import { type Clock, createElapsed, type Elapsed, type Moment, remaining } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { type Bundle, type ComposeTools, compose } from './compose.ts'
import type { Kinds } from './kinds.ts'
import type { Ledger } from './ledger.ts'
import { gatheringLeft, type Memory } from './memory.ts'
import type { ClaimedNotice } from './notices/notice.ts'
import type { Notices } from './notices/notices.ts'
import type { Courier } from './ports.ts'
import { createQuietEnd } from './quiet.ts'

export type LineOptions = {
  readonly notices: Pick<Notices, 'claim' | 'giveBack' | 'stillWanted'>
  readonly kinds: Kinds
  readonly courier: Pick<Courier, 'fits'>
  readonly ledger: Ledger
  readonly memory: Memory
  readonly clock: Clock
  readonly steady: Clock
  readonly log: Log
  /** IANA zone of quiet hours. */
  readonly zone: string
  /** In whose name notices are claimed. */
  readonly holder: string
  readonly limits: { readonly batch: number; readonly poll: number }
}

/** Messages that are claimed and wait, in the order in which they go. */
export type Line = {
  isEmpty(): boolean
  /** Claims what is due, when it is time for that. */
  fill(): Promise<void>
  /** The same beside everything else, when not much waits any more. */
  fillAhead(): void
  /** How long until the next claim, ms. */
  untilClaim(): number
  /** The first message whose chat need not wait; `waitOf` says how long a chat has to, ms. */
  next(waitOf: (chatId: number) => number): Next
  /** It goes: out of the line. */
  take(waiting: Waiting): Bundle
  /** It is put back, to be judged anew. */
  reject(waiting: Waiting): void
  /** Reads again, with one query, what has waited for a while; what must not go any more is put back. */
  lookAgain(): Promise<void>
  /** Something of the chat has changed: what waits for it is put back. */
  reconsider(chatId: number): void
  /** Puts back everything. */
  putBack(): Promise<void>
  /** Puts back what can be; the next holder frees the rest. */
  close(): Promise<void>
}

export type Next =
  | { readonly type: 'ready'; readonly waiting: Waiting }
  /** Its row was read so long ago that it is to be looked at again. */
  | { readonly type: 'old' }
  /** Its claim is about to end. */
  | { readonly type: 'lapsing'; readonly waiting: Waiting }
  /** None may go before so long, ms. */
  | { readonly type: 'none'; readonly wait: number }

/** A message ready to go; when its notices were claimed, and when their rows were last seen. */
export type Waiting = { readonly bundle: Bundle; readonly claimed: Moment; looked: Moment }

/** A claim lasts so long, and is not used in its last part, ms. */
const claimTime = 60_000
const claimMargin = 10_000
/** What was claimed longer ago is looked at once more before it is sent, ms: its person may have had other wishes. */
const freshTime = 2_000

export function createLine(options: LineOptions): Line {
  const state: State = {
    ...options,
    elapsed: createElapsed(options.steady, options.clock),
    quietEnd: createQuietEnd(options.zone),
    queue: [],
    rejected: new Set(),
    changed: new Set(),
    claim: { at: undefined, pause: 0 },
    claiming: undefined,
  }
  return {
    isEmpty: () => state.queue.length === 0,
    fill: () => fill(state),
    fillAhead: () => fillAhead(state),
    untilClaim: () => untilClaim(state),
    next: (waitOf) => next(state, waitOf),
    take: (waiting) => take(state, waiting),
    reject: (waiting) => reject(state, (one) => one === waiting),
    lookAgain: () => lookAgain(state),
    reconsider: (chatId) => reconsider(state, chatId),
    putBack: () => putBack(state),
    close: () => close(state),
  }
}

type State = LineOptions & {
  readonly elapsed: Elapsed
  readonly quietEnd: ComposeTools['quietEnd']
  readonly queue: Waiting[]
  /** Ids of notices to be put back, for a claim that judges them anew. */
  readonly rejected: Set<number>
  /** Chats of which something has changed while a claim was being read. */
  readonly changed: Set<number>
  /** The last claim, by the steady clock, and how long to wait before the next, ms. */
  claim: { at: number | undefined; pause: number }
  /** A claim being read. */
  claiming: Promise<void> | undefined
}

async function fill(line: State): Promise<void> {
  if (untilClaim(line) === 0 || line.claiming !== undefined) await refill(line)
}

function fillAhead(line: State): void {
  const isLow = line.queue.length < line.limits.batch / 2 || line.rejected.size > 0
  if (!isLow || untilClaim(line) > 0) return
  void refill(line).catch((error) => line.log.debug({ error }, 'Notices could not be claimed; trying again'))
}

function untilClaim({ claim, steady }: State): number {
  return remaining(claim.pause, claim.at, steady.now())
}

function refill(line: State): Promise<void> {
  line.claiming ??= claimDue(line).finally(() => {
    line.claiming = undefined
  })
  return line.claiming
}

async function claimDue(line: State): Promise<void> {
  const { notices, holder, limits, clock, steady, memory } = line
  line.claim = { at: steady.now(), pause: limits.poll }
  if (line.rejected.size > 0) await giveBack(line)
  line.changed.clear()
  const now = clock.now()
  const asked = line.elapsed.mark()
  const rows = await notices.claim({ holder, now, until: now + claimTime, limit: limits.batch })
  // What is in this process already only has its claim prolonged.
  const claimed = rows.filter(({ id }) => !memory.here.has(id))
  lineUp(line, claimed, now, asked)
  if (rows.length > 0) line.claim.pause = 0
}

/** What can be sent now waits; what became of the rest is recorded. */
function lineUp(line: State, claimed: readonly ClaimedNotice[], now: number, asked: Moment): void {
  const { memory, queue, changed } = line
  for (const { id, chatId } of claimed) {
    memory.here.add(id)
    memory.gone.delete(chatId)
  }
  const { bundles, settled } = compose(claimed, toolsOf(line, now))
  for (const bundle of bundles) queue.push({ bundle, claimed: asked, looked: asked })
  queue.sort((a, b) => a.bundle.priority - b.bundle.priority)
  reject(line, ({ bundle }) => changed.has(bundle.chatId))
  if (settled.length > 0) void line.ledger.record(claimed, settled)
}

function toolsOf({ kinds, courier, quietEnd, memory, clock, steady }: State, now: number): ComposeTools {
  return {
    kinds,
    quietEnd,
    now,
    fits: courier.fits,
    alone: memory.alone,
    gatheringUntil: (chatId) => {
      const left = gatheringLeft(memory, chatId, steady.now())
      return left === 0 ? undefined : clock.now() + left
    },
  }
}

function next({ queue, elapsed, limits }: State, waitOf: (chatId: number) => number): Next {
  let soonest = limits.poll
  for (const waiting of queue) {
    const wait = waitOf(waiting.bundle.chatId)
    if (wait === 0) return { type: ageOf(waiting, elapsed), waiting }
    soonest = Math.min(soonest, wait)
  }
  return { type: 'none', wait: soonest }
}

function ageOf({ claimed, looked }: Waiting, elapsed: Elapsed): 'ready' | 'old' | 'lapsing' {
  if (elapsed.since(claimed) > claimTime - claimMargin) return 'lapsing'
  return elapsed.since(looked) > freshTime ? 'old' : 'ready'
}

function take({ queue }: State, waiting: Waiting): Bundle {
  queue.splice(queue.indexOf(waiting), 1)
  return waiting.bundle
}

async function lookAgain(line: State): Promise<void> {
  const { notices, holder, elapsed, queue, clock } = line
  const asked = elapsed.mark()
  const old = queue.filter(({ looked }) => elapsed.since(looked) > freshTime)
  const ids = old.flatMap(({ bundle }) => bundle.notices.map(({ id }) => id))
  const wanted = new Set(await notices.stillWanted(ids, holder, clock.now()))
  const spoiled = new Set(old.filter(({ bundle }) => !bundle.notices.every(({ id }) => wanted.has(id))))
  for (const waiting of old) waiting.looked = asked
  if (spoiled.size > 0) reject(line, (waiting) => spoiled.has(waiting))
}

function reconsider(line: State, chatId: number): void {
  line.changed.add(chatId)
  const isMeant = ({ bundle }: Waiting) => bundle.chatId === chatId
  if (line.queue.some(isMeant)) reject(line, isMeant)
}

/** Takes messages out of the queue; their notices are put back and judged anew. */
function reject({ queue, rejected, claim }: State, isMeant: (waiting: Waiting) => boolean): void {
  for (const waiting of queue.splice(0)) {
    if (!isMeant(waiting)) queue.push(waiting)
    else for (const { id } of waiting.bundle.notices) rejected.add(id)
  }
  if (rejected.size > 0) claim.at = undefined
}

async function giveBack({ notices, rejected, holder, memory }: State): Promise<void> {
  const ids = [...rejected]
  await notices.giveBack(ids, holder)
  for (const id of ids) {
    rejected.delete(id)
    memory.here.delete(id)
  }
}

/** A claim being read is waited for, since it may bring what is put back. */
async function putBack(line: State): Promise<void> {
  reject(line, () => true)
  await line.claiming?.catch(() => {})
  reject(line, () => true)
  if (line.rejected.size > 0) await giveBack(line)
}

async function close(line: State): Promise<void> {
  await putBack(line).catch(() => {})
  for (const id of line.rejected) line.memory.here.delete(id)
}
