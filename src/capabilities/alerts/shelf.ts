import type { AgeBand } from '../../../flows/common/person.ts'
import type { Message } from '../../../flows/kit/words.ts'
import { explain } from '../../../flows/vacancies/law/explain.ts'
import type { Listing } from '../../../flows/vacancies/listing.ts'
import type { Candidate } from '../../../flows/vacancies/matching/candidate.ts'
import type { VacancyBody } from '../../../flows/vacancies/merge.ts'
import type { Core } from '../../store/core.ts'
import { noFindings, type Reading } from '../vacancies/candidates.ts'
import type { FindingsOf } from '../vacancies/findings.ts'
import { createGists } from '../vacancies/gists.ts'
import { type KeptVacancy, readKept } from '../vacancies/rows.ts'

/** A vacancy as it is kept now, ready for filters and for notices. */
export type Prepared = Pick<KeptVacancy, 'id' | 'edition' | 'newsAt'> & {
  readonly body: VacancyBody
  readonly candidate: Candidate
  /** Open, within its time, neither held back nor barred by a mentor. */
  isGood(now: number): boolean
  /** As an entry of a list for somebody of this age, without what speaks for it. */
  listing(ageBand: AgeBand): Listing
  /** What the law says of it at this age: conditions, and what to ask first. */
  law(ageBand: AgeBand): readonly Message[]
}

export type Shelf = {
  /** Vacancies by their ids, as they are at present; those that cannot be read are not among them. */
  take(ids: readonly string[]): Promise<ReadonlyMap<string, Prepared>>
}

/** Vacancies read at once. */
const slice = 50
/** Vacancies that are remembered: in one round many people are told of the same. */
const remembered = 500

/** Reads vacancies anew wherever anything was changed since they were read last; memory is bounded. */
export function createShelf(
  core: Pick<Core, 'prisma' | 'provider' | 'clock' | 'damaged' | 'breathe'>,
  reading: Reading,
  findingsOf: FindingsOf,
): Shelf {
  const gistsOf = createGists(core, reading)
  const known = new Map<string, { readonly changedAt: bigint; readonly prepared: Prepared }>()

  async function read(ids: readonly string[]): Promise<void> {
    const rows = await core.prisma.vacancy.findMany({ where: { id: { in: [...ids] } } })
    const findings = await findingsOf(ids)
    const changes = new Map(rows.map(({ id, changedAt }) => [id, changedAt]))
    for (const id of ids) known.delete(id)
    const kept = readKept(rows, core.damaged)
    const gists = await gistsOf(kept)
    for (const one of kept) {
      const prepared = prepare({ ...one, gist: gists.get(one.id) }, reading, findings.get(one.id) ?? noFindings)
      known.set(one.id, { changedAt: changes.get(one.id) ?? 0n, prepared })
    }
  }

  return {
    async take(ids) {
      const taken = new Map<string, Prepared>()
      const wanted = [...new Set(ids)]
      for (let from = 0; from < wanted.length; from += slice) {
        const some = wanted.slice(from, from + slice)
        const changes = await core.prisma.vacancy.findMany({
          where: { id: { in: some } },
          select: { id: true, changedAt: true },
        })
        const stale = changes.filter(({ id, changedAt }) => known.get(id)?.changedAt !== changedAt)
        if (stale.length > 0) await read(stale.map(({ id }) => id))
        for (const { id } of changes) {
          const found = known.get(id)
          if (found !== undefined) taken.set(id, found.prepared)
        }
        for (const id of known.keys()) {
          if (known.size <= remembered) break
          known.delete(id)
        }
        await core.breathe()
      }
      return taken
    },
  }
}

function prepare(kept: KeptVacancy, reading: Reading, findings: Parameters<Reading['candidate']>[1]): Prepared {
  const { id, body, state, edition, newsAt } = kept
  const candidate = reading.candidate(kept, findings)
  const listings = new Map<AgeBand, Listing>()
  return {
    ...{ id, body, edition, newsAt, candidate },
    isGood: (now) => state === 'open' && body.validThrough >= now && !candidate.isHeld,
    listing(ageBand) {
      const listing = listings.get(ageBand) ?? reading.listing(kept, { ageBand, findings, fits: [] })
      listings.set(ageBand, listing)
      return listing
    },
    law: (ageBand) =>
      explain(reading.judgement(body, ageBand))
        .filter(({ head }) => told.includes(head.key))
        .flatMap(({ lines }) => lines),
  }
}

const told = ['vacancies:law.common.conditions', 'vacancies:law.common.askFirst']
