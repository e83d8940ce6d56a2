import type { Contact } from '../vacancy.ts'
import { longest } from '../vacancy.ts'

const mostRead = 20_000

/** The first telephone, mail and name on Telegram in a text; null where none of them stands in it. */
export function contactIn(text: string): Contact | null {
  const begin = text.slice(0, mostRead).normalize('NFKC')
  const mail = mailIn(begin)
  const contact = { phone: phoneIn(begin), mail, telegram: telegramIn(begin) }
  return Object.values(contact).some(Boolean) ? contact : null
}

/** A number of Kazakhstan or Russia, "+7" and ten digits. */
function phoneIn(text: string): string | null {
  const found =
    /(?<![\d+])(?:\+\s?7|8|7(?=[\s(-]*7))[\s(-]{0,3}(\d{3})[\s)-]{0,3}(\d{3})[\s-]{0,2}(\d{2})[\s-]{0,2}(\d{2})(?!\d)/.exec(
      text,
    )
  // A mobile number is sometimes written without what stands before it: 701 123 45 67.
  const short = /(?<![\d+])(7\d{2})[\s)-]{1,3}(\d{3})[\s-]{0,2}(\d{2})[\s-]{0,2}(\d{2})(?!\d)/.exec(text)
  const digits = (found ?? short)?.slice(1).join('')
  return digits === undefined || /^(\d)\1*$/.test(digits) ? null : `+7${digits}`
}

function mailIn(text: string): string | null {
  const mail = /(?<![\w.+-])[\w.+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,4}/i
    .exec(text)?.[0]
    .replace(/[.-]+$/, '')
  return mail !== undefined && mail.length <= longest.contact && /\.[a-z]{2,}$/i.test(mail) ? mail.toLowerCase() : null
}

/** Names have 5 to 32 letters, digits and underlines. */
function telegramIn(text: string): string | null {
  const name =
    /(?:t\.me|telegram\.me)\/(?!joinchat|\+)([a-z]\w{4,31})(?!\w)/i.exec(text)?.[1] ??
    /(?<![\w.@/-])@([a-z]\w{4,31})(?![\w@]|\.[a-z])/i.exec(text)?.[1]
  return name === undefined ? null : `@${name}`
}

/**
 * A business identification number in a text: twelve digits, the fifth telling a legal entity, a branch or a joint
 * enterprise (4 to 6), the last a check of the others. A person's number looks alike and is left alone.
 */
export function binIn(text: string): string | null {
  return (
    text
      .slice(0, mostRead)
      .match(/(?<!\d)\d{12}(?!\d)/g)
      ?.find(isBin) ?? null
  )
}

/** Weights of the check digit (the second ones count where the first give ten), as for a person's number. */
const weights = [
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2],
]

function isBin(text: string): boolean {
  const digits = Array.from(text, Number)
  const month = Number(text.slice(2, 4))
  if (!/^\d{4}[456]/.test(text) || month < 1 || month > 12) return false
  const sums = weights.map((row) => row.reduce((sum, weight, at) => sum + weight * (digits[at] ?? 0), 0) % 11)
  return sums.find((sum) => sum < 10) === digits[11] && (sums[0] !== 10 || sums[1] !== 10)
}
