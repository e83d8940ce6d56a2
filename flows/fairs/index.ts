import { minuteLength } from '../common/calendar.ts'
import { newcomer } from '../common/person.ts'
import { defineFlow } from '../kit/flow.ts'
import { exampleTurn } from '../kit/walk.ts'
import { emptyContext, FairsContext, type FairsEvent } from './context.ts'
import { exampleFair, exampleStand } from './fair.ts'
import { machine } from './machine.ts'
import { after, announced, cancelled, changed, soon } from './notices.ts'
import { screens } from './screens.ts'

const begun = emptyContext({ person: newcomer('kk'), input: undefined, turn: exampleTurn })

const fair = exampleFair()
const noStands = { items: [], page: 0, pages: 1, total: 0 }
const slot = { slot: 0, from: fair.startsAt, to: fair.endsAt, state: 'free' as const }
/** Three hours before it begins. */
const bookedOnTheDay = {
  ...begun,
  view: { fair, isMine: true, slots: [], stands: noStands },
  stand: { stand: exampleStand, slots: [slot], room: true, jobs: [] },
  ...{ wanted: fair.id, standId: exampleStand.id, slot: 0 },
  now: fair.startsAt - 180 * minuteLength,
}

/**
 * Vacancy fairs: which are coming, who offers what there, and when one goes where. Not in the menu at home, since for
 * most of the year there is none: they are found among vacancies, by their name and command, and by what is told of them.
 */
export const fairs = defineFlow<FairsContext, FairsEvent>({
  id: 'fairs',
  version: 1,
  context: FairsContext,
  machine,
  access: 'met',
  screens,
  called: { plan: { input: { own: 'plan' }, label: { key: 'fairs:reading.mySlots' } } },
  commands: { fairs: {} },
  notices: [soon, changed, cancelled, after, announced],
  examples: {
    inputs: [undefined, { id: 'example' }, { own: 'plan' }, { own: 'leave' }],
    texts: ['11:00', '23:45'],
    frames: [
      { value: 'young', context: { ...begun, isYoung: true } },
      { value: 'booked', context: bookedOnTheDay },
    ],
  },
})
