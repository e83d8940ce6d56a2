import { back, home, toBack } from '../kit/buttons.ts'
import type { View } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import { value } from '../kit/words.ts'
import type { SuggestedFamily } from '../professions/contract.ts'
import { scaleName } from '../professions/scales.ts'
import type { SurveyContext } from './context.ts'

type Suggestion = SuggestedFamily['professions'][number]

/** Professions named at once. */
const most = 3

/**
 * The three that fit best, those first that share a strong interest with the person; of two families at least, where
 * there are two.
 */
export function bestOf(families: readonly SuggestedFamily[]): readonly Suggestion[] {
  const all = families.flatMap(({ id, professions }) => professions.map((profession) => ({ family: id, profession })))
  const sorted = all.toSorted((a, b) => order(a.profession, b.profession))
  const best = sorted.slice(0, most)
  const other = sorted.find(({ family }) => family !== best[0]?.family)
  const chosen = other === undefined || best.includes(other) ? best : [...best.slice(0, most - 1), other]
  return chosen.map(({ profession }) => profession)
}

function order(one: Suggestion, other: Suggestion): number {
  return Number(other.shared.length > 0) - Number(one.shared.length > 0) || one.place - other.place
}

export function familiesScreen({ t, context, person }: View<SurveyContext>) {
  const { plan = 'undecided' } = person
  return screen(
    [
      t('families.title'),
      ...(plan === 'undecided' ? [] : [t('families.plan', { plan: { key: `common:plan.${plan}` } })]),
    ],
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
