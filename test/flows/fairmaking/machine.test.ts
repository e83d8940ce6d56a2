import { describe, expect, test } from 'vitest'
import { consentVersion, newcomer, type Person } from '../../../flows/common/person.ts'
import { fairmaking } from '../../../flows/fairmaking/index.ts'
import {
  cancelFair,
  dropFair,
  dropStand,
  getMadeFair,
  getMadeStand,
  keepFair,
  keepStand,
  madeFairs,
  publishFair,
  weighChange,
} from '../../../flows/fairs/contract.ts'
import { type Fair, type Stand, slotCount, slotSpan } from '../../../flows/fairs/fair.ts'
import { withdrawNotices } from '../../../flows/kit/notice.ts'
import { reply } from '../../../src/engine/reply.ts'
import { record, rehearse } from '../../support/rehearse.ts'

const mentor: Person = {
  ...newcomer('kk'),
  ageBand: '18+',
  consent: { version: consentVersion, at: 0, by: 'mentor' },
}

/** A mentor, whose fairs are kept as they are told. */
const begins = async (change: Partial<Person> = {}) => {
  const shelf = new Map<string, { fair: Fair; stands: Stand[]; visitors: number }>()
  const at = (id: string) => shelf.get(id) ?? { fair: undefined, stands: [], visitors: 0 }
  /** How many lose a time by whatever is changed. */
  const world = { losers: 0 }
  const rehearsal = await rehearse(fairmaking, {
    person: { ...mentor, ...change },
    replies: [
      reply(madeFairs, async () => {
        const items = [...shelf.values()].map(({ fair, stands }) => ({ ...fair, stands: stands.length, isMine: false }))
        return { items, page: 0, pages: 1, total: items.length }
      }),
      reply(getMadeFair, async ({ id }) => {
        const { fair, stands, visitors } = at(id)
        if (fair === undefined) return null
        const items = stands.map((stand) => ({ stand, taken: 1, all: slotCount(fair, stand) * stand.places }))
        return { fair, visitors, seats: 1, stands: { items, page: 0, pages: 1, total: items.length } }
      }),
      reply(weighChange, async ({ id, change }) => {
        const { fair: kept, stands: before, visitors } = at(id)
        if (kept === undefined) return null
        const fair = change.type === 'fair' ? change.fair : kept
        const others = before.filter((one) => change.type === 'fair' || one.id !== idIn(change))
        const stands = change.type === 'stand' ? [...others, change.stand] : others
        const items = stands.map((stand) => ({ stand, taken: 0, all: slotCount(fair, stand) * stand.places }))
        const made = { fair, visitors, seats: 0, stands: { items, page: 0, pages: 1, total: items.length } }
        return { losers: world.losers, made }
      }),
      reply(getMadeStand, async ({ fair: id, stand: standId }) => {
        const { fair, stands } = at(id)
        const stand = stands.find((one) => one.id === standId)
        if (fair === undefined || stand === undefined) return null
        const slots = [{ ...slotSpan(fair, stand, 1), taken: 1 }]
        return { stand, slots, openings: [{ id: 'v1', title: 'Аспаз көмекшісі' }] }
      }),
    ],
    records: [
      record(keepFair, (fair) => {
        const { stands, fair: before, visitors } = at(fair.id)
        shelf.set(fair.id, { fair: { ...fair, state: before?.state ?? 'draft', reason: null }, stands, visitors })
      }),
      record(keepStand, ({ fair: id, stand }) => {
        const kept = shelf.get(id)
        if (kept !== undefined) kept.stands = [...kept.stands.filter((one) => one.id !== stand.id), stand]
      }),
      record(publishFair, ({ fair: id }) => {
        const kept = shelf.get(id)
        if (kept !== undefined) shelf.set(id, { ...kept, fair: { ...kept.fair, state: 'published' }, visitors: 3 })
      }),
    ],
  })
  return { ...rehearsal, shelf, world }
}

function idIn(change: { type: 'stand'; stand: Stand } | { type: 'drop'; stand: string }): string {
  return change.type === 'stand' ? change.stand.id : change.stand
}

type Maker = Awaited<ReturnType<typeof begins>>

/** Thursday, 15 January 2026: the fair is on the 20th, 10:00 to 16:30. */
const makes = async (maker: Maker) => {
  await maker.presses('listing.add')
  await maker.writes('Үлгі жәрмеңке')
  await maker.presses('regions:75')
  await maker.writes('Үлгі көше, 1')
  await maker.presses('20')
  await maker.presses('10:00')
  await maker.writes('16:30')
  await maker.presses('common:skip')
}

const addsStand = async (maker: Maker, employer = 'Үлгі асхана') => {
  await maker.presses('reading.add')
  await maker.writes(employer)
  await maker.writes('Аспаз көмекшісі керек, үйретеді')
  await maker.presses('20 минут')
  await maker.presses('2')
  await maker.presses('confirming.save')
}

describe('whoever makes a fair', () => {
  test('is asked for one thing after another, and sees it as people will', async () => {
    const maker = await begins()
    await makes(maker)
    expect(maker.state()).toBe('confirming')
    expect(maker.text()).toMatch(/Үлгі жәрмеңке\n.*сейсенбі, 2026.*10:00–16:30\n.*Үлгі көше, 1/)
    await maker.presses('confirming.save')
    expect(maker.said()).toBe('fairmaking:saved')
    expect([...maker.shelf.values()]).toMatchObject([
      { fair: { title: 'Үлгі жәрмеңке', region: '75', state: 'draft' } },
    ])
  })

  test('adds a stand, chooses its vacancies, and publishes', async () => {
    const maker = await begins()
    await makes(maker)
    await maker.presses('confirming.save')
    await addsStand(maker)
    expect(maker.told(keepStand)).toMatchObject([{ stand: { employer: 'Үлгі асхана', minutes: 20, places: 2 } }])
    // 19 slots of two places.
    await maker.presses('Үлгі асхана · 0/38')
    expect(maker.text()).toContain('10:20–10:40 · 1 / 2')
    expect(maker.keys()).toContain('fairmaking:choosing')
    await maker.presses('standing.vacancies')
    await maker.presses('Аспаз көмекшісі')
    await maker.presses('done')
    await maker.presses('confirming.save')
    expect(maker.told(keepStand).at(-1)).toMatchObject({ stand: { vacancies: ['v1'] } })
    await maker.presses('reading.publish')
    await maker.presses('publishing.yes')
    expect(maker.told(publishFair)).toHaveLength(1)
    expect(maker.text()).toContain('Жарияланған')
  })

  test('changes a published one, and is told who will hear of it', async () => {
    const maker = await begins()
    await makes(maker)
    await maker.presses('confirming.save')
    await maker.presses('reading.publish')
    await maker.presses('publishing.yes')
    await maker.presses('edit')
    await maker.presses('field.place')
    await maker.writes('Басқа көше, 2')
    expect(maker.keys()).toContain('fairmaking:confirming.told')
    await maker.presses('confirming.save')
    expect(maker.told(keepFair).at(-1)).toMatchObject({ place: 'Басқа көше, 2', title: 'Үлгі жәрмеңке' })
    expect(maker.text()).toContain('Басқа көше, 2')
  })

  test('is told how many lose a time when a published one becomes shorter, and sees its figures as they are then', async () => {
    const maker = await begins()
    await makes(maker)
    await maker.presses('confirming.save')
    await addsStand(maker)
    await maker.presses('reading.publish')
    await maker.presses('publishing.yes')
    await maker.presses('edit')
    await maker.presses('field.to')
    maker.world.losers = 2
    await maker.writes('12:00')
    expect(maker.text()).toContain('Таңдаған уақытынан айырылатын адам саны: 2')
    // One more books meanwhile, and is not to lose the time unsaid.
    maker.world.losers = 3
    await maker.presses('confirming.save')
    expect(maker.said()).toBe('fairmaking:losesMore')
    expect(maker.told(keepFair)).toHaveLength(1)
    await maker.presses('confirming.save')
    expect(maker.told(keepFair)).toHaveLength(2)
    expect(maker.text()).toContain('Таңдалған уақыттар: 0')
    expect(maker.labels()).toContain('Үлгі асхана · 0/12')
  })

  test('is told how many lose a time by another stand, and by one that is taken away', async () => {
    const maker = await begins()
    await makes(maker)
    await maker.presses('confirming.save')
    await addsStand(maker)
    await maker.presses('Үлгі асхана · 0/38')
    await maker.presses('standField.minutes')
    maker.world.losers = 1
    await maker.presses('30 минут')
    expect(maker.keys()).toContain('fairmaking:losers')
    await maker.presses('confirming.save')
    await maker.presses('Үлгі асхана · 0/26')
    await maker.presses('standing.drop')
    expect(maker.keys()).toContain('fairmaking:losers')
    await maker.presses('standDropping.yes')
    expect(maker.told(dropStand)).toHaveLength(1)
    maker.world.losers = 0
    await addsStand(maker)
    expect(maker.told(keepStand)).toHaveLength(3)
  })

  test('calls it off with a reason, and takes back what was not told yet', async () => {
    const maker = await begins()
    await makes(maker)
    await maker.presses('confirming.save')
    await maker.presses('reading.publish')
    await maker.presses('publishing.yes')
    await maker.presses('reading.callOff')
    await maker.writes('Зал жабық')
    expect(maker.text()).toContain('Зал жабық')
    await maker.presses('cancelling.yes')
    expect(maker.told(cancelFair)).toMatchObject([{ reason: 'Зал жабық' }])
    expect(maker.told(withdrawNotices)).toMatchObject([{ everywhere: true }])
    expect(maker.labels()).not.toContain(maker.label('reading.add'))
  })

  test('is told of everybody who signed up while the fair stood open, before it is called off and after', async () => {
    const maker = await begins()
    await makes(maker)
    await maker.presses('confirming.save')
    await maker.presses('reading.publish')
    await maker.presses('publishing.yes')
    const signUp = (visitors: number) => {
      for (const [id, kept] of maker.shelf) maker.shelf.set(id, { ...kept, visitors })
    }
    await maker.presses('reading.callOff')
    signUp(4)
    await maker.writes('Зал жабық')
    expect(maker.text()).toContain('Хабарландыру баратын адам саны: 4')
    signUp(5)
    await maker.presses('cancelling.yes')
    expect(maker.text()).toContain('Келемін дегендер: 5')
    expect(maker.text()).toContain('Таңдалған уақыттар: 0')
  })

  test('cannot call off what another has called off meanwhile', async () => {
    const maker = await begins()
    await makes(maker)
    await maker.presses('confirming.save')
    await maker.presses('reading.publish')
    await maker.presses('publishing.yes')
    await maker.presses('reading.callOff')
    for (const [id, kept] of maker.shelf) {
      maker.shelf.set(id, { ...kept, fair: { ...kept.fair, state: 'cancelled', reason: 'Басқа себеп' } })
    }
    await maker.writes('Зал жабық')
    expect(maker.said()).toBe('fairmaking:tooLate')
    expect(maker.text()).toContain('Басқа себеп')
    expect(maker.told(cancelFair)).toEqual([])
  })

  test('has the numbers of a stand as a sheet, and takes the stand away', async () => {
    const maker = await begins()
    await makes(maker)
    await maker.presses('confirming.save')
    await addsStand(maker)
    await maker.presses('Үлгі асхана · 0/38')
    await maker.presses('standing.sheet')
    expect(maker.said()).toBe('fairmaking:sheetComes')
    await maker.presses('standing.drop')
    await maker.presses('standDropping.yes')
    expect(maker.told(dropStand)).toHaveLength(1)
    expect(maker.keys()).toContain('fairmaking:reading.noStands')
    await maker.presses('reading.drop')
    await maker.presses('dropping.yes')
    expect(maker.told(dropFair)).toHaveLength(1)
  })

  test.each([
    ['naming', '?!', 'empty'],
    ['naming', 'ұ'.repeat(5_000), 'long'],
  ])('hears kindly at %s what cannot be taken', async (state, text, problem) => {
    const maker = await begins()
    await maker.presses('listing.add')
    await maker.writes(text)
    expect(maker.state()).toBe(state)
    expect(maker.keys()).toContain(`fairmaking:problem.${problem}`)
    await maker.writes('Үлгі')
    expect(maker.state()).toBe('placing')
  })

  test('of the day and the hours hears them written, and says what cannot be', async () => {
    const maker = await begins()
    await maker.presses('listing.add')
    await maker.writes('Үлгі')
    await maker.presses('regions:75')
    await maker.writes('Үлгі көше, 1')
    // Thursday the 15th is today, which would be refused.
    expect(maker.labels()).toContain('16')
    expect(maker.labels()).not.toContain('15')
    await maker.writes('бәрібір')
    expect(maker.keys()).toContain('fairmaking:problem.day')
    for (const over of ['бүгін', 'кеше', '14.01.2026']) {
      await maker.writes(over)
      expect(maker.keys()).toContain('fairmaking:problem.past')
    }
    await maker.writes('20 мамыр')
    await maker.writes('25:70')
    expect(maker.keys()).toContain('fairmaking:problem.time')
    await maker.writes('10:30')
    await maker.writes('9:00')
    expect(maker.keys()).toContain('fairmaking:problem.order')
    await maker.presses('14:00')
    await maker.writes('№12 автобус барады')
    expect(maker.text()).toMatch(/20 мамыр.*10:30–14:00/)
    expect(maker.text()).toContain('№12 автобус барады')
  })

  test('names stand on one line, notes keep theirs, and neither keeps signs that nobody sees', async () => {
    const maker = await begins()
    await maker.presses('listing.add')
    await maker.writes('Үлгі\u202e\n\nжәрмеңке\u0000')
    await maker.presses('regions:75')
    await maker.writes('Үлгі көше, 1\n2-қабат')
    await maker.writes('20 мамыр')
    await maker.presses('10:00')
    await maker.presses('14:00')
    await maker.writes('Кіру тегін\n\n№12 автобус\u2066')
    await maker.presses('confirming.save')
    expect(maker.told(keepFair)).toMatchObject([
      { title: 'Үлгі жәрмеңке', place: 'Үлгі көше, 1 2-қабат', note: 'Кіру тегін\n№12 автобус' },
    ])
    await maker.presses('reading.add')
    await maker.writes('Үлгі\nасхана\u200f')
    await maker.writes('Аспаз\nДаяшы')
    await maker.presses('30 минут')
    await maker.presses('2')
    await maker.presses('confirming.save')
    expect(maker.told(keepStand)).toMatchObject([{ stand: { employer: 'Үлгі асхана', offers: 'Аспаз\nДаяшы' } }])
  })

  test.each([
    ['таңғы 10-да', '16-да'],
    ['в 10 утра', 'в 4 часа'],
    ['10 am', '4 pm'],
    ['10-00', '4'],
  ])('hears the hours as people say them: %s, %s', async (from, to) => {
    const maker = await begins()
    await maker.presses('listing.add')
    await maker.writes('Үлгі')
    await maker.presses('regions:75')
    await maker.writes('Үлгі көше, 1')
    await maker.writes('20 мамыр')
    await maker.writes(from)
    await maker.writes(to)
    await maker.presses('common:skip')
    expect(maker.text()).toContain('10:00–16:00')
  })

  test.each([
    ['25 минут', '1 адам', 25, 1],
    ['жарты сағат', '3', 30, 3],
    ['1 час', '12 человек', 60, 12],
    ['half an hour', '2 people', 30, 2],
  ])('hears length and places of a stand as people write them: %s, %s', async (length, people, minutes, places) => {
    const maker = await begins()
    await makes(maker)
    await maker.presses('confirming.save')
    await maker.presses('reading.add')
    await maker.writes('Үлгі асхана')
    await maker.presses('common:skip')
    await maker.writes('бір жыл')
    expect(maker.keys()).toContain('fairmaking:problem.length')
    await maker.writes(length)
    await maker.writes('көп')
    expect(maker.keys()).toContain('fairmaking:problem.places')
    await maker.writes(people)
    await maker.presses('confirming.save')
    expect(maker.told(keepStand)).toMatchObject([{ stand: { minutes, places } }])
  })

  test('a later beginning asks for the end anew', async () => {
    const maker = await begins()
    await makes(maker)
    await maker.presses('edit')
    await maker.presses('field.from')
    await maker.writes('17:00')
    expect(maker.state()).toBe('ending')
    await maker.presses('19:00')
    expect(maker.text()).toContain('17:00–19:00')
  })
})
