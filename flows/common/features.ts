/** How many places there are for features; what falls into one place shares a weight. */
export type Places = { readonly bits: number }

const letterGroups = { from: 2, to: 5 }
const beginning = 5
/** Pairs of words that stand beside each other, or with so many words between. */
const farthest = 2

/**
 * What a classifier knows a message by: groups of letters, the beginnings of its words, and pairs of those; each as the
 * place its hash falls into, once. `words` are in one spelling.
 */
export function featuresOf(words: readonly string[], { bits }: Places): ReadonlySet<number> {
  const shift = 32 - bits
  const features = new Set<number>()
  const add = (hash: number) => features.add(Math.imul(hash, 0x9e3779b1) >>> shift)
  const text = ` ${words.join(' ')} `
  for (let from = 0; from < text.length; from++) {
    let hash = start
    for (let at = from; at < Math.min(text.length, from + letterGroups.to); at++) {
      hash = mix(hash, text.charCodeAt(at))
      if (at - from + 1 >= letterGroups.from) add(hash)
    }
  }
  const begun = words.map((word) => hashOf(word.slice(0, beginning)))
  for (const [at, hash] of begun.entries()) {
    add(hash)
    for (let other = at + 1; other <= Math.min(at + farthest + 1, begun.length - 1); other++) {
      add(mix(mix(hash, begun[other] ?? 0), other === at + 1 ? 1 : 2))
    }
  }
  return features
}

/** FNV-1a, over the letters as they stand. */
const start = 0x811c9dc5

function hashOf(word: string): number {
  let hash = mix(start, 0x10000)
  for (let at = 0; at < word.length; at++) hash = mix(hash, word.charCodeAt(at))
  return hash
}

function mix(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193)
}
