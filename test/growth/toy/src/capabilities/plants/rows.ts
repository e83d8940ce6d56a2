import { keepPlant, listPlants, Plant, type PlantKind } from '../../../flows/plants/contract.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import { change, type FactWriter } from '../../store/capability.ts'
import type { Core } from '../../store/core.ts'
import { readEach } from '../../store/damage.ts'
import type { PlantModel } from '../../store/generated/sqlite/models.ts'
import { placeOf, type Seal } from '../../store/seal.ts'

export const plantFacts: readonly FactWriter[] = [
  change(keepPlant, async (transaction, entries, { seal }) => {
    const data = entries.map(({ chatId, data: { id, kind, name }, at }) => {
      return { id, chatId, kind, name: seal.seal(name, placeOf('Plant', 'name', id, chatId)), keptAt: at, waterAt: at }
    })
    await transaction.plant.createMany({ data })
  }),
]

export function plantReplies({ prisma, seal, damaged }: Core, kinds: readonly PlantKind[]): readonly Reply[] {
  return [
    reply(listPlants, async (_, { chatId }) => {
      const rows = await prisma.plant.findMany({ where: { chatId }, orderBy: { keptAt: 'asc' } })
      return { kinds: [...kinds], own: readEach('Plant', rows, (row) => toPlant(row, seal), damaged) }
    }),
  ]
}

/** Throws when anything of the row cannot be read. */
export function toPlant({ id, chatId, kind, name }: PlantModel, seal: Seal): Plant {
  return Plant.parse({ id, kind, name: seal.open(name, placeOf('Plant', 'name', id, chatId)) })
}
