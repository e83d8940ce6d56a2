import { z } from 'zod'
import { plainText } from '../../common/letters.ts'
import { currencies, Pay, payPeriods } from '../vacancy.ts'
import { createFinder, type Found } from './phrases.ts'

const phrases = z.array(z.string().min(1))
const besides = [
  'thousands',
  'millions',
  'from',
  'fromBehind',
  'to',
  'toBehind',
  'gross',
  'net',
  'plus',
  'none',
  'pay',
] as const

/** The words beside a sum; see `terms/pay.yaml`. */
export const PayWords = z.strictObject({
  currencies: z.record(z.enum(currencies), phrases),
  periods: z.record(z.enum(payPeriods), phrases),
  codes: z.record(z.enum(payPeriods), phrases),
  beside: z.record(z.enum(besides), phrases),
})
export type PayWords = z.infer<typeof PayWords>

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

type Currency = Pay['currency']
type Period = Pay['period']
type Label = (typeof besides)[number] | Currency | Period

/** A sum as it stands in a text, between two tokens. */
type Amount = {
  readonly value: number
  readonly factor: number
  readonly currency: Currency | undefined
  readonly edge: 'from' | 'to' | undefined
  readonly isPaid: boolean
  readonly from: number
  readonly to: number
}
type Sums = { readonly min: number | undefined; readonly max: number | undefined; readonly amount: Amount }
type Read = {
  readonly sums: Sums | undefined
  readonly currency: Currency | undefined
  readonly tax: Pay['tax']
  readonly period: Period | undefined
}

const none: PayReading = { type: 'none' }
const longestText = 500

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

/** What has figures and is no money: telephones, long numbers, dates, times, patterns of days, shares. */
const noise = [
  /\+?[78][\s(-]{0,3}\d{3}[\s)-]{0,3}\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)/g,
  /\d{10,}/g,
  /\b\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})\b(?![ .,]?\d)/g,
  /\b\d{1,2}:\d{2}\b/g,
  /\b\d{1,2}\/\d{1,2}\b/g,
]
const share = /\d+(?:[.,]\d+)?(?:\s?[-–]\s?\d+)?\s?%/g

const pattern = /\d{1,3}(?:[ .,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?|\p{L}+|[^\s\p{L}\d]/gu

function tokensIn(text: string): string[] {
  const plain = plainText(text.slice(0, longestText)).replace(/\s+/g, ' ')
  const quiet = noise.reduce((rest, one) => rest.replace(one, ' , '), plain).replace(share, ' % ')
  return quiet.match(pattern) ?? []
}

function isNumber(token: string | undefined): token is string {
  return token !== undefined && /^\d/.test(token)
}

function numberOf(token: string): number {
  const grouped = /^\d{1,3}(?:[ .,]\d{3})+/.exec(token)
  if (grouped === null) return Number(token.replace(',', '.'))
  return Number(grouped[0].replace(/[ .,]/g, '') + token.slice(grouped[0].length).replace(',', '.'))
}

function amountsIn(tokens: readonly string[], found: readonly Found<Label>[]): Amount[] {
  const starting = new Map(found.map((one) => [one.from, one]))
  const ending = new Map(found.map((one) => [one.to, one]))
  const amounts = tokens.flatMap((token, at) =>
    isNumber(token) && !isYear(token, tokens[at + 1]) ? [amountAt(at, token)] : [],
  )
  return amounts.reduce<Amount[]>((before, amount) => joinMillions(before, amount, tokens), [])

  function amountAt(at: number, token: string): Amount {
    const scale = starting.get(at + 1)
    const factor = scale?.value === 'thousands' ? 1_000 : scale?.value === 'millions' ? 1_000_000 : 1
    const unit = scale !== undefined && factor > 1 ? scale.to : at + 1
    const behind = starting.get(skipDot(unit))
    const before = ending.get(at)
    const money = [behind, before].find((one) => one !== undefined && asCurrency(one.value) !== undefined)
    const from = money !== undefined && money === before ? before.from : at
    const to = money !== undefined && money === behind ? behind.to : unit
    const last = tokens[to - 1] ?? ''
    const ends = tokens[to] === '-' ? (tokens[to + 1] ?? '') : last === token ? '' : last
    const leading = ending.get(from)?.value
    const trailing = starting.get(skipDot(to))?.value ?? (tokens[to] === '-' ? starting.get(to + 2)?.value : undefined)
    return {
      ...{ value: numberOf(token), factor: numberOf(token) >= 10_000 ? 1 : factor, from, to },
      currency: money === undefined ? undefined : asCurrency(money.value),
      edge: edgeOf(leading, trailing, ends),
      isPaid: [1, 2, 3].some((back) => ['pay', 'from', 'to'].includes(ending.get(from - back + 1)?.value ?? '')),
    }
  }

  function skipDot(at: number): number {
    return tokens[at] === '.' ? at + 1 : at
  }
}

/** "1 млн 200 тыс" is one sum. */
function joinMillions(before: readonly Amount[], amount: Amount, tokens: readonly string[]): Amount[] {
  const millions = before.at(-1)
  const isRest = millions?.factor === 1_000_000 && isMoney(amount) && worth(amount) < 1_000_000
  const isNext = tokens.slice(millions?.to, amount.from).every((token) => token === '.')
  if (!isRest || !isNext || amount.edge !== undefined) return [...before, amount]
  const sum = { ...amount, value: worth(millions) + worth(amount), factor: 1, from: millions.from }
  return [...before.slice(0, -1), { ...sum, edge: millions.edge, currency: amount.currency ?? millions.currency }]
}

/** Of a Kazakh sum the ending of its last word tells from what or up to what it is. */
function edgeOf(leading: Label | undefined, trailing: Label | undefined, ends: string): Amount['edge'] {
  if (leading === 'from' || trailing === 'fromBehind') return 'from'
  if (leading === 'to' || trailing === 'toBehind') return 'to'
  if (/(?:^|.{3})[ндт][ае]н$/u.test(ends)) return 'from'
  return trailing === 'plus' ? 'from' : undefined
}

function isYear(token: string, next: string | undefined): boolean {
  return /^(?:19|20)\d{2}$/.test(token) && next !== undefined && /^(?:г|год|года|году|ж|жыл|жылы|year)$/.test(next)
}

function worth({ value, factor }: Amount): number {
  return value * factor
}

const leastBare = 1_000
/** What is paid for an hour or a piece may be this little. */
const leastHourly = 100
const smallPeriods: readonly (Period | undefined)[] = ['hour', 'piece']
/** A month's pay below it, where no period is said, is that of a day or an hour; nobody knows which. */
const leastMonthly = 20_000

function isMoney(amount: Amount): boolean {
  return amount.factor > 1 || worth(amount) >= leastBare || (amount.currency !== undefined && amount.currency !== 'KZT')
}

/** The first sum, or the first two where they are the least and the most of one. */
function sumsOf(
  amounts: readonly Amount[],
  tokens: readonly string[],
  found: readonly Found<Label>[],
  isSure: (amount: Amount) => boolean,
): Sums | undefined {
  for (const [place, amount] of amounts.entries()) {
    const next = amounts[place + 1]
    if (next !== undefined && isRange(amount, next, tokens, found)) {
      const lower = withFactorOf(amount, next)
      const upper = withFactorOf(next, lower)
      const either = { ...lower, currency: upper.currency ?? lower.currency, isPaid: lower.isPaid || upper.isPaid }
      if (isSure(either) && isSure({ ...upper, ...paidAs(either) })) {
        const [min, max] = [worth(lower), worth(upper)].sort((one, other) => one - other)
        return { min, max, amount: { ...either, to: upper.to } }
      }
    }
    if (!isSure(amount)) continue
    const sum = worth(amount)
    return { min: amount.edge === 'to' ? undefined : sum, max: amount.edge === 'from' ? undefined : sum, amount }
  }
  return undefined
}

function paidAs({ currency, isPaid }: Amount) {
  return { currency, isPaid }
}

/** "200-250 тыс" and "150 - 200 000" mean thousands twice, and "200 - 1 млн" thousands first. */
function withFactorOf(amount: Amount, other: Amount): Amount {
  if (amount.factor > 1 || amount.value >= leastBare) return amount
  const isShort = amount.value >= 10 && other.value >= 10_000 && amount.value * 1_000 <= other.value
  if (other.factor === 1) return isShort ? { ...amount, factor: 1_000 } : amount
  return {
    ...amount,
    factor: amount.value * other.factor > worth(other) && other.value < amount.value ? 1_000 : other.factor,
  }
}

function isRange(first: Amount, second: Amount, tokens: readonly string[], found: readonly Found<Label>[]): boolean {
  const between = tokens.slice(first.to, second.from)
  if (between.length > 4 || between.some((token) => /^[,;+]$/.test(token))) return false
  const isDash = between.some((token) => /^[-–—−~/]$/.test(token))
  const isJoined = found.some(({ value, from }) => value === 'to' && first.to <= from && from < second.from)
  return (isDash && between.length <= 3) || isJoined || (first.edge === 'from' && second.edge === 'to')
}

function asCurrency(value: Label): Currency | undefined {
  return currencies.find((one) => one === value)
}

function asPeriod(value: Label): Period | undefined {
  return payPeriods.find((one) => one === value)
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
