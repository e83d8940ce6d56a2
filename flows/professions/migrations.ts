import { z } from 'zod'
import type { Migration } from '../kit/flow.ts'

const First = z.looseObject({ direct: z.boolean(), card: z.looseObject({}).nullable() })
const Second = z.looseObject({})

export const migrations: Readonly<Record<number, Migration>> = {
  /** Nothing could be put by, and a card led on to no other. */
  1: ({ value, context }) => {
    const { direct, card, ...rest } = First.parse(context)
    return {
      value,
      context: {
        ...rest,
        card: card && { ...card, similar: [], saved: false, room: true, task: '' },
        saved: [],
        entry: direct ? 'card' : 'families',
        list: 'family',
        trail: [],
      },
    }
  },
  /** A card led on to no vacancies. */
  2: ({ value, context }) => ({ value, context: { ...Second.parse(context), openings: 0 } }),
}
