import { defineCapability } from '../capability.ts'
import { attemptFacts, attemptReplies } from './attempts.ts'
import { instrumentsIn, readInstruments } from './instruments.ts'
import { addScore } from './score.ts'

/** Fillings-in of instruments, and the instruments themselves. */
export const survey = defineCapability({
  name: 'survey',
  facts: attemptFacts,
  asks: (_, { core }) => attemptReplies(core),
  check: async (files) => `instruments: ${(await readInstruments(instrumentsIn(files))).length}`,
  commands: addScore,
})
