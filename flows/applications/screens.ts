import { toLocal } from '../common/calendar.ts'
import type { AgeBand } from '../common/person.ts'
import { zone } from '../common/regions.ts'
import { back, home, inRows, pager, skip, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, orSaid, screen } from '../kit/screen.ts'
import type { Message, Translate } from '../kit/words.ts'
import { translator } from '../kit/words.ts'
import { calendarRows, hourRows, minuteRows } from '../reminders/picker.ts'
import { short } from '../reminders/screens.ts'
import { sourcesOf } from '../vacancies/law/explain.ts'
import type { ApplicationsContext as Context, ApplicationsEvent as Event, Problem } from './context.ts'
import { type Application, pageSize, type State } from './contract.ts'
import { cvScreens } from './cv-screens.ts'
import { ageOf, jobLines, nextLine } from './lines.ts'
import { committee, labourCode } from './papers.ts'
import { remindersLeft } from './plan.ts'
import { preparingScreens } from './preparing-screens.ts'

const reminders = translator('reminders')
/** Until this hour there is time for something today. */
const lateHour = 22

export const screens: Screens<Context, Event> = {
  tooYoung: ({ t }) =>
    screen(
      [t('tooYoung.title'), { key: 'vacancies:law.tooYoung' }, t('tooYoung.until'), sourceLines('31 (2)(2)')],
      [back(go.leave), home()],
    ),
  listing,
  recording: waiting,
  loading: waiting,
  naming: ({ t, context: { problem } }) =>
    screen([...problemLines(t, problem), t('naming.title'), t('naming.how')], [back(toBack), home()]),
  employing: ({ t, context: { problem, title } }) =>
    screen(
      [...problemLines(t, problem), t('employing.title', { title: short(title ?? '', 100) }), t('employing.how')],
      [skip({ type: 'SKIP' })],
      [back(toBack), home()],
    ),
  reading,
  deleted: ({ t, context: { application } }) =>
    screen(
      t('deleted.title', { title: short(application?.title ?? '', 100) }),
      [button(t('deleted.undo'), { type: 'UNDO' })],
      [button(t('toList'), toBack), home()],
    ),
  timing,
  picking: ({ t, context }) =>
    screen(
      [
        ...problemLines(t, context.problem),
        titleOf(t, context),
        reminders(`month.${context.month.month}`, { year: context.month.year }),
      ],
      ...calendarRows(reminders, picking(context)),
      [back(toBack), home()],
    ),
  hours: ({ t, context }) =>
    screen([...problemLines(t, context.problem), t('hours.title'), t('hours.how')], ...hourRows(picking(context)), [
      back(toBack),
      home(),
    ]),
  minutes: ({ t, context }) =>
    screen([...problemLines(t, context.problem), t('minutes.title')], ...minuteRows(picking(context)), [
      back(toBack),
      home(),
    ]),
  placing: ({ t, context: { problem, application } }) =>
    screen(
      [
        ...problemLines(t, problem),
        t('placing.title'),
        ...(application === null ? [] : [nextLine(t, application)]),
        t('placing.how'),
      ],
      [skip({ type: 'SKIP' })],
      [back(toBack), home()],
    ),
  ...cvScreens,
  ...preparingScreens,
}

function listing({ t, context: { list } }: View<Context>) {
  const { items, total, page, pages } = list
  const numberOf = (place: number) => page * pageSize + place + 1
  return screen(
    [
      total === 0 ? t('listing.none') : t('listing.title', { count: total }),
      ...items.map((item, place) => [
        t('listing.item', { number: numberOf(place), title: short(item.title, 60) }),
        stateLine(t, item),
        ...nextLine(t, item),
      ]),
      ...(total === 0 ? [t('listing.how')] : []),
    ],
    ...items.map((item, place) => [
      button(t('listing.open', { number: numberOf(place), title: short(item.title) }), {
        type: 'OPEN' as const,
        id: item.id,
      }),
    ]),
    pager(page, pages, t('listing.before'), t('listing.after')),
    [button(t('listing.add'), { type: 'ADD' }, 'primary')],
    ...inRows(
      (['cv', 'documents', 'rehearsal', 'firstDay'] as const).map((place) =>
        button(t(`places.${place}`), { type: 'GO' as const, place }),
      ),
      2,
    ),
    [back(go.leave), home()],
  )
}

function reading(view: View<Context>) {
  const { t, context } = view
  const { application, begin } = context
  if (application === null) return waiting()
  const { state, place } = application
  const left = remindersLeft(application, context.now)
  const shown = screen(
    [
      [...jobLines(t, application), stateLine(t, application)],
      [...nextLine(t, application), ...(place === null || state !== 'invited' ? [] : [t('place', { place })])],
      ...remindLines(t, application, context.now),
      adviceOf(t, context, application),
      ...(state === 'invited' && !isOver(context, application)
        ? [t(left === 'both' || application.nextAt === null ? 'bring' : 'bringSoon')]
        : []),
      ...(state === 'offer' ? offerLines(t, ageOf(view)) : []),
    ],
    ...waysOf(t, application),
    [
      begin === 'vacancy' ? back(go.leave) : back(toBack),
      ...(begin === 'vacancy' ? [button(t('toList'), { type: 'TO_LIST' as const })] : []),
      home(),
    ],
  )
  return { ...shown, heard: [{ said: t('said.when'), event: { type: 'WHEN' as const } }] }
}

/** What will be said of it, or that it is too near for that. */
function remindLines(t: Translate, application: Application, now: number): Message[] {
  const { state, nextAt } = application
  const left = remindersLeft(application, now)
  if (left !== 'none') return [t(`remind.${left}`)]
  const isAhead = nextAt !== null && nextAt > now && (state === 'invited' || state === 'offer')
  return isAhead ? [t('remind.none')] : []
}

function adviceOf(t: Translate, context: Context, application: Application): Message {
  const { state } = application
  if (context.act === 'silent' && state === 'applied') return t('advice.silent')
  if (context.act === 'missed' && state === 'invited') return t('advice.missed')
  return state === 'invited' && isOver(context, application) ? t('how.text') : t(`advice.${state}`)
}

/** Whether its day has come and gone. */
function isOver({ now }: Context, { nextAt }: Application): boolean {
  return nextAt !== null && nextAt <= now
}

function stateLine(t: Translate, { state }: Application): Message {
  return t('stateLine', { state: t(`state.${state}`) })
}

/** What to look at before signing, with where it is written. */
function offerLines(t: Translate, ageBand: AgeBand): (Message | Message[])[] {
  const isMinor = ageBand !== '18+'
  const consent = { key: `vacancies:law.${ageBand === '14-15' ? 'representative' : 'consent'}` }
  const also = ageBand === '16-17' ? [committee] : []
  const articles = ['30', '33', '36', '113', ...(ageBand === '14-15' ? ['31 (3)'] : [])]
  return [t('check'), ...(isMinor ? [consent] : []), sourcesOf([labourCode(...articles), ...also])]
}

export function sourceLines(...articles: string[]): Message[] {
  return sourcesOf([labourCode(...articles)])
}

/** What can come next, in each state. */
function waysOf(t: Translate, { state, vacancyId, nextAt, before }: Application) {
  const to = (next: State) => button(t(`move.${next}`), { type: 'MOVE' as const, to: next })
  const remove = button(t('delete'), { type: 'DELETE' as const }, 'danger')
  const undo = orSaid(button(t('undo'), { type: 'UNDO' as const }), t('said.undo'))
  const again = button(t('again'), { type: 'MOVE' as const, to: 'applied' as const })
  const last = before === null ? [remove] : [undo, remove]
  const lastOfOver = before === null ? [again, remove] : last
  const part = (place: 'rehearsal' | 'documents' | 'firstDay') =>
    button(t(`places.${place}`), { type: 'GO' as const, place })
  switch (state) {
    case 'applied':
      return [[to('invited'), to('offer')], [to('refused'), to('withdrawn')], last]
    case 'invited':
      return [
        [button(t('time'), { type: 'TIME' as const }), button(t('where'), { type: 'PLACE' as const })],
        [to('interviewed'), part('rehearsal')],
        [to('refused'), to('withdrawn')],
        last,
      ]
    case 'interviewed':
      return [[to('offer'), to('refused')], [to('invited'), to('withdrawn')], last]
    case 'offer':
      return [
        [
          nextAt === null
            ? button(t('firstDayDate'), { type: 'FIRST_DAY' as const }, 'primary')
            : button(t('firstDayOther'), { type: 'FIRST_DAY' as const }),
        ],
        [part('documents'), part('firstDay')],
        [to('started'), to('withdrawn')],
        last,
      ]
    case 'refused':
      return [[similar(t, vacancyId)], [part('rehearsal')], lastOfOver]
    case 'withdrawn':
      return [[similar(t, vacancyId)], lastOfOver]
    case 'started':
      return [[part('firstDay')], last]
  }
}

/** More like the vacancy, or the list where it was not one of ours. */
function similar(t: Translate, vacancyId: string | null) {
  return vacancyId === null
    ? button(t('others'), go.open('vacancies'))
    : button(t('similar'), go.open('vacancies', { id: vacancyId, act: 'similar' }))
}

function timing({ t, context }: View<Context>) {
  const isInterview = context.application?.state !== 'offer'
  const isTodayLeft = isInterview && toLocal(context.now, zone).hour < lateHour
  const ahead = (key: string, days: number) => button(t(key), { type: 'AHEAD' as const, days })
  return screen(
    [...problemLines(t, context.problem), titleOf(t, context), t(isInterview ? 'timing.how' : 'timing.howDay')],
    [...(isTodayLeft ? [ahead('timing.today', 0)] : []), ahead('timing.tomorrow', 1)],
    [button(t('timing.date'), { type: 'DATE' })],
    [back(toBack), home()],
  )
}

function titleOf(t: Translate, { application }: Context): Message {
  return t(application?.state === 'offer' ? 'timing.firstDay' : 'timing.interview')
}

function picking(context: Context) {
  return { ...context, draft: { zone } }
}

export function problemLines(t: Translate, problem: Problem | null): Message[] {
  return problem === null ? [] : [t(`problem.${problem}`)]
}
