import { toLocal, toUtc, weekdayOf } from '../common/calendar.ts'
import { back, home, inRows, pager, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, orSaid, screen } from '../kit/screen.ts'
import { type Message, marked, type Translate } from '../kit/words.ts'
import type { RemindersContext as Context, RemindersEvent as Event, Problem } from './context.ts'
import { pageSize, type Reminder } from './contract.ts'
import { eveningOf } from './draft.ts'
import { calendarRows, hourRows, minuteRows } from './picker.ts'
import type { Repeat } from './repeat.ts'

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
/** Characters of a text on a button and in the list. */
const shortLength = 32

export const screens: Screens<Context, Event> = {
  listing,
  naming: ({ t, context: { problem } }) =>
    screen([...problemOf(t, problem), t('naming.title'), t('naming.how')], [back(toBack), home()]),
  timing,
  picking: ({ t, context }) =>
    screen(
      [
        ...problemOf(t, context.problem),
        t('picking.title'),
        t(`month.${context.month.month}`, { year: context.month.year }),
      ],
      ...calendarRows(t, context),
      [back(toBack), home()],
    ),
  hours: ({ t, context }) =>
    screen([...understoodOf(t, context), t('hours.title'), t('hours.how')], ...hourRows(context), [
      back(toBack),
      home(),
    ]),
  minutes: ({ t, context }) =>
    screen([...problemOf(t, context.problem), t('minutes.title'), t('hours.how')], ...minuteRows(context), [
      back(toBack),
      home(),
    ]),
  repeating: ({ t, context: { draft } }) =>
    screen(
      t('repeating.title'),
      ...(['once', 'daily', 'monthly'] as const).map((repeat) => [
        button(marked(t(`repeating.${repeat}`), draft.repeat?.type === repeat), { type: 'REPEAT' as const, repeat }),
      ]),
      [button(marked(t('repeating.weekly'), draft.repeat?.type === 'weekly'), { type: 'WEEKDAYS' })],
      [back(toBack), home()],
    ),
  weekdays: ({ t, context: { days } }) =>
    screen(
      t('weekdays.title'),
      ...inRows(
        weekdays.map((day) =>
          button(marked(t(`weekday.${day}`), days.includes(day)), { type: 'WEEKDAY' as const, day: day as number }),
        ),
        2,
      ),
      [button(t('weekdays.done'), { type: 'WEEKDAYS_DONE' }, 'primary')],
      [back(toBack), home()],
    ),
  confirming,
  reading,
  deleted: ({ t, context: { reminder } }) =>
    screen(
      t('deleted.title', { what: short(reminder?.what ?? '', 100) }),
      [button(t('deleted.undo'), { type: 'UNDO' })],
      [button(t('toList'), toBack), home()],
    ),
  loading: waiting,
  counting: waiting,
  finished: (view) => done(view, view.context.reminder?.state === 'done' ? 'finished.over' : 'finished.next'),
  delayed: (view) => done(view, 'delayed.title'),
}

function listing({ t, context: { list } }: View<Context>) {
  const { items, total, page, pages } = list
  return screen(
    [
      total === 0 ? t('listing.none') : t('listing.title', { count: total }),
      ...items.map((item, place) => itemLines(t, item, numberOf(list, place))),
      t('listing.how'),
    ],
    ...items.map((item, place) => [
      button(t('listing.open', { number: numberOf(list, place), what: short(item.what) }), {
        type: 'OPEN' as const,
        id: item.id,
      }),
    ]),
    pager(page, pages, t('listing.sooner'), t('listing.later')),
    [button(t('listing.add'), { type: 'ADD' }, 'primary')],
    [back(go.leave), home()],
  )
}

function numberOf({ page }: Context['list'], place: number): number {
  return page * pageSize + place + 1
}

function itemLines(t: Translate, item: Reminder, number: number): Message[] {
  return [
    t('listing.item', { number, what: short(item.what, 60) }),
    timeLine(t, item),
    ...(item.repeat.type === 'once' ? [] : [repeatLine(t, item.repeat, item.zone, 'weekdayShort')]),
  ]
}

function timing({ t, context }: View<Context>) {
  const { draft, guess, now } = context
  const isEveningAhead = eveningOf(now, draft.zone) > now
  return screen(
    [
      ...understoodOf(t, context),
      draft.what === null ? t('timing.bare') : t('timing.title', { what: short(draft.what, 100) }),
      t('timing.how'),
    ],
    guess === null ? [] : [button(t('timing.guess'), { type: 'GUESS' as const }, 'success')],
    [
      button(t('timing.hour'), { type: 'WAIT', minutes: 60 }),
      ...(isEveningAhead ? [button(t('timing.evening'), { type: 'EVENING' as const })] : []),
    ],
    [button(t('timing.tomorrow'), { type: 'TOMORROW' }), button(t('timing.date'), { type: 'DATE' })],
    [back(toBack), home()],
  )
}

/** What was wrong in a line, with what was understood of it. */
function understoodOf(t: Translate, { problem, guess, draft: { zone } }: Context): (Message | Message[])[] {
  if (problem === null || guess === null) return problemOf(t, problem)
  const { at, repeat } = guess
  const rhythm = repeat.type === 'once' ? [] : [repeatLine(t, repeat, zone, 'weekday')]
  const time = problem === 'which-hour' ? dayLine(t, at, zone) : whenLine(t, at, zone)
  return [t(`problem.${problem}`), [time, ...rhythm]]
}

function confirming({ t, context: { problem, draft, aside } }: View<Context>) {
  const { what, at, repeat, zone } = draft
  const lines = [
    t('what', { what: what ?? '' }),
    ...(at === null ? [] : [whenLine(t, at, zone)]),
    ...(repeat === null ? [] : [repeatLine(t, repeat, zone, 'weekday')]),
  ]
  return screen(
    [
      ...problemOf(t, problem),
      t('confirming.title'),
      lines,
      ...(aside === null ? [] : [t('confirming.aside', { words: short(aside, 100) })]),
    ],
    [orSaid(button(t('confirming.save'), { type: 'SAVE' }, 'success'), t('spoken.save'))],
    aside === null ? [] : [button(t('confirming.reword'), { type: 'REWORD' as const })],
    [button(t('confirming.time'), { type: 'EDIT_TIME' }), button(t('confirming.what'), { type: 'EDIT_WHAT' })],
    [button(t('confirming.repeat'), { type: 'EDIT_REPEAT' }), button(t('confirming.cancel'), { type: 'CANCEL' })],
  )
}

function reading({ t, context: { reminder, told, now } }: View<Context>) {
  if (reminder === null) return waiting()
  const { state, repeat, zone, nextAt } = reminder
  const isOver = state === 'done'
  const hasRung = told || (state === 'active' && nextAt !== null && nextAt <= now)
  return screen(
    [
      t('reading.title'),
      [t('what', { what: reminder.what }), timeLine(t, reminder), repeatLine(t, repeat, zone, 'weekday')],
    ],
    hasRung && !isOver ? [button(t('done.label'), { type: 'DONE' }, 'success')] : [],
    ...(isOver || (hasRung && state === 'active')
      ? [
          [
            button(t('snooze.minutes'), { type: 'SNOOZE' as const, minutes: 10 }),
            button(t('snooze.hour'), { type: 'SNOOZE' as const, minutes: 60 }),
          ],
          [button(t('snooze.tomorrow'), { type: 'SNOOZE_DAY' as const })],
        ]
      : []),
    [button(t('confirming.time'), { type: 'EDIT_TIME' }), button(t('confirming.what'), { type: 'EDIT_WHAT' })],
    [
      ...(state === 'active' ? [button(t('reading.pause'), { type: 'PAUSE' as const })] : []),
      ...(state === 'paused' ? [button(t('reading.resume'), { type: 'RESUME' as const })] : []),
      button(t('reading.delete'), { type: 'DELETE' }, 'danger'),
    ],
    [button(t('toList'), toBack), home()],
  )
}

/** Says what a press of a notice, or on the reminder itself, has done. */
function done({ t, context: { reminder } }: View<Context>, key: string) {
  if (reminder === null) return waiting()
  return screen(
    [t(key, { what: short(reminder.what, 100) }), reminder.nextAt === null ? [] : [timeLine(t, reminder)]],
    [button(t('open'), { type: 'OPEN', id: reminder.id })],
    [button(t('toList'), toBack), home()],
  )
}

function problemOf(t: Translate, problem: Problem | null): Message[] {
  return problem === null ? [] : [t(`problem.${problem}`)]
}

/** When it comes next, or why it does not. */
export function timeLine(t: Translate, { state, nextAt, zone }: Reminder): Message {
  if (state === 'active' && nextAt !== null) return whenLine(t, nextAt, zone)
  return t(state === 'paused' ? 'isPaused' : 'isOver')
}

export function whenLine(t: Translate, at: number, zone: string): Message {
  const weekday = t(`weekday.${weekdayOf(toLocal(at, zone))}`)
  return t('when', { time: { moment: at, zone, style: 'datetime' }, weekday })
}

export function dayLine(t: Translate, at: number, zone: string): Message {
  const weekday = t(`weekday.${weekdayOf(toLocal(at, zone))}`)
  return t('day', { day: { moment: at, zone, style: 'date' }, weekday })
}

export function repeatLine(t: Translate, repeat: Repeat, zone: string, names: 'weekday' | 'weekdayShort'): Message {
  const rhythm = t('repeats.line', { rhythm: rhythmOf(t, repeat, names) })
  if (repeat.type === 'once' || repeat.until === undefined) return rhythm
  const noon = toUtc({ ...repeat.until, hour: 12, minute: 0 }, zone)
  return t('repeats.until', { rhythm, day: { moment: noon, zone, style: 'date' } })
}

function rhythmOf(t: Translate, repeat: Repeat, names: 'weekday' | 'weekdayShort'): Message {
  switch (repeat.type) {
    case 'once':
      return t('repeats.once')
    case 'daily':
      return repeat.step === undefined ? t('repeats.daily') : t('repeats.days', { count: repeat.step.every })
    case 'weekly': {
      const days = repeat.days.map((day) => t(`${names}.${day}`))
      return repeat.step === undefined
        ? t('repeats.weekly', { days })
        : t('repeats.weeks', { days, count: repeat.step.every })
    }
    case 'monthly':
      return t(repeat.day > 28 ? 'repeats.monthEnd' : 'repeats.monthly', { day: repeat.day })
    case 'monthlyWeekday':
      return t('repeats.monthlyWeekday', { weekday: t(`placed.${repeat.place}.${repeat.weekday}`) })
    case 'yearly':
      return t('repeats.yearly', { day: t(`yearDay.${repeat.month}`, { day: repeat.day }) })
  }
}

/** The beginning of a text, whole letters only. */
export function short(text: string, length = shortLength): string {
  const letters = [...text.replace(/\s+/g, ' ')]
  return letters.length <= length
    ? letters.join('')
    : `${letters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`
}
