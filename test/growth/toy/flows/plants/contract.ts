import { z } from 'zod'
import { defineAsk, defineSend, defineTell } from '../kit/contract.ts'
import { exampleWords, Words } from '../kit/words.ts'

/** A kind of plant, as its file describes it. */
export const PlantKind = z.strictObject({ id: z.string(), name: Words, care: Words })
export type PlantKind = z.infer<typeof PlantKind>

/** A plant that somebody keeps, by the name they call it. */
export const Plant = z.object({ id: z.string(), kind: z.string(), name: z.string().min(1).max(40) })
export type Plant = z.infer<typeof Plant>

/** What can be kept, and what is kept already. */
export const PlantList = z.object({ kinds: z.array(PlantKind), own: z.array(Plant) })
export type PlantList = z.infer<typeof PlantList>

const kinds = [{ id: 'aloe', name: exampleWords, care: exampleWords }]

export const listPlants = defineAsk('plants.list', {
  who: 'self',
  data: z.null(),
  reply: PlantList,
  examples: [
    { kinds, own: [] },
    { kinds, own: [{ id: 'example', kind: 'aloe', name: 'Example' }] },
  ],
})

export const keepPlant = defineTell('plants.keep', { who: 'self', data: Plant })

/** How to look after plants of a kind, as a file. */
export const careSheet = defineSend('plants.care', { who: 'self', data: z.object({ kind: z.string() }) })
