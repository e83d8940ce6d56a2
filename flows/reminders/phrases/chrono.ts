import type { Chrono, ParsedResult } from 'chrono-node'
import { offsetMinutes } from '../time.ts'
import { type Found, GAP, type Part, type Progress, take } from './found.ts'

const PARTS: [string, Part][] = [
  ['casualReference/morning', 'morning'],
  ['casualReference/noon', 'midday'],
  ['casualReference/afternoon', 'afternoon'],
  ['casualReference/evening', 'evening'],
  ['casualReference/tonight', 'evening'],
]

/**
 * Lets a chrono reader say what our own rules left open. Only what it is certain of counts: the rest are its own
 * defaults, filled in from the reference. The reference is an instant with the zone's offset, so that the process's
 * zone plays no part.
 */
export function applyChrono(progress: Progress, chrono: Chrono, now: number, zone: string): Progress {
  if (progress.flaw) return progress
  const reference = { instant: new Date(now), timezone: offsetMinutes(now, zone) }
  const results = chrono.parse(progress.line.replaceAll(GAP, '|'), reference)
  return results.reduce((left, result) => take(left, foundIn(result), result.index, result.text.length), progress)
}

function foundIn(result: ParsedResult): Found | undefined {
  const { start } = result
  const said = result.tags()
  const found: Found = {}
  const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')]
  if (start.isCertain('day') && start.isCertain('month') && year !== null && month !== null && day !== null) {
    found.day = { type: 'date', day, month, ...(start.isCertain('year') ? { year } : {}) }
  }
  const hour = start.get('hour')
  if (start.isCertain('hour') && hour !== null) {
    found.clock = { hour, minute: start.get('minute') ?? 0, loose: !start.isCertain('meridiem') && hour <= 12 }
  }
  const part = PARTS.find(([tag]) => said.has(tag))?.[1]
  // A part of the day alone is left: "morning run" is a thing to do. Our own rules know when it is a time.
  if (part && found.day && !found.clock) found.part = part
  return found.day ? found : undefined
}
