import { isNarrowing } from '../common/plans.ts'
import { back, home, toBack } from '../kit/buttons.ts'
import type { View } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import { value } from '../kit/words.ts'
import type { SuggestedFamily } from '../professions/contract.ts'
import { scaleName } from '../professions/scales.ts'
import type { SurveyContext } from './context.ts'

type Suggestion = SuggestedFamily['professions'][number]

/** So many professions are named at once. */
export const namedAtOnce = 3

/** Those that fit best, in the order of their places. */
export function bestOf(families: readonly SuggestedFamily[]): readonly Suggestion[] {
  return families
    .flatMap(({ professions }) => professions)
    .toSorted((one, other) => one.place - other.place)
    .slice(0, namedAtOnce)
}

export function familiesScreen({ t, context, person }: View<SurveyContext>) {
  const { plan } = person
  return screen(
    [t('families.title'), ...(isNarrowing(plan) ? [t('families.plan', { plan: { key: `common:plan.${plan}` } })] : [])],
    ...context.families.map(({ name }, place) => [button(value(name), { type: 'FAMILY', place })]),
    [back(toBack), button(t('result.professions'), go.open('professions'))],
    [home()],
  )
}

export function familyScreen({ t, context }: View<SurveyContext>) {
  const family = context.families[context.family] ?? context.families[0]
  if (family === undefined) return screen(t('families.title'), [back(toBack), home()])
  const { name, about, professions } = family
  const shared = sharedByAll(professions)
  // A star says something only where others have none.
  const isTelling = professions.some(({ holds }) => holds) && !professions.every(({ holds }) => holds)
  return screen(
    [
      t('family.title', { name, about }),
      ...(shared.length === 0 ? [] : [t('family.shared', { scales: shared.map(scaleName) })]),
      ...(isTelling ? [t('family.legend')] : []),
    ],
    ...professions.map((one) => [
      button(
        isTelling && one.holds ? t('family.holds', { name: one.name }) : value(one.name),
        go.open('professions', { id: one.id }),
      ),
    ]),
    [back(toBack), home()],
  )
}

function sharedByAll(professions: readonly Suggestion[]): readonly string[] {
  const [first] = professions
  return (first?.shared ?? []).filter((scale) => professions.every(({ shared }) => shared.includes(scale)))
}
