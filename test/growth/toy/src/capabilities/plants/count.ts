import type { Command } from 'commander'
import { openStore } from '../../store/open.ts'
import type { Operator } from '../operator.ts'

/** `plants`: how many plants of each kind are looked after. */
export function addPlants(program: Command, { config, clock, write }: Operator): void {
  program
    .command('plants')
    .description('count the plants that people look after')
    .action(async () => {
      const { databaseUrl: url, dataKey: key } = config()
      const store = await openStore({ url, key, clock, exclusive: false, create: false })
      try {
        const counts = await store.prisma.plant.groupBy({ by: ['kind'], _count: true, orderBy: { kind: 'asc' } })
        for (const { kind, _count } of counts) write(`${kind}: ${_count}`)
        write(`kinds kept: ${counts.length}`)
      } finally {
        await store.close()
      }
    })
}
