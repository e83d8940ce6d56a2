import { back, home, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, orSaid, readByState, screen } from '../kit/screen.ts'
import { type Message, marked, type Translate } from '../kit/words.ts'
import type { SurveyContext, SurveyEvent } from './context.ts'
import { hasSeveral } from './earlier.ts'
import { historyScreen } from './history.ts'
import { answerRange, type Instrument, rangeOf } from './instrument.ts'
import { instrumentOf } from './machine.ts'
import { answeredCount, answeredItems, currentItem, itemsOf } from './progress.ts'
import { answersScreen, cardScreen, flatTitle, resultScreen, whyScreen } from './results.ts'
import { familiesScreen, familyScreen } from './suggestions.ts'
import { meaningText, moreButton, optionText, rateText } from './texts.ts'

const barWidth = 10

export function createSurveyScreens(instruments: readonly Instrument[]): Screens<SurveyContext, SurveyEvent> {
  const of = ({ context }: View<SurveyContext>) => instrumentOf(instruments, context.instrument)
  return {
    choosing: ({ t }) =>
      screen(
        t('choosing.title'),
        ...instruments.map(({ id }) => [button({ key: `${id}:name` }, { type: 'INSTRUMENT', id })]),
        [back(go.leave), home()],
      ),
    intro: (view) => intro(view, of(view), instruments.length > 1),
    asking: (view) => asking(view, of(view)),
    paused: (view) =>
      screen(
        view.t('paused.text', doneOf(view.context, of(view))),
        [button(view.t('paused.goOn'), toBack, 'primary')],
        [home()],
      ),
    secondLook: ({ t }) =>
      screen(
        [t('secondLook.title'), t('secondLook.text')],
        [button(t('secondLook.look'), { type: 'LOOK' }, 'primary')],
        [button(t('secondLook.keep'), { type: 'KEEP' })],
      ),
    matching: waiting,
    finding: waiting,
    seeking: waiting,
    resuming: waiting,
    widening: waiting,
    result: (view) => resultScreen(view, of(view)),
    card: (view) => cardScreen(view, of(view)),
    undifferentiated: (view) => undifferentiated(view, of(view)),
    why: (view) => whyScreen(view, of(view)),
    families: familiesScreen,
    family: familyScreen,
    answers: (view) => answersScreen(view, of(view)),
    history: (view) => historyScreen(view, of(view)),
  }
}

/** A flat profile is no type, and nobody is told one. */
function undifferentiated({ t, context }: View<SurveyContext>, instrument: Instrument) {
  return screen(
    [flatTitle(instrument, context), t('undifferentiated.text')],
    moreButton(instrument, context.form, 'primary'),
    [button(t('result.answers'), { type: 'ANSWERS' }), button(t('result.professions'), go.open('professions'))],
    [home()],
  )
}

function intro({ t, context }: View<SurveyContext>, whole: Instrument, hasOthers: boolean) {
  const { forms, items } = whole
  const { instrument, unfinished, earlier } = context
  const [newest] = earlier
  const count = { quick: forms.quick.length, full: items.length }
  const status: Message[] =
    unfinished === null
      ? []
      : [t('intro.unfinished', { number: answeredCount(whole, unfinished), count: count[unfinished.form] })]
  return screen(
    [{ key: `${instrument}:name` }, { key: `${instrument}:about` }, t('intro.how'), ...status].map(asTitle),
    unfinished === null ? [] : [orSaid(button(t('intro.goOn'), { type: 'GO_ON' }, 'primary'), t('said.goOn'))],
    newest === undefined ? [] : [button(t('intro.show'), { type: 'SHOW' })],
    newest !== undefined && unfinished === null ? moreButton(whole, newest.form, 'primary') : [],
    [
      unfinished === null && newest === undefined
        ? orSaid(button(t('intro.begin'), { type: 'BEGIN' }, 'primary'), t('said.begin'))
        : button(t('intro.again'), { type: 'BEGIN' }),
    ],
    hasSeveral(context) ? [button(t('result.history'), { type: 'HISTORY' })] : [],
    [hasOthers ? back(toBack) : back(go.leave), home()],
  )
}

function asTitle(message: Message, place: number): Message {
  return place === 0 ? { key: 'common:title', values: { title: message } } : message
}

function asking({ t, context }: View<SurveyContext>, instrument: Instrument) {
  const item = currentItem(instrument, context)
  const answer = context.answers[item]
  const values = rangeOf(answerRange(instrument, item))
  const answers =
    instrument.scoring === 'rating'
      ? [values.map((value) => choice(rateText(instrument, value), value, answer))]
      : values.map((value) => [choice(optionText(instrument, item, value), value, answer)])
  return screen(
    [
      t('asking.progress', progressOf(context, instrument)),
      { key: 'common:title', values: { title: { key: `${instrument.id}:items.${item}` } } },
      ...(instrument.scoring === 'rating' ? [legend(t, instrument, item)] : []),
    ],
    ...answers,
    answer === undefined || context.changing !== null ? [] : [button(t('asking.next'), { type: 'NEXT' })],
    [back(toBack), ...(context.changing !== null ? [] : [button(t('asking.pause'), { type: 'PAUSE' })])],
  )
}

function choice(label: Message, value: number, present: number | undefined) {
  return readByState(button(marked(label, value === present), { type: 'RATE', value }))
}

/** What the ends of a rating mean. */
function legend(t: Translate, instrument: Instrument, item: string) {
  const { from, to } = answerRange(instrument, item)
  const meaning = (value: number) => meaningText(instrument, item, value)
  return t('asking.legend', { from: meaning(from), to: meaning(to) })
}

/** Number of the item, of how many, and a bar of the part that is answered. */
function progressOf(context: SurveyContext, instrument: Instrument) {
  const { changing } = context
  const items = changing === null ? itemsOf(instrument, context) : answeredItems(instrument, context)
  const place = changing === null ? context.position : items.indexOf(changing)
  return { bar: bar(place / items.length), number: place + 1, count: items.length }
}

/** How many are answered, of how many. */
function doneOf(context: SurveyContext, instrument: Instrument) {
  const count = itemsOf(instrument, context).length
  const number = answeredCount(instrument, context)
  return { bar: bar(number / count), number, count }
}

function bar(part: number): string {
  const filled = Math.round(part * barWidth)
  return '▰'.repeat(filled) + '▱'.repeat(barWidth - filled)
}
