import { type Application, saveApplication } from '../../../flows/applications/contract.ts'
import { minuteLength as minute } from '../../../flows/common/calendar.ts'
import type { Store } from '../../../src/store/open.ts'
import { fact, turn } from '../../support/turns.ts'
import { employerOf } from './sites.ts'

/** Numbers of employers who stand on no site. */
const firstNumber = 10_000
const hour = 60 * minute

/** Somebody who is invited again and again, and reminded each time: the evening before, two hours ahead, and after. */
export function createInterviews(store: Store, chatId: number) {
  const expected: { readonly dueAt: number; readonly name: string }[] = []
  let count = 0

  /** On top of what stands there: a whole bot shows the chat meanwhile, and changes it. */
  async function commit(application: Application, at: number, tries = 5): Promise<void> {
    const row = await store.prisma.dialogue.findUnique({ where: { chatId }, select: { revision: true } })
    const facts = [fact(saveApplication.name, application)]
    if (await store.dialogues.commit(turn(chatId, (row?.revision ?? 0) + 1, { facts, at }))) return
    if (tries === 0) throw new Error('The turn was not committed')
    await commit(application, at, tries - 1)
  }

  return {
    chatId,
    /** An interview at 14:30 of the day after the one that begins at `day`, both epoch ms. */
    async invite(day: number, at: number): Promise<void> {
      const number = firstNumber + count++
      const nextAt = day + 24 * hour + 14.5 * hour
      const application: Application = {
        ...{ id: `interview-${number}`, vacancyId: null, title: 'Повар', employer: employerOf(number), place: null },
        ...{ state: 'invited', appliedAt: at, nextAt, before: null },
      }
      await commit(application, at)
      const dues = [day + 19 * hour, nextAt - 2 * hour, day + 43 * hour]
      expected.push(...dues.map((dueAt) => ({ dueAt, name: employerOf(number) })))
    },
    /** The employers spoken of until a moment, once for each time. */
    spokenOf: (now: number) => expected.filter(({ dueAt }) => dueAt <= now).map(({ name }) => name),
  }
}
export type Interviews = ReturnType<typeof createInterviews>
