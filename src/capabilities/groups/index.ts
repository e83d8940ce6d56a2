import { defineCapability } from '../capability.ts'
import type { CountFigures } from '../figures.ts'
import { belongingReplies } from './belonging.ts'
import { deedsSection, linksSection, membershipsSection } from './export.ts'
import { groupFacts } from './facts.ts'
import { groupsJob } from './job.ts'
import { keepingReplies } from './keeping.ts'
import { leadingReplies } from './leading.ts'
import { linkReplies } from './links.ts'
import { qrMaker } from './qr.ts'

const countGroups: CountFigures = async ({ prisma }) => {
  const open = { closedAt: null }
  const roles = await prisma.groupMember.groupBy({ by: ['role'], _count: true })
  const countOf = (role: string) => roles.find((row) => row.role === role)?._count ?? 0
  return [
    {
      title: 'Groups',
      rows: [
        { name: 'institutions', count: await prisma.institution.count({ where: open }) },
        { name: 'groups', count: await prisma.mentorGroup.count({ where: open }) },
        { name: 'members', count: countOf('member') },
        { name: 'invited', count: countOf('invited') },
        { name: 'places of mentors', count: countOf('mentor') },
      ],
    },
  ]
}

/** Institutions, groups, their mentors and members, and what of members is shared. */
export const groups = defineCapability({
  name: 'groups',
  facts: groupFacts,
  asks: (_, tools) => [
    ...leadingReplies(tools),
    ...linkReplies(tools),
    ...belongingReplies(tools),
    ...keepingReplies(tools.core),
  ],
  exports: (_, { core }) => [membershipsSection(core), deedsSection, linksSection],
  jobs: (_, { core }) => [groupsJob(core)],
  makers: { 'groups.qr': qrMaker },
  figures: countGroups,
})
