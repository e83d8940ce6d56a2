import { zone } from '../common/regions.ts'
import { back, help, home, inRows, pager, toBack, waiting } from '../kit/buttons.ts'
import type { Screens } from '../kit/flow.ts'
import { button, go, type Paragraph, screen } from '../kit/screen.ts'
import { type Message, quoted, type Translate, value } from '../kit/words.ts'
import type { QuestionsContext, QuestionsEvent } from './context.ts'
import type { Desk, Overview, OwnThread } from './contract.ts'
import { topics, unlinked } from './question.ts'
import { entryLines, fileButtons, pageIn } from './thread.ts'

export const screens: Screens<QuestionsContext, QuestionsEvent> = {
  opening: waiting,
  listing: ({ t, context: { overview } }) => listing(t, overview),
  choosing: ({ t, context: { overview } }) =>
    screen(
      [t('choosing.title')],
      ...overview.desks.map(({ id, name }) => [button(value(name), { type: 'GROUP', id })]),
      [back(toBack), home()],
    ),
  topic: ({ t, context }) =>
    screen(
      [t('topic.title'), t('topic.who'), ...paceLines(t, deskOf(context))],
      ...inRows(
        topics.map((topic) => button(t(`topic.${topic}`), { type: 'TOPIC' as const, topic })),
        2,
      ),
      [back(toBack), home()],
    ),
  writing: ({ t, context: { topic, adding, file } }) =>
    screen(
      [
        adding ? t('writing.more') : t('writing.title'),
        t('writing.how'),
        ...(file === null ? [] : [t('writing.photo')]),
        // Whoever feels bad should not have to wait for an answer.
        ...(topic === 'feelings' && !adding ? [t('writing.now'), numbers] : []),
      ],
      [back(toBack), home()],
    ),
  checking: ({ t, context }) => checking(t, context),
  sending: waiting,
  adding: waiting,
  sent: ({ t, context }) =>
    screen(
      [
        t('sent.title'),
        t(context.urgent ? 'sent.urgent' : 'sent.then'),
        ...(context.adding ? [] : paceLines(t, deskOf(context))),
        ...(context.urgent ? [numbers] : []),
      ],
      [button(t('sent.read'), { type: 'READ' })],
      context.urgent ? [help()] : [],
      [button(t('toList'), toBack), home()],
    ),
  loading: waiting,
  reading: ({ t, context: { thread, leaf } }) => (thread === null ? waiting() : reading(t, thread, leaf)),
  closed: ({ t }) => screen([t('closed.title'), t('closed.then')], [button(t('toList'), toBack), home()]),
  reopening: waiting,
  reopened: ({ t }) =>
    screen(
      [t('reopened.title'), t('sent.then')],
      [button(t('sent.read'), { type: 'READ' })],
      [button(t('toList'), toBack), home()],
    ),
}

const numbers: Paragraph = ['111', '150', '112'].map((number) => ({ key: `help:lines.${number}` }))

function listing(t: Translate, { desks, list }: Overview) {
  const isAlone = desks.length === 0
  return screen(
    [
      t('listing.title'),
      ...(isAlone ? [t('nobody.text'), numbers, t('nobody.search')] : [t('listing.what')]),
      list.items.map(({ topic, standing, askedAt }) =>
        t('listing.line', { topic: t(`topic.${topic}`), standing: t(`standing.${standing}`), day: dayOf(askedAt) }),
      ),
    ],
    ...list.items.map(({ id, topic, askedAt }) => [
      button(t('listing.open', { topic: t(`topic.${topic}`), day: dayOf(askedAt) }), { type: 'OPEN' as const, id }),
    ]),
    pager(list.page, list.pages, t('listing.newer'), t('listing.older')),
    isAlone
      ? [help(), button({ key: 'search:menu' }, go.open('search'))]
      : [button(t('listing.ask'), { type: 'ASK' }, 'primary')],
    [back(go.leave), home()],
  )
}

/** What is to go, as the mentor will have it, and under which name. */
function checking(t: Translate, { topic, text, file, urgent, adding, name }: QuestionsContext) {
  const isNamed = !adding && name !== null
  return screen(
    [
      t('checking.title'),
      ...(adding ? [] : [t('checking.topic', { topic: t(`topic.${topic ?? 'other'}`) })]),
      quoted(unlinked(text)),
      ...(file === null ? [] : [t('checking.photo')]),
      ...(urgent ? [t('checking.urgent'), numbers] : []),
      ...(adding ? [] : [t(isNamed ? 'checking.name' : 'checking.nameless')]),
      t('checking.how'),
    ],
    isNamed ? [button(t('checking.named', { name }), { type: 'SEND', named: true } as const, 'success')] : [],
    [button(t(isNamed ? 'checking.unnamed' : 'checking.send'), { type: 'SEND', named: false } as const, 'success')],
    [
      button(t('checking.rewrite'), { type: 'REWRITE' as const }),
      ...(file === null ? [] : [button(t('checking.drop'), { type: 'DROP' as const })]),
    ],
    [back(toBack), home()],
  )
}

function reading(t: Translate, thread: OwnThread, leaf: number) {
  const { page, pages, entries } = pageIn(thread.entries, leaf)
  const isLast = page === pages - 1
  const shown = screen(
    [
      t('reading.title', { topic: t(`topic.${thread.topic}`) }),
      ...entries.map((entry) => entryLines(entry, 'member')),
      ...(isLast ? [standingLines(t, thread)] : []),
      ...(isLast && thread.isUrgent && thread.standing !== 'closed' ? [numbers] : []),
    ],
    ...fileButtons(entries),
    pager(page, pages, t('reading.before'), t('reading.after')),
    thread.maySay ? [button(t('reading.more'), { type: 'MORE' }, 'primary')] : [],
    thread.standing === 'closed' ? [] : [button(t('reading.close'), { type: 'CLOSE' })],
    thread.mayReopen ? [button(t('reading.reopen'), { type: 'REOPEN' })] : [],
    [back(toBack), home()],
  )
  // What is written here is said to the mentor, but for the words by which one asks something new.
  return { ...shown, heard: [{ said: t('called.ask'), event: go.open('questions', { new: true }) }] }
}

/** How it stands, and nothing that is not known. */
function standingLines(t: Translate, { standing, readAt, mentor, isTaken, pace, told }: OwnThread): Message[] {
  const isWaiting = standing === 'sent' || standing === 'read'
  return [
    readAt === null ? t(`stands.${standing}`) : t('stands.readAt', { day: dayOf(readAt) }),
    ...(isTaken && isWaiting ? [mentor === null ? t('taken.by') : t('taken.byName', { name: mentor })] : []),
    ...(isWaiting && told !== 'none' ? [t(`told.${told}`)] : []),
    ...(isWaiting && pace !== null ? [t(`pace.${pace}`)] : []),
  ]
}

function deskOf({ overview, group }: QuestionsContext): Desk | undefined {
  return overview.desks.find(({ id }) => id === group)
}

function paceLines(t: Translate, desk: Desk | undefined): Message[] {
  return desk === undefined || desk.pace === null ? [] : [t(`pace.${desk.pace}`)]
}

function dayOf(moment: number) {
  return { moment, zone, style: 'datetime' as const }
}
