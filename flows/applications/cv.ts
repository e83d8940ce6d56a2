import { z } from 'zod'
import type { plans } from '../common/person.ts'
import { regions } from '../common/regions.ts'
import { tidyText } from '../common/tidy.ts'
import type { Message } from '../kit/words.ts'

/** What a CV says, in the order in which it is asked and stands there. */
export const questions = [
  ...(['name', 'town', 'contact', 'seeks', 'education'] as const),
  ...(['experience', 'skills', 'languages', 'proud'] as const),
] as const
export const Question = z.enum(questions)
export type Question = z.infer<typeof Question>

/** The languages a CV is written in. */
export const CvLanguage = z.enum(['kk', 'ru'])
export type CvLanguage = z.infer<typeof CvLanguage>

/** Characters an answer has at most; all of them fit one message. */
export const longestAnswer: Readonly<Record<Question, number>> = {
  name: 80,
  town: 80,
  contact: 120,
  seeks: 200,
  education: 500,
  experience: 700,
  skills: 400,
  languages: 200,
  proud: 400,
}

/** What is offered for what people look for. */
export const wishes = ['full', 'part', 'summer', 'practice'] as const

/** An answer in the person's words, or one that was chosen and is said in the CV's language. */
export const Answer = z.union([
  z.object({
    text: z
      .string()
      .min(1)
      .max(Math.max(...Object.values(longestAnswer))),
  }),
  z.object({
    wish: z.enum(wishes),
    /** What work, in the person's words. */
    work: z.string().min(1).max(longestAnswer.seeks).optional(),
  }),
  z.object({ place: z.enum(regions) }),
])
export type Answer = z.infer<typeof Answer>

/** What has been said so far; what was passed over is not there. */
export const CvAnswers = z.partialRecord(Question, Answer)
export type CvAnswers = z.infer<typeof CvAnswers>

/** Where a plan says what is looked for. */
export const wishOf: Readonly<Record<(typeof plans)[number], (typeof wishes)[number] | null>> = {
  work: 'full',
  college: 'part',
  university: 'part',
  undecided: null,
}

/** What is wanted of work is known, but not what work. */
export function lacksWork(answer: Answer | undefined): answer is Extract<Answer, { wish: unknown }> {
  return answer !== undefined && 'wish' in answer && answer.work === undefined
}

/** The answer as it is read. */
export function answerText(answer: Answer): Message {
  if ('wish' in answer) {
    const wish = { key: `applications:cv.wish.${answer.wish}` }
    return answer.work === undefined ? wish : { key: 'applications:cv.work', values: { work: answer.work, wish } }
  }
  if ('place' in answer) return { key: `regions:${answer.place}` }
  return { key: 'common:value', values: { value: answer.text } }
}

/** What is wrong with a written answer. */
export const answerProblems = ['empty', 'tooLong', 'idNumber'] as const
export type AnswerProblem = (typeof answerProblems)[number]

/** A written answer as it is kept. An ID number or a card's is kept nowhere: twelve figures or more in a row. */
export function readAnswer(text: string, question: Question): Answer | AnswerProblem {
  const most = longestAnswer[question]
  // Far longer ones are not even looked through.
  if (text.length > 4 * most) return 'tooLong'
  const kept = tidyText(text)
  if (kept === '') return 'empty'
  if (/\d{12}/.test(kept)) return 'idNumber'
  return kept.length > most ? 'tooLong' : { text: kept }
}

export const exampleCv: CvAnswers = {
  name: { text: 'Example' },
  town: { place: '75' },
  contact: { text: '+7 700 000 00 00' },
  seeks: { wish: 'part', work: 'Example' },
  education: { text: 'Example' },
  experience: { text: 'Example\nExample' },
  skills: { text: 'Example' },
  languages: { text: 'Example' },
  proud: { text: 'Example' },
}
