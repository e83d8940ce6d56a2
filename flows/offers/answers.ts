import { binIn } from '../vacancies/normalise/contacts.ts'
import { type Draft, type Field, longestAnswer } from './offer.ts'

/** What is wrong with what was written for a question. */
export const problems = ['empty', 'long', 'bin', 'digits', 'hours', 'choose'] as const
export type Problem = (typeof problems)[number]

export type Answer =
  | { readonly type: 'answer'; readonly patch: Partial<Draft> }
  | { readonly type: 'problem'; readonly problem: Problem }

/** What somebody wrote for a question of the offer. */
export function readAnswer(field: Field, text: string): Answer {
  switch (field) {
    case 'title':
    case 'employer':
    case 'town':
    case 'pay':
    case 'contact':
      return lineOf(field, text)
    case 'description':
      return textOf(text)
    case 'bin': {
      const digits = text.replace(/[\s-]/g, '')
      const bin = binIn(digits)
      if (bin !== null) return { type: 'answer', patch: { bin } }
      return problem(/(?<!\d)\d{12}(?!\d)/.test(digits) ? 'digits' : 'bin')
    }
    case 'hours': {
      const [number = ''] = /\d+/.exec(text) ?? []
      const hours = Number(number)
      return number !== '' && hours >= 1 && hours <= 84 ? { type: 'answer', patch: { hours } } : problem('hours')
    }
    default:
      return problem('choose')
  }
}

function lineOf(field: 'title' | 'employer' | 'town' | 'pay' | 'contact', text: string): Answer {
  const line = text.replace(/\s+/gu, ' ').trim()
  if (!/[\p{L}\p{N}]/u.test(line)) return problem('empty')
  return [...line].length > longestAnswer[field] ? problem('long') : { type: 'answer', patch: { [field]: line } }
}

function textOf(text: string): Answer {
  const description = text.trim()
  if (!/\p{L}/u.test(description)) return problem('empty')
  if ([...description].length > longestAnswer.description) return problem('long')
  return { type: 'answer', patch: { description } }
}

function problem(of: Problem): Answer {
  return { type: 'problem', problem: of }
}

/** A long description comes in two messages; the second one reads as no contact. */
export function isRestOf({ description }: Draft, text: string): boolean {
  return description !== null && [...description].length >= 3_000 && [...text].length > longestAnswer.contact
}

/** The description with the rest of it, as far as there is room. */
export function joined({ description }: Draft, text: string): string {
  return [...`${description ?? ''}\n${text.trim()}`].slice(0, longestAnswer.description).join('')
}
