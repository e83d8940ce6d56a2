import { describe, expect, test } from 'vitest'
import { consentVersion, type Person } from '../../../flows/common/person.ts'
import {
  approveOffer,
  exampleReading,
  madeOffer,
  returnOffer,
  type Waiting,
  waitingOffer,
} from '../../../flows/offers/contract.ts'
import { longestAnswer } from '../../../flows/offers/offer.ts'
import { reviews } from '../../../flows/reviews/index.ts'
import {
  exampleCard,
  type HeldVacancy,
  heldVacancies,
  heldVacancy,
  reviewVacancy,
} from '../../../flows/vacancies/contract.ts'
import { reply } from '../../../src/engine/reply.ts'
import { agreed } from '../../support/people.ts'
import { type RehearsalOptions, record, rehearse } from '../../support/rehearse.ts'

const mentor: Person = { ...agreed('kk'), consent: { version: consentVersion, at: 0, by: 'mentor' } }
const [made = null] = madeOffer.examples({ id: 'a', sentAt: 1 })

const waits = (id: string, more: Partial<Waiting> = {}): Waiting => ({
  ...{ id, sentAt: 1, isOwn: false, isOver: false },
  reading: { ...exampleReading, card: { ...exampleReading.card, title: `Ұсыныс ${id}` } },
  ...more,
})
const holds = (id: string, more: Partial<HeldVacancy> = {}): HeldVacancy => ({
  card: { ...exampleCard, law: [], id, title: `Күмәнді ${id}`, isHeld: true },
  ...{ wording: `w${id}`, signs: [{ kind: 'fee', words: 'жарна' }], reports: [], review: null },
  ...more,
})

/** As the store gives it: one page of its text. */
const onPage = (item: Waiting, page: number): Waiting => {
  const { reading } = item
  return { ...item, reading: { ...reading, card: { ...reading.card, text: { ...reading.card.text, page } } } }
}

/** A mentor before what waits and what is held back, which others may decide on behind their back. */
async function looks(options: RehearsalOptions & { waiting?: Waiting[]; held?: HeldVacancy[] } = {}) {
  const world = { waiting: options.waiting ?? [waits('a'), waits('b')], held: options.held ?? [holds('x'), holds('y')] }
  const forget = ({ id }: { readonly id: string }) => {
    world.waiting = world.waiting.filter((one) => one.id !== id)
  }
  const seen = await rehearse(reviews, {
    person: mentor,
    ...options,
    replies: [
      reply(waitingOffer, async ({ without, decided, at, page }) => {
        const left = world.waiting.filter(({ id }) => !decided.includes(id))
        const same = at && left.find(({ id }) => id === at.id)
        const fate = at === null || same?.sentAt === at.sentAt ? null : { what: 'changed' as const, at: 2 }
        const item = same ?? left.find(({ id }) => !without.includes(id)) ?? null
        return { item: item && onPage(item, page), total: left.length, fate }
      }),
      reply(madeOffer, async ({ id, sentAt }) =>
        world.waiting.some((one) => one.id === id && one.sentAt === sentAt) ? made : null,
      ),
      reply(heldVacancies, async () => ({
        items: world.held.map(({ card }) => card),
        total: world.held.length,
        page: 0,
        pages: 1,
      })),
      reply(heldVacancy, async ({ id }) => world.held.find(({ card }) => card.id === id) ?? null),
    ],
    records: [record(approveOffer, forget), record(returnOffer, forget)],
    others: ['offers'],
  })
  return { ...seen, world }
}

describe('an offer', () => {
  test('is approved, and the next one comes', async () => {
    const seen = await looks()
    await seen.presses('choosing.waiting')
    expect(seen.text()).toContain('Ұсыныс a')
    await seen.presses('waiting.approve')
    expect([seen.told(approveOffer), seen.said()]).toMatchObject([[{ id: 'a', sentAt: 1 }], 'reviews:approved'])
    expect(seen.text()).toContain('Ұсыныс b')
    await seen.presses('waiting.approve')
    expect(seen.keys()).toContain('reviews:waiting.none')
  })

  test('is sent back with a reason alone, with words beside it, or with words alone', async () => {
    const seen = await looks({ input: { waiting: true }, waiting: ['a', 'b', 'c'].map((id) => waits(id)) })
    await seen.presses('waiting.return')
    await seen.presses('returning.pay')
    await seen.presses('common:skip')
    await seen.presses('waiting.return')
    await seen.presses('returning.hours')
    await seen.writes('Сағатын жазыңыз')
    await seen.presses('waiting.return')
    await seen.writes('Мекенжайы жоқ')
    expect(seen.told(returnOffer).map(({ id, returned }) => [id, returned])).toEqual([
      ['a', { reason: 'pay', words: null }],
      ['b', { reason: 'hours', words: 'Сағатын жазыңыз' }],
      ['c', { reason: 'other', words: 'Мекенжайы жоқ' }],
    ])
  })

  test('is not sent back with words that are too long, nor with those of somebody sad', async () => {
    const seen = await looks({ input: { waiting: true }, isWorry: (text) => text === 'маған ауыр' })
    await seen.presses('waiting.return')
    await seen.writes('ұ'.repeat(longestAnswer.reason + 1))
    expect([seen.state(), seen.said()]).toEqual(['returning', 'reviews:long'])
    await seen.presses('returning.pay')
    await seen.writes('ұ'.repeat(longestAnswer.reason + 1))
    expect([seen.state(), seen.said()]).toEqual(['wording', 'reviews:long'])
    await seen.writes('маған ауыр')
    await seen.presses('common:back')
    expect([seen.state(), seen.told(returnOffer)]).toEqual(['wording', []])
  })

  test('that another mentor decided on meanwhile, or its author changed, is approved by nobody', async () => {
    const seen = await looks({ input: { waiting: true } })
    seen.world.waiting = [waits('a', { sentAt: 2 }), waits('b')]
    await seen.presses('waiting.approve')
    expect([seen.told(approveOffer), seen.said()]).toEqual([[], 'reviews:fate.changed'])
    expect(seen.text()).toContain('Ұсыныс a')
  })

  test('is put off, and looked at from the first on once more', async () => {
    const seen = await looks({ input: { waiting: true } })
    await seen.presses('waiting.next')
    await seen.presses('waiting.next')
    expect(seen.keys()).toContain('reviews:waiting.later')
    await seen.presses('waiting.again')
    expect(seen.text()).toContain('Ұсыныс a')
  })

  test('of one’s own says so, and its law and its whole text lead back to it', async () => {
    const reading = {
      ...exampleReading,
      card: { ...exampleReading.card, text: { body: 'Сөйлем.', page: 0, pages: 3 } },
    }
    const seen = await looks({ input: { waiting: true }, waiting: [waits('a', { isOwn: true, reading })] })
    expect(seen.keys()).toContain('reviews:waiting.own')
    await seen.presses('offers:law.open')
    await seen.presses('common:age.16-17')
    await seen.presses('common:back')
    await seen.presses('vacancies:card.textAfter')
    expect(seen.text()).toContain('2/3')
    await seen.presses('vacancies:card.toFacts')
    expect(seen.state()).toBe('waiting')
  })
})

describe('a vacancy that is held back', () => {
  test('is cleared or barred in the wording that was read, one after another', async () => {
    const seen = await looks({ input: { review: true } })
    await seen.presses('1. Күмәнді x')
    expect(seen.text()).toContain('жарна')
    await seen.presses('vacancy.clear')
    expect([seen.state(), seen.said()]).toEqual(['vacancy', 'reviews:cleared'])
    await seen.presses('vacancy.bar')
    expect(seen.told(reviewVacancy)).toEqual([
      { id: 'x', verdict: 'cleared', wording: 'wx', reviewedAt: null },
      { id: 'y', verdict: 'barred', wording: 'wy', reviewedAt: null },
    ])
    // The store does not know of the last one yet.
    expect([seen.state(), seen.keys()[0]]).toEqual(['held', 'reviews:held.none'])
  })

  test('after reports tells how many found what', async () => {
    const reports = [
      { reason: 'scam' as const, count: 2 },
      { reason: 'over' as const, count: 1 },
    ]
    const seen = await looks({ input: { vacancy: 'x' }, held: [holds('x', { signs: [], reports })] })
    expect(seen.text()).toMatch(/алаяқтық: 2\n.*орынға адам алынған: 1/)
    await seen.presses('vacancy.next')
    expect(seen.state()).toBe('held')
  })

  test('that is gone says so', async () => {
    const seen = await looks({ input: { vacancy: 'gone' } })
    expect([seen.state(), seen.said()]).toEqual(['held', 'reviews:gone'])
  })

  test('is none: it is said', async () => {
    const seen = await looks({ held: [] })
    await seen.presses('choosing.held')
    expect(seen.keys()).toContain('reviews:held.none')
  })
})
