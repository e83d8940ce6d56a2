import { z } from 'zod'
import { defineAsk, defineTell } from '../kit/contract.ts'

const Code = z.object({ code: z.string().max(256) })

/**
 * Whether there is such a code (it may be used up), whether it is good, and whether it is an invitation for mentors; where a consent by a code `stands`,
 * no code needs to be used again.
 */
export const checkCode = defineAsk('consent.check', {
  who: 'anyone',
  data: Code,
  reply: z.object({ known: z.boolean(), valid: z.boolean(), stands: z.boolean(), forMentors: z.boolean() }),
  examples: [
    { known: true, valid: true, stands: false, forMentors: false },
    { known: false, valid: false, stands: false, forMentors: false },
    { known: true, valid: false, stands: true, forMentors: false },
    { known: true, valid: true, stands: false, forMentors: true },
  ],
})

/** One use of a code. The turn is refused where it has expired or is used up. */
export const useCode = defineTell('consent.use', { who: 'anyone', data: Code })
