import { describe, expect, test } from 'vitest'
import type { ClaimedNotice } from '../../src/delivery/notices/notice.ts'
import { type Circumstances, leftAlone, type Meaning, meaningOf } from '../../src/delivery/outcome.ts'
import type { Delivered } from '../../src/delivery/ports.ts'
import { agreed } from '../support/people.ts'

const now = 1_000_000
const minute = 60_000

/** Three quarters of a pause, which is the middle of its jitter. */
const random = () => 0.5

function notice(id: number, attempts = 0): ClaimedNotice {
  const when = { dueAt: 0, expiresAt: undefined }
  const whose = { chatId: 7, person: agreed('kk'), unreachable: undefined }
  return { id, key: `key-${id}`, kind: 'toy.plain', priority: 10, attempts, values: {}, ...when, ...whose }
}

const alone = { notices: [notice(1)], joins: false }
const two = { notices: [notice(1), notice(2)], joins: true }
const tired = { notices: [notice(1, 10)], joins: false }
const weary = { notices: [notice(1, 11)], joins: false }
const none = { type: 'none' } as const

type Case = {
  readonly says: string
  readonly message: { readonly notices: readonly ClaimedNotice[]; readonly joins: boolean }
  readonly delivered: Delivered
  /** Failures in a row before; none unless given. */
  readonly failures?: number
  readonly means: Meaning
}

const cases: readonly Case[] = [
  {
    says: 'what is sent is over, with its message, and ends the failures',
    message: alone,
    delivered: { type: 'sent', messageId: 40 },
    failures: 20,
    means: {
      failures: 0,
      consequence: none,
      settlements: [{ id: 1, outcome: 'sent', messageId: 40, tried: true, finishedAt: now }],
    },
  },
  {
    says: 'joining notices share the message, and the next of their chat gather',
    message: two,
    delivered: { type: 'sent', messageId: 41 },
    means: {
      failures: 0,
      consequence: { type: 'gather' },
      settlements: [
        { id: 1, outcome: 'sent', messageId: 41, tried: true, finishedAt: now },
        { id: 2, outcome: 'sent', messageId: 41, tried: true, finishedAt: now },
      ],
    },
  },
  {
    says: 'whoever has blocked the bot is left, and the notice waits without an end',
    message: alone,
    delivered: { type: 'blocked' },
    failures: 3,
    means: {
      failures: 0,
      consequence: { type: 'leave', reason: 'blocked' },
      settlements: [{ id: 1, outcome: 'blocked', tried: true }],
    },
  },
  {
    says: 'whoever cannot be reached is left in the same way, with all notices of the message',
    message: two,
    delivered: { type: 'unreachable' },
    means: {
      failures: 0,
      consequence: { type: 'leave', reason: 'unreachable' },
      settlements: [
        { id: 1, outcome: 'unreachable', tried: true },
        { id: 2, outcome: 'unreachable', tried: true },
      ],
    },
  },
  {
    says: 'a refused notice has failed, with the reason',
    message: alone,
    delivered: { type: 'failed', reason: '400 Bad Request' },
    failures: 3,
    means: {
      failures: 0,
      consequence: none,
      settlements: [{ id: 1, outcome: 'failed', reason: '400 Bad Request', tried: true, finishedAt: now }],
    },
  },
  {
    says: 'several refused together part and are due again at once',
    message: two,
    delivered: { type: 'failed', reason: '400 Bad Request' },
    means: {
      failures: 0,
      consequence: { type: 'part', ids: [1, 2] },
      settlements: [
        { id: 1, outcome: null, tried: true },
        { id: 2, outcome: null, tried: true },
      ],
    },
  },
  {
    says: 'a pause that Telegram names is obeyed, is no failure and no attempt',
    message: two,
    delivered: { type: 'retry', afterMs: 7_000, reason: 'too many requests' },
    failures: 8,
    means: {
      failures: 0,
      consequence: { type: 'obey', afterMs: 7_000 },
      settlements: [
        { id: 1, outcome: null, dueAt: now + 7_000, tried: false },
        { id: 2, outcome: null, dueAt: now + 7_000, tried: false },
      ],
    },
  },
  {
    says: 'a pause of no length is obeyed, too',
    message: weary,
    delivered: { type: 'retry', afterMs: 0 },
    means: {
      failures: 0,
      consequence: { type: 'obey', afterMs: 0 },
      settlements: [{ id: 1, outcome: null, dueAt: now, tried: false }],
    },
  },
  {
    says: 'trouble on the way is a failure and an attempt, and the notice waits a little',
    message: alone,
    delivered: { type: 'retry', reason: '502 Bad Gateway' },
    means: { failures: 1, consequence: none, settlements: [{ id: 1, outcome: null, dueAt: now + 750, tried: true }] },
  },
  {
    says: 'each notice of a message waits by its own attempts, a quarter of an hour at most',
    message: { notices: [notice(1, 2), notice(2, 10)], joins: true },
    delivered: { type: 'retry' },
    means: {
      failures: 1,
      consequence: none,
      settlements: [
        { id: 1, outcome: null, dueAt: now + 3_000, tried: true },
        { id: 2, outcome: null, dueAt: now + 0.75 * 15 * minute, tried: true },
      ],
    },
  },
  {
    says: 'the last attempt but one is not the end',
    message: tired,
    delivered: { type: 'retry' },
    means: {
      failures: 1,
      consequence: none,
      settlements: [{ id: 1, outcome: null, dueAt: now + 0.75 * 15 * minute, tried: true }],
    },
  },
  {
    says: 'the last attempt gives the notice up and says why',
    message: weary,
    delivered: { type: 'retry', reason: '502 Bad Gateway' },
    failures: 6,
    means: {
      failures: 7,
      consequence: none,
      settlements: [
        {
          id: 1,
          outcome: 'failed',
          reason: 'given up after 12 attempts: 502 Bad Gateway',
          tried: true,
          finishedAt: now,
        },
      ],
    },
  },
  {
    says: 'a notice is given up for silence, too',
    message: weary,
    delivered: { type: 'retry' },
    means: {
      failures: 1,
      consequence: none,
      settlements: [
        { id: 1, outcome: 'failed', reason: 'given up after 12 attempts: no answer', tried: true, finishedAt: now },
      ],
    },
  },
  {
    says: 'with the eighth failure the line is down: everybody waits, and it counts against no notice',
    message: alone,
    delivered: { type: 'retry', reason: 'the connection failed' },
    failures: 7,
    means: {
      failures: 8,
      consequence: { type: 'pause', milliseconds: 375 },
      settlements: [{ id: 1, outcome: null, dueAt: now + 750, tried: false }],
    },
  },
  {
    says: 'while the line is down its pauses grow and no notice is given up',
    message: weary,
    delivered: { type: 'retry', reason: 'the connection failed' },
    failures: 10,
    means: {
      failures: 11,
      consequence: { type: 'pause', milliseconds: 3_000 },
      settlements: [{ id: 1, outcome: null, dueAt: now + 0.75 * 15 * minute, tried: false }],
    },
  },
]

describe('what an answer means', () => {
  test.each(cases)('$says', ({ message, delivered, failures = 0, means }) => {
    const before: Circumstances = { now, failures, attempts: 12, random }
    expect(meaningOf(message, delivered, before)).toEqual(means)
  })

  test('of people who are known to be away nothing is tried', () => {
    expect(leftAlone(two.notices, 'blocked')).toEqual([
      { id: 1, outcome: 'blocked', tried: false },
      { id: 2, outcome: 'blocked', tried: false },
    ])
  })
})
