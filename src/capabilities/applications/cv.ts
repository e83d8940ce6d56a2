import {
  answerText,
  type CvAnswers,
  type CvLanguage,
  type Question,
  questions,
} from '../../../flows/applications/cv.ts'
import type { WordsBook } from '../../i18n/words.ts'

/** A part of a CV in one language. */
export type CvPart = { readonly heading: string; readonly lines: readonly string[] }
/** What stands in it: the name above everything, then part by part what was answered. */
export type CvSheet = { readonly title: string; readonly name: string | null; readonly parts: readonly CvPart[] }

/** The answers as they stand in a CV of that language; what people wrote stays as they wrote it. */
export function sheetOf(answers: CvAnswers, language: CvLanguage, words: WordsBook): CvSheet {
  const linesOf = (question: Question): string[] => {
    const answer = answers[question]
    if (answer === undefined) return []
    return 'text' in answer ? answer.text.split('\n') : [words.plain(answerText(answer), language)]
  }
  const headed = (key: string) => words.plain({ key: `applications:cv.${key}` }, language)
  const parts = questions
    .filter((question) => question !== 'name')
    .map((question) => ({ heading: headed(`heading.${question}`), lines: linesOf(question) }))
  return {
    title: headed('caption'),
    name: linesOf('name').join(' ') || null,
    parts: parts.filter(({ lines }) => lines.length > 0),
  }
}

/** What its file is called, in its own language: those of two languages stand side by side. */
export function fileNameOf({ title }: CvSheet): string {
  return `${title}.pdf`
}

/** The sheet as text; null where nothing stands in it. */
export function textOf({ name, parts }: CvSheet): string | null {
  const blocks = [
    ...(name === null ? [] : [name]),
    ...parts.map(({ heading, lines }) => [heading, ...lines].join('\n')),
  ]
  return blocks.length === 0 ? null : blocks.join('\n\n')
}
