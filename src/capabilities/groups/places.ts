import { Institution } from '../../../flows/groups/group.ts'
import { readEach } from '../../store/damage.ts'
import type { Prisma } from '../../store/generated/sqlite/client.ts'
import { type Reader, roleNow, type Source } from './rows.ts'

/** Institutions offered to choose from at once. */
const mostPlaces = 200

/** Open institutions by name. */
export async function placesWhere(
  source: Source,
  { damaged }: Reader,
  where: Prisma.InstitutionWhereInput,
): Promise<Institution[]> {
  const rows = await source.institution.findMany({
    where: { ...where, closedAt: null },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: mostPlaces,
  })
  return readEach('Institution', rows, (row) => Institution.parse(row), damaged)
}

/** Institutions of the groups one is a mentor of; coordinators choose the place in their own list. */
export async function placesOf(source: Source, reader: Reader, chatId: number): Promise<Institution[]> {
  const own = await source.groupMember.findMany({ where: { chatId: BigInt(chatId), role: 'mentor' } })
  const groups = await source.mentorGroup.findMany({
    where: { id: { in: own.map(({ groupId }) => groupId) }, closedAt: null },
    select: { institutionId: true },
  })
  return placesWhere(source, reader, { id: { in: groups.map(({ institutionId }) => institutionId) } })
}

/** What one would be by making a group there: its mentor, or a coordinator who gives it to others; undefined where one may not. */
export async function mayMakeIn(
  source: Source,
  institution: string,
  chatId: number,
): Promise<'mentor' | 'coordinator' | undefined> {
  const role = await roleNow(source, chatId)
  const reader = { damaged: () => undefined }
  const places =
    role === 'coordinator'
      ? await placesWhere(source, reader, { id: institution })
      : role === 'mentor'
        ? await placesOf(source, reader, chatId)
        : []
  return places.some(({ id }) => id === institution) ? role : undefined
}
