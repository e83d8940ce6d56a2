import { describe, expect, test } from 'vitest'
import { dayLength } from '../../../flows/common/calendar.ts'
import { consentVersion } from '../../../flows/common/person.ts'
import {
  bookSlot,
  comingFairs,
  getFair,
  getStand,
  leaveFair,
  leaveStand,
  ownFairs,
  type StandView,
  visitFair,
} from '../../../flows/fairs/contract.ts'
import { type Booked, exampleFair, type Fair, hasRoom, slotSpan, slotsOf } from '../../../flows/fairs/fair.ts'
import { fairs } from '../../../flows/fairs/index.ts'
import { withdrawNotices } from '../../../flows/kit/notice.ts'
import { languages } from '../../../flows/kit/words.ts'
import { reply } from '../../../src/engine/reply.ts'
import { agreed } from '../../support/people.ts'
import { record, rehearse } from '../../support/rehearse.ts'

/** Tuesday, 20 January 2026, 10:00 to 12:00; the rehearsal begins on the Thursday before. */
const fair: Fair = {
  ...exampleFair('75'),
  id: 'f',
  title: 'Үлгі жәрмеңке',
  endsAt: exampleFair().startsAt + 2 * 3_600_000,
}
type Job = StandView['jobs'][number]
const stands = ['one', 'two'].map((id) => {
  return { id, employer: `Үлгі ${id}`, offers: 'Аспазшы', minutes: 30, places: 1, vacancies: [] }
})

/** Somebody before one fair, of which everything can be changed behind their back. */
const begins = async (options: Parameters<typeof rehearse>[1] = {}) => {
  const world = {
    fair: fair as Fair | null,
    taken: new Map<string, number>(),
    own: [] as Booked[],
    isMine: false,
    signedUp: [] as string[],
    jobs: [] as Job[],
  }
  const at = (standId: string) => stands.find(({ id }) => id === standId)
  const rehearsal = await rehearse(fairs, {
    ...options,
    replies: [
      reply(comingFairs, async () => {
        const items = world.fair === null ? [] : [{ ...world.fair, stands: 2, isMine: world.isMine }]
        return { items, page: 0, pages: 1, total: items.length }
      }),
      reply(ownFairs, async () => world.signedUp),
      reply(getFair, async () => {
        if (world.fair === null) return null
        const items = stands.map(({ id, employer }) => {
          return { id, employer, free: 3, mine: world.own.find(({ stand }) => stand === id)?.from ?? null }
        })
        const slots = world.own.map((one) => ({ ...one, employer: at(one.stand)?.employer ?? '' }))
        return { fair: world.fair, isMine: world.isMine, slots, stands: { items, page: 0, pages: 1, total: 2 } }
      }),
      reply(getStand, async ({ stand: id }, { now }) => {
        const stand = at(id)
        if (world.fair === null || stand === undefined) return null
        const taken = new Map([0, 1, 2, 3].map((slot) => [slot, world.taken.get(`${id} ${slot}`) ?? 0]))
        const slots = [...slotsOf(world.fair, stand, { taken, own: world.own, now })]
        return { stand, slots, room: hasRoom(world.own, world.fair.id, id), jobs: world.jobs }
      }),
    ],
    records: [
      record(visitFair, () => {
        world.isMine = true
      }),
      record(bookSlot, ({ stand: id, slot }) => {
        const stand = at(id)
        if (stand === undefined) return
        const others = world.own.filter((one) => one.stand !== id)
        world.own = [...others, { fair: 'f', stand: id, slot, ...slotSpan(fair, stand, slot) }]
        world.isMine = true
      }),
      record(leaveStand, ({ stand }) => {
        world.own = world.own.filter((one) => one.stand !== stand)
      }),
    ],
  })
  return { ...rehearsal, world }
}

describe('a visitor', () => {
  test('finds the fair, signs up, and takes a time at a stand', async () => {
    const visitor = await begins()
    await visitor.presses('Үлгі жәрмеңке')
    await visitor.presses('reading.visit')
    expect(visitor.said()).toBe('fairs:visited')
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі two')) ?? '')
    await visitor.presses('11:30')
    expect(visitor.state()).toBe('booked')
  })

  test.each(languages)('reads of the time that was booked, in %s', async (language) => {
    const visitor = await begins({ language, input: { id: 'f' } })
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі one')) ?? '')
    await visitor.presses('10:30')
    expect(visitor.state()).toBe('booked')
    expect(visitor.text()).toContain('10:30–11:00')
    expect(visitor.told(bookSlot)).toEqual([{ fair: 'f', stand: 'one', slot: 1 }])
    await visitor.presses('reading.mySlots')
    expect(visitor.text()).toContain('10:30–11:00 · Үлгі one')
  })

  test.each([
    ['four days ahead', fair.startsAt - 4 * dayLength, 'fairs:visited', ['fairs:booked.remind.both']],
    ['on the morning of it', fair.startsAt - 3 * 3_600_000, 'fairs:visited', ['fairs:booked.remind.soon']],
    ['an hour before', fair.startsAt - 3_600_000, 'fairs:visitedLate', []],
    ['while it is on', fair.startsAt + 60_000, 'fairs:visitedLate', []],
  ])('is promised no reminder that will not come: who signs up %s', async (_, now, said, promised) => {
    const visitor = await begins({ input: { id: 'f' }, now })
    await visitor.presses('reading.visit')
    expect(visitor.said()).toBe(said)
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі one')) ?? '')
    await visitor.presses('10:30')
    expect(visitor.state()).toBe('booked')
    expect(visitor.keys().filter((key) => key.startsWith('fairs:booked.remind.'))).toEqual(promised)
  })

  test.each([
    ['kk', 'сағат 11-ге жаз', 2],
    ['kk', '11:00', 2],
    ['kk', 'он бір жарымда барамын', 3],
    ['kk', 'мені 10:30-ға жазыңызшы', 1],
    ['ru', 'в 11', 2],
    ['ru', 'запишите меня на 11:30', 3],
    ['ru', 'в 10 утра', 0],
    ['en', 'at 11', 2],
    ['en', 'book me at 10:30 am please', 1],
    ['en', '11', 2],
  ] as const)('takes a time at a stand by writing it, in %s: %s', async (language, written, slot) => {
    const visitor = await begins({ language, input: { id: 'f' } })
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі one')) ?? '')
    await visitor.writes(written)
    expect(visitor.state()).toBe('booked')
    expect(visitor.told(bookSlot)).toEqual([{ fair: 'f', stand: 'one', slot }])
  })

  test('moves the time just taken by writing another', async () => {
    const visitor = await begins({ input: { id: 'f' } })
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі one')) ?? '')
    await visitor.presses('10:30')
    await visitor.writes('11:30')
    expect(visitor.told(bookSlot).at(-1)).toEqual({ fair: 'f', stand: 'one', slot: 3 })
  })

  test.each(['10:10', '18:00', 'в 9 утра'])(
    'is shown the times where none begins at the one written: %s',
    async (written) => {
      const visitor = await begins({ input: { id: 'f' } })
      await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі one')) ?? '')
      await visitor.writes(written)
      expect(visitor.state()).toBe('standing')
      expect(visitor.said()).toBe('fairs:noSuchTime')
    },
  )

  test.each([
    'напомни в 11 позвонить маме',
    '11-де анама қоңырау шалу',
    'еске сал 11:00',
    'ертең 11-де',
    'remind me at 11',
    'даяшы',
    '11-ге келе алмаймын',
  ])('is searched for at a stand all the same what is no time there: %s', async (written) => {
    const visitor = await begins({ input: { id: 'f' } })
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі one')) ?? '')
    await visitor.writes(written)
    expect(visitor.opened()).toMatchObject({ flow: 'search' })
    expect(visitor.told(bookSlot)).toEqual([])
  })

  test('is told kindly that a slot has gone, and sees those that are free', async () => {
    const visitor = await begins({ input: { id: 'f' } })
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі one')) ?? '')
    visitor.world.taken.set('one 1', 1)
    await visitor.presses('10:30')
    expect(visitor.said()).toBe('fairs:taken')
    expect(visitor.told(bookSlot)).toEqual([])
    expect(visitor.labels()).toEqual(expect.arrayContaining(['10:00', '11:00', '11:30']))
    expect(visitor.labels()).not.toContain('10:30')
  })

  test('is offered no time at which they are elsewhere', async () => {
    const visitor = await begins({ input: { id: 'f' } })
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі one')) ?? '')
    await visitor.presses('10:30')
    await visitor.presses('booked.more')
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі two')) ?? '')
    expect(visitor.labels()).not.toContain('10:30')
    expect(visitor.keys()).toContain('fairs:standing.clashes')
    await visitor.presses('11:00')
    await visitor.presses('reading.mySlots')
    expect(visitor.text()).toMatch(/10:30–11:00 · Үлгі one\n.*11:00–11:30 · Үлгі two/)
  })

  test('gives a time back, and then the whole fair', async () => {
    const visitor = await begins({ input: { id: 'f' } })
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі one')) ?? '')
    await visitor.presses('10:30')
    await visitor.presses('reading.mySlots')
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі one')) ?? '')
    await visitor.presses('standing.drop')
    expect(visitor.told(leaveStand)).toEqual([{ fair: 'f', stand: 'one' }])
    expect(visitor.labels()).toContain('10:30')
    await visitor.presses('toFair')
    await visitor.presses('reading.leave')
    await visitor.presses('leaving.yes')
    expect(visitor.told(leaveFair)).toEqual([{ fair: 'f' }])
    expect(visitor.told(withdrawNotices)).toEqual([{ keyPrefix: 'fair:f:' }])
  })

  test('cannot sign up for what was called off while they looked at it', async () => {
    const visitor = await begins({ input: { id: 'f' } })
    visitor.world.fair = { ...fair, state: 'cancelled', reason: 'Зал жабық' }
    await visitor.presses('reading.visit')
    expect(visitor.said()).toBe('fairs:shut')
    expect(visitor.told(visitFair)).toEqual([])
    expect(visitor.text()).toContain('Зал жабық')
  })

  test('sees the vacancies of a stand in the list of vacancies, and comes back to the stand', async () => {
    const visitor = await begins({ input: { id: 'f' } })
    visitor.world.jobs = [
      { id: 'v1', title: 'Аспазшы', pay: null },
      { id: 'v2', title: 'Даяшы', pay: null },
    ]
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі one')) ?? '')
    await visitor.presses('vacancies:openings')
    expect(visitor.opened()).toMatchObject({ flow: 'vacancies', input: { ids: ['v1', 'v2'], title: 'Үлгі one' } })
    await visitor.presses('common:back')
    expect(visitor.state()).toBe('standing')
  })

  test('sees whom they met when it is over, and notes there what they have asked for', async () => {
    const visitor = await begins({ input: { id: 'f' } })
    visitor.world.jobs = [{ id: 'v1', title: 'Аспазшы', pay: null }]
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі two')) ?? '')
    await visitor.presses('10:30')
    visitor.until(fair.endsAt + 60_000)
    await visitor.opens({ id: 'f' })
    expect(visitor.text()).toContain('10:30–11:00 · Үлгі two')
    expect(visitor.labels().slice(0, 2)).toEqual(['✓ Үлгі two', 'Үлгі one'])
    await visitor.presses('Үлгі two')
    expect(visitor.text()).toContain('10:30–11:00')
    expect(visitor.labels()).not.toContain(visitor.label('standing.drop'))
    await visitor.writes('11:00')
    expect(visitor.said()).toBe('fairs:past')
    await visitor.presses('Аспазшы')
    expect(visitor.opened()).toMatchObject({
      flow: 'applications',
      input: { vacancy: { id: 'v1', title: 'Аспазшы', employer: 'Үлгі two' } },
    })
  })

  test('is offered no list where a stand has no vacancies', async () => {
    const visitor = await begins({ input: { id: 'f' } })
    await visitor.presses(visitor.labels().find((label) => label.startsWith('Үлгі one')) ?? '')
    expect(visitor.labels().join()).not.toContain('Бос орындар')
  })

  test('comes to their plan, or to the question whether they are not coming, when they ask for it in words', async () => {
    const visitor = await begins()
    await visitor.opens({ own: 'plan' })
    expect(visitor.said()).toBe('fairs:noneOwn')
    visitor.world.signedUp = ['f']
    await visitor.opens({ own: 'plan' })
    expect(visitor.state()).toBe('mine')
    await visitor.opens({ own: 'leave' })
    expect(visitor.state()).toBe('leaving')
    visitor.world.signedUp = ['f', 'g']
    await visitor.opens({ own: 'leave' })
    expect(visitor.state()).toBe('listing')
    expect(visitor.said()).toBe('fairs:whichOwn')
  })

  test('who makes fairs finds the way to those they make', async () => {
    const consent = { version: consentVersion, at: 0, by: 'mentor' as const }
    const mentor = await begins({ person: { ...agreed('kk'), consent } })
    await mentor.presses('toMaking')
    expect(mentor.opened()).toMatchObject({ flow: 'fairmaking' })
    expect((await begins()).labels()).not.toContain(mentor.label('fairs:toMaking'))
  })

  test('comes to the list when the fair of an old notice is gone', async () => {
    const visitor = await begins({ input: { id: 'f' } })
    visitor.world.fair = null
    await visitor.opens({ id: 'f' })
    expect(visitor.said()).toBe('fairs:gone')
    expect(visitor.state()).toBe('listing')
  })

  test('of twelve or thirteen is shown the way to professions', async () => {
    const child = await begins({ person: { ...agreed('kk'), ageBand: '12-13' }, input: { id: 'f' } })
    expect(child.state()).toBe('young')
    await child.presses('toProfessions')
    expect(child.opened()).toMatchObject({ flow: 'professions' })
  })
})
