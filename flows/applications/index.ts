import { isMentor } from '../common/person.ts'
import { defineFlow } from '../kit/flow.ts'
import {
  ApplicationsContext,
  type ApplicationsEvent,
  type ApplicationsInput,
  acts,
  emptyContext,
  places,
  problems,
} from './context.ts'
import { exampleApplication } from './contract.ts'
import { exampleCv, questions } from './cv.ts'
import { machine } from './machine.ts'
import { anyAnswer, firstDay, howWasIt, interviewSoon } from './notices.ts'
import { lengths, pool } from './rehearsal.ts'
import { cardsFor } from './rights.ts'
import { screens } from './screens.ts'

const part = (place: (typeof places)[number]): ApplicationsInput => ({ place })
const begun = emptyContext({
  ...({ language: 'kk', ageBand: '16-17' } as const),
  known: { name: 'Example', place: '75', plan: 'college' },
  now: Date.UTC(2026, 0, 15, 5),
})
/** Of the interview in the example. */
const threeHoursBefore = Date.UTC(2026, 0, 16, 2)
const oneHourBefore = Date.UTC(2026, 0, 16, 4)
const offer = { ...exampleApplication, state: 'offer', nextAt: null }

/** From applying for a job to the first working day: what has come of it, a CV, papers, a rehearsal, one's rights. */
export const applications = defineFlow<ApplicationsContext, ApplicationsEvent>({
  id: 'applications',
  version: 1,
  context: ApplicationsContext,
  machine,
  screens,
  access: 'met',
  commands: { applications: { place: 22 } },
  called: {
    list: {},
    cv: { input: part('cv'), label: { key: 'applications:places.cv' } },
    rehearsal: { input: part('rehearsal'), label: { key: 'applications:rehearsal.label' } },
    documents: { input: part('documents'), label: { key: 'applications:places.documents' } },
    firstDay: { input: part('firstDay'), label: { key: 'applications:places.firstDay' } },
  },
  menu: {
    order: 22,
    label: { key: 'applications:menu' },
    visible: (person) => !isMentor(person) && person.ageBand !== '12-13',
  },
  notices: [interviewSoon, howWasIt, anyAnswer, firstDay],
  examples: {
    inputs: [
      undefined,
      { vacancy: { id: 'vacancy', title: 'Example', employer: 'Example' } },
      { vacancy: { id: 'vacancy', title: 'Example', employer: null } },
      ...[undefined, ...acts].map((act) => ({ id: 'example', act })),
      ...places.map((place) => ({ place })),
      { place: 'rehearsal', id: 'example' },
    ],
    texts: ['Example', '  ', 'ертең 10:00', 'ертең', '25:00', '123456789012', 'x'.repeat(3_000)],
    contents: [{ type: 'CONTACT', phone: '+77000000000', isOwn: true }],
    frames: [
      { value: 'tooYoung', context: { ...begun, ageBand: '12-13' } },
      ...problems.map((problem) => ({
        value: 'timing',
        context: { ...begun, problem, application: exampleApplication },
      })),
      { value: 'timing', context: { ...begun, application: offer } },
      { value: 'reading', context: { ...begun, application: offer } },
      { value: 'reading', context: { ...begun, application: exampleApplication, now: threeHoursBefore } },
      { value: 'reading', context: { ...begun, application: exampleApplication, now: oneHourBefore } },
      { value: 'documents', context: begun },
      ...cardsFor('16-17').map((_, card) => ({ value: 'firstDay', context: { ...begun, card } })),
      ...(['14-15', '18+'] as const).map((ageBand) => ({ value: 'firstDay', context: { ...begun, ageBand, card: 2 } })),
      ...questions.map((question) => ({ value: 'asking', context: { ...begun, question, cv: exampleCv } })),
      ...pool.map((id) => ({ value: 'hint', context: { ...begun, asked: [id], length: 'fine' } })),
      ...lengths.map((length) => ({ value: 'hint', context: { ...begun, asked: [pool[0]], length } })),
      ...[0, 8].map((answered) => ({ value: 'rehearsed', context: { ...begun, asked: [...pool], answered } })),
    ],
  },
})
