import { zone } from '../common/regions.ts'
import { back, home, pager, toBack, waiting } from '../kit/buttons.ts'
import type { Screens } from '../kit/flow.ts'
import { button, go, type Paragraph, screen } from '../kit/screen.ts'
import { type Message, quoted, type Translate, value } from '../kit/words.ts'
import type { LedEntry, LedPage, LedThread } from '../questions/contract.ts'
import { entryLines, fileButtons, pageIn } from '../questions/thread.ts'
import type { AnswersContext, AnswersEvent } from './context.ts'

export const screens: Screens<AnswersContext, AnswersEvent> = {
  listing: ({ t, context: { list } }) => listing(t, list),
  loading: waiting,
  reading: ({ t, context: { thread, leaf } }) => (thread === null ? waiting() : reading(t, thread, leaf)),
  writing: ({ t, context: { act, thread } }) =>
    act === 'note'
      ? screen([t('writing.note'), t('writing.notes')], [back(toBack), home()])
      : screen([t('writing.reply'), ...languageLines(t, thread), t('writing.how')], [back(toBack), home()]),
  checking: ({ t, context }) => checking(t, context),
  acting: waiting,
  handing: ({ t, context: { colleagues } }) =>
    screen(
      colleagues.length === 0 ? [t('handing.nobody')] : [t('handing.title'), t('handing.how')],
      ...colleagues.map(({ joinedAt, name, place }) => [
        button(name === null ? t('handing.nameless', { place }) : value(name), { type: 'GIVE' as const, joinedAt }),
      ]),
      [back(toBack), home()],
    ),
  giving: waiting,
  done: ({ t, context: { act } }) =>
    screen([t(`done.${act ?? 'reply'}`)], act === 'hand' ? [] : [button(t('done.read'), { type: 'READ' })], [
      button(t('toList'), toBack),
      home(),
    ]),
}

function listing(t: Translate, list: LedPage) {
  return screen(
    list.total === 0
      ? [t('listing.title'), t('listing.none')]
      : [t('listing.title'), t('listing.count', { number: list.total }), list.items.map((one) => listLine(t, one))],
    ...list.items.map((one) => [
      button(t(one.isUrgent ? 'listing.urgent' : 'listing.open', { topic: topicOf(t, one), who: whoOf(t, one) }), {
        type: 'OPEN' as const,
        id: one.id,
      }),
    ]),
    pager(list.page, list.pages, t('listing.before'), t('listing.after')),
    [back(go.leave), home()],
  )
}

function listLine(t: Translate, one: LedEntry): Message {
  const values = { topic: topicOf(t, one), who: whoOf(t, one), group: one.group, holder: t(`holder.${one.holder}`) }
  return one.pendingAt === null
    ? t('listing.answered', values)
    : t('listing.waits', { ...values, day: dayOf(one.pendingAt) })
}

function reading(t: Translate, thread: LedThread, leaf: number) {
  const { page, pages, entries } = pageIn(thread.entries, leaf)
  const isClosed = thread.state === 'closed'
  return screen(
    [
      [
        t('reading.title', { topic: topicOf(t, thread) }),
        t('reading.who', { who: whoOf(t, thread), group: thread.group }),
        ...languageLines(t, thread),
      ],
      ...(thread.isUrgent && !isClosed ? [t('reading.urgent')] : []),
      ...entries.map((entry) => entryLines(entry, 'mentor')),
      ...(page === pages - 1 ? standingLines(t, thread) : []),
    ],
    ...fileButtons(entries),
    pager(page, pages, t('questions:reading.before'), t('questions:reading.after')),
    thread.mayAct ? [button(t('reading.reply'), { type: 'WRITE', act: 'reply' } as const, 'primary')] : [],
    thread.mayAct && (thread.state === 'waiting' || thread.holder !== 'mine')
      ? [button(t('reading.take'), { type: 'ACT', act: 'take' } as const)]
      : [],
    isClosed
      ? [button(t('reading.resume'), { type: 'ACT', act: 'resume' } as const)]
      : [
          button(t('reading.note'), { type: 'WRITE', act: 'note' } as const),
          ...(thread.mayAct ? [button(t('reading.hand'), { type: 'HAND' as const })] : []),
        ],
    thread.mayAct ? [button(t('reading.settle'), { type: 'ACT', act: 'settle' } as const)] : [],
    [back(toBack), home()],
  )
}

function standingLines(t: Translate, { state, holder, mentor, pendingAt, told }: LedThread): Paragraph[] {
  if (state === 'closed') return [t('stands.closed')]
  const has = mentor === null || holder === 'mine' ? t(`has.${holder}.${state}`) : t('has.named', { name: mentor })
  return [
    [
      has,
      pendingAt === null ? t('stands.answered') : t('stands.waits', { day: dayOf(pendingAt) }),
      ...(pendingAt === null || told === 'none' ? [] : [t(`told.${told}`)]),
    ],
  ]
}

function checking(t: Translate, { act, text, file, thread }: AnswersContext) {
  return screen(
    [
      t(act === 'note' ? 'checking.note' : 'checking.reply'),
      ...(text === '' ? [] : [quoted(text)]),
      ...(file === null ? [] : [t(`checking.${file.kind}`)]),
      ...(act === 'note' ? [] : languageLines(t, thread)),
      t('checking.how'),
    ],
    [button(t(act === 'note' ? 'checking.keep' : 'checking.send'), { type: 'SEND' }, 'success')],
    [
      button(t('checking.rewrite'), { type: 'REWRITE' as const }),
      ...(file === null ? [] : [button(t('checking.drop'), { type: 'DROP' as const })]),
    ],
    [back(toBack), home()],
  )
}

function languageLines(t: Translate, thread: LedThread | null): Message[] {
  return thread === null ? [] : [t('language', { language: { key: `common:language.${thread.language}` } })]
}

function topicOf(t: Translate, { topic }: Pick<LedEntry, 'topic'>): Message {
  return t(`questions:topic.${topic}`)
}

function whoOf(t: Translate, { name }: Pick<LedEntry, 'name'>): Message {
  return name === null ? t('nameless') : value(name)
}

function dayOf(moment: number) {
  return { moment, zone, style: 'datetime' as const }
}
