import { z } from 'zod'
import { zone } from '../../../flows/common/regions.ts'
import { savedLimit, saveProfession } from '../../../flows/professions/contract.ts'
import type { World } from '../../engine/ports.ts'
import { change, type FactWriter } from '../../store/capability.ts'
import type { Core } from '../../store/core.ts'
import { fact, type Section, section, Time } from '../export.ts'
import type { Catalogue } from './seed.ts'

/** What people put by; twice is once, and the first time counts. */
export const savedFacts: readonly FactWriter[] = [
  change(saveProfession, async (transaction, entries) => {
    for (const { chatId, data, at } of entries) {
      const key = { chatId: BigInt(chatId), profession: data.id }
      if (data.saved) {
        const row = { ...key, savedAt: BigInt(at) }
        await transaction.savedProfession.upsert({ where: { chatId_profession: key }, create: row, update: {} })
      } else await transaction.savedProfession.deleteMany({ where: key })
    }
  }),
]

/** Ids of what the person has put by, the newest first. */
export function savedBy({ prisma }: Pick<Core, 'prisma'>) {
  return async ({ chatId }: Pick<World, 'chatId'>): Promise<readonly string[]> => {
    const rows = await prisma.savedProfession.findMany({
      where: { chatId: BigInt(chatId) },
      orderBy: [{ savedAt: 'desc' }, { profession: 'asc' }],
      take: savedLimit,
    })
    return rows.map(({ profession }) => profession)
  }
}

const Row = z.object({ profession: z.string(), savedAt: Time })

/** The newest first, by the names in the catalogue. */
export function savedSection(nameOf: (id: string) => Catalogue['professions'][number]['name'] | undefined): Section {
  return section('SavedProfession', {
    title: { key: 'professions:saved.label' },
    row: Row,
    tell: ({ profession, savedAt }) => ({
      title: { key: 'common:value', values: { value: nameOf(profession) ?? profession } },
      order: -savedAt,
      lines: [fact({ key: 'professions:saved.since' }, { moment: savedAt, zone, style: 'date' })],
    }),
  })
}
