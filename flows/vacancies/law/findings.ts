import type { AgeBand } from '../../common/person.ts'
import type { Vacancy } from '../vacancy.ts'
import { dayLimit, fullWeek, inHand, minimumWage, weekLimits } from './limits.ts'
import type { LawWords, Topic } from './terms.ts'

/** What of a vacancy the law looks at. */
export type Judged = Pick<
  Vacancy,
  | 'title'
  | 'employer'
  | 'description'
  | 'professions'
  | 'pay'
  | 'employment'
  | 'schedule'
  | 'weekHours'
  | 'dayHours'
  | 'night'
  | 'rotation'
  | 'format'
>

/** What rules look at. Topics are what the words of a vacancy speak of. */
export type Finding =
  | 'always'
  | Exclude<Topic, 'openAtNight'>
  | 'nightUnknown'
  | 'overWeek'
  | 'fullWeek'
  | 'hoursUnknown'
  | 'longDay'
  | 'awayUnknown'
  | 'goodsUnknown'
  | 'lowPay'

/** All that the vacancy says, and leaves unsaid, that a rule may ask about for this age. */
export function findingsOf(vacancy: Judged, ageBand: AgeBand, words: LawWords): ReadonlySet<Finding> {
  const topics = words(vacancy)
  const night = nightOf(vacancy, topics)
  const isRotation = vacancy.rotation === true || topics.has('rotation')
  const isAwayUnknown = !isRotation && vacancy.rotation === null && vacancy.format !== 'remote'
  const hours = hoursOf(vacancy, ageBand)
  const isLong = vacancy.dayHours !== null && vacancy.dayHours > dayLimit
  const isGoodsUnknown = topics.has('goods') && !plain.some((topic) => topics.has(topic))
  return new Set<Finding>([
    'always',
    ...[...topics].filter((topic) => topic !== 'openAtNight' && topic !== 'goods'),
    ...some(night === true, 'night'),
    ...some(night === null, 'nightUnknown'),
    ...some(isRotation, 'rotation'),
    ...some(isAwayUnknown, 'awayUnknown'),
    ...(hours === undefined ? [] : [hours]),
    ...some(isLong, 'longDay'),
    ...some(isGoodsUnknown, 'goodsUnknown'),
    ...some(isLowPaid(vacancy, ageBand), 'lowPay'),
  ])
}

/** Where one of these is found, nobody has to ask what is sold. */
const plain: readonly Topic[] = ['alcohol', 'tobacco', 'gambling', 'nightlife']

function some(isSo: boolean, finding: Finding): readonly Finding[] {
  return isSo ? [finding] : []
}

/** Whether one works at night; null where it is not known. What is written in the text outweighs a "no". */
function nightOf({ night }: Judged, topics: ReadonlySet<Topic>): boolean | null {
  if (night === true || topics.has('night')) return true
  return topics.has('openAtNight') ? null : night
}

/** What of the hours a week has to be said at this age; undefined where they are within the law. */
function hoursOf(vacancy: Judged, ageBand: AgeBand): 'overWeek' | 'fullWeek' | 'hoursUnknown' | undefined {
  const limit = weekLimits[ageBand]
  if (limit === undefined) return undefined
  const hours = knownWeek(vacancy)
  if (hours !== null) return hours > limit ? 'overWeek' : undefined
  return vacancy.employment === 'full' ? 'fullWeek' : 'hoursUnknown'
}

const workingDays: Readonly<Record<string, number>> = { fiveTwo: 5, sixOne: 6 }

/** Hours a week as they were said, or as they come of the hours a day: the more of the two. */
function knownWeek({ weekHours, dayHours, schedule }: Judged): number | null {
  const days = schedule === null ? undefined : workingDays[schedule]
  const counted = days === undefined || dayHours === null ? null : days * dayHours
  return weekHours === null || counted === null ? (weekHours ?? counted) : Math.max(weekHours, counted)
}

/** Whether the least that is offered for a month is under the minimum wage, or the part of it that falls to the hours. */
function isLowPaid(vacancy: Judged, ageBand: AgeBand): boolean {
  const { pay, employment } = vacancy
  if (pay === null || pay.currency !== 'KZT' || pay.period !== 'month') return false
  const hours = knownWeek(vacancy) ?? (employment === 'full' ? fullWeek : null)
  const sum = pay.min ?? pay.max
  if (hours === null || sum === null) return false
  const kept = pay.tax === 'net' ? inHand[ageBand === '18+' ? 'grown' : 'minor'] : 1
  // Half a tenge either way is rounding.
  return sum + 0.5 < minimumWage * kept * (Math.min(hours, fullWeek) / fullWeek)
}
