import { addMonths, compareDates, daysInMonth, toLocal, toUtc, weekdayOf } from '../common/calendar.ts'
import { inRows } from '../kit/buttons.ts'
import { button, type EventButton } from '../kit/screen.ts'
import { type Translate, value } from '../kit/words.ts'
import type { RemindersContext } from './context.ts'

/** The months that the date picker shows, from the present one on; a later day can be typed. */
const monthsAhead = 12

type Pass = { readonly type: 'PASS' }
type Day = { readonly type: 'DAY'; readonly day: number }
type Month = { readonly type: 'MONTH'; readonly year: number; readonly month: number }
type Hour = { readonly type: 'HOUR'; readonly hour: number }
type Minute = { readonly type: 'MINUTE'; readonly minute: number }

/** What is picked from: the month that is shown, the present time, and the zone that is meant. */
export type Picking = Pick<RemindersContext, 'month' | 'now'> & {
  readonly draft: Pick<RemindersContext['draft'], 'zone'>
}
type PickingTime = Picking & Pick<RemindersContext, 'day' | 'hour'>

/** A month as weeks of seven buttons from Monday, under the names of the days, and the way to the months beside it. */
export function calendarRows(t: Translate, context: Picking): EventButton<Pass | Day | Month>[][] {
  const { month, now, draft } = context
  const names = [1, 2, 3, 4, 5, 6, 7].map((day) => pass(t, `weekdayShort.${day}`))
  const before = weekdayOf({ ...month, day: 1 }) - 1
  const today = toLocal(now, draft.zone)
  const days = Array.from({ length: daysInMonth(month.year, month.month) }, (_, index) => {
    const day = index + 1
    return compareDates({ ...month, day }, today) >= 0 ? button(value(day), { type: 'DAY' as const, day }) : undefined
  })
  const cells = [...Array<undefined>(before).fill(undefined), ...days]
  const weeks = inRows([...cells, ...Array<undefined>((7 - (cells.length % 7)) % 7).fill(undefined)], 7)
    .filter((week) => week.some((cell) => cell !== undefined))
    .map((week) => week.map((cell) => cell ?? pass(t, 'picking.blank')))
  return [names, ...weeks, monthRow(t, context)]
}

function pass(t: Translate, key: string): EventButton<Pass> {
  return button(t(key), { type: 'PASS' })
}

function monthRow(t: Translate, { month, now, draft }: Picking): EventButton<Month>[] {
  const first = { ...month, day: 1 }
  const present = { ...toLocal(now, draft.zone), day: 1 }
  const place = (month.year - present.year) * 12 + month.month - present.month
  const to = (key: string, count: number) => {
    const { year, month: number } = addMonths(first, count)
    return button(t(key), { type: 'MONTH' as const, year, month: number })
  }
  return [...(place > 0 ? [to('picking.earlier', -1)] : []), ...(place < monthsAhead ? [to('picking.later', 1)] : [])]
}

/** The hours of the chosen day that are not over. */
export function hourRows({ day, now, draft }: PickingTime): EventButton<Hour>[][] {
  if (day === null) return []
  const today = toLocal(now, draft.zone)
  const first = today.minute < 45 ? today.hour : today.hour + 1
  const from = compareDates(day, today) === 0 ? first : 0
  const ahead = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => hour >= from)
  return inRows(
    ahead.map((hour) => button(clock(hour), { type: 'HOUR' as const, hour })),
    6,
  )
}

/** The quarters of the chosen hour that are not over. */
export function minuteRows({ day, hour, now, draft }: PickingTime): EventButton<Minute>[][] {
  if (day === null || hour === null) return []
  const ahead = [0, 15, 30, 45].filter((minute) => toUtc({ ...day, hour, minute }, draft.zone) > now)
  return [ahead.map((minute) => button(clock(hour, minute), { type: 'MINUTE' as const, minute }))]
}

function clock(hour: number, minute?: number) {
  const two = (number: number) => String(number).padStart(2, '0')
  return { key: 'common:hour', values: { hour: minute === undefined ? two(hour) : `${two(hour)}:${two(minute)}` } }
}
