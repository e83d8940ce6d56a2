import type { Stage } from '../support/stage.ts'
import type { Cast } from './cast.ts'

type Gathering = { readonly mentors: readonly string[]; readonly members: readonly string[] }

/** A group of its own in each telling, its people having come one after another. */
export async function gather(
  { mentors, members }: Gathering,
  casts: readonly Cast[],
  { store: { prisma }, now }: Stage,
): Promise<void> {
  for (const { language, telling, actor } of casts) {
    const id = `group-${language}`
    await prisma.institution.create({ data: { id, name: 'Example', createdAt: BigInt(now()) } })
    await prisma.mentorGroup.create({ data: { id, institutionId: id, name: 'Example', createdAt: BigInt(now()) } })
    const roles = [...mentors.map((name) => [name, 'mentor']), ...members.map((name) => [name, 'member'])] as const
    for (const [at, [name = '', role = '']] of roles.entries()) {
      const chatId = BigInt(actor(name).person.id)
      await prisma.groupMember.create({
        data: { groupId: id, chatId, role, shares: '[]', joinedAt: BigInt(now() + at) },
      })
    }
    telling.happens(`a group: ${mentors.join(', ')} for ${members.join(', ')}`)
  }
}
