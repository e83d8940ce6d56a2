import { z } from 'zod'
import { invitedRoles } from '../common/person.ts'
import { defineAsk, defineTell } from '../kit/contract.ts'

const Code = z.object({ code: z.string().max(256) })

/**
 * Whether there is such a code (it may be used up), whether it is good, and what a grown-up is invited as with it (null: it is for a
 * child); where a consent by a code `stands`, no code needs to be used again.
 */
export const checkCode = defineAsk('consent.check', {
  who: 'anyone',
  data: Code,
  reply: z.object({
    known: z.boolean(),
    valid: z.boolean(),
    stands: z.boolean(),
    role: z.enum(invitedRoles).nullable(),
    /** Whether it leads into a group. */
    group: z.boolean(),
  }),
  examples: [
    { known: true, valid: true, stands: false, role: null, group: false },
    { known: true, valid: true, stands: false, role: null, group: true },
    { known: false, valid: false, stands: false, role: null, group: false },
    { known: true, valid: false, stands: true, role: null, group: false },
    { known: true, valid: false, stands: false, role: null, group: true },
    ...invitedRoles.map((role) => ({ known: true, valid: true, stands: false, role, group: false })),
    { known: true, valid: true, stands: false, role: 'mentor', group: true },
  ],
})

/** One use of a code. The turn is refused where it has expired or is used up. */
export const useCode = defineTell('consent.use', { who: 'anyone', data: Code })
