import { isMentor } from '../common/person.ts'
import { defineFlow } from '../kit/flow.ts'
import { exampleCards } from './card.ts'
import { blank, GroupsContext, type GroupsEvent } from './context.ts'
import { exampleGroup, exampleMember, exampleNewLink } from './contract.ts'
import { machine } from './machine.ts'
import { aloneNotice, closedNotice, removedNotice } from './notices.ts'
import { screens } from './screens.ts'

const view = {
  group: exampleGroup,
  ...{ members: 12, invited: 0, mentors: [], isMine: true, isCoordinator: false },
}

const mentors = [null, 'Example'].flatMap((name) =>
  [false, true].map((isCoordinator) => ({ ref: exampleMember.ref, name, isCoordinator, isMe: false })),
)

/** A mentor's groups: members, links that invite them, and the group itself. */
export const groups = defineFlow<GroupsContext, GroupsEvent>({
  id: 'groups',
  version: 1,
  context: GroupsContext,
  machine,
  access: 'mentor',
  commands: { groups: {} },
  menu: { order: 23, label: { key: 'groups:menu' }, visible: isMentor },
  called: { groups: {} },
  screens,
  notices: [removedNotice, closedNotice, aloneNotice],
  examples: {
    inputs: [undefined, { id: 'group' }, { place: 'home' }, { code: 'kod-example' }],
    frames: [
      { value: 'group', context: { ...blank, wanted: 'group', view: { ...view, mentors, isCoordinator: true } } },
      { value: 'renaming', context: { ...blank, wanted: 'group', view } },
      { value: 'links', context: { ...blank, wanted: 'group', view: { ...view, isCoordinator: true } } },
      { value: 'counting', context: { ...blank, wanted: 'group', view, kind: 'mentor' } },
      { value: 'link', context: { ...blank, wanted: 'group', view, link: exampleNewLink } },
      { value: 'link', context: { ...blank, wanted: 'group', view, kind: 'mentor', link: exampleNewLink } },
      ...exampleCards.map((card) => ({
        value: 'member',
        context: {
          ...blank,
          wanted: 'group',
          view,
          ref: exampleMember.ref,
          member: { member: exampleMember, joinedAt: 0, card },
        },
      })),
    ],
    texts: ['Example', 'ұ'.repeat(65)],
  },
})
