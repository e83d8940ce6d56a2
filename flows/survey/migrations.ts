import { z } from 'zod'
import type { Migration } from '../kit/flow.ts'

/** What the first version kept of suggestions, as far as it is looked at here. */
const Suggested = z.looseObject({ families: z.array(z.looseObject({ professions: z.array(z.looseObject({})) })) })

export const migrations: Readonly<Record<number, Migration>> = {
  // A result is shown with its day, and its professions are named in the order of fitting.
  1: ({ value, context }) => {
    const { families, ...rest } = Suggested.parse(context)
    return {
      value,
      context: { ...rest, families: withPlaces(families), finishedAt: null, pictured: true, direct: false },
    }
  },
}

/** Families came the best first, and so did the professions of each. */
function withPlaces(families: z.infer<typeof Suggested>['families']) {
  let place = 0
  return families.map((family) => ({
    ...family,
    professions: family.professions.map((profession) => ({ ...profession, place: place++ })),
  }))
}
