import type { Chrono, ParsedResult } from 'chrono-node'
import { offsetMinutes } from '../time.ts'
import { type Found, GAP, type Progress, take } from './found.ts'

/**
 * Lets a chrono reader say what our own rules left open, in words: digits are hidden from it, for it takes "3.14" for
 * an hour. Only what it is certain of counts: the rest are its own defaults. The reference is an instant with the
 * zone's offset, so that the process's zone plays no part.
 */
export function applyChrono(progress: Progress, chrono: Chrono, now: number, zone: string): Progress {
  if (progress.flaw) return progress
  const reference = { instant: new Date(now), timezone: offsetMinutes(now, zone) }
  const results = chrono.parse(progress.line.replaceAll(HIDDEN, '|'), reference)
  return results.reduce((left, result) => take(left, foundIn(result, now), result.index, result.text.length), progress)
}

const HIDDEN = new RegExp(`[\\p{N}${GAP}]`, 'gu')

function foundIn(result: ParsedResult, now: number): Found | undefined {
  const { start } = result
  if (result.tags().has('result/relativeDateAndTime')) return { wait: start.date().getTime() - now }
  const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')]
  if (!start.isCertain('day') || !start.isCertain('month') || month === null || day === null) return undefined
  return { day: { type: 'date', day, month, ...(start.isCertain('year') && year !== null ? { year } : {}) } }
}
