import { z } from 'zod'
import { zone } from '../../../flows/common/regions.ts'
import type { PlantKind } from '../../../flows/plants/contract.ts'
import { fact, type Section, section, Time } from '../export.ts'

const Row = z.object({ kind: z.string(), name: z.string(), keptAt: Time })

/** The plants somebody keeps, the newest first. */
export function plantsSection(kinds: readonly PlantKind[]): Section {
  const names = new Map(kinds.map(({ id, name }) => [id, name]))
  return section('Plant', {
    title: { key: 'plants:export.title' },
    row: Row,
    tell: ({ kind, name, keptAt }) => ({
      title: { key: 'common:value', values: { value: name } },
      order: -keptAt,
      lines: [
        fact({ key: 'plants:export.kind' }, names.get(kind) ?? kind),
        fact({ key: 'plants:export.kept' }, { moment: keptAt, zone, style: 'date' }),
      ],
    }),
  })
}
