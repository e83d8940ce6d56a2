import { isMentor } from '../common/person.ts'
import { defineFlow } from '../kit/flow.ts'
import { exampleReading, type Reading } from '../offers/contract.ts'
import { type HeldVacancy, reportReasons } from '../vacancies/contract.ts'
import { exampleListing } from '../vacancies/listing.ts'
import { ReviewsContext, type ReviewsEvent } from './context.ts'
import { machine } from './machine.ts'
import { screens } from './screens.ts'

const reported: HeldVacancy = {
  listing: { ...exampleListing, isHeld: true },
  wording: 'example',
  ...{ signs: [], text: '', links: [] },
  reports: reportReasons.map((reason) => ({ reason, count: 1 })),
}
const long: Reading = { ...exampleReading, text: 'Example '.repeat(400) }
const second: ReviewsContext = {
  ...{ begin: 'held', item: null, total: 0, without: [], decided: [], band: null, reason: null, page: 0, wanted: null },
  held: { items: [reported], total: 6, page: 1, pages: 2 },
  one: reported,
}

/** What mentors look at: offers that wait for them, and vacancies that are held back. */
export const reviews = defineFlow<ReviewsContext, ReviewsEvent>({
  id: 'reviews',
  version: 1,
  context: ReviewsContext,
  machine,
  access: 'mentor',
  menu: { order: 27, label: { key: 'reviews:menu' }, visible: isMentor },
  called: { reviews: {} },
  screens,
  examples: {
    inputs: [undefined, { waiting: true }, { review: true }, { vacancy: 'example' }],
    frames: [
      {
        value: 'whole',
        context: { ...second, page: 1, item: { id: 'example', sentAt: 0, isOwn: false, reading: long } },
      },

      { value: 'held', context: second },
      { value: 'vacancy', context: second },
    ],
    texts: ['Example', 'ұ'.repeat(1_001)],
  },
})
