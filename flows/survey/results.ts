import type { Person } from '../common/person.ts'
import { isNarrowing } from '../common/plans.ts'
import { back, home, inRows, pager, toBack } from '../kit/buttons.ts'
import type { View } from '../kit/flow.ts'
import { type Bars, type Card, type Look, looks } from '../kit/picture.ts'
import { button, go, type Paragraph, screen } from '../kit/screen.ts'
import { type Message, quoted, type Translate, value } from '../kit/words.ts'
import { openingsButton } from '../vacancies/openings.ts'
import type { SurveyContext } from './context.ts'
import type { StoredResult } from './contract.ts'
import { hasSeveral } from './earlier.ts'
import type { Form, Instrument } from './instrument.ts'
import { answeredItems, itemsOf } from './progress.ts'
import { certaintyWord, closeToHighest, reasons, scoreRange } from './scoring.ts'
import { bestOf } from './suggestions.ts'
import { answerText, dateOf, itemText, likedText, moreButton, scaleText } from './texts.ts'

const answersOnPage = 8
/** A result, and which questions it comes from. */
type Shown = Pick<SurveyContext, 'result' | 'form'>

/** More than so many that are not liked say nothing one by one. */
const mostFaint = 3

/** The picture, what shows most and why, one thing to try, and professions: the rest is behind buttons. */
export function resultScreen(view: View<SurveyContext>, instrument: Instrument) {
  const { t, context, person } = view
  const best = bestOf(context.families)
  const shown = screen(
    resultLines(view, instrument, best.length > 0),
    ...best.map(({ id, name }) => [button(t('result.profession', { name }), go.open('professions', { id }))]),
    context.openings === 0
      ? []
      : [
          openingsButton(
            best.map(({ id }) => id),
            context.openings,
          ),
        ],
    context.families.length === 0 ? [] : [button(t('result.families'), { type: 'FAMILIES' }, 'primary')],
    [button(t('result.reasons'), { type: 'WHY' }), button(t('result.answers'), { type: 'ANSWERS' })],
    [button(t('result.card'), { type: 'CARD' }), ...(context.pictured ? [lookButton(t, person)] : [])],
    ...inRows(
      [
        ...moreButton(instrument, context.form),
        ...(hasSeveral(context) ? [button(t('result.history'), { type: 'HISTORY' })] : []),
        home(),
      ],
      2,
    ),
  )
  // Whoever comes back from one of its pages has the picture above.
  return context.pictured ? { ...shown, picture: pictureOf(instrument, context), keepsake: 'result' } : shown
}

/** A picture for others, without a single answer; it stays in the chat. */
export function cardScreen({ t, context, person }: View<SurveyContext>, instrument: Instrument) {
  const shown = screen([t('card.send'), t('card.what')], [lookButton(t, person)], [back(toBack), home()])
  return { ...shown, picture: cardOf(instrument, context), keepsake: 'card' }
}

/** The person's own answers that speak for what shows most, and for whom the figures hold. */
export function whyScreen({ t, context }: View<SurveyContext>, instrument: Instrument) {
  const asked = itemsOf(instrument, context).length
  const rest = instrument.items.length - asked
  const named = namedScales(instrument, context)
  return screen(
    [
      t('why.title'),
      ...named.map((scale) => [
        { key: 'common:title', values: { title: scaleText(instrument, scale, 'name') } },
        ...reasonLines(t, instrument, context, scale, named.length > 2 ? 2 : 3),
      ]),
      rest > 0 ? t('why.sure.quick', { asked, rest }) : t('why.sure.full', { asked }),
      ...(instrument.source === undefined ? [] : [{ key: `${instrument.id}:sample` }]),
    ],
    [back(toBack), home()],
  )
}

/** The answers of this form, a page at a time, each to be changed by a press. */
export function answersScreen({ t, context }: View<SurveyContext>, instrument: Instrument) {
  const items = answeredItems(instrument, context)
  const pages = Math.ceil(items.length / answersOnPage)
  const page = Math.min(context.page, pages - 1)
  const shown = items.slice(page * answersOnPage, (page + 1) * answersOnPage)
  return screen(
    [t('answers.title', { page: page + 1, pages })],
    ...shown.map((item) => [
      button(
        t('answers.one', {
          answer: answerText(instrument, item, context.answers[item]),
          item: itemText(instrument, item),
        }),
        { type: 'CHANGE', item },
      ),
    ]),
    pager(page, pages, t('answers.earlier'), t('answers.later')),
    [button(t('answers.toResult'), toBack, 'primary')],
  )
}

function resultLines(
  { t, context, person }: View<SurveyContext>,
  instrument: Instrument,
  hasBest: boolean,
): Paragraph[] {
  const [first = ''] = inOrder(instrument, leadersOf(instrument, context))
  const liked = likedItems(instrument, context)
  return [
    headlineOf(instrument, context),
    ...(liked.length === 0 ? [] : [{ key: `${instrument.id}:liked`, values: { items: liked } }]),
    t('result.next', { next: scaleText(instrument, first, `next.${lifeOf(person)}`) }),
    [t('result.changes'), ...(hasBest ? [t(isNarrowing(person.plan) ? 'result.near.plan' : 'result.near.any')] : [])],
  ]
}

/** What shows most, in a line. Nobody is told that what they do not like interests them. */
export function headlineOf(instrument: Instrument, shown: Shown): Message {
  const leaders = inOrder(instrument, leadersOf(instrument, shown))
  const name = (scale: string) => scaleText(instrument, scale, 'name')
  const names = (some: readonly string[]) => ({ names: some.map((scale) => quoted(name(scale))) })
  const lead = (key: string, values: NonNullable<Message['values']>) => ({
    key: `${instrument.id}:lead.${key}`,
    values,
  })
  if (!isLiked(instrument, shown)) {
    return leaders.length > mostFaint ? { key: `${instrument.id}:flat.low` } : lead('faint', names(leaders))
  }
  if (leaders.length > 1) return lead('close', names(leaders))
  const [first = '', second = ''] = known(shown.result).ranking.map(({ scale }) => scale)
  if (certaintyWord(known(shown.result)) === 'clear') return lead('clear', { first: name(first) })
  return lead('likely', { first: name(first), second: name(second) })
}

/** Areas that a result says show most, at most three; none where nothing is liked, or all alike. */
export function leadingAreas(instrument: Instrument, shown: Shown): readonly string[] {
  if (!known(shown.result).differentiated || !isLiked(instrument, shown)) return []
  return inOrder(instrument, leadersOf(instrument, shown)).slice(0, 3)
}

/** What a flat profile is said to be: much is liked, or little, or neither. */
export function flatTitle(instrument: Instrument, { result, form }: Shown): Message {
  const strengths = instrument.scales.map((scale) => strengthOf(instrument, known(result), scale, form))
  const mean = strengths.reduce((sum, strength) => sum + strength, 0) / strengths.length
  if (instrument.scoring === 'rating' && mean >= 0.75) return { key: `${instrument.id}:flat.high` }
  if (instrument.scoring === 'rating' && mean <= 0.25) return { key: `${instrument.id}:flat.low` }
  return { key: 'survey:undifferentiated.title' }
}

/** Whether what shows most lies above the middle of the answers. What has been chosen has been. */
function isLiked(instrument: Instrument, shown: Shown): boolean {
  const { result, form } = shown
  if (instrument.scoring === 'choice') return true
  return leadersOf(instrument, shown).some((scale) => strengthOf(instrument, known(result), scale, form) > 0.5)
}

/** What is said to show most: several where they are about equal. */
function leadersOf(instrument: Instrument, { result, form }: Shown): readonly string[] {
  const { ranking, scores, close } = known(result)
  const order = ranking.map(({ scale }) => scale)
  if (!close) return order.slice(0, 1)
  const near = closeToHighest(instrument, scores, form)
  const leaders = order.filter((scale) => near.includes(scale))
  return leaders.length > 1 ? leaders : order.slice(0, 2)
}

/** In the order of the instrument, which says nothing of which is first. */
function inOrder({ scales }: Instrument, some: readonly string[]): readonly string[] {
  return scales.filter((scale) => some.includes(scale))
}

/** Those, or the first two. */
function namedScales(instrument: Instrument, context: SurveyContext): readonly string[] {
  const leaders = leadersOf(instrument, context)
  if (leaders.length > 1) return inOrder(instrument, leaders)
  return known(context.result)
    .ranking.slice(0, 2)
    .map(({ scale }) => scale)
}

/** Two activities that the person likes, of different leaders where there are several. */
function likedItems(instrument: Instrument, context: SurveyContext): readonly Message[] {
  const leaders = inOrder(instrument, leadersOf(instrument, context))
  const each = leaders.length > 1 ? 1 : 2
  const items = leaders.flatMap((scale) => reasons(instrument, context.answers, scale, each)).slice(0, 2)
  return items.map((item) => quoted(likedText(instrument, item, context.answers[item])))
}

/** What somebody's days are probably like, by what they have said of themselves. */
function lifeOf({ ageBand, plan }: Person): 'school' | 'study' | 'work' {
  if (ageBand !== '18+') return 'school'
  return plan === 'college' || plan === 'university' ? 'study' : 'work'
}

function lookButton(t: Translate, { look = looks[0] }: Person) {
  const other: Look = look === 'dark' ? 'light' : 'dark'
  return button(t(`result.look.${other}`), { type: 'PAINT', look: other })
}

function pictureOf(instrument: Instrument, context: SurveyContext): Bars {
  const { form, finishedAt } = context
  const result = known(context.result)
  const leading = leadersOf(instrument, context)
  return {
    type: 'bars',
    title: { key: `${instrument.id}:picture` },
    ...(finishedAt === null ? {} : { note: value(dateOf(finishedAt)) }),
    min: 0,
    max: 1,
    ...(instrument.scoring === 'rating' && {
      ends: [{ key: `${instrument.id}:ends.low` }, { key: `${instrument.id}:ends.high` }],
    }),
    bars: instrument.scales.map((scale) => ({
      label: scaleText(instrument, scale, 'name'),
      // Two digits draw the same bar and let Telegram's copy of an equal picture be used again.
      value: Math.round(strengthOf(instrument, result, scale, form) * 100) / 100,
      highlighted: leading.includes(scale),
      sign: signOf(instrument, scale),
    })),
  }
}

function cardOf(instrument: Instrument, context: SurveyContext): Card {
  return {
    type: 'card',
    title: { key: `${instrument.id}:picture` },
    note: { key: `${instrument.id}:card` },
    areas: inOrder(instrument, leadersOf(instrument, context)).map((scale) => ({
      label: scaleText(instrument, scale, 'name'),
      place: instrument.scales.indexOf(scale),
      sign: signOf(instrument, scale),
    })),
  }
}

function signOf({ id }: Instrument, scale: string): string {
  return `${id}.${scale}`
}

/** Where a score stands between the lowest and the highest that its form allows (0..1). Equal answers, equal bars. */
export function strengthOf(instrument: Instrument, { scores }: StoredResult, scale: string, form: Form): number {
  const { from, to } = scoreRange(instrument, scale, form)
  return Math.min(1, Math.max(0, ((scores[scale] ?? from) - from) / Math.max(1, to - from)))
}

function reasonLines(
  t: Translate,
  instrument: Instrument,
  { answers }: SurveyContext,
  scale: string,
  most: number,
): Message[] {
  const items = reasons(instrument, answers, scale, most)
  return items.length === 0 ? [t('why.none')] : items.map((item) => bullet(likedText(instrument, item, answers[item])))
}

function known<T>(result: T | null): T {
  if (result === null) throw new Error('This screen needs a result')
  return result
}

function bullet(text: Message): Message {
  return { key: 'common:bullet', values: { text } }
}
