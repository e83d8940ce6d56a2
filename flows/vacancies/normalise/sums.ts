import { z } from 'zod'
import { plainText } from '../../common/letters.ts'
import { currencies, type Pay, payPeriods } from '../vacancy.ts'
import type { Found } from './phrases.ts'

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

export type Currency = Pay['currency']
export type Period = Pay['period']
export type Label = (typeof besides)[number] | Currency | Period

/** A sum as it stands in a text, between two tokens. */
export type Amount = {
  readonly value: number
  readonly factor: number
  readonly currency: Currency | undefined
  readonly edge: 'from' | 'to' | undefined
  readonly isPaid: boolean
  readonly from: number
  readonly to: number
}
/** The least and the most of a sum, and the amount they were read from. */
export type Sums = { readonly min: number | undefined; readonly max: number | undefined; readonly amount: Amount }
const longestText = 500

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

/** Words, figures and signs of a text about pay, without the figures that are no money. */
export function tokensIn(text: string): string[] {
  const plain = plainText(text.slice(0, longestText)).replace(/\s+/g, ' ')
  const quiet = noise.reduce((rest, one) => rest.replace(one, ' , '), plain).replace(share, ' % ')
  return quiet.match(pattern) ?? []
}

/** Whether a token is figures. */
export function isNumber(token: string | undefined): token is string {
  return token !== undefined && /^\d/.test(token)
}

/** The number of a token of figures, grouped or not: "200 000", "200.000,50", "1,5". */
export function numberOf(token: string): number {
  const grouped = /^\d{1,3}(?:[ .,]\d{3})+/.exec(token)
  if (grouped === null) return Number(token.replace(',', '.'))
  return Number(grouped[0].replace(/[ .,]/g, '') + token.slice(grouped[0].length).replace(',', '.'))
}

/** Every sum that may stand in a text, in its order. */
export function amountsIn(tokens: readonly string[], found: readonly Found<Label>[]): Amount[] {
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

/** What an amount comes to, in its currency. */
export function worth({ value, factor }: Amount): number {
  return value * factor
}

const leastBare = 1_000
/** What is paid for an hour or a piece may be this little. */
export const leastHourly = 100
export const smallPeriods: readonly (Period | undefined)[] = ['hour', 'piece']
/** A month's pay below it, where no period is said, is that of a day or an hour; nobody knows which. */
export const leastMonthly = 20_000

/** Whether an amount is money by itself: by its size, its thousands or its currency. */
export function isMoney(amount: Amount): boolean {
  return amount.factor > 1 || worth(amount) >= leastBare || (amount.currency !== undefined && amount.currency !== 'KZT')
}

/** The first sum, or the first two where they are the least and the most of one. */
export function sumsOf(
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

/** A label as the currency it is, if it is one. */
export function asCurrency(value: Label): Currency | undefined {
  return currencies.find((one) => one === value)
}

/** A label as the period it is, if it is one. */
export function asPeriod(value: Label): Period | undefined {
  return payPeriods.find((one) => one === value)
}
