import type { Core } from '../../store/core.ts'

/** Whether somebody is there who looks at vacancies that are held back. */
export type Lookers = () => Promise<boolean>

/** How long an answer is good, ms. */
const goodFor = 60_000

/** A mentor or coordinator who can be reached. */
export function createLookers({ prisma, clock }: Pick<Core, 'prisma' | 'clock'>): Lookers {
  let kept: { readonly until: number; readonly answer: boolean } | undefined
  return async () => {
    const now = clock.now()
    if (kept !== undefined && now < kept.until && now >= kept.until - goodFor) return kept.answer
    const one = await prisma.person.findFirst({
      select: { chatId: true },
      where: { consentBy: { in: ['mentor', 'coordinator'] }, unreachable: null },
    })
    kept = { until: now + goodFor, answer: one !== null }
    return kept.answer
  }
}
