import { consentVersion } from '../../../flows/common/person.ts'
import type { Core } from '../../store/core.ts'

/** Whether somebody is there who looks at vacancies that are held back. */
export type Lookers = () => Promise<boolean>

/** How long an answer is good, ms. */
const goodFor = 60_000

/** Who looks at what is held back and offered: mentors and coordinators who have agreed to the present terms and can be reached. */
export const looking = { consentBy: { in: ['mentor', 'coordinator'] }, consentVersion, unreachable: null }

/** Whether there is one of them. */
export function createLookers({ prisma, clock }: Pick<Core, 'prisma' | 'clock'>): Lookers {
  let kept: { readonly until: number; readonly answer: boolean } | undefined
  return async () => {
    const now = clock.now()
    if (kept !== undefined && now < kept.until && now >= kept.until - goodFor) return kept.answer
    const one = await prisma.person.findFirst({
      select: { chatId: true },
      where: looking,
    })
    kept = { until: now + goodFor, answer: one !== null }
    return kept.answer
  }
}
