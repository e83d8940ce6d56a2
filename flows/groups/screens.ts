import { isCoordinator } from '../common/person.ts'
import { zone } from '../common/regions.ts'
import { back, home, inRows, pager, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import type { Picture } from '../kit/picture.ts'
import { button, go, link, screen } from '../kit/screen.ts'
import { type Message, type Translate, value } from '../kit/words.ts'
import type { GroupsContext as Context, GroupsEvent as Event } from './context.ts'
import type { GroupView, Link, ListedGroup, ListedMember } from './contract.ts'
import { dayChoices, removals, useChoices } from './group.ts'
import { cardLines, groupTitle, mentorText, placeText } from './lines.ts'

type Seen = View<Context>

export const screens: Screens<Context, Event> = {
  listing,
  placing: ({ t, context: { list } }) =>
    screen(
      [t('placing.title')],
      ...list.places.slice(0, 8).map((place) => [button(value(place.name), { type: 'PLACE', id: place.id })]),
      [back(toBack), home()],
    ),
  naming: ({ t }) => screen([t('naming.title'), t('naming.how')], [back(toBack), home()]),
  group: ({ t, context: { view } }) => (view === null ? waiting() : group(t, view)),
  members: ({ t, context: { members, view } }) =>
    screen(
      [
        ...(view === null ? [] : [groupTitle(view.group)]),
        members.total === 0 ? t('members.none') : t('members.title', { number: members.total }),
        ...(members.total === 0 ? [] : [t('members.how')]),
      ],
      ...inRows(
        members.items.map((member) => button(memberText(t, member), { type: 'MEMBER' as const, id: member.ref })),
        2,
      ),
      pager(members.page, members.pages, t('before'), t('after')),
      [back(toBack), home()],
    ),
  member: ({ t, context: { member } }) =>
    member === null
      ? waiting()
      : screen(
          [
            t('member.title', { who: memberText(t, member.member) }),
            t('member.since', { day: { moment: member.joinedAt, zone, style: 'date' } }),
            ...cardLines(member.card),
            t('member.only'),
          ],
          [button(t('member.remove'), { type: 'REMOVE' }, 'danger')],
          [back(toBack), home()],
        ),
  mentors,
  leaving: ({ t, context: { view } }) =>
    screen(
      [t('leaving.title', { name: view?.group.name ?? '' }), t('leaving.what')],
      [button(t('leaving.yes'), { type: 'YES' }, 'danger')],
      [back(toBack)],
    ),
  removing: ({ t, context: { member } }) =>
    screen(
      [
        member === null ? t('removing.mentor') : t('removing.member', { who: memberText(t, member.member) }),
        t('removing.told'),
        t('removing.why'),
      ],
      ...inRows(
        removals.map((reason) => button(t(`removing.${reason}`), { type: 'REASON' as const, reason })),
        2,
      ),
      [back(toBack)],
    ),
  renaming: ({ t, context: { view } }) =>
    screen([t('renaming.title', { name: view?.group.name ?? '' }), t('naming.how')], [back(toBack), home()]),
  closing: ({ t, context: { view } }) =>
    screen(
      [t('closing.title', { name: view?.group.name ?? '' }), t('closing.what')],
      [button(t('closing.yes'), { type: 'YES' }, 'danger')],
      [back(toBack)],
    ),
  links,
  counting: ({ t, context: { kind } }) =>
    screen(
      [t(`counting.${kind}`), t('counting.how')],
      ...inRows(
        useChoices.map((number) => button(t('people', { count: number }), { type: 'USES' as const, number })),
        3,
      ),
      [back(toBack)],
    ),
  timing: ({ t }) =>
    screen(
      [t('timing.title')],
      ...inRows(
        dayChoices.map((number) => button(t('days', { count: number }), { type: 'DAYS' as const, number })),
        2,
      ),
      [back(toBack)],
    ),
  linking: waiting,
  link: givenLink,
  acting: waiting,
  done,
  invited: ({ t, context: { invitation } }) =>
    invitation === null
      ? waiting()
      : screen(
          [t('invited.title'), groupTitle(invitation.group), t('invited.what')],
          [button(t('invited.agree'), { type: 'AGREE' }, 'success')],
          [back(toBack), home()],
        ),
}

function listing({ t, context: { list }, person }: Seen) {
  return screen(
    list.total === 0
      ? [
          t('listing.none'),
          t(list.places.length > 0 ? 'listing.make' : isCoordinator(person) ? 'listing.toPlaces' : 'listing.ask'),
        ]
      : [
          t('listing.title', { number: list.total }),
          ...list.items.map((item) => [
            t('title', { name: item.name }),
            placeText(item.institution),
            sizeText(t, item),
          ]),
        ],
    ...list.items.map((item) => [button(value(item.name), { type: 'OPEN' as const, id: item.id })]),
    pager(list.page, list.pages, t('before'), t('after')),
    list.places.length === 0 ? [] : [button(t('listing.add'), { type: 'ADD' as const })],
    isCoordinator(person) ? [button({ key: 'institutions:menu' }, go.open('institutions'))] : [],
    [back(go.leave), home()],
  )
}

/** How many are in a group; one without a mentor is told as one. */
export function sizeText(t: Translate, { members, mentors }: Pick<ListedGroup, 'members' | 'mentors'>): Message {
  return mentors === 0 ? t('groups:sizeAlone', { members }) : t('groups:size', { members, mentors })
}

function group(t: Translate, view: GroupView) {
  const { group: shown, members, invited, mentors: leading, isMine } = view
  return screen(
    [
      groupTitle(shown),
      [t('group.members', { number: members }), ...(invited === 0 ? [] : [t('group.invited', { number: invited })])],
      leading.length === 0
        ? t('group.noMentors')
        : [t('group.mentors'), ...leading.map((mentor) => bullet(mentor.isMe ? t('you') : mentorText(mentor)))],
    ],
    [button(t('group.toMembers'), { type: 'MEMBERS' }, 'primary'), button(t('group.toLinks'), { type: 'LINKS' })],
    [button(t('group.toMentors'), { type: 'MENTORS' }), button(t('group.rename'), { type: 'RENAME' })],
    !isMine && view.isCoordinator ? [button(t('group.lead'), { type: 'LEAD' })] : [],
    [button(t('group.close'), { type: 'CLOSE' }, 'danger')],
    [back(toBack), home()],
  )
}

function mentors({ t, context: { view } }: Seen) {
  if (view === null) return waiting()
  const others = view.mentors.filter(({ isMe }) => !isMe)
  return screen(
    [
      groupTitle(view.group),
      view.mentors.length === 0
        ? t('group.noMentors')
        : [t('group.mentors'), ...view.mentors.map((mentor) => bullet(mentor.isMe ? t('you') : mentorText(mentor)))],
      t(view.isCoordinator ? 'mentors.coordinator' : 'mentors.mentor'),
    ],
    ...(view.isCoordinator
      ? others
          .slice(0, 8)
          .map((mentor) => [
            button(t('mentors.takeOut', { who: mentorText(mentor) }), { type: 'TAKE_OUT' as const, id: mentor.ref }),
          ])
      : []),
    view.isMine
      ? [button(t('mentors.leave'), { type: 'UNLEAD' as const }, 'danger')]
      : [button(t('group.lead'), { type: 'LEAD' as const })],
    [back(toBack), home()],
  )
}

function links({ t, context: { links: all, room, view }, person }: Seen) {
  return screen(
    [
      ...(view === null ? [] : [groupTitle(view.group)]),
      all.length === 0 ? t('links.none') : t('links.title'),
      ...(all.length === 0 ? [] : [all.map((one, at) => linkText(t, one, at + 1))]),
      t(room ? 'links.how' : 'links.full'),
    ],
    room ? [button(t('links.member'), { type: 'INVITE', kind: 'member' as const }, 'primary')] : [],
    room && isCoordinator(person) ? [button(t('links.mentor'), { type: 'INVITE', kind: 'mentor' as const })] : [],
    ...inRows(
      all.map(({ id }, at) => button(t('links.revoke', { number: at + 1 }), { type: 'REVOKE' as const, id })),
      2,
    ),
    [back(toBack), home()],
  )
}

function linkText(t: Translate, { kind, usesLeft, expiresAt }: Link, number: number): Message {
  return t(`links.one.${kind}`, { number, uses: usesLeft, day: { moment: expiresAt, zone, style: 'date' } })
}

/** The link as words and as a picture to be shown on a screen or hung on a wall. */
function givenLink({ t, context: { link: given, kind, uses, days } }: Seen) {
  if (given === null) return waiting()
  const shown = screen(
    [t(`link.${kind}`), t('link.text', { link: given.link }), t('link.good', { uses, days }), t('link.once')],
    [link(t('link.share'), `https://t.me/share/url?url=${encodeURIComponent(given.link)}`)],
    [back(toBack), home()],
  )
  const picture: Picture = { type: 'image', maker: 'groups.qr', data: given.link, title: t('link.title') }
  return { ...shown, picture }
}

function done({ t, context: { outcome, wanted, name } }: Seen) {
  const isThere = outcome !== 'closed' && outcome !== 'unled' && wanted !== null
  return screen(
    [outcome === 'made' || outcome === 'renamed' ? t(`done.${outcome}`, { name }) : t(`done.${outcome ?? 'led'}`)],
    isThere && outcome === 'made' ? [button(t('done.invite'), { type: 'LINKS' as const }, 'primary')] : [],
    isThere ? [button(t('done.toGroup'), { type: 'OPEN' as const, id: wanted })] : [],
    [button(t('done.toList'), toBack), home()],
  )
}

function memberText(t: Translate, { number, name }: ListedMember): Message {
  return name === null ? t('member.number', { number }) : value(name)
}

function bullet(text: Message): Message {
  return { key: 'common:bullet', values: { text } }
}
