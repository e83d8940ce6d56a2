import { z } from 'zod'
import type { Migration } from '../kit/flow.ts'

const First = z.looseObject({})

export const migrations: Readonly<Record<number, Migration>> = {
  /** Nothing was half understood, and no notice was answered in passing. */
  1: ({ value, context }) => {
    return { value, context: { ...First.parse(context), passing: false, guess: null, saved: null } }
  },
  /** None was begun with what stands on another screen. */
  2: ({ value, context }) => ({ value, context: { ...First.parse(context), planned: false } }),
  /** Of a line at the question for the time, nothing but the time was kept. */
  3: ({ value, context }) => ({ value, context: { ...First.parse(context), aside: null } }),
}
