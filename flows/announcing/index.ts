import { everybody } from '../announcements/announcement.ts'
import { exampleBody, exampleGroup, exampleKept } from '../announcements/contract.ts'
import { isMentor, newcomer } from '../common/person.ts'
import { defineFlow, stateName } from '../kit/flow.ts'
import { exampleTurn } from '../kit/walk.ts'
import { AnnouncingContext, type AnnouncingEvent, emptyContext, parts, problems } from './context.ts'
import { draftOf } from './draft.ts'
import { machine } from './machine.ts'
import { making } from './making.ts'
import { screens } from './screens.ts'
import { sending } from './sending.ts'

const begun = emptyContext({ person: newcomer('kk'), input: undefined, turn: exampleTurn })
const reach = {
  groups: Array.from({ length: 9 }, (_, place) => ({ ...exampleGroup, id: place === 0 ? 'group' : `group${place}` })),
  mayAll: true,
  last: { id: 'example', start: 'Example' },
}
const whole: AnnouncingContext = {
  ...begun,
  reach,
  wanted: 'example',
  draft: {
    ...draftOf(exampleKept),
    audience: {
      ...{ ...everybody, groups: reach.groups.map(({ id }) => id), without: ['group1'], silentOf: 'example' },
      ...{ regions: ['71'], ages: ['14-15', '18+'], languages: ['kk'], plans: ['work'], interests: ['R', 'S'] },
    },
    ...{ file: { kind: 'document', fileId: 'example' }, action: { type: 'ask' }, why: exampleBody.texts.ru ?? null },
  },
}

/** Announcements for those who make them. */
export const announcing = defineFlow<AnnouncingContext, AnnouncingEvent>({
  id: 'announcing',
  version: 1,
  context: AnnouncingContext,
  machine,
  access: 'mentor',
  screens,
  commands: { announce: {} },
  called: { list: { label: { key: 'announcing:menu' } } },
  menu: { order: 25, label: { key: 'announcing:menu' }, visible: isMentor },
  unsaved: ({ value, context }) => {
    const state = stateName(value)
    const isMaking = Object.hasOwn(making, state) || ['aiming', 'picking'].includes(state) || isSending(state)
    return isMaking && Object.keys(context.draft.texts).length > 0 ? 'unsaved' : undefined
  },
  examples: {
    inputs: [undefined, { id: 'example' }],
    texts: ['Example', 'ұ'.repeat(900), '?', 'https://example.org/', 'http://example.org/', '2027-05-20 10:00'],
    contents: [
      { type: 'PHOTO', fileId: 'example', uniqueId: 'example', size: 1, caption: null, album: null },
      {
        ...{ type: 'DOCUMENT', fileId: 'example', uniqueId: 'example', size: 1, caption: null, album: null },
        ...{ name: 'example.pdf', mimeType: 'application/pdf' },
      },
    ],
    frames: [
      ...problems.map((problem) => ({ value: 'writing', context: { ...begun, problem } })),
      ...parts.map((part) => ({ value: 'picking', context: { ...whole, part } })),
      { value: 'previewing', context: whole },
      {
        value: 'previewing',
        context: { ...whole, draft: { ...whole.draft, missing: 'leave', why: null }, shown: 'en' },
      },
      { value: 'aiming', context: whole },
      { value: 'aiming', context: { ...whole, draft: { ...whole.draft, audience: everybody } } },
      {
        value: 'aiming',
        context: { ...whole, reach: { ...reach, mayAll: false }, draft: { ...whole.draft, audience: everybody } },
      },
      { value: 'confirming', context: { ...whole, draft: { ...whole.draft, at: exampleTurn.at + 3_600_000 } } },
    ],
  },
})

function isSending(state: string): boolean {
  return Object.hasOwn(sending, state) && state !== 'sent'
}
