import { Pay, payPeriods } from '../vacancy.ts'
import { createFinder, type Found } from './phrases.ts'
import {
  type Amount,
  amountsIn,
  asCurrency,
  asPeriod,
  type Currency,
  isMoney,
  isNumber,
  type Label,
  leastHourly,
  leastMonthly,
  numberOf,
  type PayWords,
  type Period,
  type Sums,
  smallPeriods,
  sumsOf,
  tokensIn,
  worth,
} from './sums.ts'

/** What a source says of pay, in parts or as one text. */
export type PayTexts = {
  readonly salary: string | null
  readonly salaryFrom: string | null
  readonly salaryTo: string | null
  readonly currency: string | null
  readonly gross: string | null
  readonly salaryPeriod: string | null
}

/** Pay, none, or a sum that cannot be meant and why. */
export type PayReading =
  | { readonly type: 'pay'; readonly pay: Pay }
  | { readonly type: 'none' }
  | { readonly type: 'nonsense'; readonly why: string }

export type PayReader = {
  read(texts: PayTexts): PayReading
  /** Pay in a title or another text that is about something else: only what is surely a sum of money counts. */
  within(text: string): PayReading
}

type Read = {
  readonly sums: Sums | undefined
  readonly currency: Currency | undefined
  readonly tax: Pay['tax']
  readonly period: Period | undefined
}

const none: PayReading = { type: 'none' }

export function createPayReader(words: PayWords): PayReader {
  const find = createFinder<Label>({ ...words.beside, ...words.currencies, ...words.periods })
  const codes = new Map(payPeriods.flatMap((period) => words.codes[period].map((code) => [code, period] as const)))

  const readText = (text: string | null, isSure: (amount: Amount) => boolean): Read => {
    const tokens = text === null ? [] : tokensIn(text)
    const found = find(tokens)
    const amounts = amountsIn(tokens, found)
    const period = (near: Amount | undefined) => periodNear(found, tokens, near)
    const sums = sumsOf(
      amounts,
      tokens,
      found,
      (amount) => isSure(amount) || (smallPeriods.includes(period(amount)) && worth(amount) >= leastHourly),
    )
    return {
      sums,
      currency: sums?.amount.currency ?? amounts.find(({ currency }) => currency)?.currency ?? currencyIn(found),
      tax: taxIn(found),
      period: period(sums?.amount),
    }
  }

  const read = (texts: PayTexts): PayReading => {
    const stated = readText(texts.currency, () => false).currency
    const isSure = (amount: Amount) => isMoney(amount) || (stated !== undefined && stated !== 'KZT')
    const [from, to, whole] = [texts.salaryFrom, texts.salaryTo, texts.salary].map((text) => readText(text, isSure))
    const parts = partsOf(from?.sums, to?.sums) ?? whole?.sums
    if (parts === undefined) return none
    const all = [from, to, whole]
    return payOf({
      ...{ min: parts.min, max: parts.max },
      currency: parts.amount.currency ?? stated ?? all.find((one) => one?.currency)?.currency ?? 'KZT',
      tax: taxOf(texts.gross, find) ?? all.find((one) => one?.tax)?.tax ?? null,
      period: periodOf(texts.salaryPeriod) ?? all.find((one) => one?.period)?.period,
    })
  }

  const periodOf = (text: string | null): Period | undefined => {
    const code =
      text === null
        ? undefined
        : codes.get(
            text
              .trim()
              .slice(0, 20)
              .toUpperCase()
              .replace(/^.*[/#]/, ''),
          )
    return (
      code ??
      (text === null
        ? undefined
        : find(tokensIn(text))
            .map(({ value }) => asPeriod(value))
            .find(Boolean))
    )
  }

  return {
    read,
    within: (text) => {
      const { sums, currency, tax, period } = readText(
        text,
        ({ currency, isPaid, value, factor }) => currency !== undefined || (isPaid && value * factor >= leastMonthly),
      )
      return sums === undefined
        ? none
        : payOf({ min: sums.min, max: sums.max, currency: currency ?? 'KZT', tax, period })
    },
  }
}

function currencyIn(found: readonly Found<Label>[]): Currency | undefined {
  return found.map(({ value }) => asCurrency(value)).find(Boolean)
}

function taxIn(found: readonly Found<Label>[]): Pay['tax'] {
  const said = found.find(({ value }) => value === 'gross' || value === 'net')?.value
  return said === 'gross' || said === 'net' ? said : null
}

/** HeadHunter says true where taxes are still in it. */
function taxOf(text: string | null, find: (tokens: readonly string[]) => Found<Label>[]): Pay['tax'] {
  if (text === null) return null
  const flag = /^\s*(?:(true|1)|(false|0))\s*$/i.exec(text)
  if (flag !== null) return flag[1] === undefined ? 'net' : 'gross'
  return taxIn(find(tokensIn(text)))
}

/** The period nearest to a sum; "8 часов" is how long and not for what, while "15/h" is for what. */
function periodNear(
  found: readonly Found<Label>[],
  tokens: readonly string[],
  amount: Amount | undefined,
): Period | undefined {
  const said = found.filter(({ value, from }) => {
    const before = tokens[from - 1]
    const isCount = tokens[from] !== '/' && isNumber(before) && numberOf(before) > 1 && numberOf(before) < leastHourly
    return asPeriod(value) !== undefined && !isCount
  })
  if (said.some(({ value }) => value === 'piece')) return 'piece'
  if (amount === undefined) return undefined
  const behind = said.find(({ from }) => from >= amount.to && from <= amount.to + 5)
  const before = said.findLast(({ to }) => to <= amount.from && to >= amount.from - 5)
  const nearest = behind ?? before
  return nearest === undefined ? undefined : asPeriod(nearest.value)
}

function partsOf(from: Sums | undefined, to: Sums | undefined): Sums | undefined {
  const least = from?.min ?? from?.max
  const most = to?.max ?? to?.min
  if (from !== undefined && to === undefined)
    return from.min !== from.max && from.min !== undefined && from.max !== undefined
      ? from
      : { ...from, min: least, max: undefined }
  if (to === undefined) return undefined
  const [min, max] = least !== undefined && most !== undefined && least > most ? [most, least] : [least, most]
  return { min, max, amount: from?.amount ?? to.amount }
}

const mostOf: Readonly<Partial<Record<Currency, number>>> = { KZT: 100_000_000, UZS: 1_000_000_000 }
const mostElse = 10_000_000

function payOf({
  min,
  max,
  currency,
  tax,
  period,
}: {
  min: number | undefined
  max: number | undefined
  currency: Currency
  tax: Pay['tax']
  period: Period | undefined
}): PayReading {
  const sums = [min, max].filter((sum) => sum !== undefined)
  if (sums.every((sum) => sum === 0)) return none
  if (sums.some((sum) => sum > (mostOf[currency] ?? mostElse)))
    return { type: 'nonsense', why: `pay of ${Math.max(...sums)} ${currency}` }
  if (currency === 'KZT' && period === undefined && Math.max(...sums) < leastMonthly)
    return { type: 'nonsense', why: `pay of ${Math.max(...sums)} ${currency}, and not said for what time` }
  const pay = Pay.safeParse({ min: whole(min), max: whole(max), currency, tax, period: period ?? 'month' })
  return pay.success ? { type: 'pay', pay: pay.data } : { type: 'nonsense', why: 'pay that cannot be read' }
}

function whole(sum: number | undefined): number | null {
  return sum === undefined || sum < 0.5 ? null : Math.round(sum)
}
