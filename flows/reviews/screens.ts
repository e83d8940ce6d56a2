import { zone } from '../common/regions.ts'
import { back, home, inRows, pager, skip, toBack, waiting } from '../kit/buttons.ts'
import type { Screens } from '../kit/flow.ts'
import { button, go, link, type Paragraph, screen } from '../kit/screen.ts'
import { type Translate, translator, value } from '../kit/words.ts'
import { reasons, type Waiting } from '../offers/contract.ts'
import { contactLines, lawLines, signLines } from '../offers/lines.ts'
import { law, offerLines, textPager } from '../offers/screens.ts'
import { cardLines } from '../vacancies/card-screens.ts'
import type { HeldVacancy } from '../vacancies/contract.ts'
import { listingLines } from '../vacancies/lines.ts'
import type { ReviewsContext, ReviewsEvent } from './context.ts'

export const screens: Screens<ReviewsContext, ReviewsEvent> = {
  choosing: ({ t }) =>
    screen(
      [t('choosing.title'), t('choosing.what')],
      [button(t('choosing.waiting'), { type: 'WAITING' })],
      [button(t('choosing.held'), { type: 'HELD' })],
      [button({ key: 'offers:menu' }, go.open('offers'))],
      [back(go.leave), home()],
    ),
  waiting: ({ t, context: { item, total, without } }) =>
    item === null
      ? screen(
          [total > 0 ? t('waiting.later', { number: total }) : t('waiting.none')],
          total > 0 && without.length > 0 ? [button(t('waiting.again'), { type: 'WAITING' })] : [],
          [back(toBack), home()],
        )
      : offer(t, item, total),
  law: ({ t, context: { item, band } }) => law(t, item?.reading ?? null, band),
  approving: waiting,
  sendingBack: waiting,
  deciding: waiting,
  returning: ({ t }) =>
    screen(
      [t('returning.title'), t('returning.how')],
      ...inRows(
        reasons.map((reason) => button(t(`returning.${reason}`), { type: 'REASON' as const, reason })),
        1,
      ),
      [back(toBack), home()],
    ),
  wording: ({ t, context: { reason } }) =>
    screen([t(`offers:reason.${reason ?? 'other'}`), t('wording.how')], [back(toBack), skip({ type: 'SKIP' })]),

  held: ({ t, context: { held } }) =>
    screen(
      held.items.length === 0
        ? [t('held.none')]
        : [t('held.title', { number: held.total }), ...held.items.map((listing, at) => listingLines(listing, at + 1))],
      ...held.items.map(({ id, title }, at) => [
        button(t('held.open', { number: at + 1, title }), { type: 'OPEN' as const, id }),
      ]),
      pager(held.page, held.pages, t('held.newer'), t('held.older')),
      [back(toBack), home()],
    ),
  vacancy: ({ t, context: { one, now } }) => (one === null ? waiting() : vacancy(t, one, now)),
}

/** Who has not come to the end of the text cannot let it stand: the decision is on all of it. */
function offer(t: Translate, { reading, isOwn, isOver }: Waiting, total: number) {
  const { page, pages } = reading.card.text
  const signs = signLines(reading)
  const isFirst = page === 0
  const isLast = page >= pages - 1
  return screen(
    [
      ...(isFirst ? [[t('waiting.title', { number: total }), ...(isOwn ? [t('waiting.own')] : [])]] : []),
      ...offerLines(reading),
      ...(isFirst ? [lawLines(reading)] : []),
      ...(isFirst && signs.length > 0 ? [[t('waiting.signs'), ...signs]] : []),
      ...(isOver ? [t('waiting.over')] : []),
      ...(isLast ? [] : [t('readOn')]),
    ],
    isLast && !isOver ? [button(t('waiting.approve'), { type: 'APPROVE' as const }, 'success')] : [],
    textPager(reading),
    [button(t('waiting.return'), { type: 'SEND_BACK' })],
    [
      button({ key: 'offers:law.open' }, { type: 'LAW', band: '14-15' as const }),
      button(t('waiting.next'), { type: 'NEXT' }),
    ],
    [back(toBack), home()],
  )
}

/** What another mentor has found of it stands, until something holds it back anew. */
function vacancy(t: Translate, held: HeldVacancy, now: number) {
  const { card, review } = held
  const { page, pages } = card.text
  const isLast = page >= pages - 1
  const isOpen = review?.stands !== true
  return screen(
    [
      ...cardLines(translator('vacancies'), { ...card, isHeld: false, outcome: 'shown' }, now),
      ...(page > 0 ? [] : [contactLines(card), ...foundLines(t, held)]),
      ...(review === null
        ? []
        : [t(`reviewed.${review.verdict}`, { day: { moment: review.at, zone, style: 'datetime' } })]),
      ...(isLast || !isOpen ? [] : [t('readOn')]),
    ],
    card.links.slice(0, 3).map(({ source, url }) => link(value(source), url)),
    isOpen
      ? [
          ...(isLast
            ? [button(t('vacancy.clear'), { type: 'DECIDE' as const, verdict: 'cleared' as const }, 'success')]
            : []),
          button(t('vacancy.bar'), { type: 'DECIDE' as const, verdict: 'barred' as const }, 'danger'),
        ]
      : [],
    textPager(held),
    [button(t('vacancy.next'), { type: 'NEXT' })],
    [back(toBack), home()],
  )
}

/** Why it is held back: signs of a scam, and what people report. */
function foundLines(t: Translate, held: HeldVacancy): Paragraph[] {
  const signs = signLines(held)
  const reports = held.reports.map(({ reason, count }) =>
    t('vacancy.report', { reason: t(`report.${reason}`), number: count }),
  )
  return [
    ...(signs.length === 0 ? [] : [[t('vacancy.signs'), ...signs]]),
    ...(reports.length === 0 ? [] : [[t('vacancy.reports'), ...reports]]),
  ]
}
