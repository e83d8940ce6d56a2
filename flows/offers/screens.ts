import { regionRows } from '../common/choices.ts'
import { isMentor } from '../common/person.ts'
import { zone } from '../common/regions.ts'
import { back, home, inRows, pager, skip, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, orSaid, type Paragraph, screen } from '../kit/screen.ts'
import { type Message, marked, quoted, type Translate, translator, value } from '../kit/words.ts'
import { cardLines, sectionLines } from '../vacancies/card-screens.ts'
import { payLine } from '../vacancies/lines.ts'
import { experiences, schedules } from '../vacancies/vacancy.ts'
import type { OffersContext, OffersEvent } from './context.ts'
import { bands, type Entry, type OwnOffer, type Reading } from './contract.ts'
import { contactLines, lawLines, signLines } from './lines.ts'
import { type Draft, type Field, fields, needed, offeredEmployments, standing, weekHours } from './offer.ts'

type Seen = View<OffersContext>

export const screens: Screens<OffersContext, OffersEvent> = {
  listing: ({ t, context: { list }, person }) =>
    screen(
      list.total === 0
        ? [t('listing.none'), t('listing.how')]
        : [t('listing.title', { number: list.total }), list.items.map((item) => entryLine(t, item))],
      ...list.items.map((item) => [button(value(item.title), { type: 'OPEN', id: item.id })]),
      pager(list.page, list.pages, t('listing.newer'), t('listing.older')),
      [button(t('listing.add'), { type: 'ADD' }, 'primary')],
      isMentor(person) ? [button({ key: 'reviews:menu' }, go.open('reviews'))] : [],
      [back(go.leave), home()],
    ),
  ...questionScreens(),
  checkingTitle: waiting,
  checkingPay: waiting,
  checkingContact: waiting,
  checkingDay: waiting,
  payRead: ({ t, context: { reading, mending } }) =>
    screen(
      [t('payRead.title'), ...(reading === null ? [] : [payLine(reading.card.pay)]), t('payRead.how')],
      [orSaid(button(t('payRead.right'), { type: 'RIGHT' }, 'primary'), t('said.yes'))],
      mending ? [back(toBack)] : [back(toBack), home()],
    ),

  reading: ({ t, context }) => (context.reading === null ? waiting() : whole(t, context.reading)),
  law: ({ t, context: { reading, band } }) => law(t, reading, band),
  choosing: ({ t }) =>
    screen(
      [t('choosing.title')],
      ...inRows(
        fields.map((field) => button(t(`short.${field}`), { type: 'EDIT' as const, field })),
        2,
      ),
      [back(toBack)],
    ),
  sent: ({ t }) => screen([t('sent.title'), t('sent.then')], [button(t('toList'), toBack), home()]),
  own: ({ t, context: { own } }) => (own === null ? waiting() : ownScreen(t, own)),
  renewing: waiting,
}

function entryLine(t: Translate, { title, state, isOver }: Entry): Message {
  return t(`entry.${state === 'published' && isOver ? 'over' : state}`, { title })
}

/** Every question has one screen: how far one is, what is asked and why, what may be pressed, the ways back and on. */
function questionScreens() {
  return Object.fromEntries(
    fields.map((field, at) => [
      field,
      ({ t, context }: Seen) =>
        screen(
          [
            ...(context.mending ? [] : [t('progress', { number: at + 1, count: fields.length })]),
            t(`ask.${field}.title`),
            t(`ask.${field}.how`),
            ...presentOf(t, field, context.draft),
          ],
          ...choices(t, field, context.draft),
          needed.includes(field) ? [back(toBack)] : [back(toBack), skip({ type: 'SKIP' as const })],
          context.mending ? [] : [home()],
        ),
    ]),
  )
}

/** What was said before, where it was said in words. */
function presentOf(t: Translate, field: Field, draft: Draft): Message[] {
  const said = draft[field]
  if (field === 'until') {
    return draft.until === null ? [] : [t('present', { said: { moment: draft.until, zone, style: 'date' } })]
  }
  if (field === 'region' || typeof said !== 'string' || fieldsOfChoice.includes(field)) return []
  const words = [...said]
  return [t('present', { said: words.length > 300 ? `${words.slice(0, 300).join('')}…` : said })]
}

const fieldsOfChoice: readonly Field[] = ['employment', 'schedule', 'experience']

function choices(t: Translate, field: Field, draft: Draft) {
  const choose = (label: Message, chosen: string | number | boolean) =>
    button(marked(label, draft[field] === chosen), { type: 'CHOOSE' as const, field, value: chosen })
  switch (field) {
    case 'region':
      return regionRows(draft.region ?? undefined).map((row) =>
        row.map(({ label, event }) => button(label, { type: 'CHOOSE' as const, field, value: event.region })),
      )
    case 'employment':
      return inRows(
        offeredEmployments.map((one) => choose({ key: `vacancies:employment.${one}` }, one)),
        2,
      )
    case 'schedule':
      return inRows(
        schedules.map((one) => choose({ key: `vacancies:schedule.${one}` }, one)),
        1,
      )
    case 'hours':
      return inRows(
        weekHours.map((count) => choose(t('hours', { number: count }), count)),
        3,
      )
    case 'night':
    case 'housing':
      return [[choose(t(`${field}.no`), false), choose(t(`${field}.yes`), true)]]
    case 'experience':
      return inRows(
        experiences.map((one) => choose(t(`experience.${one}`), one)),
        2,
      )
    case 'until':
      return [standing.map((days) => button(t('days', { number: days }), { type: 'DAYS' as const, days }))]
    default:
      return []
  }
}

/** The card as people will see it; behind its first page what the law says and a mentor will ask about. */
function whole(t: Translate, reading: Reading) {
  const { page } = reading.card.text
  const signs = signLines(reading)
  return screen(
    [
      t('reading.title'),
      ...offerLines(reading),
      ...(page > 0 ? [] : [lawLines(reading)]),
      ...(page > 0 || signs.length === 0 ? [] : [[t('reading.signs'), ...signs]]),
      t('reading.then'),
    ],
    [orSaid(button(t('reading.send'), { type: 'SEND' }, 'success'), t('said.yes'))],
    textPager(reading),
    [button(t('reading.mend'), { type: 'MENDING' }), button(t('law.open'), { type: 'LAW', band: '14-15' as const })],
    [back(toBack), home()],
  )
}

/** An offer as it will stand among the vacancies, and what the button beside it opens. */
export function offerLines({ card }: Pick<Reading, 'card'>): Paragraph[] {
  const ways = card.text.page > 0 ? [] : contactLines(card)
  return [...cardLines(translator('vacancies'), card, card.publishedAt), ...(ways.length === 0 ? [] : [ways])]
}

/** The ways through its text. */
export function textPager({ card: { text } }: Pick<Reading, 'card'>) {
  const before = text.page === 1 ? 'vacancies:card.toFacts' : 'vacancies:card.textBefore'
  return pager(text.page, text.pages, { key: before }, { key: 'vacancies:card.textAfter' })
}

export function law(t: Translate, reading: Reading | null, band: (typeof bands)[number] | null) {
  const found = reading?.laws.find((one) => one.band === band)
  return screen(
    [
      t('offers:law.of', { age: { key: `common:age.${found?.band ?? '14-15'}` } }),
      ...(found === undefined || found.sections.length === 0
        ? [t('offers:law.nothing')]
        : [t('offers:law.to'), ...found.sections.map(sectionLines(translator('vacancies')))]),
    ],
    bands.map((one) => button(marked({ key: `common:age.${one}` }, one === band), { type: 'LAW' as const, band: one })),
    [back(toBack)],
  )
}

function ownScreen(t: Translate, own: OwnOffer) {
  const { state, isOver, returned, validThrough } = own
  const isUp = state === 'published' && !isOver
  return screen(
    [
      t('own.title', { title: own.title }),
      entryLine(t, own),
      ...(returned === null || state !== 'returned'
        ? []
        : [[t(`reason.${returned.reason}`), ...(returned.words === null ? [] : [quoted(returned.words)])]]),
      ...(isUp ? [t('own.until', { day: { moment: validThrough, zone, style: 'date' } })] : []),
    ],
    [button(t(isUp ? 'own.change' : 'own.mend'), { type: 'MEND' }, state === 'returned' ? 'primary' : undefined)],
    state === 'published' || state === 'closed' ? [button(t('own.renew'), { type: 'RENEW' })] : [],
    state === 'closed' ? [] : [button(t('own.close'), { type: 'CLOSE' }, 'danger')],
    [back(toBack), home()],
  )
}
