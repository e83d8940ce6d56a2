import { z } from 'zod'
import { defineAsk, defineTell } from '../kit/contract.ts'

const Code = z.object({ code: z.string().max(256) })

/** Whether a code of consent is good; where a consent by a code `stands`, no code needs to be used again. */
export const checkCode = defineAsk('consent.check', {
  who: 'anyone',
  data: Code,
  reply: z.object({ valid: z.boolean(), stands: z.boolean() }),
  examples: [
    { valid: true, stands: false },
    { valid: false, stands: false },
    { valid: false, stands: true },
  ],
})

/** One use of a code. The turn is refused where it has expired or is used up. */
export const useCode = defineTell('consent.use', { who: 'anyone', data: Code })
