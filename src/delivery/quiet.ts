import { addDays, toLocal, toUtc } from '../../flows/common/calendar.ts'
import type { Person } from '../../flows/common/person.ts'

/** When the person's quiet hours end (epoch ms), if `now` lies within them; undefined when it does not. */
export type QuietEnd = (now: number, quiet: Person['quiet']) => number | undefined

const minute = 60_000

/** Quiet hours in the zone's wall-clock time; the same hour twice means none. Each answer holds for its minute. */
export function createQuietEnd(zone: string): QuietEnd {
  const known = new Map<string, number | undefined>()
  let knownFor = Number.NaN
  return (now, { from, to }) => {
    const current = Math.floor(now / minute)
    if (current !== knownFor) known.clear()
    knownFor = current
    const key = `${from}-${to}`
    if (!known.has(key)) known.set(key, endOf(current * minute, from, to, zone))
    return known.get(key)
  }
}

function endOf(now: number, from: number, to: number, zone: string): number | undefined {
  const { hour, ...date } = toLocal(now, zone)
  const isQuiet = from < to ? hour >= from && hour < to : from > to && (hour >= from || hour < to)
  if (!isQuiet) return undefined
  return toUtc({ ...(hour < to ? date : addDays(date, 1)), hour: to, minute: 0 }, zone)
}
