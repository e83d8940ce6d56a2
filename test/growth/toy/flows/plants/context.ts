import { z } from 'zod'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Stamp, Wrote } from '../kit/events.ts'
import { type listPlants, Plant, PlantList } from './contract.ts'

export const PlantsContext = z.object({
  list: PlantList,
  /** The plant on its way, without a kind until one is chosen. */
  plant: Plant.extend({ name: z.string() }),
})
export type PlantsContext = z.infer<typeof PlantsContext>

export type PlantsEvent =
  | (Stamp & { readonly type: 'KIND'; readonly id: string })
  | (Stamp & { readonly type: 'CARE' | 'BACK' })
  | Found<typeof listPlants>
  | Wrote

export type On<Type extends PlantsEvent['type']> = Arguments<PlantsContext, EventOf<PlantsEvent, Type>>

/** Opened with a kind, the flow asks for the name at once. */
export type PlantsInput = { readonly kind: string } | undefined
