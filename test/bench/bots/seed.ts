import { consentVersion, newcomer } from '../../../flows/person.ts'
import type { Store } from '../../../src/store/open.ts'
import { personRow, writePeople } from '../../../src/store/people.ts'
import { firstPerson, people } from '../plan.ts'

/** People who have agreed to the terms already, so that the walk begins at home. */
export async function seedPeople(store: Store): Promise<void> {
  const now = store.clock.now()
  const consent = { version: consentVersion, at: now, by: 'self' as const }
  const person = { ...newcomer('kk'), ageBand: '18+' as const, region: '75', plan: 'college' as const, consent }
  const rows = Array.from({ length: people }, (_, at) => personRow(firstPerson + at, person, now, store.seal))
  await store.prisma.$transaction((transaction) => writePeople(transaction, store.provider, rows))
}
