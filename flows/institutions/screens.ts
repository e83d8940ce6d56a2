import { regionRows } from '../common/choices.ts'
import { zone } from '../common/regions.ts'
import type { GroupsInput } from '../groups/context.ts'
import type { JournalEntry } from '../groups/contract.ts'
import { mentorText, placeText } from '../groups/lines.ts'
import { sizeText } from '../groups/screens.ts'
import { back, home, pager, skip, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import { type Message, type Translate, value } from '../kit/words.ts'
import type { InstitutionsContext as Context, InstitutionsEvent as Event } from './context.ts'

type Seen = View<Context>
const toGroup = (input: GroupsInput) => go.open('groups', input)

export const screens: Screens<Context, Event> = {
  listing: ({ t, context: { list } }) =>
    screen(
      list.total === 0
        ? [t('listing.none')]
        : [
            t('listing.title', { number: list.total }),
            t('listing.counts', { groups: list.groups, members: list.members }),
            list.items.map((place) => t('listing.one', { place: placeText(place), number: place.groups })),
          ],
      ...list.items.map(({ id, name }) => [button(value(name), { type: 'OPEN' as const, id })]),
      pager(list.page, list.pages, t('groups:before'), t('groups:after')),
      [button(t('listing.add'), { type: 'ADD' }), button(t('journal.open'), { type: 'JOURNAL' })],
      [back(go.leave), home()],
    ),
  naming: ({ t }) => screen([t('naming.title'), t('naming.how')], [back(toBack), home()]),
  region: ({ t }) =>
    screen([t('region.title')], ...regionRows(undefined), [back(toBack), skip({ type: 'SKIP' as const })]),
  place,
  renaming: ({ t, context: { place: shown } }) =>
    screen([t('renaming.title', { name: shown?.name ?? '' }), t('naming.how')], [back(toBack), home()]),
  closing: ({ t, context: { place: shown } }) =>
    screen(
      [t('closing.title', { name: shown?.name ?? '' }), t('closing.what')],
      [button(t('closing.yes'), { type: 'YES' }, 'danger')],
      [back(toBack)],
    ),
  shutting: waiting,
  done: ({ t, context: { outcome, wanted, name } }) =>
    screen(
      [outcome === 'closed' ? t('done.closed') : t(`done.${outcome ?? 'renamed'}`, { name })],
      outcome === 'founded' && wanted !== null ? [button(t('done.group'), toGroup({ place: wanted }), 'primary')] : [],
      outcome === 'closed' || wanted === null ? [] : [button(t('done.toPlace'), { type: 'OPEN' as const, id: wanted })],
      [button(t('done.toList'), toBack), home()],
    ),
  journal: ({ t, context: { journal } }) =>
    screen(
      journal.total === 0
        ? [t('journal.title'), t('journal.none')]
        : [t('journal.title'), ...journal.items.map((entry) => entryLines(t, entry))],
      pager(journal.page, journal.pages, t('journal.newer'), t('journal.older')),
      [back(toBack), home()],
    ),
}

function place({ t, context: { place: shown, groups } }: Seen) {
  if (shown === null) return waiting()
  return screen(
    [
      { key: 'common:title', values: { title: placeText(shown) } },
      groups.total === 0 ? t('place.none') : t('place.groups', { number: groups.total }),
      ...(groups.total === 0
        ? []
        : [groups.items.map((group) => t('place.one', { name: group.name, size: sizeText(t, group) }))]),
    ],
    ...groups.items.map(({ id, name }) => [button(value(name), toGroup({ id }))]),
    pager(groups.page, groups.pages, t('groups:before'), t('groups:after')),
    [button(t('place.add'), toGroup({ place: shown.id }), groups.total === 0 ? 'primary' : undefined)],
    [button(t('place.rename'), { type: 'RENAME' }), button(t('place.close'), { type: 'CLOSE' }, 'danger')],
    [back(toBack), home()],
  )
}

/** Who did what, where, and when. */
function entryLines(t: Translate, { at, actor, action, group, detail }: JournalEntry): Message[] {
  const time = { moment: at, zone, style: 'datetime' } as const
  const who = actor === null ? t('journal.gone') : mentorText(actor)
  const what = { key: action.replace('.', ':audit.') }
  const reason = typeof detail.reason === 'string' ? [t(`groups:removing.${detail.reason}`)] : []
  return [
    t('journal.what', { what, who }),
    t('journal.where', { time, group: group ?? '–' }),
    ...reason.map((why) => t('journal.why', { why })),
  ]
}
