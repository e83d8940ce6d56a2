import { z } from 'zod'
import { defineNotice } from '../kit/notice.ts'
import { button, go, screen } from '../kit/screen.ts'

/** To a member or mentor who was taken out of a group. */
export const removedNotice = defineNotice('groups.removed', {
  values: z.object({ group: z.string(), wasMentor: z.boolean() }),
  priority: 'reply',
  examples: [
    { group: 'Example', wasMentor: false },
    { group: 'Example', wasMentor: true },
  ],
  screen: ({ values: { group, wasMentor }, t }) =>
    wasMentor
      ? screen([t('notice.mentorRemoved', { group })])
      : screen(
          [t('notice.removed', { group }), t('notice.nothingSeen')],
          [button({ key: 'help:menu' }, go.open('help'))],
        ),
})

/** To the members of a group that is closed. */
export const closedNotice = defineNotice('groups.closed', {
  values: z.object({ group: z.string() }),
  priority: 'reply',
  examples: [{ group: 'Example' }],
  screen: ({ values: { group }, t }) => screen([t('notice.closed', { group }), t('notice.nothingSeen')]),
})

/** To coordinators: groups with members and no mentor. */
export const aloneNotice = defineNotice('groups.alone', {
  values: z.object({ groups: z.array(z.string()).max(5), total: z.int().min(1) }),
  priority: 'announcement',
  canBeMuted: true,
  examples: [
    { groups: ['Example'], total: 1 },
    { groups: ['Example', 'Example'], total: 12 },
  ],
  screen: ({ values: { groups, total }, t }) =>
    screen(
      [t('notice.alone', { number: total }), groups.map((name) => ({ key: 'common:bullet', values: { text: name } }))],
      [button(t('notice.toPlaces'), go.open('institutions'), 'primary')],
    ),
})
