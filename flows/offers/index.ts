import { mayUse } from '../kit/access.ts'
import { defineFlow } from '../kit/flow.ts'
import { OffersContext, type OffersEvent } from './context.ts'
import { exampleReading } from './contract.ts'
import { machine } from './machine.ts'
import { answeredNotice, reviewNotice, waitingNotice } from './notices.ts'
import { emptyDraft, exampleOffer, fields } from './offer.ts'
import { screens } from './screens.ts'

const half: OffersContext = {
  list: { items: [], total: 0, page: 0, pages: 1, room: true },
  ...{ wanted: null, own: null, changed: null, id: null, touched: true, next: null, mending: false },
  ...{ reading: null, band: null, said: '', begin: 'listing', vacancy: null },
  draft: emptyDraft,
}

/** Work that an employer or a mentor offers, question by question; a mentor looks at it before others see it. */
export const offers = defineFlow<OffersContext, OffersEvent>({
  id: 'offers',
  version: 1,
  context: OffersContext,
  machine,
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
