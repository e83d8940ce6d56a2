import { isMentor } from '../common/person.ts'
import { defineFlow, type Migration } from '../kit/flow.ts'
import { exampleCard, type HeldVacancy, reportReasons } from '../vacancies/contract.ts'
import { blank } from './begin.ts'
import { ReviewsContext, type ReviewsEvent } from './context.ts'
import { machine } from './machine.ts'
import { screens } from './screens.ts'

const vacancy: HeldVacancy = {
  card: { ...exampleCard, law: [], isHeld: true },
  wording: 'example',
  signs: [],
  reports: reportReasons.map((reason) => ({ reason, count: 1 })),
  review: null,
}
const second: ReviewsContext = {
  ...{ ...blank, begin: 'held', one: vacancy, wanted: exampleCard.id },
  held: { items: [vacancy.card], total: 6, page: 1, pages: 2 },
}

const migrations: Readonly<Record<number, Migration>> = {
  /** What was looked at is looked at anew, in the form it has now. */
  1: () => ({ value: 'choosing', context: blank }),
}

/** What mentors look at: offers that wait for them, and vacancies that are held back. */
export const reviews = defineFlow<ReviewsContext, ReviewsEvent>({
  id: 'reviews',
  version: 2,
  context: ReviewsContext,
  machine,
  migrations,
  access: 'mentor',
  menu: { order: 27, label: { key: 'reviews:menu' }, visible: isMentor },
  called: { reviews: {} },
  screens,
  examples: {
    inputs: [undefined, { waiting: true }, { review: true }, { vacancy: 'example' }],
    frames: [
      { value: 'held', context: second },
      { value: 'vacancy', context: second },
    ],
    texts: ['Example', 'ұ'.repeat(1_001)],
  },
})
