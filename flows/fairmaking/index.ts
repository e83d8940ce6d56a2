import { isMentor, newcomer } from '../common/person.ts'
import { exampleFair, exampleStand } from '../fairs/fair.ts'
import { defineFlow, stateName } from '../kit/flow.ts'
import { exampleTurn } from '../kit/walk.ts'
import { emptyContext, FairmakingContext, type FairmakingEvent, problems } from './context.ts'
import { draftOf } from './draft.ts'
import { machine } from './machine.ts'
import { making } from './making.ts'
import { screens } from './screens.ts'
import { standMaking } from './stand-making.ts'

const begun = emptyContext({ person: newcomer('kk'), input: undefined, turn: exampleTurn })
const fair = exampleFair()
const noStands = { items: [], page: 0, pages: 1, total: 0 }
const published = { fair, visitors: 2, seats: 1, stands: noStands }
const standDraft = { ...exampleStand, isOffersAsked: true }

/** Vacancy fairs for those who make them. */
export const fairmaking = defineFlow<FairmakingContext, FairmakingEvent>({
  id: 'fairmaking',
  version: 1,
  context: FairmakingContext,
  machine,
  access: 'mentor',
  screens,
  called: { list: { label: { key: 'fairmaking:menu' } } },
  menu: { order: 24, label: { key: 'fairmaking:menu' }, visible: isMentor },
  unsaved,
  examples: {
    inputs: [undefined, { id: 'example' }],
    texts: ['Example', 'ұ'.repeat(700), '?', '20 мамыр', '10:30', '25:00', '9:00', '25 минут', '1 адам'],
    frames: [
      ...problems.map((problem) => ({ value: 'naming', context: { ...begun, problem } })),
      {
        value: 'confirming',
        context: { ...begun, wanted: 'example', made: published, draft: draftOf({ ...fair, note: 'Example' }) },
      },
      {
        value: 'standConfirming',
        context: {
          ...{ ...begun, wanted: 'example', made: published, standId: 'stand' },
          stand: { stand: { ...exampleStand, vacancies: ['example'] }, slots: [], openings: [] },
          standDraft: { ...standDraft, vacancies: ['example'], places: 1 },
        },
      },
    ],
  },
})

/** A fair or a stand on its way, of which something is known. */
function unsaved({ value, context }: { readonly value: unknown; readonly context: FairmakingContext }) {
  const state = stateName(value)
  if (Object.hasOwn(making, state) && context.draft.title !== null) return 'unsaved.fair'
  const isOfStand = Object.hasOwn(standMaking, state) && !['approaching', 'standing', 'standDropping'].includes(state)
  return isOfStand && context.standDraft.employer !== null ? 'unsaved.stand' : undefined
}
