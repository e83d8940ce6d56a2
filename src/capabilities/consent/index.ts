import { standsByCode } from '../../../flows/common/person.ts'
import { checkCode, useCode } from '../../../flows/onboarding/contract.ts'
import { reply } from '../../engine/reply.ts'
import { change } from '../../store/capability.ts'
import { defineCapability } from '../capability.ts'
import { lookUpCode, unknownCode, useCodes } from './codes.ts'
import { createGuesses } from './guesses.ts'
import { strangersJob } from './job.ts'

/** Codes with which an institution or a guardian agrees, and whoever has agreed to nothing. */
export const consent = defineCapability({
  name: 'consent',
  facts: [change(useCode, useCodes)],
  load: async () => createGuesses(),
  asks: (guesses, { core }) => [
    reply(checkCode, async ({ code }, { chatId, now, person }) => {
      const found = guesses.mayTry(chatId, now) ? await lookUpCode(core, code, now) : unknownCode
      if (!found.known) guesses.missed(chatId, now)
      return { ...found, stands: standsByCode(person) }
    }),
  ],
  jobs: (_, { core }) => [strangersJob(core)],
  commands: async (program, operator) => (await import('./invite.ts')).addInvite(program, operator),
})
