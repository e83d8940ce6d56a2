import type { Message } from '../kit/words.ts'
import { type InvitedRole, type Person, roleOf } from './person.ts'

const rest: Message = { key: 'common:keptRest' }

/** What is kept of a person who has agreed: said in the same words wherever they agree to it or read of it. */
export const kept: Message = { key: 'common:kept', values: { rest } }

const keptOfMentor: Message = { key: 'common:keptOfMentor', values: { rest } }

/** Whoever was invited is asked for no plan, and chooses no region; an employer has no answers and results either. */
export const keptIn: Readonly<Record<InvitedRole, Message>> = {
  mentor: keptOfMentor,
  coordinator: keptOfMentor,
  employer: { key: 'common:keptOfEmployer' },
}

/** What is kept of this person. */
export function keptOf({ consent }: Person): Message {
  const role = roleOf(consent?.by)
  return role === undefined ? kept : keptIn[role]
}
