import type { Pay } from '../vacancy.ts'
import type { Finder, Pattern } from './patterns.ts'
import type { SpokenWord } from './reading.ts'

export type PayWords = {
  /** The lowest monthly wage the law allows, in tenge, and how many times that is very much for work without experience. */
  readonly minimumWage: number
  readonly high: number
  readonly thousand: readonly Pattern[]
  readonly million: readonly Pattern[]
  /** Words of other money, of which we cannot say what is much. */
  readonly foreign: readonly Pattern[]
  readonly periods: Readonly<Record<Period, readonly Pattern[]>>
}

/** Pay by the month as it can be compared, and the words it was offered by. */
export type MonthlyPay = { readonly monthly: number; readonly words: string }

/** How many of each make a month: 22 working days, and a twelfth of 52 weeks. */
const inMonth = { day: 22, week: 52 / 12, month: 1 } as const
type Period = keyof typeof inMonth

/** Pay by the month, the least that is promised; undefined in other money, or for an hour, shift or piece of work. */
export function monthlyOf({ min, max, currency, period }: Pay): MonthlyPay | undefined {
  const sum = min ?? max
  if (sum === null || currency !== 'KZT' || !isPeriod(period)) return undefined
  return { monthly: sum * inMonth[period], words: String(sum) }
}

function isPeriod(period: string): period is Period {
  return Object.hasOwn(inMonth, period)
}

/** How many words the name of a period may stand before or behind a sum. */
const near = 4

/** The highest pay that a text names together with its period. */
export function monthlyPayIn(words: readonly SpokenWord[], find: Finder, known: PayWords): MonthlyPay | undefined {
  const at = (patterns: readonly Pattern[]) => new Set(find(patterns).map(({ start }) => start))
  const [thousands, millions, foreign] = [at(known.thousand), at(known.million), at(known.foreign)]
  const periods = { day: at(known.periods.day), week: at(known.periods.week), month: at(known.periods.month) }
  let best: MonthlyPay | undefined
  for (let start = 0; start < words.length; start++) {
    const sum = sumAt(words, start, thousands.has(start + 1), millions)
    if (sum < least || sum > most) continue
    const around = Array.from({ length: 2 * near + 2 }, (_, step) => start - near + step)
    const isForeign = around.some((place) => foreign.has(place))
    const period = (['day', 'week', 'month'] as const).find((one) => around.some((place) => periods[one].has(place)))
    const monthly = period === undefined || isForeign ? 0 : sum * inMonth[period]
    if (monthly <= (best?.monthly ?? 0)) continue
    const last = thousands.has(start + 1) || millions.has(start + 1) ? start + 2 : start + 1
    best = {
      monthly,
      words: words
        .slice(start, last)
        .map(({ text }) => text)
        .join(' '),
    }
  }
  return best
}

/** Sums that may be pay, in tenge: others are years, telephone numbers, a price. */
const least = 5000
const most = 20_000_000

/** The sum that stands there: "500000", "500 тысяч", "500к", "миллион"; 0 where there is none. */
function sumAt(words: readonly SpokenWord[], at: number, isThousand: boolean, millions: ReadonlySet<number>): number {
  const [, digits, thousand] = /^(\d{1,8})([кkКK]?)$/.exec(words[at]?.text ?? '') ?? []
  if (digits === undefined) return millions.has(at) ? 1_000_000 : 0
  if (millions.has(at + 1)) return Number(digits) * 1_000_000
  return Number(digits) * (isThousand || thousand !== '' ? 1000 : 1)
}
