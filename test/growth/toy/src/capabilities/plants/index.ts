import { careSheet } from '../../../flows/plants/contract.ts'
import { document } from '../../telegram/ports.ts'
import { defineCapability } from '../capability.ts'
import { addPlants } from './count.ts'
import { plantsSection } from './export.ts'
import { plantsJob } from './job.ts'
import { findKinds, readKinds } from './kinds.ts'
import { plantFacts, plantReplies } from './rows.ts'

/** Plants that people look after. */
export const plants = defineCapability({
  name: 'plants',
  load: ({ read }) => read(readKinds),
  facts: plantFacts,
  asks: (kinds, { core }) => plantReplies(core, kinds),
  documents: (kinds) => [
    document(careSheet, async ({ kind: id }, { person }) => {
      const care = kinds.find((kind) => kind.id === id)?.care[person.language]
      const caption = { key: 'plants:care.caption' }
      return care === undefined ? undefined : { name: `${id}.txt`, bytes: new TextEncoder().encode(care), caption }
    }),
  ],
  finds: findKinds,
  exports: (kinds) => [plantsSection(kinds)],
  jobs: (_, { core }) => [plantsJob(core)],
  check: async (read) => `plants: ${(await read(readKinds)).length}`,
  commands: addPlants,
})
