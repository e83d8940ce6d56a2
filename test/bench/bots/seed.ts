import { consentVersion, newcomer } from '../../../flows/common/person.ts'
import type { Store } from '../../../src/store/open.ts'
import { personRow, writePeople } from '../../../src/store/people.ts'
import { firstPerson, people } from '../plan.ts'

/**
 * People who have agreed to the terms already, so that the walk begins at home; without quiet hours, since a bench
 * runs at any hour.
 */
export async function seedPeople(store: Store, first = firstPerson, count = people): Promise<void> {
  const now = store.clock.now()
  const consent = { version: consentVersion, at: now, by: 'self' as const }
  const quiet = { from: 0, to: 0 }
  const person = { ...newcomer('kk'), ageBand: '18+' as const, region: '75', plan: 'college' as const, consent, quiet }
  const rows = Array.from({ length: count }, (_, at) => personRow(first + at, person, now, store.seal))
  await store.prisma.$transaction((transaction) => writePeople(transaction, store.provider, rows))
}
