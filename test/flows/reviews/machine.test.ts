import { describe, expect, test } from 'vitest'
import type { EventObject } from 'xstate'
import type { ReplyOf } from '../../../flows/kit/contract.ts'
import { listens } from '../../../flows/kit/step.ts'
import { stamped } from '../../../flows/kit/walk.ts'
import {
  approveOffer,
  exampleReading,
  type Fate,
  madeOffer,
  returnOffer,
  waitingOffer,
} from '../../../flows/offers/contract.ts'
import { reviews } from '../../../flows/reviews/index.ts'
import {
  exampleCard,
  type HeldVacancy,
  heldVacancies,
  heldVacancy,
  reviewVacancy,
} from '../../../flows/vacancies/contract.ts'
import { reply } from '../../../src/engine/reply.ts'
import { invited } from '../../support/people.ts'
import { rehearse } from '../../support/rehearse.ts'

const at = Date.UTC(2026, 0, 15, 6)
const [made] = madeOffer.examples({ id: 'a', sentAt: 1 })
const secret = 'Тек осы мәтінде бар сөз'

describe('offers', () => {
  const text = { body: secret, page: 0, pages: 1 }
  const item = {
    ...{ id: 'a', sentAt: 1, isOwn: false, isOver: false },
    reading: { ...exampleReading, card: { ...exampleReading.card, text } },
  }
  /** What the store says: an offer that waits, until something becomes of it. */
  const begin = async (pages = 1) => {
    const world: { item: typeof item | null; fate: Fate | null } = { item, fate: null }
    const mentor = await rehearse(reviews, {
      person: invited('mentor'),
      input: { waiting: true },
      replies: [
        reply(waitingOffer, async ({ at: wanted, page }): Promise<ReplyOf<typeof waitingOffer>> => {
          const shown = world.item && { ...world.item, reading: readingOf(page, pages) }
          return { item: shown, total: shown === null ? 0 : 1, fate: wanted === null ? null : world.fate }
        }),
        reply(madeOffer, async () => (world.fate === null ? (made ?? null) : null)),
        reply(heldVacancies, async () => ({ items: [], total: 0, page: 0, pages: 1 })),
        reply(heldVacancy, async () => null),
      ],
    })
    return { mentor, world }
  }
  const readingOf = (page: number, pages: number) => {
    const { reading } = item
    return { ...reading, card: { ...reading.card, text: { ...text, page, pages } } }
  }

  test.each(['published', 'returned', 'gone'] as const)(
    'that others decided on or took away (%s) are told of at the next press, whatever it is, and nothing is kept',
    async (what) => {
      for (const press of ['waiting.approve', 'waiting.return', 'offers:law.open']) {
        const { mentor, world } = await begin()
        expect(mentor.text()).toContain(secret)
        Object.assign(world, { item: null, fate: { what, at } })
        await mentor.presses(press)
        expect(mentor.said()).toBe(`reviews:fate.${what}`)
        expect(mentor.text()).not.toContain(secret)
        expect(JSON.stringify(mentor.frame())).not.toContain(secret)
        expect([...mentor.told(approveOffer), ...mentor.told(returnOffer)]).toEqual([])
      }
    },
  )

  test('that were decided on while a mentor wrote why they send it back are not sent back', async () => {
    for (const act of ['common:skip', undefined]) {
      const { mentor, world } = await begin()
      await mentor.presses('waiting.return')
      await mentor.presses('returning.pay')
      Object.assign(world, { item: null, fate: { what: 'published', at } })
      await (act === undefined ? mentor.writes('Нақты сомасын жазыңыз') : mentor.presses(act))
      expect(mentor.said()).toBe('reviews:fate.published')
      expect(mentor.told(returnOffer)).toEqual([])
      expect(JSON.stringify(mentor.frame())).not.toContain(secret)
    }
  })

  test('that their author changed are shown anew, and decided on only then', async () => {
    const { mentor, world } = await begin()
    Object.assign(world, { item: { ...item, sentAt: 2 }, fate: { what: 'changed', at } })
    await mentor.presses('waiting.approve')
    expect(mentor.said()).toBe('reviews:fate.changed')
    world.fate = null
    await mentor.presses('waiting.approve')
    expect(mentor.told(approveOffer)).toMatchObject([{ id: 'a', sentAt: 2 }])
    expect(mentor.said()).toBe('reviews:approved')
  })

  test('with a long text can be let stand on its last page only', async () => {
    const { mentor } = await begin(3)
    const approve = mentor.label('waiting.approve')
    for (const page of [0, 1]) {
      expect(mentor.labels(), `page ${page}`).not.toContain(approve)
      await mentor.presses('vacancies:card.textAfter')
    }
    expect(mentor.labels()).toContain(approve)
  })

  test('still stand there when a mentor comes back from another flow: nobody asks why they are sent back', async () => {
    const { mentor } = await begin()
    const cameBack = stamped({ type: 'RETURN', flow: 'help', data: null } as EventObject) // what the engine says then
    expect(listens(reviews, mentor.frame(), cameBack)).toBe(false)
  })

  test('go back with the words that were written', async () => {
    const { mentor } = await begin()
    await mentor.presses('waiting.return')
    await mentor.presses('returning.hours')
    await mentor.writes('Кестесін жазыңыз')
    expect(mentor.told(returnOffer)).toEqual([
      { id: 'a', sentAt: 1, returned: { reason: 'hours', words: 'Кестесін жазыңыз' } },
    ])
  })
})

describe('held vacancies', () => {
  const held: HeldVacancy = {
    card: { ...exampleCard, law: [], id: 'v', text: { body: secret, page: 0, pages: 1 } },
    ...{ wording: 'first', signs: [], reports: [], review: null },
  }
  const begin = async (one: HeldVacancy = held) => {
    const world: { one: HeldVacancy | null } = { one }
    const mentor = await rehearse(reviews, {
      person: invited('mentor'),
      input: { vacancy: 'v' },
      replies: [
        reply(heldVacancy, async () => world.one),
        reply(heldVacancies, async () => ({ items: [], total: 0, page: 0, pages: 1 })),
        reply(waitingOffer, async () => ({ item: null, total: 0, fate: null })),
        reply(madeOffer, async () => null),
      ],
    })
    return { mentor, world }
  }

  test.each(['cleared', 'barred'] as const)(
    'that another mentor %s meanwhile are not decided on over their head',
    async (verdict) => {
      const { mentor, world } = await begin()
      world.one = { ...held, review: { verdict, at, stands: true } }
      await mentor.presses(verdict === 'cleared' ? 'vacancy.bar' : 'vacancy.clear')
      expect(mentor.said()).toBe(`reviews:already.${verdict}`)
      expect(mentor.keys()).toContain(`reviews:reviewed.${verdict}`)
      expect(mentor.labels()).not.toContain(mentor.label('vacancy.clear'))
      expect(mentor.told(reviewVacancy)).toEqual([])
    },
  )

  test.each<[string, Partial<HeldVacancy>]>([
    ['say something else', { wording: 'second' }],
    ['were reported once more', { reports: [{ reason: 'scam', count: 1 }] }],
  ])('that %s are shown anew before they are decided on', async (_, change) => {
    const { mentor, world } = await begin()
    world.one = { ...held, ...change }
    await mentor.presses('vacancy.clear')
    expect(mentor.said()).toBe('reviews:changed')
    expect(mentor.told(reviewVacancy)).toEqual([])
    await mentor.presses('vacancy.clear')
    expect(mentor.told(reviewVacancy)).toEqual([
      { id: 'v', verdict: 'cleared', wording: world.one.wording, reviewedAt: null },
    ])
  })

  test('that were taken away are gone at the next press, and their text with them', async () => {
    const { mentor, world } = await begin()
    world.one = null
    await mentor.presses('vacancy.clear')
    expect(mentor.said()).toBe('reviews:gone')
    expect(JSON.stringify(mentor.frame())).not.toContain(secret)
  })

  test('are read to their end before they are cleared; what is seen to be a scam is barred at once', async () => {
    const { mentor, world } = await begin({
      ...held,
      card: { ...held.card, text: { body: secret, page: 0, pages: 2 } },
    })
    expect(mentor.labels()).not.toContain(mentor.label('vacancy.clear'))
    expect(mentor.labels()).toContain(mentor.label('vacancy.bar'))
    world.one = { ...held, card: { ...held.card, text: { body: secret, page: 1, pages: 2 } } }
    await mentor.presses('vacancies:card.textAfter')
    await mentor.presses('vacancy.clear')
    expect(mentor.told(reviewVacancy)).toMatchObject([{ verdict: 'cleared' }])
  })
})
