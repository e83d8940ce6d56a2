import { zone } from '../common/regions.ts'
import type { Paragraph } from '../kit/screen.ts'
import { type Message, translator, type Value } from '../kit/words.ts'
import type { MemberCard } from './card.ts'
import type { Group, Institution } from './group.ts'

const t = translator('groups')

/** An institution with the region it is in. */
export function placeText({ name, region }: Institution): Message {
  return region === null
    ? { key: 'common:value', values: { value: name } }
    : t('place', { name, region: { key: `regions:${region}` } })
}

/** A group and the institution it belongs to, as the head of a screen. */
export function groupTitle({ name, institution }: Group): Message[] {
  return [t('title', { name }), placeText(institution)]
}

/** A mentor as others see them: by name where one is set, else by what they are. */
export function mentorText({
  name,
  isCoordinator,
}: {
  readonly name: string | null
  readonly isCoordinator: boolean
}): Message {
  const role = isCoordinator ? 'coordinator' : 'mentor'
  return name === null ? t(`who.${role}`) : t(`whoByName.${role}`, { name })
}

/** What mentors see of a member; made once, so that the member reads the very same. */
export function cardLines(card: MemberCard): Paragraph[] {
  const lines = [planLine(card), interestsLine(card), goalsLine(card), applicationsLine(card), activeLine(card)]
  const shown = lines.flatMap((line) => line ?? [])
  return shown.length === 0 ? [t('card.nothing')] : shown
}

function planLine({ plan }: MemberCard): Message | undefined {
  if (plan === null) return undefined
  const unknown = t('card.unknown')
  return t('card.plan', {
    age: plan.ageBand === null ? unknown : { key: `common:age.${plan.ageBand}` },
    plan: plan.plan === null ? unknown : { key: `common:plan.${plan.plan}` },
  })
}

function interestsLine({ interests }: MemberCard): Message | undefined {
  if (interests === null) return undefined
  const { instrument, areas, at } = interests
  if (at === null) return t('card.noResult')
  const day = { moment: at, zone, style: 'date' } as const
  if (areas.length === 0) return t('card.evenResult', { day })
  return t('card.interests', { areas: areas.map((area) => ({ key: `${instrument}:scales.${area}.name` })), day })
}

function goalsLine({ goals }: MemberCard): Message | undefined {
  if (goals === null) return undefined
  if (goals.total === 0) return t('card.noGoals')
  const names: readonly Value[] = goals.names
  const more = goals.total - goals.names.length
  return more > 0 ? t('card.goalsAndMore', { names, number: more }) : t('card.goals', { names })
}

function applicationsLine({ applications }: MemberCard): Message | undefined {
  if (applications === null) return undefined
  if (applications.length === 0) return t('card.noApplications')
  return t('card.applications', {
    counts: applications.map(({ state, number }) => t(`card.state.${state}`, { number })),
  })
}

function activeLine({ active }: MemberCard): Message | undefined {
  return active === null ? undefined : t(`card.active.${active}`)
}
