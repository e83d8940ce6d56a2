import { newcomer } from '../common/person.ts'
import { defineFlow } from '../kit/flow.ts'
import { QuestionsContext as Context, emptyContext, type QuestionsContext, type QuestionsEvent } from './context.ts'
import { machine } from './machine.ts'
import { changed, replied, repliedNow } from './notices.ts'
import { screens } from './screens.ts'

const blank = emptyContext({ person: newcomer('kk'), input: undefined })
const named: QuestionsContext = {
  ...blank,
  overview: { ...blank.overview, desks: [{ id: 'group', name: 'Example', pace: 'days' }] },
  ...{ group: 'group', topic: 'feelings', text: 'Example', name: 'Example' },
}

/** Questions of members to the mentors of their group: asked, read, answered, closed. */
export const questions = defineFlow<QuestionsContext, QuestionsEvent>({
  id: 'questions',
  version: 1,
  context: Context,
  machine,
  access: 'met',
  called: {
    ask: { input: { new: true }, label: { key: 'questions:menu' } },
    own: { label: { key: 'questions:listing.own' } },
  },
  commands: { ask: { input: () => ({ new: true }) } },
  screens,
  notices: [replied, repliedNow, changed],
  unsaved: ({ context }) => (context.text === '' ? undefined : 'unsaved'),
  examples: {
    inputs: [undefined, { new: true }, { id: 'example' }],
    texts: ['Example', 'ұ'.repeat(1_001)],
    contents: [
      { type: 'PHOTO', fileId: 'example', uniqueId: 'example', size: 1, caption: null, album: null },
      { type: 'PHOTO', fileId: 'example', uniqueId: 'example', size: 1, caption: 'Example', album: null },
    ],
    frames: [
      { value: 'checking', context: named },
      { value: 'checking', context: { ...named, file: { kind: 'photo', fileId: 'example', name: null } } },
      { value: 'checking', context: { ...named, name: null, urgent: true } },
      { value: 'topic', context: { ...named, overview: { ...named.overview, desks: desksOf() } } },
      { value: 'sent', context: { ...named, wanted: 'example', urgent: true } },
    ],
  },
})

function desksOf() {
  return (['hour', 'hours', 'later'] as const).map((pace) => ({
    id: pace === 'hour' ? 'group' : pace,
    name: 'Example',
    pace,
  }))
}
