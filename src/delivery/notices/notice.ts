import { dayLength } from '../../../flows/common/calendar.ts'
import type { Person } from '../../../flows/common/person.ts'
import type { Unreachable } from '../../store/people.ts'

/**
 * What became of a notice. `blocked` and `unreachable` without `finishedAt` are waiting for the person to come back;
 * everything else with an outcome is over.
 */
export const noticeOutcomes = ['sent', 'blocked', 'unreachable', 'expired', 'withdrawn', 'failed'] as const

export type NoticeOutcome = (typeof noticeOutcomes)[number]

/** A notice under claim, with all that is needed to send it. */
export type ClaimedNotice = {
  readonly id: number
  readonly key: string
  readonly kind: string
  readonly chatId: number
  readonly priority: number
  readonly dueAt: number
  readonly expiresAt: number | undefined
  /** How often sending was tried before. */
  readonly attempts: number
  readonly values: unknown
  /** undefined for a chat nobody is known of (any more). */
  readonly person: Person | undefined
  readonly unreachable: Unreachable | undefined
}

/** A notice as a press finds it; `answer` is undefined while it may be answered still. */
export type FoundNotice = Pick<ClaimedNotice, 'id' | 'kind' | 'chatId' | 'values'> & {
  readonly messageId: number | undefined
  readonly answer: unknown
}

export type Claim = {
  readonly holder: string
  /** Epoch ms: what is due by now may be claimed, and stays claimed until then. */
  readonly now: number
  readonly until: number
  /** Notices at most, besides those that come along for the same people. */
  readonly limit: number
}

/** How a claimed notice ends, or when it is due again. */
export type Settlement = {
  readonly id: number
  /** null puts it back. */
  readonly outcome: NoticeOutcome | null
  readonly reason?: string
  readonly messageId?: number
  /** Due again then; unchanged without. */
  readonly dueAt?: number
  /** Whether this counts as an attempt. */
  readonly tried: boolean
  /** Epoch ms at which it is over; a `blocked` or `unreachable` without waits for the person. */
  readonly finishedAt?: number
}

/**
 * How long a notice is kept after it is over, ms: buttons of a notice work for days, and "what did you send me" is
 * asked within weeks. A key must not come up again later than that, unless the notice's own time (`expiresAt`) lasts.
 */
export const noticesKept = 90 * dayLength

/** At most so many are counted of each kind: a look at a million rows would hold up everybody. */
export const countLimit = 50_000

/** Each up to `countLimit`. */
export type NoticeCounts = {
  /** Due and not sent. */
  readonly due: number
  /** For later. */
  readonly later: number
  /** Waiting for people to come back. */
  readonly parked: number
  /** Epoch ms since which the oldest due one waits. */
  readonly oldestDueAt: number | undefined
}
