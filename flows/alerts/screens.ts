import type { Person } from '../common/person.ts'
import { back, home, inRows, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, orSaid, type Paragraph, screen } from '../kit/screen.ts'
import { type Message, marked, type Translate } from '../kit/words.ts'
import { filterLines, filterName, filterNames } from '../vacancies/filter-lines.ts'
import type { AlertsContext as Context, AlertsEvent as Event } from './context.ts'
import type { ShownSubscription, Subscription } from './contract.ts'
import { hours, perDays, rhythms } from './rhythm.ts'

/** Lines of a filter in the list, the others being counted, and subscriptions up to which there is room for them. */
const [listed, few] = [3, 3]
/** The kind of this flow's notices, which people may have switched off. */
const kind = 'alerts.found'

export const screens: Screens<Context, Event> = {
  listing,
  making,
  reading,
  deleted: ({ t, context: { chosen } }) =>
    chosen === null
      ? waiting()
      : screen(
          t('deleted.title', { name: filterName(t, chosen.filter, chosen.names) }),
          [button(t('deleted.undo'), { type: 'UNDO' })],
          [button(t('toList'), toBack), home()],
        ),
  rhythm: ({ t, context: { chosen }, person }) =>
    screen(
      [t('rhythm.title'), t(mayBeAtLessons(person) ? 'rhythm.lessons' : 'rhythm.calm'), t('rhythm.what')],
      ...rhythms.map((rhythm) => [
        button(marked(t(`rhythm.${rhythm}`), chosen?.rhythm === rhythm), { type: 'RHYTHM' as const, rhythm }),
      ]),
      [back(toBack), home()],
    ),
  weekdays: ({ t, context: { chosen } }) =>
    screen(
      t('weekdays.title'),
      ...inRows(
        [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
          const isPresent = chosen?.rhythm === 'weekly' && chosen.weekday === weekday
          return button(marked(t(`reminders:weekday.${weekday}`), isPresent), { type: 'WEEKDAY' as const, weekday })
        }),
        2,
      ),
      [back(toBack), home()],
    ),
  hours: ({ t, context: { chosen, rhythm } }) =>
    screen(
      [t('hours.title'), t('hours.quiet')],
      ...inRows(
        hours.map((hour) => {
          const isPresent = chosen?.rhythm === rhythm && chosen.hour === hour
          return button(marked(t('hours.hour', { hour }), isPresent), { type: 'HOUR' as const, hour: hour as number })
        }),
        3,
      ),
      [back(toBack), home()],
    ),
  perDay: ({ t, context: { chosen } }) =>
    screen(
      [t('perDay.title'), t('perDay.what')],
      perDays.map((perDay) =>
        button(marked(t('perDay.most', { count: perDay }), chosen?.perDay === perDay), {
          type: 'PER_DAY' as const,
          perDay: perDay as number,
        }),
      ),
      [back(toBack), home()],
    ),
  looking: waiting,
  suggesting: waiting,
  checking: waiting,
  naming: waiting,
  counting: waiting,
  editing: ({ t }) => screen(t('editing'), [back(toBack), home()]),
}

/** Whoever is grown and works, or wants to, has no lessons that are known of. */
function mayBeAtLessons({ ageBand, plan }: Person): boolean {
  return ageBand !== '18+' || plan === 'college' || plan === 'university'
}

function listing({ t, context: { list }, person }: View<Context>) {
  const called = filterNames(t, list)
  const nameAt = (place: number) => called[place] ?? t('vacancies:filter.nameOf.work')
  return screen(
    [
      t(list.length === 0 ? 'listing.none' : 'listing.title'),
      ...(person.muted.includes(kind) ? [t('muted')] : []),
      ...list.map((one, place) =>
        itemLines(t, one, { name: nameAt(place), number: place + 1, isShort: list.length > few }),
      ),
      ...(list.length === 0 ? [t('listing.how')] : []),
    ],
    ...list.map(({ id }, place) => [
      button(t('listing.open', { number: place + 1, name: nameAt(place) }), {
        type: 'OPEN' as const,
        id,
      }),
    ]),
    person.muted.includes(kind) ? [button(t('unmute'), go.open('settings'))] : [],
    [button(t('listing.add'), { type: 'ADD' }, 'primary')],
    [back(go.leave), home()],
  )
}

type Place = { readonly name: Message; readonly number: number; readonly isShort: boolean }

function itemLines(t: Translate, one: ShownSubscription, { name, number, isShort }: Place): Message[] {
  const { filter, names, told } = one
  const lines = isShort ? [] : filterLines(t, filter, names)
  return [
    t('listing.item', { number, name: isShort ? filterName(t, filter, names) : name }),
    ...lines.slice(0, listed),
    ...(lines.length > listed ? [t('listing.more', { count: lines.length - listed })] : []),
    rhythmLine(t, one),
    t('told', { count: told }),
  ]
}

function making({ t, context: { chosen, present } }: View<Context>) {
  if (chosen === null) return waiting()
  return screen(
    [t('making.title'), filterLines(t, chosen.filter, chosen.names), termLines(t, chosen, present), t('making.how')],
    [orSaid(button(t('making.save'), { type: 'SAVE' }, 'success'), t('spoken.save'))],
    ...settingRows(t),
    [back(toBack), home()],
  )
}

function reading({ t, context: { chosen, present }, person }: View<Context>) {
  if (chosen === null) return waiting()
  const { filter, names, state, told } = chosen
  const text: Paragraph[] = [
    t('reading.title'),
    ...(person.muted.includes(kind) ? [t('muted')] : []),
    filterLines(t, filter, names),
    [...termLines(t, chosen, present), t('told', { count: told })],
  ]
  return screen(
    text,
    [button(t('reading.now'), go.open('vacancies', { filter }))],
    ...settingRows(t),
    [
      ...(state === 'active'
        ? [orSaid(button(t('reading.pause'), { type: 'PAUSE' as const }), t('spoken.pause'))]
        : []),
      ...(state === 'paused' ? [button(t('reading.resume'), { type: 'RESUME' as const }, 'primary')] : []),
      button(t('reading.delete'), { type: 'DELETE' }, 'danger'),
    ],
    [back(toBack), home()],
  )
}

function settingRows(t: Translate) {
  return [
    [button(t('edit'), { type: 'EDIT' as const })],
    [button(t('how'), { type: 'HOW' as const }), button(t('most'), { type: 'MOST' as const })],
  ]
}

function termLines(t: Translate, subscription: Subscription, present: number | null): Message[] {
  return [
    rhythmLine(t, subscription),
    t('perDay.line', { count: subscription.perDay }),
    ...(present === null ? [] : [present === 0 ? t('present.none') : t('present.some', { count: present })]),
  ]
}

/** How somebody hears of what is new, or that they do not at present. */
export function rhythmLine(
  t: Translate,
  { rhythm, hour, weekday, state }: Pick<Subscription, 'rhythm' | 'hour' | 'weekday' | 'state'>,
): Message {
  if (state === 'paused') return t('isPaused')
  if (rhythm === 'once') return t('comes.once')
  if (rhythm === 'daily') return t('comes.daily', { hour })
  return t('comes.weekly', { hour, weekday: t(`reminders:weekday.${weekday}`) })
}
