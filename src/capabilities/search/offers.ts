import type { Hit } from '../../../flows/search/contract.ts'
import { type ScamWords, signsIn } from '../../../flows/vacancies/scam/signs.ts'
import { hitOfAnswer, type StoredAnswer } from './answers.ts'

/** Of the words that showed a sign so many signs are told: enough to find the place again. */
const longestWords = 80

/** The answer that warns of scams. */
const warner = 'scam'

/** Looks through a whole text, of any length and lines, for an offer with signs of a scam; undefined where it is none. */
export type FindWarning = (text: string) => Hit | undefined

export function createFindWarning(answers: readonly StoredAnswer[], words: ScamWords): FindWarning {
  const answer = answers.find(({ id }) => id === warner)
  return (text) => {
    const signs = signsIn(text, words).map((sign) => ({ kind: sign.kind, words: firstSigns(sign.words) }))
    if (answer === undefined || signs.length === 0) return undefined
    return { ...hitOfAnswer(answer), kind: 'warning', input: { answer: warner, signs } }
  }
}

function firstSigns(words: string): string {
  return [...words].slice(0, longestWords).join('')
}
