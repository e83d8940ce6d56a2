import type { DataOf } from '../../../flows/kit/contract.ts'
import { matchProfessions, type SuggestedFamily } from '../../../flows/professions/contract.ts'
import {
  interestScales,
  leadingScale,
  type Matchable,
  type Plan,
  type RankedProfession,
  rankFamilies,
  rankProfessions,
  sharedScales,
  variedRanking,
} from '../../../flows/professions/match.ts'
import { holdingSuggestions, interestProfile } from '../../../flows/professions/resample.ts'
import type { Instrument } from '../../../flows/survey/instrument.ts'
import { closeToHighest } from '../../../flows/survey/scoring.ts'
import { namedAtOnce } from '../../../flows/survey/suggestions.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import type { Catalogue, Profession } from './seed.ts'

/** Families shown, and professions of each. */
const shownFamilies = 3
const shownProfessions = 4
/** A suggestion holds when it stays among this many of the whole ranking under resampling. */
const top = shownFamilies * shownProfessions

type Question = DataOf<typeof matchProfessions>

/** The look-up behind a result: families of work first, then their professions, within the person's plan. */
export function suggestionReply(instruments: readonly Instrument[], catalogue: () => Promise<Catalogue>): Reply {
  return reply(matchProfessions, async (question, { person }) => {
    const instrument = instruments.find(({ id }) => id === question.instrument)
    if (instrument === undefined || !measuresInterests(instrument)) return []
    return suggest(instrument, question, await catalogue(), person.plan ?? 'undecided')
  })
}

/** Only interests in the six scales of the occupations can be compared with them. */
function measuresInterests({ scales }: Instrument): boolean {
  return [...scales].sort().join() === 'A,C,E,I,R,S'
}

function suggest(instrument: Instrument, question: Question, { families, professions }: Catalogue, plan: Plan) {
  const { answers, form } = question
  const profile = interestProfile(question.scores)
  const byId = new Map(professions.map((profession) => [profession.id, profession]))
  const close = closeToHighest(instrument, question.scores, form)
  const leading = interestScales.filter((scale) => close.includes(scale))
  const isLeading = (id: string) => leading.some((scale) => scale === strongestOf(byId.get(id)))
  const ranking = variedRanking(rankProfessions(profile, professions, { plan, leading }), namedAtOnce, isLeading)
  const holding = holdingSuggestions({
    instrument,
    answers,
    form,
    professions: professions satisfies readonly Matchable[],
    plan,
    top,
  })
  const places = new Map(ranking.map(({ id }, place) => [id, place]))
  const suggestion = (profession: Profession) => ({
    id: profession.id,
    name: profession.name,
    shared: sharedScales(profile, profession.interests),
    holds: holding.has(profession.id),
    place: places.get(profession.id) ?? ranking.length,
  })
  return shownOf(ranking).flatMap((id): SuggestedFamily[] => {
    const family = families.find((one) => one.id === id)
    if (family === undefined) return []
    const inside = ranking.filter((one) => one.family === id).slice(0, shownProfessions)
    const known = inside.flatMap((one) => byId.get(one.id) ?? [])
    return [{ id, name: family.name, about: family.about, professions: known.map(suggestion) }]
  })
}

function strongestOf(profession: Profession | undefined) {
  return profession && leadingScale(profession.interests)
}

/** Families by how well they fit; none is left out that a profession named at once belongs to. */
function shownOf(ranking: readonly RankedProfession[]): readonly string[] {
  const order = rankFamilies(ranking).map(({ family }) => family)
  const named = ranking.slice(0, namedAtOnce).map(({ family }) => family)
  const shown = new Set([...new Set([...named, ...order])].slice(0, shownFamilies))
  return order.filter((family) => shown.has(family))
}
