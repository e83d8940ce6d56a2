import { dayLength, toLocal, toUtc, weekdayOf } from '../../flows/common/calendar.ts'

/** The next moment (epoch ms) of `18:00`, or that of `2026-03-03 09:00`, in Kazakhstan. */
export function momentOf(until: string, now: number): number {
  const [time = '', date] = until.split(' ').reverse()
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  if (date !== undefined) {
    const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
    return toUtc({ year, month, day, hour, minute })
  }
  const today = toUtc({ ...toLocal(now), hour, minute })
  return today > now ? today : today + dayLength
}

/** `Friday 2026-01-16, 18:00`. */
export function dayAndHourOf(moment: number): string {
  const { year, month, day } = toLocal(moment)
  const weekday = weekdays[weekdayOf({ year, month, day }) - 1]
  return `${weekday} ${year}-${twoDigits(month)}-${twoDigits(day)}, ${hourOf(moment)}`
}

/** `18:00`. */
export function hourOf(moment: number): string {
  const { hour, minute } = toLocal(moment)
  return `${twoDigits(hour)}:${twoDigits(minute)}`
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
