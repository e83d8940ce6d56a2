import { back, home, pager, skip, toBack } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import { type Message, marked, type Translate } from '../kit/words.ts'
import { sourcesOf } from '../vacancies/law/explain.ts'
import type { ApplicationsContext as Context, ApplicationsEvent as Event } from './context.ts'
import { ageOf } from './lines.ts'
import { committee, labourCode, papersFor } from './papers.ts'
import { cardsFor } from './rights.ts'

export const preparingScreens: Screens<Context, Event> = {
  documents,
  rehearsal: ({ t }) =>
    screen(
      [t('rehearsal.title'), t('rehearsal.intro'), t('rehearsal.unkept')],
      [button(t('rehearsal.begin'), { type: 'BEGIN' }, 'primary')],
      [back(toBack), home()],
    ),
  question: ({ t, context }) =>
    screen(
      [placeLine(t, context), t(`rehearsal.${askedIn(context)}.ask`), t('rehearsal.how')],
      [skip({ type: 'SKIP' }), button(t('rehearsal.finish'), { type: 'FINISH' })],
      [back(toBack), home()],
    ),
  hint: ({ t, context }) =>
    screen(
      [
        placeLine(t, context),
        t(`rehearsal.${askedIn(context)}.ask`),
        t(`rehearsal.length.${context.length ?? 'fine'}`),
        t(`rehearsal.${askedIn(context)}.holds`),
        t(`rehearsal.${askedIn(context)}.begin`),
      ],
      [button(t('rehearsal.next'), { type: 'NEXT' }, 'primary'), button(t('rehearsal.retry'), { type: 'RETRY' })],
      [button(t('rehearsal.finish'), { type: 'FINISH' })],
      [back(toBack), home()],
    ),
  rehearsed: ({ t, context: { answered, application, wanted } }) =>
    screen(
      [t('rehearsal.done'), t('rehearsal.answered', { count: answered }), t('rehearsal.last'), t('bring')],
      [button(t('rehearsal.again'), { type: 'BEGIN' })],
      [application === null && wanted === null ? button(t('toList'), toBack) : back(toBack), home()],
    ),
  firstDay,
}

function placeLine(t: Translate, { at, asked }: Context): Message {
  return t('rehearsal.place', { number: at + 1, all: asked.length })
}

function askedIn({ asked, at }: Context): string {
  return asked[at] ?? 'yourself'
}

function documents(view: View<Context>) {
  const { t, context } = view
  const { ready } = context
  const ageBand = ageOf(view)
  const papers = papersFor(ageBand)
  const count = papers.filter((paper) => ready.includes(paper)).length
  const consent = ageBand === '14-15' ? 'representative' : 'consent'
  const also = ageBand === '16-17' ? [committee] : []
  return screen(
    [
      t('documents.title'),
      t('documents.ready', { count, all: papers.length }),
      papers.map((paper) => t('documents.line', { paper: t(`paper.${paper}.what`) })),
      t('documents.others'),
      ...(ageBand === '18+' ? [] : [{ key: `vacancies:law.${consent}` }]),
      ...(ageBand === '16-17' ? [t('documents.identity')] : []),
      t('documents.missing'),
      sourcesOf([labourCode('32', ...(ageBand === '14-15' ? ['31 (3)'] : [])), ...also]),
    ],
    ...papers.map((paper) => [
      button(marked(t(`paper.${paper}.name`), ready.includes(paper)), { type: 'TICK' as const, paper }),
    ]),
    [back(toBack), home()],
  )
}

function firstDay(view: View<Context>) {
  const { t, context } = view
  const cards = cardsFor(ageOf(view))
  const place = Math.min(context.card, cards.length - 1)
  const { id, words, articles } = cards[place] ?? { id: 'trouble', words: 'trouble', articles: [] }
  const pages = pager(place, cards.length, t('rights.before'), t('rights.after'))
  return screen(
    [
      t('rights.place', { number: place + 1, all: cards.length }),
      [t(`rights.${id}.title`), t(`rights.${words}.text`)],
      articles.length === 0 ? [] : sourcesOf([labourCode(...articles)]),
    ],
    pages.map(({ label, event }) => button(label, { type: 'CARD' as const, card: event.page })),
    id === 'trouble' ? [button({ key: 'help:menu' }, go.open('help'))] : [],
    [back(toBack), home()],
  )
}
