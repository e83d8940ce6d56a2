import { type Form, formItems, type Instrument } from '../survey/instrument.ts'
import { type Answers, ownScores } from '../survey/scoring.ts'
import { type InterestProfile, interestScales, type Matchable, type Plan, professionRanker } from './match.ts'

/** One person's form, and what is suggested from it. */
export type Suggesting = {
  readonly instrument: Instrument
  readonly answers: Answers
  readonly form: Form
  readonly professions: readonly Matchable[]
  readonly plan?: Plan
  /** How many suggestions are shown. */
  readonly top: number
}

const drawCount = 100
const leastShare = 0.8

/**
 * Ids of the shown suggestions that hold: had the person met other activities of the same kind, they would be shown
 * again. Each of 100 draws puts answers of the same scale, drawn with replacement, in the place of the given ones
 * (bootstrap within scales); a suggestion holds when it is among the shown in at least 80. The draws follow from the
 * answers themselves, so the same person always sees the same.
 */
export function holdingSuggestions(suggesting: Suggesting): Set<string> {
  const { instrument, answers, form } = suggesting
  const suggest = suggester(suggesting)
  const pools = poolsOf(instrument, answers, countedItems(instrument, answers, form))
  const shown = suggest(givenIn(pools))
  const random = mixer(fingerprint(answers))
  const seen = new Map(shown.map((id) => [id, 0]))
  for (let draw = 0; draw < drawCount; draw++) {
    for (const id of suggest(redraw(pools, random))) {
      const times = seen.get(id)
      if (times !== undefined) seen.set(id, times + 1)
    }
  }
  return new Set(shown.filter((id) => (seen.get(id) ?? 0) >= drawCount * leastShare))
}

/** Scores of an interest survey as a profile; scales that the instrument does not have count 0. */
export function interestProfile(scores: Readonly<Record<string, number>>): InterestProfile {
  const [R = 0, I = 0, A = 0, S = 0, E = 0, C = 0] = interestScales.map((scale) => scores[scale] ?? 0)
  return { R, I, A, S, E, C }
}

/** What is shown for some answers: ids of the best professions. */
function suggester({ instrument, professions, plan, top }: Suggesting): (answers: Answers) => string[] {
  const rank = professionRanker(professions, plan ? { plan } : {})
  return (answers) =>
    rank(interestProfile(ownScores(instrument, answers)))
      .slice(0, top)
      .map(({ id }) => id)
}

/** The answered items of each scale, with what was answered. A choice speaks for several scales and is its own pool. */
type Pool = { readonly ids: readonly string[]; readonly values: readonly number[] }

/** The items of the form; all that were answered where the form of that time had others. */
function countedItems(instrument: Instrument, answers: Answers, form: Form): ReadonlySet<string> {
  const asked = formItems(instrument, form)
  return new Set(asked.every((item) => answers[item] !== undefined) ? asked : Object.keys(answers))
}

function poolsOf(instrument: Instrument, answers: Answers, counted: ReadonlySet<string>): Pool[] {
  const pools = new Map<string, Pool>()
  for (const item of instrument.items) {
    const answer = answers[item.id]
    if (answer === undefined || !counted.has(item.id)) continue
    const name = 'scale' in item ? item.scale : item.id
    const pool = pools.get(name) ?? { ids: [], values: [] }
    pools.set(name, { ids: [...pool.ids, item.id], values: [...pool.values, answer] })
  }
  return [...pools.values()]
}

function givenIn(pools: readonly Pool[]): Answers {
  return Object.fromEntries(pools.flatMap(({ ids, values }) => ids.map((id, at) => [id, values[at] ?? 0])))
}

function redraw(pools: readonly Pool[], random: () => number): Answers {
  const drawn: Record<string, number> = {}
  for (const { ids, values } of pools) {
    for (const id of ids) drawn[id] = values[random() % values.length] ?? 0
  }
  return drawn
}

/** 32-bit FNV-1a hash of the answers, whatever order they stand in. */
function fingerprint(answers: Answers): number {
  const text = Object.keys(answers)
    .sort()
    .map((id) => `${id}=${answers[id]}`)
    .join(';')
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** Whole numbers 0..2³²−1: xorshift (Marsaglia 2003), which must not start at 0. */
function mixer(seed: number): () => number {
  let state = seed || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}
