import { expect } from 'vitest'
import { meeting, toSurvey } from '../../support/ways.ts'
import type { Walker } from './walker.ts'

/** From /start over onboarding to the first question, as a grown-up who wants to work. */
export async function walkToSurvey(walker: Walker): Promise<void> {
  await walker.starts()
  for (const button of [...meeting, ...toSurvey]) await walker.presses(button)
}

/** The quick form's answers: liking what is done by hand, then helping people. */
export const answers = [5, 3, 2, 4, 1, 2, 4, 2, 1, 5, 3, 2, 5, 4, 2, 4, 2, 3] as const

/** The answers from the place `from` on; a second look, taken for being quick, is declined. */
export async function answerQuickForm(walker: Walker, from = 0): Promise<void> {
  for (const answer of answers.slice(from)) await walker.presses(`riasec:rate.${answer}`)
  if (walker.screen().text.includes(walker.says('survey:secondLook.title')))
    await walker.presses('survey:secondLook.keep')
}

/** Looks at the result: a picture as photo, words within the limit of a caption. */
export async function expectResult(walker: Walker): Promise<void> {
  const screen = await walker.sees(walker.says('survey:result.changes'))
  expect(screen.photo?.bytes.length).toBeGreaterThan(1000)
  expect([...screen.text].length).toBeLessThanOrEqual(1024)
}

export async function walkToResult(walker: Walker): Promise<void> {
  await walkToSurvey(walker)
  await answerQuickForm(walker)
  await expectResult(walker)
}
