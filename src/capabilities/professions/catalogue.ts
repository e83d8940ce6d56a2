import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { Core, Transaction } from '../../store/core.ts'
import { type DamageReport, readEach } from '../../store/damage.ts'
import { Prisma, type PrismaClient } from '../../store/generated/sqlite/client.ts'
import type { FamilyModel, ProfessionModel } from '../../store/generated/sqlite/models.ts'
import { type Columns, namesOf, type Row, rowsOf } from '../../store/rows.ts'
import { type Catalogue, type Family, familySchema, type Profession, professionSchema } from './seed.ts'

/** What loading a catalogue changed. */
export type Loading = { readonly written: number; readonly deleted: number }

/**
 * Makes the database's catalogue equal to the given one, in one transaction; what is the same already is not written,
 * so loading again changes nothing.
 */
export async function loadCatalogue(core: Core, cache: CatalogueCache, catalogue: Catalogue): Promise<Loading> {
  const families = catalogue.families.map(familyRow)
  const professions = catalogue.professions.map(professionRow)
  // A damaged row is written anew, though its digest is the one it was written with.
  const present = await readAll(core.prisma, core.damaged)
  const loading = await core.prisma.$transaction(async (transaction) => {
    const first = await replace(core, transaction, 'Profession', professionColumns, professions, present.professions)
    const second = await replace(core, transaction, 'Family', familyColumns, families, present.families)
    return { written: first.written + second.written, deleted: first.deleted + second.deleted }
  })
  cache.forget()
  return loading
}

/** The catalogue as last read. */
export type CatalogueCache = {
  get(): Promise<Catalogue>
  /** The next `get` reads anew. */
  forget(): void
}

/** How long a catalogue is good before the database is asked again (another process may have loaded one), in ms. */
const goodFor = 60_000

/** While the table cannot be read, the catalogue is as it was read before: what it says changes with new versions only. */
export function createCatalogueCache({ prisma, clock, damaged }: Core): CatalogueCache {
  let kept: { readonly until: number; readonly catalogue: Promise<Catalogue> } | undefined
  let last: Catalogue | undefined
  const forget = () => {
    kept = undefined
  }
  const read = async (): Promise<Catalogue> => {
    try {
      last = await readAll(prisma, damaged)
      return last
    } catch (error) {
      forget()
      if (last === undefined) throw error
      return last
    }
  }
  return {
    get: () => {
      if (kept === undefined || kept.until <= clock.now()) kept = { until: clock.now() + goodFor, catalogue: read() }
      return kept.catalogue
    },
    forget,
  }
}

/** One damaged profession must not take all the others away. */
async function readAll(prisma: PrismaClient, damaged: DamageReport): Promise<Catalogue> {
  const [families, professions] = await Promise.all([
    prisma.family.findMany({ orderBy: { place: 'asc' } }),
    prisma.profession.findMany({ orderBy: { id: 'asc' } }),
  ])
  return {
    families: readEach('Family', families, toFamily, damaged),
    professions: readEach('Profession', professions, toProfession, damaged),
  }
}

const familyColumns = { id: 'text', place: 'int', words: 'text', digest: 'text' } as const satisfies Columns

const professionColumns = {
  id: 'text',
  soc: 'text',
  title: 'text',
  family: 'text',
  jobZone: 'int',
  realistic: 'real',
  investigative: 'real',
  artistic: 'real',
  social: 'real',
  enterprising: 'real',
  conventional: 'real',
  ways: 'text',
  words: 'text',
  digest: 'text',
} as const satisfies Columns

function familyRow({ id, name, about, words, without }: Family, place: number): Row {
  const row = [id, place, JSON.stringify({ name, about, words, without })]
  return [...row, digestOf(row)]
}

function professionRow(profession: Profession): Row {
  const { id, soc, title, family, jobZone, interests, ways, name, about, day, entry, words, fields } = profession
  const { R, I, A, S, E, C } = interests
  const texts = JSON.stringify({ name, about, day, entry, words, fields })
  const row = [id, soc, title, family, jobZone, R, I, A, S, E, C, JSON.stringify(ways), texts]
  return [...row, digestOf(row)]
}

/** Digest of the row as the database holds it, so that a change of the file that changes no row writes nothing. */
function digestOf(row: Row): string {
  return createHash('sha256').update(JSON.stringify(row)).digest('hex')
}

async function replace(
  core: Core,
  transaction: Transaction,
  table: 'Family' | 'Profession',
  columns: Columns,
  rows: readonly Row[],
  readable: readonly { readonly id: string }[],
): Promise<Loading> {
  const target = Prisma.raw(`"${table}"`)
  const before = await transaction.$queryRaw<{ id: string; digest: string }[]>`SELECT "id", "digest" FROM ${target}`
  const known = new Set(readable.map(({ id }) => id))
  const digests = new Map(before.filter(({ id }) => known.has(id)).map((row) => [row.id, row.digest]))
  const ids = new Set(rows.map(idOf))
  const gone = before.map((row) => row.id).filter((id) => !ids.has(id))
  const changed = rows.filter((row) => digests.get(idOf(row)) !== row.at(-1))
  // Changed ones are deleted first: two professions may have exchanged their codes, which are unique.
  const old = [...gone, ...changed.map(idOf)].map((id) => [id])
  if (old.length > 0) {
    await transaction.$executeRaw`
      DELETE FROM ${target} WHERE "id" IN (SELECT "id" FROM ${rowsOf(core.provider, { id: 'text' }, old)} r)`
  }
  if (changed.length > 0) {
    const names = namesOf(columns)
    await transaction.$executeRaw`
      INSERT INTO ${target} (${names}) SELECT ${names} FROM ${rowsOf(core.provider, columns, changed)} r WHERE true
      ON CONFLICT DO NOTHING`
  }
  return { written: changed.length, deleted: gone.length }
}

function idOf(row: Row): string {
  return String(row[0])
}

const FamilyWords = familySchema.pick({ name: true, about: true, words: true, without: true })
const ProfessionWords = professionSchema.pick({
  name: true,
  about: true,
  day: true,
  entry: true,
  words: true,
  fields: true,
})
const Ways = z.array(professionSchema.shape.ways.element)
const Interests = professionSchema.shape.interests

function toFamily(row: FamilyModel): Family {
  return { id: row.id, ...FamilyWords.parse(JSON.parse(row.words)) }
}

function toProfession(row: ProfessionModel): Profession {
  return {
    id: row.id,
    soc: row.soc,
    title: row.title,
    family: row.family,
    jobZone: professionSchema.shape.jobZone.parse(row.jobZone),
    interests: Interests.parse({
      R: row.realistic,
      I: row.investigative,
      A: row.artistic,
      S: row.social,
      E: row.enterprising,
      C: row.conventional,
    }),
    ways: Ways.parse(JSON.parse(row.ways)),
    ...ProfessionWords.parse(JSON.parse(row.words)),
  }
}
