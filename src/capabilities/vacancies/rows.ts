import { z } from 'zod'
import type { VacancyBody } from '../../../flows/vacancies/merge.ts'
import { Vacancy } from '../../../flows/vacancies/vacancy.ts'
import type { Transaction } from '../../store/core.ts'
import { type DamageReport, readEach } from '../../store/damage.ts'
import type { VacancyModel } from '../../store/generated/sqlite/models.ts'
import type { Provider } from '../../store/models.ts'
import { type Columns, namesOf, type Row, rowsOf } from '../../store/rows.ts'
import { type Gist, keptGist } from './gist.ts'

const states = ['open', 'closed'] as const

/** A vacancy as it is kept. */
export type KeptVacancy = {
  readonly id: string
  readonly identity: string
  readonly state: (typeof states)[number]
  readonly body: VacancyBody
  readonly edition: number
  readonly storedAt: number
  readonly changedAt: number
  /** When there was last something people are told of. */
  readonly newsAt: number
  /** What was read of its words, where that is kept. */
  readonly gist?: Gist | undefined
}

/** Where a vacancy was seen, and what its source said of it then. */
export type KeptSighting = {
  readonly source: string
  readonly sourceId: string
  readonly vacancyId: string
  readonly url: string | null
  readonly digest: string
  readonly seenAt: number
}

/** Those of the sightings that are known: by their sources and numbers there. */
export async function sightingsOf(
  transaction: Transaction,
  seen: readonly { readonly source: string; readonly id: string }[],
): Promise<KeptSighting[]> {
  const sources = [...new Set(seen.map(({ source }) => source))]
  const found = await transaction.vacancySighting.findMany({
    where: {
      OR: sources.map((source) => {
        return { source, sourceId: { in: seen.filter((one) => one.source === source).map(({ id }) => id) } }
      }),
    },
  })
  return found.map((row) => ({ ...row, seenAt: Number(row.seenAt) }))
}

/** Vacancies with one of the ids or identities. Those that cannot be read are left out, and reported. */
export async function keptVacancies(
  transaction: Transaction,
  { ids, identities }: { readonly ids: readonly string[]; readonly identities: readonly string[] },
  damaged: DamageReport,
): Promise<KeptVacancy[]> {
  const rows = await transaction.vacancy.findMany({
    where: { OR: [{ id: { in: [...ids] } }, { identity: { in: [...identities] } }] },
  })
  return readKept(rows, damaged)
}

const Body = Vacancy.omit({ seen: true })
const State = z.enum(states)

/** Those that can be read; the others are reported, but not those of which nothing was left with their author. */
export function readKept(rows: readonly VacancyModel[], damaged: DamageReport): KeptVacancy[] {
  return readEach(
    'Vacancy',
    rows.filter(({ body }) => body !== ''),
    toKept,
    damaged,
  )
}

/** Throws when anything of the row cannot be read. */
export function toKept(row: VacancyModel): KeptVacancy {
  const { id, identity, state, edition, storedAt, changedAt, newsAt } = row
  const body = Body.parse(JSON.parse(row.body))
  return {
    id,
    identity,
    state: State.parse(state),
    body,
    gist: keptGist(row.gist, body),
    edition,
    storedAt: Number(storedAt),
    changedAt: Number(changedAt),
    newsAt: Number(newsAt),
  }
}

const vacancyColumns = {
  id: 'text',
  identity: 'text',
  state: 'text',
  body: 'text',
  validThrough: 'bigint',
  edition: 'int',
  storedAt: 'bigint',
  changedAt: 'bigint',
  newsAt: 'bigint',
} as const satisfies Columns

const sightingColumns = {
  source: 'text',
  sourceId: 'text',
  vacancyId: 'text',
  url: 'text',
  digest: 'text',
  seenAt: 'bigint',
} as const satisfies Columns

/** Writes vacancies and sightings, each over what was there before. */
export async function writeVacancies(
  transaction: Transaction,
  provider: Provider,
  written: { readonly vacancies: readonly KeptVacancy[]; readonly sightings: readonly KeptSighting[] },
): Promise<void> {
  const vacancies = written.vacancies.map(
    ({ id, identity, state, body, edition, storedAt, changedAt, newsAt }): Row => {
      return [id, identity, state, JSON.stringify(body), body.validThrough, edition, storedAt, changedAt, newsAt]
    },
  )
  const sightings = written.sightings.map(({ source, sourceId, vacancyId, url, digest, seenAt }): Row => {
    return [source, sourceId, vacancyId, url, digest, seenAt]
  })
  if (vacancies.length > 0) {
    await transaction.$executeRaw`
      INSERT INTO "Vacancy" (${namesOf(vacancyColumns)})
      SELECT ${namesOf(vacancyColumns)} FROM ${rowsOf(provider, vacancyColumns, vacancies)} r WHERE true
      ON CONFLICT ("id") DO UPDATE SET
        "identity" = excluded."identity", "state" = excluded."state", "body" = excluded."body",
        "validThrough" = excluded."validThrough", "edition" = excluded."edition", "changedAt" = excluded."changedAt",
        "newsAt" = excluded."newsAt"`
  }
  if (sightings.length > 0) {
    await transaction.$executeRaw`
      INSERT INTO "VacancySighting" (${namesOf(sightingColumns)})
      SELECT ${namesOf(sightingColumns)} FROM ${rowsOf(provider, sightingColumns, sightings)} r WHERE true
      ON CONFLICT ("source", "sourceId") DO UPDATE SET
        "vacancyId" = excluded."vacancyId", "url" = excluded."url", "digest" = excluded."digest", "seenAt" = excluded."seenAt"`
  }
}
