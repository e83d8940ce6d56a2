import { createHash } from 'node:crypto'
import { type IdentityOf, mergeVacancies, paysMore, type VacancyBody } from '../../../flows/vacancies/merge.ts'
import type { RawVacancy, Sighting, Vacancy } from '../../../flows/vacancies/vacancy.ts'
import type { Core, Transaction } from '../../store/core.ts'
import type { Provider } from '../../store/models.ts'
import { type KeptSighting, type KeptVacancy, keptVacancies, sightingsOf, writeVacancies } from './rows.ts'

/** What became of one vacancy of a source. */
export type Outcome = 'stored' | 'changed' | 'unchanged' | 'merged'

export type IngestTools = Pick<Core, 'prisma' | 'provider' | 'newId' | 'damaged'> & {
  readonly identityOf: IdentityOf
  /** Epoch ms. */
  readonly now: number
}

/** A vacancy of a source, with the digest of what the source said. */
export type Sighted = { readonly vacancy: Vacancy; readonly digest: string }

/** Takes vacancies of a source; what became of each comes back in their order. */
export type Ingest = (sighted: readonly Sighted[]) => Promise<Outcome[]>

/**
 * By which it is known that a source says nothing new. When it was published is no part of it: some sources have a
 * vacancy "lifted" every day.
 */
export function digestOf({ published: _, ...raw }: RawVacancy): string {
  return createHash('sha256').update(JSON.stringify(raw)).digest('base64url')
}

/**
 * Makes what takes vacancies into the database, each call in one transaction: a new one is stored; one that is known
 * from another source, or stands under another number, is merged with it; one whose source says nothing new is left
 * alone. A rehearsal writes nothing, and remembers what it would have written.
 */
export function createIngest(tools: IngestTools, { rehearsal = false } = {}): Ingest {
  const desk = createDesk(tools)
  return async (sighted) => {
    if (sighted.length === 0) return []
    return await tools.prisma.$transaction((transaction) =>
      rehearsal
        ? judge(transaction, sighted.map(withoutText), desk, tools)
        : takeVacancies(transaction, sighted, tools),
    )
  }
}

/** What would become of vacancies where nothing is kept yet: a rehearsal without a database. */
export function createForecast(tools: Pick<IngestTools, 'identityOf' | 'newId' | 'now'>): Ingest {
  const desk = createDesk(tools)
  return async (sighted) => sighted.map(withoutText).map((one) => desk.take(one, tools.identityOf(one.vacancy)))
}

/** The outcome is the same without it; a rehearsal remembers all that it has seen. */
function withoutText({ vacancy, digest }: Sighted): Sighted {
  return { vacancy: { ...vacancy, description: '' }, digest }
}

/** Takes vacancies within the caller's transaction, as `createIngest` does. */
export async function takeVacancies(
  transaction: Transaction,
  sighted: readonly Sighted[],
  tools: Omit<IngestTools, 'prisma'>,
): Promise<Outcome[]> {
  if (sighted.length === 0) return []
  await lockVacancies(transaction, tools.provider)
  const desk = createDesk(tools)
  const outcomes = await judge(transaction, sighted, desk, tools)
  await writeVacancies(transaction, tools.provider, desk.written())
  return outcomes
}

/**
 * Lets nobody else write many vacancies until the transaction ends: two that see the same new one at the same moment
 * would both store it, and two that write the same ones in another order would wait for each other. SQLite has one
 * writer as it is.
 */
export async function lockVacancies(transaction: Transaction, provider: Provider): Promise<void> {
  if (provider === 'postgresql')
    await transaction.$queryRaw`SELECT pg_advisory_xact_lock(${ingestLock}::bigint) IS NULL`
}

/** Any number, as long as it is nobody else's: the advisory lock of taking vacancies on PostgreSQL. */
const ingestLock = 73_657_270

async function judge(
  transaction: Transaction,
  sighted: readonly Sighted[],
  desk: ReturnType<typeof createDesk>,
  { identityOf, damaged }: Pick<IngestTools, 'identityOf' | 'damaged'>,
): Promise<Outcome[]> {
  const vacancies = sighted.map(({ vacancy }) => vacancy)
  const identities = vacancies.map(identityOf)
  const sightings = await sightingsOf(
    transaction,
    vacancies.flatMap(({ seen }) => seen),
  )
  const ids = sightings.map(({ vacancyId }) => vacancyId)
  desk.learn(await keptVacancies(transaction, { ids, identities }, damaged), sightings)
  return sighted.map((one, index) => desk.take(one, identities[index] ?? ''))
}

/** What is known while vacancies are taken, and what of it has to be written. */
function createDesk({ now, newId }: Pick<IngestTools, 'now' | 'newId'>) {
  const byId = new Map<string, KeptVacancy>()
  const byIdentity = new Map<string, string>()
  const seen = new Map<string, KeptSighting>()
  const written = { vacancies: new Map<string, KeptVacancy>(), sightings: new Map<string, KeptSighting>() }

  /** What the database holds; what was taken since is newer. */
  function learn(kept: readonly KeptVacancy[], sightings: readonly KeptSighting[]) {
    // The last one counts: an open one before a closed one of the same identity.
    const ordered = [...kept].sort((a, b) => Number(a.state === 'open') - Number(b.state === 'open'))
    for (const one of ordered) {
      if (written.vacancies.has(one.id)) continue
      byId.set(one.id, one)
      if (!written.vacancies.has(byIdentity.get(one.identity) ?? '')) byIdentity.set(one.identity, one.id)
    }
    for (const one of sightings) if (!written.sightings.has(keyOf(one))) seen.set(keyOf(one), one)
  }

  function keep(vacancy: KeptVacancy) {
    byId.set(vacancy.id, vacancy)
    byIdentity.set(vacancy.identity, vacancy.id)
    written.vacancies.set(vacancy.id, vacancy)
  }

  function note({ source, id: sourceId, url }: Sighting, vacancyId: string, digest: string) {
    const noted = { source, sourceId, vacancyId, url, digest, seenAt: now }
    seen.set(keyOf(noted), noted)
    written.sightings.set(keyOf(noted), noted)
  }

  /** What is kept with what is said anew: opened again where it was closed. */
  function renew(before: KeptVacancy, body: VacancyBody, identity: string) {
    const isNews = before.state === 'closed' || paysMore(before.body.pay, body.pay)
    const edition = before.edition + (isNews ? 1 : 0)
    const newsAt = isNews ? now : before.newsAt
    keep({ ...before, identity, body, state: 'open', edition, changedAt: now, newsAt })
  }

  function take({ vacancy, digest }: Sighted, identity: string): Outcome {
    const { seen: sightings, ...body } = vacancy
    const [sighting] = sightings
    if (sighting === undefined) throw new Error('A vacancy must say where it was seen.')
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
    keep({ id, identity, body, state: 'open', edition: 0, storedAt: now, changedAt: now, newsAt: now })
    return 'stored'
  }

  return {
    learn,
    take,
    written: () => ({ vacancies: [...written.vacancies.values()], sightings: [...written.sightings.values()] }),
  }
}

function keyOf({ source, sourceId }: { readonly source: string; readonly sourceId: string }): string {
  return JSON.stringify([source, sourceId])
}
