import { createHash } from 'node:crypto'
import { type IdentityOf, mergeVacancies, paysMore, type VacancyBody } from '../../../flows/vacancies/merge.ts'
import type { Sighting, Vacancy } from '../../../flows/vacancies/vacancy.ts'
import type { Core } from '../../store/core.ts'
import { type KeptSighting, type KeptVacancy, keptVacancies, sightingsOf, writeVacancies } from './rows.ts'

/** What became of one vacancy of a source. */
export type Outcome = 'stored' | 'changed' | 'unchanged' | 'merged'

export type IngestTools = Pick<Core, 'prisma' | 'provider' | 'newId' | 'damaged'> & {
  readonly identityOf: IdentityOf
  /** Epoch ms. */
  readonly now: number
}

/**
 * Takes vacancies of a source into the database, in one transaction: a new one is stored; one that is known from
 * another source, or stands under another number, is merged with it; one whose source says nothing new is left alone.
 * Returns what became of each, in their order.
 */
export async function ingest(vacancies: readonly Vacancy[], tools: IngestTools): Promise<Outcome[]> {
  if (vacancies.length === 0) return []
  return await tools.prisma.$transaction(async (transaction) => {
    const sightings = await sightingsOf(
      transaction,
      vacancies.flatMap(({ seen }) => seen),
    )
    const identities = vacancies.map(tools.identityOf)
    const ids = sightings.map(({ vacancyId }) => vacancyId)
    const kept = await keptVacancies(transaction, { ids, identities }, tools.damaged)
    const desk = createDesk(kept, sightings, tools)
    const outcomes = vacancies.map((vacancy, index) => desk.take(vacancy, identities[index] ?? ''))
    await writeVacancies(transaction, tools.provider, desk.written())
    return outcomes
  })
}

/** What is known while a batch is taken, and what of it has to be written. */
function createDesk(kept: readonly KeptVacancy[], sightings: readonly KeptSighting[], { now, newId }: IngestTools) {
  const byId = new Map(kept.map((one) => [one.id, one]))
  // An open one comes before a closed one of the same identity.
  const ordered = [...kept].sort((a, b) => Number(a.state === 'open') - Number(b.state === 'open'))
  const byIdentity = new Map(ordered.map(({ identity, id }) => [identity, id]))
  const seen = new Map(sightings.map((one) => [keyOf(one), one]))
  const changedVacancies = new Map<string, KeptVacancy>()
  const changedSightings = new Map<string, KeptSighting>()

  function keep(vacancy: KeptVacancy): KeptVacancy {
    byId.set(vacancy.id, vacancy)
    byIdentity.set(vacancy.identity, vacancy.id)
    changedVacancies.set(vacancy.id, vacancy)
    return vacancy
  }

  function note(sighting: Sighting, vacancyId: string, digest: string) {
    const { source, id: sourceId, url } = sighting
    const noted = { source, sourceId, vacancyId, url, digest, seenAt: now }
    seen.set(keyOf(noted), noted)
    changedSightings.set(keyOf(noted), noted)
  }

  /** What is kept with what is said anew: opened again where it was closed. */
  function renew(before: KeptVacancy, body: VacancyBody, identity: string): KeptVacancy {
    const isNews = before.state === 'closed' || paysMore(before.body.pay, body.pay)
    return keep({
      ...before,
      identity,
      body,
      state: 'open',
      edition: before.edition + (isNews ? 1 : 0),
      changedAt: now,
    })
  }

  function take({ seen: [sighting], ...body }: Vacancy, identity: string): Outcome {
    if (sighting === undefined) throw new Error('A vacancy must say where it was seen.')
    const digest = digestOf(body)
    const before = seen.get(keyOf({ source: sighting.source, sourceId: sighting.id }))
    const present = before && byId.get(before.vacancyId)
    if (before !== undefined && present !== undefined) {
      if (before.digest === digest && present.state === 'open') return 'unchanged'
      note(sighting, present.id, digest)
      renew(present, mergeVacancies(present.body, body), identity)
      return 'changed'
    }
    const same = byId.get(byIdentity.get(identity) ?? '')
    if (same !== undefined) {
      note(sighting, same.id, digest)
      renew(same, mergeVacancies(body, same.body), identity)
      return 'merged'
    }
    const id = newId()
    note(sighting, id, digest)
    keep({ id, identity, body, state: 'open', edition: 0, storedAt: now, changedAt: now })
    return 'stored'
  }

  const written = () => ({ vacancies: [...changedVacancies.values()], sightings: [...changedSightings.values()] })
  return { take, written }
}

function keyOf({ source, sourceId }: { readonly source: string; readonly sourceId: string }): string {
  return JSON.stringify([source, sourceId])
}

/** When it was published is no part of it: sources that have a vacancy "lifted" change it every day. */
function digestOf({ publishedAt: _, ...body }: VacancyBody): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('base64url')
}
