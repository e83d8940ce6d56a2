import { consentVersion } from '../../flows/common/person.ts'
import type { Store } from '../../src/store/open.ts'
import { type Columns, namesOf, type Row, rowsOf } from '../../src/store/rows.ts'

const columns = {
  ...({ chatId: 'bigint', language: 'text', ageBand: 'text', plan: 'text', consentVersion: 'int' } as const),
  ...({ consentAt: 'bigint', consentBy: 'text', quietFrom: 'int', quietTo: 'int', muted: 'text' } as const),
  ...({ createdAt: 'bigint', updatedAt: 'bigint' } as const),
} satisfies Columns

/** So many grown-ups who have agreed and have no quiet hours, from the first chat on, in a few statements. */
export async function fillPeople({ prisma, provider }: Store, first: number, count: number): Promise<void> {
  const names = namesOf(columns)
  for (let from = first; from < first + count; from += batch) {
    const size = Math.min(batch, first + count - from)
    const rows = Array.from({ length: size }, (_, at): Row => {
      return [from + at, 'kk', '18+', 'work', consentVersion, 0, 'self', 0, 0, '[]', 0, 0]
    })
    await prisma.$executeRaw`
      INSERT INTO "Person" (${names}) SELECT ${names} FROM ${rowsOf(provider, columns, rows)} r`
  }
}

const batch = 1_000
