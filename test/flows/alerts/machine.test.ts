import { describe, expect, test } from 'vitest'
import {
  deleteSubscription,
  isSameFilter,
  listSubscriptions,
  releaseAlerts,
  type ShownSubscription,
  type Subscription,
  saveSubscription,
} from '../../../flows/alerts/contract.ts'
import { alerts } from '../../../flows/alerts/index.ts'
import type { Person } from '../../../flows/common/person.ts'
import { withdrawNotices } from '../../../flows/kit/notice.ts'
import { countVacancies, defaultFilter, nameFilter, readSearch } from '../../../flows/vacancies/contract.ts'
import { noNames } from '../../../flows/vacancies/filter-lines.ts'
import { Filter } from '../../../flows/vacancies/matching/filter.ts'
import { reply } from '../../../src/engine/reply.ts'
import { agreed } from '../../support/people.ts'
import { record, rehearse } from '../../support/rehearse.ts'

const filterOf = (asked: Partial<Filter> = {}) => Filter.parse({ ageBand: '18+', ...asked })
const almaty = filterOf({ regions: ['75'] })
const cook = { id: 'cook', name: { kk: 'Аспазшы', ru: 'Повар', en: 'Cook' } }

/** What lines are read as. */
const reads: Readonly<Record<string, Partial<Filter>>> = {
  'повар, Астана, от 150 тысяч': { professions: ['cook'], regions: ['71'], leastPay: 150_000 },
  'отключить уведомления': { words: ['отключить уведомления'] },
}

/** Somebody with these subscriptions, before the flow. */
async function open(
  input?: unknown,
  {
    kept = [] as readonly Subscription[],
    present = 12,
    muted = [] as string[],
    person: more = {} as Partial<Person>,
  } = {},
) {
  const market = { present }
  const all = new Map(kept.map((one) => [one.id, one]))
  const replies = [
    reply(listSubscriptions, async () =>
      [...all.values()].map((one): ShownSubscription => ({ ...one, names: noNames, told: 3 })),
    ),
    reply(nameFilter, async ({ filter }) => ({ ...noNames, professions: filter.professions.length > 0 ? [cook] : [] })),
    reply(countVacancies, async () => ({ total: market.present })),
    reply(readSearch, async ({ text, filter }) => {
      const read = reads[text]
      return read === undefined ? null : { filter: { ...filter, ...read } }
    }),
    reply(defaultFilter, async () => ({ filter: almaty, professions: [], isChosen: false })),
  ]
  const records = [
    record(saveSubscription, (one) => void all.set(one.id, one)),
    record(deleteSubscription, ({ id }) => void all.delete(id)),
  ]
  const person = { ...agreed('ru'), muted, ...more }
  return { ...(await rehearse(alerts, { input, replies, records, person, others: ['vacancies'] })), market }
}

const one: Subscription = {
  ...{ id: 'one', filter: almaty, rhythm: 'daily', hour: 16, weekday: 1, perDay: 5, state: 'active', since: 0 },
}

describe('a new subscription', () => {
  test('of a list of vacancies is kept with one press, with defaults that suit', async () => {
    const seen = await open({ filter: filterOf({ professions: ['cook'] }) })
    expect(seen.state()).toBe('making')
    expect(seen.text()).toContain('Повар')
    expect(seen.text()).toContain('12')
    await seen.presses('making.save')
    expect(seen.said()).toBe('alerts:saved')
    expect(seen.told(saveSubscription)).toMatchObject([
      { filter: { professions: ['cook'] }, rhythm: 'daily', hour: 16, perDay: 5, state: 'active' },
    ])
    expect(seen.told(withdrawNotices)).toEqual([])
    expect(seen.state()).toBe('reading')
  })

  test('begins with what is known of the person, when it is made here', async () => {
    const seen = await open()
    await seen.presses('listing.add')
    expect(seen.text()).toContain('Алматы')
    await seen.presses('making.save')
    expect(seen.told(saveSubscription)).toMatchObject([{ filter: almaty }])
  })

  test('takes its rhythm and its most a day before it is kept, and can be left', async () => {
    const seen = await open({ filter: almaty }, { present: 0 })
    expect(seen.keys()).toContain('alerts:present.none')
    await seen.presses('how')
    await seen.presses('rhythm.weekly')
    await seen.presses('пятница')
    await seen.presses('18:00')
    await seen.presses('most')
    await seen.presses('10')
    expect(seen.told(saveSubscription)).toEqual([])
    await seen.writes('да')
    expect(seen.told(saveSubscription)).toMatchObject([{ rhythm: 'weekly', weekday: 5, hour: 18, perDay: 10 }])
  })

  test('takes all that is written in one line; what names no work, place or pay is looked for elsewhere', async () => {
    const seen = await open(undefined)
    await seen.presses('listing.add')
    await seen.writes('повар, Астана, от 150 тысяч')
    expect([seen.state(), seen.told(saveSubscription)]).toEqual(['making', []])
    await seen.presses('making.save')
    const read = { professions: ['cook'], regions: ['71'], leastPay: 150_000 }
    expect(seen.told(saveSubscription)).toMatchObject([{ filter: { ...almaty, ...read } }])
    for (const line of ['отключить уведомления', 'ы', 'как найти работу?']) {
      const another = await open({ filter: almaty })
      await another.writes(line)
      expect(another.opened(), line).toMatchObject({ flow: 'search', input: { text: line } })
    }
  })

  test.each([
    [{ ageBand: '18+', plan: 'work' }, 'alerts:rhythm.calm'],
    [{ ageBand: '18+', plan: 'college' }, 'alerts:rhythm.lessons'],
    [{ ageBand: '16-17', plan: 'work' }, 'alerts:rhythm.lessons'],
  ] as const)('speaks of lessons to those alone who may have some: %j', async (person, key) => {
    const seen = await open({ filter: almaty }, { person })
    await seen.presses('how')
    expect(seen.keys()).toContain(key)
  })

  test('is not kept twice: an equal filter shows the one that is kept', async () => {
    const seen = await open({ filter: filterOf({ regions: ['75', '75'], ageBand: '16-17' }) }, { kept: [one] })
    expect([seen.state(), seen.said()]).toEqual(['reading', 'alerts:same'])
    expect(seen.told(saveSubscription)).toEqual([])
  })

  test('is not kept beside ten others', async () => {
    const kept = Array.from({ length: 10 }, (_, at) => ({
      ...one,
      id: `${at}`,
      filter: filterOf({ leastPay: at + 1 }),
    }))
    const seen = await open({ filter: almaty }, { kept })
    expect([seen.state(), seen.said()]).toEqual(['listing', 'alerts:full'])
    await seen.presses('listing.add')
    expect([seen.state(), seen.said()]).toEqual(['listing', 'alerts:full'])
  })
})

describe('one that is kept', () => {
  test('says how many there are now when it is taken up again', async () => {
    const seen = await open({ id: 'one' }, { kept: [one], present: 1 })
    await seen.presses('reading.pause')
    seen.market.present = 3
    await seen.presses('reading.resume')
    expect([seen.state(), seen.said()]).toEqual(['reading', 'alerts:resumed'])
    expect(seen.text()).toContain('Таких вакансий сейчас: 3')
  })

  test('is paused and taken up again; what waits is taken back', async () => {
    const seen = await open({ id: 'one' }, { kept: [one] })
    await seen.presses('reading.pause')
    expect(seen.told(saveSubscription).at(-1)).toMatchObject({ id: 'one', state: 'paused' })
    expect(seen.told(withdrawNotices)).toEqual([{ keyPrefix: 'alerts:' }])
    expect(seen.told(releaseAlerts)).toHaveLength(1)
    expect(seen.keys()).toContain('alerts:isPaused')
    await seen.presses('reading.resume')
    expect(seen.told(saveSubscription).at(-1)).toMatchObject({ state: 'active' })
  })

  test('is deleted, and brought back as it was', async () => {
    const seen = await open(undefined, { kept: [one] })
    await seen.presses('1. Любая работа · Алматы')
    await seen.presses('reading.delete')
    expect(seen.told(deleteSubscription)).toEqual([{ id: 'one' }])
    await seen.presses('deleted.undo')
    expect(seen.told(saveSubscription)).toEqual([one])
    await seen.presses('common:back')
    expect(seen.labels()).toContain('1. Любая работа · Алматы')
  })

  test('changes its rhythm at once', async () => {
    const seen = await open({ id: 'one' }, { kept: [one] })
    await seen.presses('how')
    await seen.presses('rhythm.once')
    expect(seen.told(saveSubscription)).toMatchObject([{ id: 'one', rhythm: 'once' }])
    await seen.presses('how')
    await seen.presses('rhythm.daily')
    await seen.presses('common:back')
    await seen.presses('common:back')
    expect([seen.state(), seen.told(saveSubscription).length]).toEqual(['reading', 1])
  })

  test('has its filter edited where vacancies are looked for, and stays as it is when nothing comes back', async () => {
    const seen = await open({ id: 'one' }, { kept: [one] })
    await seen.presses('edit')
    expect(seen.opened()).toMatchObject({ flow: 'vacancies', input: { editing: almaty } })
    await seen.presses('common:back')
    expect([seen.state(), seen.told(saveSubscription)]).toEqual(['reading', []])
  })

  test('that is gone says so', async () => {
    const seen = await open({ id: 'gone' }, { kept: [one] })
    expect([seen.state(), seen.said()]).toEqual(['listing', 'alerts:gone'])
  })
})

test('whoever has switched the notices off reads so, and finds the way to the settings', async () => {
  const seen = await open(undefined, { kept: [one], muted: ['alerts.found'] })
  expect(seen.keys()).toContain('alerts:muted')
  await seen.presses('unmute')
  expect(seen.opened()).toMatchObject({ flow: 'settings' })
})

test('filters are the same whoever asks, and however they are written', () => {
  expect(
    isSameFilter(filterOf({ words: ['Повар', ' повар!'] }), filterOf({ words: ['повар'], ageBand: '14-15' })),
  ).toBe(true)
  expect(isSameFilter(almaty, filterOf({ regions: ['75', '19'] }))).toBe(false)
})
