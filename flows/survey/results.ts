import { zone } from '../common/regions.ts'
import { back, home, pager, toBack } from '../kit/buttons.ts'
import type { View } from '../kit/flow.ts'
import type { Bars } from '../kit/picture.ts'
import { button, go, screen } from '../kit/screen.ts'
import { type Message, type Moment, type Translate, type Value, value } from '../kit/words.ts'
import { scaleName } from '../professions/scales.ts'
import type { SurveyContext } from './context.ts'
import type { StoredResult } from './contract.ts'
import type { Instrument } from './instrument.ts'
import { itemsOf } from './progress.ts'
import { certaintyWord, reasons, scoreRange } from './scoring.ts'

const answersOnPage = 8
/** Bars of text from short to long, for results side by side. */
const heights = '▁▂▃▄▅▆▇█'

/** The picture, the two strongest with how sure, what they are like, and the ways on. */
export function resultScreen({ t, context }: View<SurveyContext>, instrument: Instrument) {
  const result = known(context.result)
  const [first, second] = strongest(result)
  const certainty = certaintyWord(result)
  const shown = screen(
    [
      t('result.title'),
      t(`result.certainty.${certainty}`, {
        first: scaleText(instrument, first, 'name'),
        second: scaleText(instrument, second, 'name'),
      }),
      [scaleText(instrument, first, 'shows'), scaleText(instrument, second, 'shows')],
      t('result.next', { next: scaleText(instrument, first, 'next') }),
      t('result.changes'),
    ],
    context.families.length === 0 ? [] : [button(t('result.families'), { type: 'FAMILIES' }, 'primary')],
    context.form === 'quick' && instrument.forms.rest.length > 0 ? [button(t('result.exact'), { type: 'EXACT' })] : [],
    [button(t('result.why'), { type: 'WHY' }), button(t('result.answers'), { type: 'ANSWERS' })],
    [button(t('result.history'), { type: 'HISTORY' }), home()],
  )
  return { ...shown, picture: pictureOf(instrument, result, context.form) }
}

/** The person's own answers that speak for the two strongest, and for whom the figures hold. */
export function whyScreen({ t, context }: View<SurveyContext>, instrument: Instrument) {
  const scales = strongest(known(context.result))
  return screen(
    [
      t('why.title'),
      ...scales.map((scale) => [
        { key: 'common:title', values: { title: scaleText(instrument, scale, 'name') } },
        ...reasonLines(t, instrument, context, scale),
      ]),
      t(`why.sure.${context.form}`),
      t('why.whom'),
    ],
    [back(toBack), home()],
  )
}

export function familiesScreen({ t, context, person }: View<SurveyContext>) {
  const { plan = 'undecided' } = person
  return screen(
    [
      t('families.title'),
      ...context.families.map(({ name, about }) => t('families.one', { name, about })),
      ...(plan === 'undecided' ? [] : [t('families.plan', { plan: { key: `common:plan.${plan}` } })]),
    ],
    ...context.families.map(({ name }, place) => [button(value(name), { type: 'FAMILY', place })]),
    [back(toBack), button(t('result.professions'), go.open('professions'))],
    [home()],
  )
}

export function familyScreen({ t, context }: View<SurveyContext>) {
  const family = context.families[context.family] ?? context.families[0]
  const professions = family?.professions ?? []
  return screen(
    [
      ...(family === undefined ? [] : [t('family.title', { name: family.name })]),
      ...professions.map(({ name, shared, holds }) => [
        t(holds ? 'family.holds' : 'family.one', { name }),
        shared.length > 0 ? t('family.shared', { scales: shared.map(scaleName) }) : t('family.alike'),
      ]),
      ...(professions.some(({ holds }) => holds) ? [t('family.legend')] : []),
    ],
    ...professions.map(({ id, name }) => [button(value(name), go.open('professions', { id }))]),
    [back(toBack), home()],
  )
}

/** The answers of this form, a page at a time, each to be changed by a press. */
export function answersScreen({ t, context }: View<SurveyContext>, instrument: Instrument) {
  const items = itemsOf(instrument, context)
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

/** Results of different times side by side, oldest first, a bar for each scale. */
export function historyScreen({ t, context }: View<SurveyContext>, instrument: Instrument) {
  const results = [...context.earlier].reverse()
  return screen(
    [
      t('history.title'),
      results.length === 0
        ? t('history.none')
        : results.map(({ finishedAt, form }, place) =>
            t(`history.${form}`, { number: place + 1, date: dateOf(finishedAt) }),
          ),
      instrument.scales.map((scale) =>
        t('history.scale', {
          bars: results.map(({ result, form }) => bar(strengthOf(instrument, result, scale, form))).join(' '),
          name: scaleText(instrument, scale, 'name'),
        }),
      ),
      t('result.changes'),
    ],
    [back(toBack), home()],
  )
}

function bar(strength: number): string {
  return heights[Math.round(strength * (heights.length - 1))] ?? ''
}

function pictureOf(instrument: Instrument, result: StoredResult, form: SurveyContext['form']): Bars {
  const leading = strongest(result)
  return {
    type: 'bars',
    title: { key: 'survey:result.picture' },
    min: 0,
    max: 1,
    bars: instrument.scales.map((scale) => ({
      label: scaleText(instrument, scale, 'short'),
      // Two digits draw the same bar and let Telegram's copy of an equal picture be used again.
      value: Math.round(strengthOf(instrument, result, scale, form) * 100) / 100,
      highlighted: leading.includes(scale),
    })),
  }
}

/** Where a score stands between the lowest and the highest that its form allows (0..1). Equal answers, equal bars. */
export function strengthOf(
  instrument: Instrument,
  { scores }: StoredResult,
  scale: string,
  form: SurveyContext['form'],
): number {
  const { from, to } = scoreRange(instrument, scale, form)
  return Math.min(1, Math.max(0, ((scores[scale] ?? from) - from) / Math.max(1, to - from)))
}

function strongest({ ranking }: StoredResult): [string, string] {
  const [first, second] = ranking
  if (first === undefined || second === undefined) throw new Error('A result ranks at least two scales')
  return [first.scale, second.scale]
}

/** Estimated from all answers, a scale may lead without a single answer above the middle. */
function reasonLines(t: Translate, instrument: Instrument, { answers }: SurveyContext, scale: string): Message[] {
  const items = reasons(instrument, answers, scale, 3)
  return items.length === 0 ? [t('why.none')] : items.map((item) => bullet(itemText(instrument, item)))
}

function known<T>(result: T | null): T {
  if (result === null) throw new Error('This screen needs a result')
  return result
}

function scaleText(instrument: Instrument, scale: string, part: 'name' | 'short' | 'shows' | 'next'): Message {
  return { key: `${instrument.id}:scales.${scale}.${part}` }
}

function itemText(instrument: Instrument, item: string): Message {
  return { key: `${instrument.id}:items.${item}` }
}

function answerText(instrument: Instrument, item: string, answer: number | undefined): Value {
  if (answer === undefined) return '–'
  return instrument.scoring === 'rating'
    ? { key: `survey:rate.${answer}` }
    : { key: `${instrument.id}:options.${item}.${answer}` }
}

function bullet(text: Message): Message {
  return { key: 'common:bullet', values: { text } }
}

function dateOf(moment: number): Moment {
  return { moment, zone, style: 'date' }
}
