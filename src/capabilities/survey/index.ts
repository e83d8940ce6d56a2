import { defineCapability } from '../capability.ts'
import { attemptFacts, attemptReplies } from './attempts.ts'
import { instrumentsIn, readInstruments } from './instruments.ts'

/** Fillings-in of instruments, and the instruments themselves. */
export const survey = defineCapability({
  name: 'survey',
  facts: attemptFacts,
  asks: (_, { core }) => attemptReplies(core),
  check: async (files) => `instruments: ${(await readInstruments(instrumentsIn(files))).length}`,
  commands: async (program, operator) => (await import('./score.ts')).addScore(program, operator),
})
