/** The questions that are usual at an interview; words stand under `rehearsal.<id>`. */
export const pool = [
  ...(['yourself', 'whyUs', 'strong', 'weak', 'experience', 'studies'] as const),
  ...(['conflict', 'mistake', 'schedule', 'pay', 'plans', 'questions'] as const),
] as const
export type Asked = (typeof pool)[number]

/** Questions of one rehearsal. */
export const rehearsalLength = 8

/** How long an answer is, the one thing that is measured of it. */
export const lengths = ['short', 'fine', 'long'] as const
export type Length = (typeof lengths)[number]

/**
 * Another choice for each seed, the same for the same one. It begins with the person and ends with their own questions,
 * as interviews do.
 */
export function chooseQuestions(seed: string): readonly Asked[] {
  const [first, last] = ['yourself', 'questions'] as const
  const between = pool
    .filter((id) => id !== first && id !== last)
    .map((id) => ({ id, place: hashOf(`${seed} ${id}`) }))
    .sort((one, other) => one.place - other.place)
    .slice(0, rehearsalLength - 2)
  return [first, ...between.map(({ id }) => id), last]
}

/** Characters below which an answer says too little, and above which nobody listens to the end. */
const [few, many] = [60, 700] as const

export function lengthOf(answer: string): Length {
  const count = answer.trim().length
  if (count < few) return 'short'
  return count > many ? 'long' : 'fine'
}

/** FNV-1a, which spreads what differs in one letter. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash
}
