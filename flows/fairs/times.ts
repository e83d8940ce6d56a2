import { addDays, minuteLength, toLocal, toUtc } from '../common/calendar.ts'
import type { Fair } from './fair.ts'

/** What a visitor is told by the clock: the evening before, two hours ahead, and when it is over. */
export const tellingKinds = ['eve', 'soon', 'after'] as const
export type Telling = { readonly kind: (typeof tellingKinds)[number]; readonly at: number }

const hour = 60 * minuteLength
/** Local hours of the evening before, and of the evening after. */
const [eveHour, afterHour] = [18, 19]

/** When a visitor is told what, the soonest first; `first` is when their first slot begins, null without one. */
export function tellings({ startsAt, endsAt }: Pick<Fair, 'startsAt' | 'endsAt'>, first: number | null): Telling[] {
  const day = toLocal(startsAt)
  const eve = toUtc({ ...addDays(day, -1), hour: eveHour, minute: 0 })
  const evening = toUtc({ ...day, hour: afterHour, minute: 0 })
  return [
    { kind: 'eve', at: eve },
    { kind: 'soon', at: (first ?? startsAt) - 2 * hour },
    { kind: 'after', at: Math.max(evening, endsAt + hour) },
  ]
}

/** What of the reminders before a fair is still to come after `now`. */
export function remindersLeft(
  fair: Pick<Fair, 'startsAt' | 'endsAt'>,
  first: number | null,
  now: number,
): 'both' | 'soon' | 'none' {
  const isLeft = (kind: Telling['kind']) => tellings(fair, first).some((one) => one.kind === kind && one.at > now)
  if (isLeft('eve')) return 'both'
  return isLeft('soon') ? 'soon' : 'none'
}

/** The next time there is something to say after `now`, epoch ms; null when all is said. */
export function nextTelling(fair: Pick<Fair, 'startsAt' | 'endsAt'>, first: number | null, now: number): number | null {
  return tellings(fair, first).find(({ at }) => at > now)?.at ?? null
}

/** What is due at `now`: the latest that has come, since the earlier ones have nothing left to say. */
export function dueTelling(fair: Pick<Fair, 'startsAt' | 'endsAt'>, first: number | null, now: number) {
  return tellings(fair, first).findLast(({ at }) => at <= now)
}
