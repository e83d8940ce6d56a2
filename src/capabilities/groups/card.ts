import { states } from '../../../flows/applications/contract.ts'
import { dayLength } from '../../../flows/common/calendar.ts'
import { hasConsent, type Person } from '../../../flows/common/person.ts'
import { emptyCard, type MemberCard, mostGoals } from '../../../flows/groups/card.ts'
import type { ShareKind } from '../../../flows/groups/group.ts'
import { savedProfessions } from '../../../flows/professions/contract.ts'
import { surveyHistory } from '../../../flows/survey/contract.ts'
import { leadingAreas } from '../../../flows/survey/results.ts'
import { moment, readOr } from '../../store/damage.ts'
import { loadPerson } from '../../store/people.ts'
import type { Tools } from '../capability.ts'

/** What is needed to look at what a member shows. */
export type CardTools = Pick<Tools, 'core' | 'ask' | 'content'>

type Whose = { readonly chatId: number; readonly shares: readonly ShareKind[] }

/** What a member shows: their name, if they share it and have set one, and all else. */
export type Shown = { readonly name: string | null; readonly card: MemberCard }

/** The one place where it is decided what mentors see of a member; whoever has not agreed to the present terms shows nothing. */
export async function shownOf(tools: CardTools, { chatId, shares }: Whose, now: number): Promise<Shown> {
  const person = await loadPerson(tools.core, chatId)
  if (person === undefined || !hasConsent(person)) return { name: null, card: emptyCard }
  const world = { chatId, person, now }
  const shared = <T>(kind: ShareKind, look: () => T) => (shares.includes(kind) ? look() : null)
  return {
    name: nameIn(person, shares),
    card: {
      shares: [...shares],
      plan: shared('plan', () => ({ plan: person.plan ?? null, ageBand: person.ageBand ?? null })),
      interests: await shared('interests', () => interestsOf(tools, world)),
      goals: await shared('goals', () => goalsOf(tools, world)),
      applications: await shared('applications', () => applicationsOf(tools, chatId)),
      active: await shared('active', () => activityOf(tools, world)),
    },
  }
}

/** The name alone, for lists. */
export async function nameOf({ core }: Pick<CardTools, 'core'>, { chatId, shares }: Whose): Promise<string | null> {
  const person = await loadPerson(core, chatId)
  return person === undefined || !hasConsent(person) ? null : nameIn(person, shares)
}

function nameIn({ name }: Person, shares: readonly ShareKind[]): string | null {
  return shares.includes('name') ? (name ?? null) : null
}

type World = { readonly chatId: number; readonly person: Person; readonly now: number }

async function interestsOf({ ask, content }: CardTools, world: World): Promise<MemberCard['interests']> {
  const [instrument] = content.instruments
  const [newest] = await ask(surveyHistory, { instrument: instrument.id }, world)
  if (newest === undefined) return { instrument: instrument.id, areas: [], at: null }
  return { instrument: instrument.id, areas: [...leadingAreas(instrument, newest)], at: newest.finishedAt }
}

async function goalsOf({ ask }: CardTools, world: World): Promise<MemberCard['goals']> {
  const saved = await ask(savedProfessions, null, world)
  return { names: saved.slice(0, mostGoals).map(({ name }) => name), total: saved.length }
}

async function applicationsOf({ core }: CardTools, chatId: number): Promise<MemberCard['applications']> {
  const rows = await core.prisma.application.groupBy({
    by: ['state'],
    where: { chatId: BigInt(chatId) },
    _count: true,
  })
  return states.flatMap((state) => {
    const number = rows.find((row) => row.state === state)?._count ?? 0
    return number === 0 ? [] : [{ state, number }]
  })
}

async function activityOf({ core }: CardTools, { chatId, now }: World): Promise<MemberCard['active']> {
  const row = await core.prisma.dialogue.findUnique({
    where: { chatId: BigInt(chatId) },
    select: { updatedAt: true },
  })
  const days = (now - readOr(0, () => moment(row?.updatedAt ?? 0n))) / dayLength
  return days < 7 ? 'week' : days < 30 ? 'month' : 'longer'
}
