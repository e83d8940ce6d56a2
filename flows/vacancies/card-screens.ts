import type { z } from 'zod'
import { dayLength } from '../common/calendar.ts'
import { zone } from '../common/regions.ts'
import { back, home, inRows, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, link, orSaid, type Paragraph, screen } from '../kit/screen.ts'
import type { Message, Translate } from '../kit/words.ts'
import type { VacanciesContext as Context, VacanciesEvent as Event } from './context.ts'
import { type CardShown, reportReasons, type Section, type VacancyCard } from './contract.ts'
import { listingLines } from './lines.ts'

/** Pages of a vacancy that stand as buttons. */
const mostLinks = 3

/** Screens around one vacancy. */
export const cardScreens: Screens<Context, Event> = {
  loading: waiting,
  card: (view) => (view.context.card === null ? waiting() : card(view, view.context.card)),
  gone: ({ t }) =>
    screen(
      [t('gone.title'), t('gone.what')],
      [button(t('toList'), { type: 'LIST' }, 'primary')],
      [back(toBack), home()],
    ),
  law: ({ t, context: { card: shown } }) =>
    shown === null
      ? waiting()
      : screen([t('listing.title', { title: shown.title }), ...shown.law.map(sectionLines(t))], [back(toBack), home()]),
  contact: ({ t, context: { card: shown } }) =>
    shown === null
      ? waiting()
      : screen(
          [
            t('contact.title', { title: shown.title }),
            contactLines(t, shown),
            t('contact.how'),
            t(shown.isHeld ? 'contact.held' : 'card.safe'),
          ],
          [back(toBack), home()],
        ),
  hidden: ({ t, context: { card: shown } }) =>
    screen(
      t('hidden.title', { title: shown?.title ?? '' }),
      [orSaid(button(t('hidden.undo'), { type: 'UNHIDE' }), t('spoken.undo'))],
      [button(t('toList'), { type: 'LIST' }, 'primary')],
      [back(toBack), home()],
    ),
  reporting: ({ t }) =>
    screen(
      [t('reporting.title'), t('reporting.what')],
      ...reportReasons.map((reason) => [button(t(`reporting.${reason}`), { type: 'REASON' as const, reason })]),
      [back(toBack), home()],
    ),
  reported: ({ t, context: { card: shown } }) =>
    screen(
      [
        t('reported.title'),
        t(shown?.isLookedAt === true ? 'reported.looked' : 'reported.counted'),
        ...(shown?.reported === 'scam' ? [t('reported.scam')] : []),
      ],
      [button(t('toList'), { type: 'LIST' }, 'primary')],
      [back(toBack), home()],
    ),
}

function card({ t, context }: View<Context>, shown: VacancyCard) {
  const { id, title, employer, isOpen, isHeld, outcome, saved, hidden, reported, contact, links, law } = shown
  const mayApply = isOpen && !isHeld && outcome !== 'barred'
  return screen(
    cardLines(t, shown, context.now),
    mayApply
      ? [
          orSaid(
            button(t('card.applied'), go.open('applications', { vacancy: { id, title, employer } }), 'primary'),
            t('spoken.applied'),
          ),
        ]
      : [],
    [
      saved
        ? button(t('card.unsave'), { type: 'UNSAVE' })
        : orSaid(button(t('card.save'), { type: 'SAVE' }), t('spoken.save')),
      hidden
        ? button(t('card.unhide'), { type: 'UNHIDE' as const })
        : orSaid(button(t('card.hide'), { type: 'HIDE' as const }), t('spoken.hide')),
    ],
    ...inRows(textButtons(t, shown), 2),
    [
      ...(contact === null ? [] : [button(t('card.contact'), { type: 'CONTACT' as const })]),
      ...(law.length === 0 ? [] : [button(t('card.law'), { type: 'LAW' as const })]),
    ],
    ...links.slice(0, mostLinks).map(({ url }) => [link(t('card.page', { host: hostOf(url) }), url)]),
    [button(t('card.similar'), { type: 'SIMILAR' }), button(t('card.remind'), { type: 'REMIND' })],
    reported === null ? [button(t('card.report'), { type: 'REPORT' as const })] : [],
    [back(toBack), home()],
  )
}

/** One page of a vacancy as people see it: the facts with the beginning of its text, then the rest of the text. */
export function cardLines(t: Translate, shown: CardShown, now: number): Paragraph[] {
  return shown.text.page > 0 ? textPage(t, shown) : whole(t, shown, now)
}

function textButtons(t: Translate, { text: { page, pages } }: VacancyCard) {
  const to = (key: string, other: number) => button(t(key), { type: 'TEXT_PAGE' as const, page: other })
  return [
    ...(page > 0 ? [to(page === 1 ? 'card.toFacts' : 'card.textBefore', page - 1)] : []),
    ...(page < pages - 1 ? [to('card.textAfter', page + 1)] : []),
  ]
}

function whole(t: Translate, shown: CardShown, now: number): Paragraph[] {
  const { isOpen, isHeld, law, text, reported } = shown
  return [
    listingLines({ ...shown, isHeld: false, outcome: shown.outcome === 'barred' ? 'barred' : 'shown' }),
    ...(isOpen ? [] : [t('card.over')]),
    ...(isHeld ? [warning(t, shown)] : []),
    factLines(t, shown),
    ...(isHeld || text.body === '' ? [] : [textLine(t, shown)]),
    // Where it is written stands on a page of its own, and all of it there where warnings take the room.
    ...(isHeld ? [] : law.slice(0, -1).map(sectionLines(t))),
    dateLines(t, shown, now),
    ...(reported === null ? [] : [t('card.reported')]),
    t('card.safe'),
  ]
}

function textPage(t: Translate, shown: CardShown): Paragraph[] {
  return [t('listing.title', { title: shown.title }), textLine(t, shown)]
}

function textLine(t: Translate, { text: { body, page, pages } }: CardShown): Message {
  return pages > 1 ? t('card.textPaged', { body, page: page + 1, pages }) : t('card.text', { body })
}

function warning(t: Translate, { signs }: CardShown): Message[] {
  const shown = signs.slice(0, 2).map(({ kind, words }) => bullet(t(`scam.${kind}`, { words })))
  return [t(signs.length > 0 ? 'card.held' : 'card.heldByReports'), ...shown, t('scam.advice')]
}

function factLines(t: Translate, shown: CardShown): Message[] {
  const { experience, education, employment, schedule, weekHours, dayHours, format, professions, bin } = shown
  const one = (name: string, value: string | null) =>
    value === null ? [] : [t(`fact.${name}`, { value: t(`${name}.${value}`) })]
  const isSo = (name: 'night' | 'rotation' | 'housing' | 'meals') => {
    const value = shown[name]
    return value === null ? [] : [t(`fact.${name}.${value ? 'yes' : 'no'}`)]
  }
  return [
    ...(professions.length === 0 ? [] : [t('fact.professions', { names: professions.map(({ name }) => name) })]),
    ...one('employment', employment),
    ...one('schedule', schedule),
    ...(weekHours === null ? [] : [t('fact.weekHours', { hours: weekHours })]),
    ...(dayHours === null ? [] : [t('fact.dayHours', { hours: dayHours })]),
    ...one('format', format),
    ...isSo('night'),
    ...isSo('rotation'),
    ...isSo('housing'),
    ...isSo('meals'),
    ...one('experience', experience),
    ...one('education', education),
    ...(bin === null ? [] : [t('fact.bin', { bin })]),
  ]
}

function dateLines(t: Translate, { publishedAt, validThrough, links }: CardShown, now: number): Message[] {
  const days = Math.max(0, Math.floor((now - publishedAt) / dayLength))
  const hosts = [...new Set(links.map(({ url }) => hostOf(url)))]
  return [
    t('card.published', { day: { moment: publishedAt, zone, style: 'date' }, count: days }),
    t('card.until', { day: { moment: validThrough, zone, style: 'date' } }),
    ...(hosts.length === 0 ? [] : [t('card.seen', { hosts })]),
  ]
}

/** How its employer is reached. */
export function contactLines(t: Translate, { contact }: Pick<CardShown, 'contact'>): Message[] {
  if (contact === null) return []
  const { phone, mail, telegram } = contact
  return [
    ...(phone === null ? [] : [t('contact.phone', { value: phone })]),
    ...(mail === null ? [] : [t('contact.mail', { value: mail })]),
    ...(telegram === null ? [] : [t('contact.telegram', { value: telegram })]),
  ]
}

/** A list of the law's words. */
export function sectionLines(t: Translate) {
  return ({ head, lines }: z.infer<typeof Section>): Message[] => [t('card.head', { head }), ...lines.map(bullet)]
}

function bullet(text: Message): Message {
  return { key: 'common:bullet', values: { text } }
}

/** The host of a page, as people know it. */
function hostOf(url: string): string {
  const host = url.replace(/^https?:\/\//i, '').split(/[/?#]/)[0] ?? url
  return host.replace(/^www\./i, '').slice(0, 40)
}
