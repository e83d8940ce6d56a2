import { describe, expect, test } from 'vitest'
import { consentVersion, type InvitedRole, type Person } from '../../../flows/common/person.ts'
import {
  closeOffer,
  exampleReading,
  type OwnOffer,
  ownOffer,
  ownOffers,
  type Reading,
  readDay,
  readOffer,
  renewedOffer,
  renewOffer,
  sendOffer,
} from '../../../flows/offers/contract.ts'
import { offers } from '../../../flows/offers/index.ts'
import { type Draft, exampleOffer, fields, longestAnswer, needed } from '../../../flows/offers/offer.ts'
import { reply } from '../../../src/engine/reply.ts'
import { agreed } from '../../support/people.ts'
import { type RehearsalOptions, rehearse } from '../../support/rehearse.ts'

const invited = (by: InvitedRole): Person => ({ ...agreed('kk'), consent: { version: consentVersion, at: 0, by } })

const day = 86_400_000
const now = Date.UTC(2026, 0, 15, 6)
const [made = null] = renewedOffer.examples({ id: 'own' })

const readingOf = ({ title, pay, contact }: Draft): Reading | null =>
  title === 'Жұмыс!'
    ? null
    : {
        ...exampleReading,
        card: {
          ...exampleReading.card,
          title: title ?? '',
          pay: /\d/.test(pay ?? '') ? exampleReading.card.pay : null,
          contact: /\d{3}|@/.test(contact ?? '') ? exampleReading.card.contact : null,
          links: [],
        },
      }

const ownOf = (more: Partial<OwnOffer> = {}): OwnOffer => ({
  ...{ id: 'own', title: 'Наубайшы', state: 'published', isOver: false, returned: null, validThrough: now + day },
  offer: { ...exampleOffer, title: 'Наубайшы', contact: '@nan' },
  ...more,
})

/** An employer before the flow; the one offer they have, and what a day that is written is read as. */
async function writer({
  own = null as OwnOffer | null,
  room = true,
  at = null as number | null,
  canRenew = true,
  ...options
}: RehearsalOptions & { own?: OwnOffer | null; room?: boolean; at?: number | null; canRenew?: boolean } = {}) {
  const seen = await rehearse(offers, {
    person: invited('employer'),
    now,
    ...options,
    replies: [
      reply(ownOffers, async () => ({
        items: own === null ? [] : [own],
        total: own === null ? 0 : 1,
        page: 0,
        pages: 1,
        room,
      })),
      reply(ownOffer, async ({ id }) => (own?.id === id ? own : null)),
      reply(readOffer, async ({ offer }) => readingOf(offer)),
      reply(readDay, async () => ({ at })),
      reply(renewedOffer, async () => (canRenew ? made : null)),
    ],
    others: ['reviews'],
  })
  return { ...seen, draft: () => offers.context.parse(seen.frame().context).draft }
}

const answers: Partial<Record<(typeof fields)[number], string>> = {
  ...{ title: 'Наубайшы көмекшісі', employer: 'ЖШС «Нан»', bin: '990140000008', town: 'Алматы' },
  ...{ pay: '150 000 ₸', hours: '20', description: 'Қамыр илейсіз.', contact: '+7 701 123 45 67' },
}

describe('a new offer', () => {
  test('is asked for in fifteen questions, shown as others will see it, and sent once', async () => {
    const seen = await writer()
    await seen.presses('listing.add')
    const asked: string[] = []
    for (const field of fields) {
      asked.push(seen.state())
      expect(seen.text()).toContain(`${asked.length} / ${fields.length}`)
      const line = answers[field]
      if (field === 'bin') await seen.presses('common:skip')
      else if (line !== undefined) await seen.writes(line)
      else if (field === 'region') await seen.presses('regions:75')
      else if (field === 'employment') await seen.presses('vacancies:employment.part')
      else if (field === 'schedule') await seen.presses('vacancies:schedule.fiveTwo')
      else if (field === 'until') await seen.presses('14 күн')
      else await seen.presses(field === 'experience' ? 'experience.none' : `${field}.no`)
      if (field === 'pay') await seen.presses('payRead.right')
    }
    expect(asked).toEqual(fields)
    expect([seen.state(), seen.told(sendOffer)]).toEqual(['reading', []])
    await seen.presses('reading.send')
    expect(seen.told(sendOffer)).toMatchObject([
      {
        offer: { title: 'Наубайшы көмекшісі', region: '75', hours: 20, night: false, bin: null, until: now + 14 * day },
      },
    ])
    await seen.presses('toList')
    await seen.presses('listing.add')
    expect([seen.state(), seen.draft().title]).toEqual(['title', null])
  })

  test('that was begun goes on where it stood, and what is needed cannot be skipped', async () => {
    const seen = await writer({ input: { new: true } })
    await seen.writes('Наубайшы')
    expect(seen.labels()).not.toContain(seen.label('common:skip'))
    await seen.presses('common:back')
    await seen.presses('common:back')
    await seen.presses('listing.add')
    expect([seen.state(), seen.draft().title]).toEqual(['employer', 'Наубайшы'])
    for (const field of needed) expect(fields).toContain(field)
  })

  test('is not begun where there is no room', async () => {
    const seen = await writer({ room: false })
    await seen.presses('listing.add')
    expect([seen.state(), seen.said()]).toEqual(['listing', 'offers:full'])
  })

  test('is sent by a word, too; any other line says how', async () => {
    const seen = await writer({ own: ownOf(), input: { id: 'own' } })
    await seen.presses('own.change')
    await seen.writes('білмеймін')
    expect([seen.state(), seen.said()]).toEqual(['reading', 'offers:expected'])
    await seen.writes('иә')
    expect(seen.told(sendOffer)).toMatchObject([{ id: 'own' }])
  })
})

describe('an answer', () => {
  /** Before one question of an offer that is there already. */
  const mends = async (field: (typeof fields)[number], options: Parameters<typeof writer>[0] = {}) => {
    const seen = await writer({ own: ownOf(), input: { id: 'own' }, ...options })
    await seen.presses('own.change')
    await seen.presses('reading.mend')
    await seen.presses(`short.${field}`)
    return seen
  }

  test.each([
    ['title', '…', 'empty'],
    ['title', 'ұ'.repeat(longestAnswer.title + 1), 'long'],
    ['employer', '!', 'empty'],
    ['bin', '12345', 'bin'],
    ['bin', '990140000009', 'digits'],
    ['town', 'ұ'.repeat(longestAnswer.town + 1), 'long'],
    ['pay', 'келісеміз', 'pay'],
    ['employment', 'бірдеңе', 'choose'],
    ['region', 'бірдеңе', 'choose'],
    ['hours', '0', 'hours'],
    ['hours', '200', 'hours'],
    ['night', 'кейде', 'choose'],
    ['description', '123', 'empty'],
    ['description', 'ұ'.repeat(longestAnswer.description + 1), 'long'],
    ['contact', 'келіңіз', 'contact'],
  ] as const)('to %s that is none, %j, is told what is wrong: %s', async (field, line, problem) => {
    const seen = await mends(field)
    await seen.writes(line)
    expect([seen.state(), seen.said()]).toEqual([field, `offers:problem.${problem}`])
    expect(seen.told(sendOffer)).toEqual([])
  })

  test.each([
    [null, 'day'],
    [now - day, 'past'],
    [now + 200 * day, 'far'],
  ])('of a last day %j is told what is wrong: %s', async (at, problem) => {
    const seen = await mends('until', { at })
    await seen.writes('31.12')
    expect([seen.state(), seen.said()]).toEqual(['until', `offers:problem.${problem}`])
  })

  test('to one line leads back to the whole, and so does the way back', async () => {
    const seen = await mends('hours')
    await seen.writes('30 сағат')
    expect([seen.state(), seen.draft().hours]).toEqual(['reading', 30])
    await seen.presses('reading.mend')
    await seen.presses('short.title')
    await seen.presses('common:back')
    expect([seen.state(), seen.draft().title]).toEqual(['reading', 'Наубайшы'])
  })

  test('that makes no title of it is asked for again', async () => {
    const seen = await mends('title')
    await seen.writes('Жұмыс!')
    expect([seen.state(), seen.said()]).toEqual(['title', 'offers:problem.title'])
  })

  test('of pay is read back, and mended by writing it again', async () => {
    const seen = await mends('pay')
    await seen.writes('150 мың')
    expect(seen.state()).toBe('payRead')
    await seen.writes('160 мың')
    await seen.writes('иә')
    expect([seen.state(), seen.draft().pay]).toEqual(['reading', '160 мың'])
  })

  test('of pay that is only pictures is not called too long', async () => {
    const seen = await mends('pay')
    await seen.writes('150 мың')
    await seen.writes('💰')
    expect([seen.state(), seen.said()]).toEqual(['payRead', 'offers:problem.empty'])
  })

  test.each([
    ['pay', 'көп'],
    ['contact', 'келіңіз'],
    ['title', 'Жұмыс!'],
  ] as const)('to %s that is none, %j, takes nothing away of what was said before', async (field, line) => {
    const seen = await mends(field)
    const before = seen.draft()
    await seen.writes(line)
    await seen.presses('common:back')
    expect([seen.state(), seen.draft()]).toEqual(['reading', before])
  })

  test('of pay that is read back but not agreed to is not taken', async () => {
    const seen = await mends('pay')
    await seen.writes('150 мың')
    await seen.presses('common:back')
    expect([seen.state(), seen.draft().pay]).toEqual(['pay', exampleOffer.pay])
  })

  test('that is no title is told at once, and never as pay that cannot be read', async () => {
    const seen = await writer({ input: { new: true } })
    await seen.writes('Жұмыс!')
    expect([seen.state(), seen.said()]).toEqual(['title', 'offers:problem.title'])
  })

  test('in two messages is joined, and not taken for a contact', async () => {
    const seen = await writer({ input: { new: true } })
    for (const line of ['Наубайшы', 'Нан']) await seen.writes(line)
    for (let at = fields.indexOf('bin'); at < fields.indexOf('description'); at++) await seen.presses('common:skip')
    await seen.writes('ұ'.repeat(4_000))
    await seen.writes('ә'.repeat(900))
    expect([seen.state(), seen.said()]).toEqual(['contact', 'offers:joined'])
    expect(seen.draft().description).toHaveLength(4_901)
  })

  test('of somebody sad is no answer', async () => {
    const seen = await mends('description', { isWorry: (text) => text === 'маған ауыр' })
    await seen.writes('маған ауыр')
    expect(seen.opened()).toMatchObject({ flow: 'search', input: { worry: true } })
    await seen.presses('common:back')
    expect(seen.draft().description).toBe('Example')
  })
})

describe('one of one’s own', () => {
  test('that was sent back tells why, and is mended and sent under its own id', async () => {
    const own = ownOf({ state: 'returned', returned: { reason: 'pay', words: 'Сомасы аз' } })
    const seen = await writer({ own, input: { id: 'own' } })
    expect(seen.text()).toContain('Сомасы аз')
    expect(seen.labels()).not.toContain(seen.label('own.renew'))
    await seen.presses('own.mend')
    await seen.presses('reading.send')
    expect(seen.told(sendOffer)).toMatchObject([{ id: 'own', offer: { title: 'Наубайшы' } }])
  })

  test('is withdrawn, and listed so at once', async () => {
    const seen = await writer({ own: ownOf(), input: { id: 'own' } })
    await seen.presses('own.close')
    expect([seen.told(closeOffer), seen.said()]).toEqual([[{ id: 'own' }], 'offers:closed'])
    expect(seen.keys()).toContain('offers:entry.closed')
  })

  test('is renewed, and listed so at once; one that may not stand any more is not', async () => {
    const seen = await writer({ own: ownOf({ isOver: true }), input: { id: 'own' } })
    await seen.presses('own.renew')
    expect([seen.told(renewOffer).length, seen.said()]).toEqual([1, 'offers:renewed'])
    expect(seen.keys()).toContain('offers:entry.published')
    const barred = await writer({ own: ownOf({ state: 'closed' }), input: { id: 'own' }, canRenew: false })
    await barred.presses('own.renew')
    expect([barred.told(renewOffer), barred.said()]).toEqual([[], 'offers:notRenewed'])
  })

  test('that is gone says so', async () => {
    const seen = await writer({ input: { id: 'gone' } })
    expect([seen.state(), seen.said()]).toEqual(['listing', 'offers:gone'])
  })
})

test.each([
  [{ waiting: true }, { waiting: true }],
  [{ vacancy: 'v' }, { vacancy: 'v' }],
])('what a notice asks a mentor to look at opens where mentors look: %j', async (input, opened) => {
  const seen = await writer({ person: invited('mentor'), input })
  expect(seen.opened()).toMatchObject({ flow: 'reviews', input: opened })
})
