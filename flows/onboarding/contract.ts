import { z } from 'zod'
import { defineAsk, defineTell } from '../kit/contract.ts'

const Code = z.object({ code: z.string().max(256) })

/**
 * Whether there is such a code of consent (it may be used up) and whether it is good; where a consent by a code `stands`,
 * no code needs to be used again.
 */
export const checkCode = defineAsk('consent.check', {
  who: 'anyone',
  data: Code,
  reply: z.object({ known: z.boolean(), valid: z.boolean(), stands: z.boolean() }),
  examples: [
    { known: true, valid: true, stands: false },
    { known: false, valid: false, stands: false },
    { known: true, valid: false, stands: true },
  ],
})

/** One use of a code. The turn is refused where it has expired or is used up. */
export const useCode = defineTell('consent.use', { who: 'anyone', data: Code })
