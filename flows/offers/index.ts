import { z } from 'zod'
import { mayUse } from '../kit/access.ts'
import { defineFlow, type Migration } from '../kit/flow.ts'
import { blank } from './begin.ts'
import { OffersContext, type OffersEvent } from './context.ts'
import { exampleReading } from './contract.ts'
import { machine } from './machine.ts'
import { answeredNotice, reviewNotice, waitingNotice } from './notices.ts'
import { exampleOffer, fields } from './offer.ts'
import { screens } from './screens.ts'

const half: OffersContext = { ...blank, touched: true }

/** What was read of the draft looked otherwise: it is read again from the list of what can be mended. */
const rereading: Readonly<Record<string, string>> = { payRead: 'pay', reading: 'choosing', law: 'choosing' }
const First = z.looseObject({})

const migrations: Readonly<Record<number, Migration>> = {
  1: ({ value, context }) => {
    const state = typeof value === 'string' ? (rereading[value] ?? value) : value
    return { value: state, context: { ...First.parse(context), reading: null, page: 0 } }
  },
}

/** Work that an employer or a mentor offers, question by question; a mentor looks at it before others see it. */
export const offers = defineFlow<OffersContext, OffersEvent>({
  id: 'offers',
  version: 2,
  context: OffersContext,
  machine,
  migrations,
  access: 'employer',
  menu: { order: 26, label: { key: 'offers:menu' }, visible: (person) => mayUse('employer', person) },
  called: { offers: {}, add: { input: { new: true }, label: { key: 'offers:listing.add' } } },
  screens,
  notices: [waitingNotice, reviewNotice, answeredNotice],
  unsaved: ({ context }) => (context.touched ? 'unsaved' : undefined),
  examples: {
    inputs: [undefined, { new: true }, { id: 'example' }, { waiting: true }, { review: true }, { vacancy: 'example' }],
    texts: ['Example +7 700 000 00 00', '11', 'ұ'.repeat(5_001)],
    frames: [
      ...fields.map((field) => ({ value: field, context: { ...half, mending: field === 'night' } })),
      { value: 'contact', context: { ...half, draft: { ...exampleOffer, description: 'ұ'.repeat(4_000) } } },
      { value: 'reading', context: { ...half, draft: exampleOffer, reading: exampleReading } },
      { value: 'until', context: { ...half, draft: { ...exampleOffer, until: Date.UTC(2026, 1, 14) } } },
    ],
  },
})
