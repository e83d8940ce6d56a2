import type { Membership } from '../groups/contract.ts'
import { shareKinds } from '../groups/group.ts'
import { cardLines, groupTitle, mentorText } from '../groups/lines.ts'
import { back, home, inRows, toBack, waiting } from '../kit/buttons.ts'
import type { Screens } from '../kit/flow.ts'
import { button, go, type Paragraph, screen } from '../kit/screen.ts'
import { type Message, marked, type Translate, value } from '../kit/words.ts'
import type { MygroupContext as Context, MygroupEvent as Event } from './context.ts'

export const screens: Screens<Context, Event> = {
  looking: waiting,
  listing: ({ t, context: { places } }) =>
    screen(
      places.length === 0 ? [t('none.title'), t('none.how')] : [t('listing.title')],
      ...places
        .slice(0, 8)
        .map(({ id, name, isIn }) => [
          button(isIn ? value(name) : t('listing.invited', { name }), { type: 'OPEN' as const, id }),
        ]),
      [back(go.leave), home()],
    ),
  group: ({ t, context: { membership, shares } }) =>
    membership === null
      ? waiting()
      : screen(
          [groupTitle(membership.group), mentorLines(t, membership), sharedLine(t, shares)],
          [button(t('seen.open'), { type: 'SEEN' }), button(t('sharing.open'), { type: 'SHARING' })],
          [button(t('leaving.open'), { type: 'LEAVE' })],
          [back(toBack), home()],
        ),
  none: ({ t }) => screen([t('none.title'), t('none.how')], [back(go.leave), home()]),
  following: waiting,
  badLink: ({ t }) => screen([t('badLink.title'), t('badLink.how')], [home()]),
  joining: ({ t, context: { membership, shares } }) =>
    membership === null
      ? waiting()
      : screen(
          [
            t('joining.title'),
            groupTitle(membership.group),
            mentorLines(t, membership),
            [t('joining.what'), t('joining.later')],
            nameLine(t, membership),
          ],
          ...switches(t, shares),
          [button(t('joining.agree'), { type: 'AGREE' }, 'success')],
          [button(t('joining.decline'), { type: 'DECLINE' }), home()],
        ),
  agreeing: waiting,
  agreeingByCode: waiting,
  joined: ({ t, context: { membership, shares, wanted } }) =>
    screen(
      [t('joined.title', { name: membership?.group.name ?? '' }), sharedLine(t, shares), t('joined.where')],
      wanted === null ? [] : [button(t('joined.open'), { type: 'OPEN' as const, id: wanted })],
      [home()],
    ),
  declined: ({ t }) => screen([t('declined')], [home()]),
  sharing: ({ t, context: { membership, shares } }) =>
    screen(
      [t('sharing.title'), t('sharing.how'), ...(membership === null ? [] : [nameLine(t, membership)])],
      ...switches(t, shares),
      [button(t('seen.open'), { type: 'SEEN' })],
      [back(toBack), home()],
    ),
  seen: ({ t, context: { membership } }) => (membership === null ? waiting() : seen(t, membership)),
  leaving: ({ t, context: { membership } }) =>
    screen(
      [t('leaving.title', { name: membership?.group.name ?? '' }), t('leaving.what')],
      [button(t('leaving.yes'), { type: 'YES' }, 'danger')],
      [back(toBack)],
    ),
  left: ({ t }) => screen([t('left')], [home()]),
}

function seen(t: Translate, { card, name, shares }: Membership) {
  return screen(
    [
      t('seen.title'),
      shares.includes('name') && name !== null ? t('seen.name', { name }) : t('seen.noName'),
      ...cardLines(card),
      t('seen.only'),
    ],
    [button(t('sharing.open'), { type: 'SHARING' })],
    [back(toBack), home()],
  )
}

function mentorLines(t: Translate, { mentors }: Membership): Message[] {
  if (mentors.length === 0) return [t('group.noMentors')]
  const lines = mentors.slice(0, 6).map((mentor) => ({ key: 'common:bullet', values: { text: mentorText(mentor) } }))
  return [t('group.mentors'), ...lines]
}

function sharedLine(t: Translate, shares: Context['shares']): Paragraph {
  return shares.length === 0
    ? t('group.sharesNothing')
    : t('group.shares', { kinds: shares.map((kind) => t(`groups:share.${kind}`)) })
}

/** Whoever shares a name is told which. */
function nameLine(t: Translate, { name }: Membership): Message {
  return name === null ? t('sharing.noName') : t('sharing.name', { name })
}

function switches(t: Translate, shares: Context['shares']) {
  return inRows(
    shareKinds.map((kind) =>
      button(marked(t(`groups:switch.${kind}`), shares.includes(kind)), { type: 'SWITCH' as const, kind }),
    ),
    2,
  )
}
