import { describe, expect, test } from 'vitest'
import { chooseDigest, type Due, newsOf, type Waiting } from '../../../flows/alerts/digest.ts'
import { mostTold } from '../../../flows/alerts/notices.ts'
import { nextDigest, nextMorning } from '../../../flows/alerts/rhythm.ts'
import { toUtc } from '../../../flows/common/calendar.ts'

const waits = (subscriptionId: string, vacancyId: string, score: number, change: Partial<Waiting> = {}): Waiting => {
  return { subscriptionId, vacancyId, score, edition: 0, publishedAt: 0, ...change }
}
const due = (id: string, room: number, ...waiting: readonly Waiting[]): Due => {
  return { id, room, waiting, total: waiting.length }
}
const idsOf = (all: readonly Due[]) => chooseDigest(all).told.map(({ vacancyId }) => vacancyId)

describe('what is told to one person', () => {
  test('the best comes first, of the equally good the newer', () => {
    const all = [waits('a', 'old', 8), waits('a', 'new', 8, { publishedAt: 9 }), waits('a', 'best', 32)]
    expect(idsOf([due('a', 5, ...all)])).toEqual(['best', 'new', 'old'])
  })

  test('a vacancy that two subscriptions found stands once, and counts for both', () => {
    const digest = chooseDigest([due('a', 5, waits('a', 'v', 1)), due('b', 5, waits('b', 'v', 2))])
    expect(digest.told).toMatchObject([{ vacancyId: 'v', rows: [{ subscriptionId: 'b' }, { subscriptionId: 'a' }] }])
    expect(digest.others).toEqual([])
  })

  test('no subscription tells more than it has room for, and what is left is counted', () => {
    const many = ['1', '2', '3', '4'].map((id) => waits('a', id, 9))
    const digest = chooseDigest([due('a', 3, ...many), due('b', 3, waits('b', 'x', 1))])
    expect(digest.told.map(({ vacancyId }) => vacancyId)).toEqual(['1', '2', '3'])
    expect(digest.others).toEqual([
      { id: 'a', count: 1 },
      { id: 'b', count: 1 },
    ])
  })

  test('one without room takes nothing of the place of another, and goes on waiting', () => {
    const digest = chooseDigest([due('full', 0, waits('full', 'x', 9)), due('a', 3, waits('a', 'y', 1))])
    expect(digest.told.map(({ vacancyId }) => vacancyId)).toEqual(['y'])
    expect(digest.others).toEqual([])
    expect(chooseDigest([due('full', 0, waits('full', 'x', 9))])).toEqual({ told: [], others: [] })
  })

  test('a notice never holds more than it can', () => {
    const many = Array.from({ length: 30 }, (_, place) => waits('a', String(place), place))
    expect(idsOf([due('a', 10, ...many), due('b', 10)])).toHaveLength(mostTold)
  })
})

test('news of a vacancy: new, more pay, better otherwise, or none', () => {
  const pay = (sum: number) => ({ min: null, max: sum, currency: 'KZT', tax: null, period: 'month' }) as const
  expect(newsOf(0, null, undefined)).toBe('new')
  expect(newsOf(1, pay(200), { edition: 0, pay: 100 })).toBe('morePay')
  expect(newsOf(1, pay(100), { edition: 0, pay: 100 })).toBe('again')
  expect(newsOf(1, pay(100), { edition: 0, pay: null })).toBe('again')
  expect(newsOf(1, null, { edition: 1, pay: 100 })).toBeUndefined()
})

describe('when the next digest is due', () => {
  const at = (day: number, hour: number, minute = 0) => toUtc({ year: 2026, month: 3, day, hour, minute })
  test.each([
    ['daily, later today', { rhythm: 'daily', hour: 16, weekday: 1 }, at(1, 15, 59), at(1, 16)],
    ['daily, on the minute', { rhythm: 'daily', hour: 16, weekday: 1 }, at(1, 16), at(2, 16)],
    ['weekly, later today', { rhythm: 'weekly', hour: 9, weekday: 7 }, at(1, 8), at(1, 9)],
    ['weekly, a week later', { rhythm: 'weekly', hour: 9, weekday: 7 }, at(1, 9), at(8, 9)],
    ['weekly, on Monday', { rhythm: 'weekly', hour: 9, weekday: 1 }, at(1, 9), at(2, 9)],
    ['at once', { rhythm: 'once', hour: 9, weekday: 1 }, at(1, 9), null],
  ] as const)('%s', (_, rhythm, now, next) => {
    expect(nextDigest(now, rhythm)).toBe(next)
  })

  test('what was too much for a day comes the next morning', () => {
    expect(nextMorning(at(1, 0, 1))).toBe(at(2, 9))
    expect(nextMorning(at(1, 23, 59))).toBe(at(2, 9))
  })
})
