import { z } from 'zod'
import { defineTell } from '../kit/contract.ts'
import type { PersonChange } from './person.ts'

/** What is to be changed of the person. The engine does it with `changePerson`, which checks the outcome. */
export const personChange = defineTell('person.change', { who: 'anyone', data: z.custom<PersonChange>(isObject) })

/** What stood on a consent is to go. The engine tells it; without `hadSaid` no copy of the database could bring it back. */
export const withdrawal = defineTell('person.withdraw', { who: 'anyone', data: z.object({ hadSaid: z.boolean() }) })

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
