import { z } from 'zod'
import type { Migration } from '../kit/flow.ts'

const First = z.looseObject({ ageBand: z.string().nullable(), renewing: z.boolean() })
/** Where nobody came without having agreed. */
const agreed: readonly unknown[] = ['region', 'plan', 'name']

const Fourth = z.looseObject({ begin: z.string(), agreedBy: z.string().nullable() })
const invited: readonly unknown[] = ['invited', 'usingInvitation']

export const migrations: Readonly<Record<number, Migration>> = {
  /** Who has agreed was not kept, but only adults agree for themselves; refusals had no end. */
  1: ({ value, context }) => {
    const first = First.parse(context)
    const by = first.ageBand === '18+' ? 'self' : 'guardian'
    const agreedBy = first.renewing || agreed.includes(value) ? by : null
    return { value, context: { ...first, agreedBy, refusedUntil: null, begin: 'meeting' } }
  },
  /** An adult who had agreed could follow a link with a code into the first meeting; home is a press away from there. */
  2: ({ value, context }) => ({ value, context: { ...z.looseObject({}).parse(context), hasAgreed: false } }),
  /** The region was asked for, which nothing used. */
  3: ({ value, context }) => ({ value: value === 'region' ? 'plan' : value, context }),
  /** Only mentors were invited. */
  4: ({ value, context }) => {
    const { begin, agreedBy, ...rest } = Fourth.parse(context)
    const isMentor = begin === 'mentor' || agreedBy === 'mentor' || invited.includes(value)
    const role = isMentor ? 'mentor' : null
    return { value, context: { ...rest, agreedBy, role, begin: begin === 'mentor' ? 'invited' : begin } }
  },
  /** No code led into a group. */
  5: ({ value, context }) => ({ value, context: { ...z.looseObject({}).parse(context), intoGroup: false } }),
}
