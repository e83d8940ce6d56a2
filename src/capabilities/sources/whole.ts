import type { Core, Transaction } from '../../store/core.ts'
import type { Gone } from './close.ts'
import type { Trouble } from './readers/source.ts'

/** What one reading of a whole source had. */
export type WholeReading = {
  /** Numbers of all that stood there, be it that it could not be understood. */
  readonly standing: ReadonlySet<string>
  /** How many vacancies were understood. */
  readonly sound: number
  /** How many of them were not known of this source before. */
  readonly fresh: number
}

/** What is known and open of a source, and stood there no more: for the first time, and for the second in a row. */
export type Missing = { readonly type: 'missing'; readonly once: readonly string[]; readonly twice: readonly Gone[] }

/** So many must be known before a source is said to have shrunk to less than half; one that is empty always is. */
const leastKnown = 10
/** Places that are looked at together. */
const slice = 500

/** Holds a whole reading against what is known. One that has far less than before is likelier a fault than the truth. */
export async function missingFrom(
  core: Pick<Core, 'prisma' | 'breathe'>,
  source: string,
  { standing, sound, fresh }: WholeReading,
): Promise<Missing | Trouble> {
  const once: string[] = []
  const twice: Gone[] = []
  let open = 0
  for await (const { sourceId, missed } of openPlaces(core, source)) {
    open++
    if (standing.has(sourceId)) continue
    if (missed === 0) once.push(sourceId)
    else twice.push({ id: sourceId, url: null })
  }
  const known = open - fresh
  const hasShrunk = sound === 0 ? known > 0 : known >= leastKnown && sound < known / 2
  return hasShrunk ? shrunk(sound, known) : { type: 'missing', once, twice }
}

/** The reading before is still the newest: what it missed for the first time is missed once more. */
export async function stillMissing(core: Pick<Core, 'prisma' | 'breathe'>, source: string): Promise<Missing> {
  const twice: Gone[] = []
  for await (const { sourceId, missed } of openPlaces(core, source))
    if (missed > 0) twice.push({ id: sourceId, url: null })
  return { type: 'missing', once: [], twice }
}

function shrunk(sound: number, known: number): Trouble {
  const why = `the feed has ${sound} vacancies where ${known} are known and open; none was closed`
  return { type: 'trouble', trouble: 'shrunk', until: null, why }
}

/** Where open vacancies stand in a source, slice by slice; everybody else has their turn between two. */
async function* openPlaces({ prisma, breathe }: Pick<Core, 'prisma' | 'breathe'>, source: string) {
  let last = ''
  for (;;) {
    const places = await prisma.vacancySighting.findMany({
      where: { source, sourceId: { gt: last } },
      orderBy: { sourceId: 'asc' },
      take: slice,
      select: { sourceId: true, vacancyId: true, missed: true },
    })
    const vacancies = await prisma.vacancy.findMany({
      where: { id: { in: places.map(({ vacancyId }) => vacancyId) }, state: 'open' },
      select: { id: true },
    })
    const open = new Set(vacancies.map(({ id }) => id))
    yield* places.filter(({ vacancyId }) => open.has(vacancyId))
    if (places.length < slice) return
    last = places.at(-1)?.sourceId ?? last
    await breathe()
  }
}

/** What stands there is missed no more. */
export async function noteStanding(transaction: Transaction, source: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const where = { source, sourceId: { in: [...ids] }, missed: { gt: 0 } }
  await transaction.vacancySighting.updateMany({ where, data: { missed: 0 } })
}

/** What a whole reading missed for the first time. */
export async function noteMissed(transaction: Transaction, source: string, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += slice) {
    const where = { source, sourceId: { in: ids.slice(start, start + slice) } }
    await transaction.vacancySighting.updateMany({ where, data: { missed: 1 } })
  }
}
