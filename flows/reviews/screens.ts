import { back, home, inRows, pager, skip, toBack, waiting } from '../kit/buttons.ts'
import type { Screens } from '../kit/flow.ts'
import { button, go, link, screen } from '../kit/screen.ts'
import { type Message, type Translate, value } from '../kit/words.ts'
import { reasons, type Waiting } from '../offers/contract.ts'
import { lawLines, offerLines, signLines } from '../offers/lines.ts'
import { cutText, law } from '../offers/screens.ts'
import type { HeldVacancy } from '../vacancies/contract.ts'
import { listingLines } from '../vacancies/lines.ts'
import { pagesOf } from '../vacancies/normalise/text.ts'
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
  whole: ({ t, context: { item, page } }) => {
    const pages = pagesOf(item?.reading.text ?? '', textPage)
    return screen(
      [
        t('whole.title', { title: item?.reading.listing.title ?? '' }),
        value(pages[page] ?? ''),
        ...(pages.length > 1 ? [t('whole.page', { page: page + 1, pages: pages.length })] : []),
      ],
      pager(page, pages.length, t('whole.newer'), t('whole.older')),
      [back(toBack)],
    )
  },
  approving: waiting,
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
        : [
            t('held.title', { number: held.total }),
            ...held.items.map(({ listing }, at) => listingLines(listing, at + 1)),
          ],
      ...held.items.map(({ listing }, at) => [
        button(t('held.open', { number: at + 1, title: listing.title }), { type: 'OPEN' as const, id: listing.id }),
      ]),
      pager(held.page, held.pages, t('held.newer'), t('held.older')),
      [back(toBack), home()],
    ),
  vacancy: ({ t, context: { one } }) => (one === null ? waiting() : vacancy(t, one)),
}

function offer(t: Translate, { reading, isOwn }: Waiting, total: number) {
  const signs = signLines(reading)
  return screen(
    [
      [t('waiting.title', { number: total }), ...(isOwn ? [t('waiting.own')] : [])],
      ...cutText(offerLines(reading), t),
      lawLines(reading),
      ...(signs.length === 0 ? [] : [[t('waiting.signs'), ...signs]]),
    ],
    [button(t('waiting.approve'), { type: 'APPROVE' }, 'success')],
    [button(t('waiting.return'), { type: 'RETURN' })],
    reading.text.length > 300 ? [button(t('waiting.read'), { type: 'READ' as const })] : [],
    [
      button({ key: 'offers:law.open' }, { type: 'LAW', band: '14-15' as const }),
      button(t('waiting.next'), { type: 'NEXT' }),
    ],
    [back(toBack), home()],
  )
}

const longestShown = 600
/** Signs of a text on one page. */
const textPage = 900

function vacancy(t: Translate, { listing, signs, reports, text, links }: HeldVacancy) {
  const letters = [...text]
  return screen(
    [
      listingLines(listing),
      ...(signs.length === 0
        ? []
        : [
            [
              t('vacancy.signs'),
              ...signs.map(({ kind, words }): Message => ({ key: `vacancies:scam.${kind}`, values: { words } })),
            ],
          ]),
      ...(reports.length === 0
        ? []
        : [
            [
              t('vacancy.reports'),
              ...reports.map(({ reason, count }) =>
                t('vacancy.report', { reason: t(`report.${reason}`), number: count }),
              ),
            ],
          ]),
      ...(text === ''
        ? []
        : [value(letters.length > longestShown ? `${letters.slice(0, longestShown).join('')}…` : text)]),
    ],
    links.slice(0, 3).map(({ source, url }) => link(value(source), url)),
    [button(t('vacancy.clear'), { type: 'CLEAR' }, 'success'), button(t('vacancy.bar'), { type: 'BAR' }, 'danger')],
    [button(t('vacancy.next'), { type: 'NEXT' })],
    [back(toBack), home()],
  )
}
