import { regionRows } from '../common/choices.ts'
import { back, home, pager, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, orSaid, screen } from '../kit/screen.ts'
import type { Translate } from '../kit/words.ts'
import { cardScreens } from './card-screens.ts'
import { choosingScreens } from './choosing-screens.ts'
import type { VacanciesContext as Context, VacanciesEvent as Event } from './context.ts'
import { pageSize } from './contract.ts'
import { filterName } from './filter-lines.ts'
import { listingLines } from './lines.ts'
import type { Listing } from './listing.ts'

/** Signs of a title on a button. */
const labelLength = 48

export const screens: Screens<Context, Event> = {
  starting: waiting,
  young: ({ t, context }) =>
    screen(
      [t('young.title'), t(context.ageBand === null ? 'young.unknown' : 'young.what'), t('young.now')],
      context.ageBand === null ? [button(t('young.age'), go.open('settings', { topic: 'age' }), 'primary')] : [],
      [button(t('young.survey'), go.open('survey'))],
      [button(t('young.professions'), go.open('professions'))],
      [back(go.leave), home()],
    ),
  asking: ({ t }) =>
    screen(
      [t('asking.title'), t('asking.why')],
      [button(t('asking.anywhere'), { type: 'ANYWHERE' })],
      ...regionRows(undefined),
      [back(go.leave), home()],
    ),
  listing,
  saved,
  given,
  ...cardScreens,
  ...choosingScreens,
}

function listing({ t, context }: View<Context>) {
  const { list, filter, names, isOwn } = context
  const { items, total, page, pages, nearer } = list
  return screen(
    [
      total === 0 ? t('listing.none') : t('listing.total', { count: total }),
      [
        t('listing.sought', { name: filterName(t, filter, names) }),
        ...(filter.leastPay === null ? [] : [t('filter.pay', { pay: filter.leastPay })]),
      ],
      ...(total > 0
        ? items.map((item, place) => listingLines(item, page * pageSize + place + 1))
        : [t(nearer.length > 0 ? 'listing.nearest' : 'listing.nothing')]),
      t('listing.how'),
    ],
    ...openers(t, items, page),
    ...(total > 0 ? [] : nearer).map(({ step, total: count }) => [
      button(t(`nearer.${step}`, { number: count }), { type: 'WIDEN' as const, step }),
    ]),
    pager(page, pages, t('listing.before'), t('listing.after')),
    [orSaid(button(t('listing.tell'), go.open('alerts', { filter }), 'primary'), t('spoken.tell'))],
    [button(t('listing.edit'), { type: 'EDIT' }), button(t('listing.saved'), { type: 'SAVED' })],
    [
      ...(isOwn ? [] : [button(t('listing.mine'), { type: 'MINE' as const })]),
      button(t('listing.subscriptions'), go.open('alerts')),
    ],
    context.isFairComing ? [button(t('listing.fairs'), go.open('fairs'))] : [],
    [back(toBack), home()],
  )
}

function saved({ t, context: { saved: list } }: View<Context>) {
  const { items, total, page, pages } = list
  const listings = items.map(({ listing: one }) => one)
  return screen(
    [
      total === 0 ? t('saved.none') : t('saved.title', { count: total }),
      ...items.map(({ listing: one, isOpen }, place) => [
        ...listingLines(one, page * pageSize + place + 1),
        ...(isOpen ? [] : [t('saved.over')]),
      ]),
    ],
    ...openers(t, listings, page),
    pager(page, pages, t('listing.before'), t('listing.after')),
    [back(toBack), home()],
  )
}

function given({ t, context }: View<Context>) {
  if (context.given === null) return waiting()
  const { title, items, page } = context.given
  const pages = Math.max(1, Math.ceil(items.length / pageSize))
  const shown = items.slice(page * pageSize, (page + 1) * pageSize)
  return screen(
    [
      { key: 'common:title', values: { title } },
      items.length === 0 ? t('given.none') : t('listing.total', { count: items.length }),
      ...shown.map((item, place) => listingLines(item, page * pageSize + place + 1)),
    ],
    ...openers(t, shown, page),
    pager(page, pages, t('listing.before'), t('listing.after')),
    [back(toBack), home()],
  )
}

function openers(t: Translate, items: readonly Listing[], page: number) {
  return items.map(({ id, title }, place) => [
    button(t('listing.open', { number: page * pageSize + place + 1, title: short(title) }), {
      type: 'OPEN' as const,
      id,
    }),
  ])
}

function short(text: string): string {
  const letters = [...text]
  return letters.length <= labelLength
    ? text
    : `${letters
        .slice(0, labelLength - 1)
        .join('')
        .trimEnd()}…`
}
