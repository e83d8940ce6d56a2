import type { Message } from '../kit/words.ts'

/** What is kept of a person who has agreed: said in the same words wherever they agree to it or read of it. */
export const kept: Message = { key: 'common:kept' }
