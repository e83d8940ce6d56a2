import { backOff } from '../base/sleep.ts'
import type { Unreachable } from '../store/people.ts'
import type { Bundle } from './compose.ts'
import type { ClaimedNotice, Settlement } from './notices/notice.ts'
import type { Delivered } from './ports.ts'

/** A message that has been tried. */
type Tried = Pick<Bundle, 'notices' | 'joins'>

export type Circumstances = {
  /** Epoch ms at which the answer came. */
  readonly now: number
  /** Failures in a row before this answer, of whatever messages. */
  readonly failures: number
  /** Failed sends of one notice before it is given up. */
  readonly attempts: number
  /** Numbers in [0, 1). */
  readonly random: () => number
}

/** What an answer means: for each notice of its message, and for what is sent next. */
export type Meaning = {
  readonly settlements: readonly Settlement[]
  /** Failures in a row, this one included. */
  readonly failures: number
  readonly consequence: Consequence
}

export type Consequence =
  | { readonly type: 'none' }
  /** The chat's next message of joining kinds waits for company. */
  | { readonly type: 'gather' }
  /** Telegram wants so long a pause of the chat, ms. */
  | { readonly type: 'obey'; readonly afterMs: number }
  /** The line is down: nobody is sent anything for so long, ms. */
  | { readonly type: 'pause'; readonly milliseconds: number }
  /** These go each in a message of its own. */
  | { readonly type: 'part'; readonly ids: readonly number[] }
  /** Nothing more is sent to the chat. */
  | { readonly type: 'leave'; readonly reason: Unreachable }

/** Failures in a row after which the line is taken to be down, and tried by one message at a time. */
const downAfter = 8
const longestPause = 15 * 60_000

export function isDown(failures: number): boolean {
  return failures >= downAfter
}

/** What Telegram's answer to a message means. Pure but for `random`. */
export function meaningOf(tried: Tried, delivered: Delivered, before: Circumstances): Meaning {
  const isTrouble = delivered.type === 'retry' && delivered.afterMs === undefined
  const failures = isTrouble ? before.failures + 1 : 0
  const known = { ...before, failures }
  return {
    failures,
    consequence: consequenceOf(tried, delivered, known),
    settlements: tried.notices.map((notice) => settlementOf(notice, delivered, tried, known)),
  }
}

/** What becomes of notices whose person is known to be away: nothing was tried. */
export function leftAlone(notices: readonly ClaimedNotice[], reason: Unreachable): readonly Settlement[] {
  return notices.map(({ id }) => ({ id, outcome: reason, tried: false }))
}

function consequenceOf({ notices, joins }: Tried, delivered: Delivered, known: Circumstances): Consequence {
  switch (delivered.type) {
    case 'sent':
      return { type: joins ? 'gather' : 'none' }
    case 'blocked':
    case 'unreachable':
      return { type: 'leave', reason: delivered.type }
    case 'failed':
      return notices.length > 1 ? { type: 'part', ids: notices.map(({ id }) => id) } : { type: 'none' }
    case 'retry':
      if (delivered.afterMs !== undefined) return { type: 'obey', afterMs: delivered.afterMs }
      if (!isDown(known.failures)) return { type: 'none' }
      return { type: 'pause', milliseconds: backOff(known.failures - downAfter, known.random) }
  }
}

function settlementOf(
  notice: ClaimedNotice,
  delivered: Delivered,
  { notices }: Tried,
  known: Circumstances,
): Settlement {
  const { id } = notice
  const { now } = known
  switch (delivered.type) {
    case 'sent':
      return { id, outcome: 'sent', messageId: delivered.messageId, tried: true, finishedAt: now }
    case 'blocked':
    case 'unreachable':
      return { id, outcome: delivered.type, tried: true }
    case 'failed':
      // Which of several was refused shows when each goes alone.
      if (notices.length > 1) return { id, outcome: null, tried: true }
      return { id, outcome: 'failed', reason: delivered.reason, tried: true, finishedAt: now }
    case 'retry':
      return retryOf(notice, delivered, known)
  }
}

function retryOf({ id, attempts }: ClaimedNotice, { afterMs, reason }: Retry, known: Circumstances): Settlement {
  if (afterMs !== undefined) return { id, outcome: null, dueAt: known.now + afterMs, tried: false }
  // While nothing at all comes through, it is not this notice that fails: a day without Telegram gives up none.
  const tried = !isDown(known.failures)
  if (!tried || attempts + 1 < known.attempts) {
    const pause = backOff(attempts, known.random, 1_000, longestPause)
    return { id, outcome: null, dueAt: known.now + pause, tried }
  }
  const given = `given up after ${known.attempts} attempts: ${reason ?? 'no answer'}`
  return { id, outcome: 'failed', reason: given, tried: true, finishedAt: known.now }
}

type Retry = Extract<Delivered, { type: 'retry' }>
