import type { Message } from '../kit/words.ts'
import { isMentor, type Person } from './person.ts'

const rest: Message = { key: 'common:keptRest' }

/** What is kept of a person who has agreed: said in the same words wherever they agree to it or read of it. */
export const kept: Message = { key: 'common:kept', values: { rest } }

/** A mentor is asked for no plan, and chooses no region. */
export const keptOfMentor: Message = { key: 'common:keptOfMentor', values: { rest } }

/** What is kept of this person. */
export function keptOf(person: Person): Message {
  return isMentor(person) ? keptOfMentor : kept
}
