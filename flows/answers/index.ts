import { isMentor } from '../common/person.ts'
import { defineFlow } from '../kit/flow.ts'
import { type AnswersContext, type AnswersEvent, AnswersContext as Context } from './context.ts'
import { machine } from './machine.ts'
import { asked, urgent } from './notices.ts'
import { screens } from './screens.ts'

/** What mentors answer: the questions of their groups, and what came to coordinators. */
export const answers = defineFlow<AnswersContext, AnswersEvent>({
  id: 'answers',
  version: 1,
  context: Context,
  machine,
  access: 'mentor',
  menu: { order: 28, label: { key: 'answers:menu' }, visible: isMentor },
  called: { answers: {} },
  screens,
  notices: [asked, urgent],
  unsaved: ({ context }) => (context.text === '' && context.file === null ? undefined : 'unsaved'),
  examples: {
    inputs: [undefined, { id: 'example' }],
    texts: ['Example', 'ұ'.repeat(1_001)],
    contents: [
      { type: 'PHOTO', fileId: 'example', uniqueId: 'example', size: 1, caption: null, album: null },
      {
        ...{ type: 'DOCUMENT', fileId: 'example', uniqueId: 'example', size: 1, caption: 'Example', album: null },
        ...{ name: 'example.pdf', mimeType: null },
      },
    ],
  },
})
