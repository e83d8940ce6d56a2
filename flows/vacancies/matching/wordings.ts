import type { Candidate } from './candidate.ts'
import type { Criteria } from './filter.ts'
import { createNumbered } from './numbered.ts'
import { isSaid, type Phrase } from './words.ts'

/** What is asked of the words of a vacancy. */
export type Wording = Pick<Criteria, 'words' | 'avoid'>

/** A wording as the numbers of its phrases: one of `words` has to be said, where there are any, and none of `avoid`. */
type Numbers = { readonly words: readonly number[]; readonly avoid: readonly number[] }

/**
 * Wordings by number, each once. For a vacancy its stems tell which phrases are said, each looked at once however many
 * wordings it stands in. Number 0 asks for nothing.
 */
export function createWordings() {
  /** Of each phrase, the last vacancy that said it. */
  const said: number[] = [0]
  let vacancy = 0
  const byStem = new Map<string, number[]>()
  const phrases = createNumbered<Phrase>((phrase) => JSON.stringify(phrase), {
    added: (number, phrase) => {
      said[number] = 0
      for (const stem of stemsIn(phrase)) byStem.set(stem, [...(byStem.get(stem) ?? []), number])
    },
    dropped: (number, phrase) => {
      for (const stem of stemsIn(phrase)) {
        const others = byStem.get(stem)?.filter((other) => other !== number) ?? []
        if (others.length > 0) byStem.set(stem, others)
        else byStem.delete(stem)
      }
    },
  })
  /** Two words and two to avoid of each wording, side by side, since most name no more; else `long`. */
  const short: number[] = [0, 0, 0, 0]
  const wordings = createNumbered<Numbers>(({ words, avoid }) => `${words}!${avoid}`, {
    added: (number, { words, avoid }) => {
      const isShort = words.length <= 2 && avoid.length <= 2
      const [[first = 0, second = 0], [third = 0, fourth = 0]] = [words, avoid]
      for (const [at, value] of [isShort ? first : long, second, third, fourth].entries())
        short[4 * number + at] = value
    },
  })

  /** The number of a wording; to be given back with `release`. */
  function take({ words, avoid }: Wording): number {
    if (words.length + avoid.length === 0) return 0
    return wordings.take({ words: words.map(phrases.take), avoid: avoid.map(phrases.take) })
  }

  function release(number: number): void {
    const { words = [], avoid = [] } = wordings.get(number) ?? {}
    wordings.release(number)
    for (const phrase of [...words, ...avoid]) phrases.release(phrase)
  }

  /** Looks at a vacancy; `isMet` is about this one until the next. */
  function look({ stems }: Pick<Candidate, 'stems'>): void {
    vacancy++
    for (const stem of stems) {
      const under = byStem.get(stem)
      if (under !== undefined) hear(under, stems)
    }
  }

  function hear(under: readonly number[], stems: Candidate['stems']): void {
    for (const number of under) {
      const phrase = phrases.get(number)
      if (phrase !== undefined && (phrase.length === 1 || isSaid(phrase, stems))) said[number] = vacancy
    }
  }

  function isMet(number: number): boolean {
    const at = 4 * number
    const first = short[at] ?? 0
    if (first === long) return isLongMet(number)
    if (isHeard(short[at + 2]) || isHeard(short[at + 3])) return false
    return first === 0 || isHeard(first) || isHeard(short[at + 1])
  }

  function isLongMet(number: number): boolean {
    const { words = [], avoid = [] } = wordings.get(number) ?? {}
    return (words.length === 0 || words.some(isHeard)) && !avoid.some(isHeard)
  }

  function isHeard(phrase = 0): boolean {
    return said[phrase] === vacancy
  }

  return { take, release, look, isMet }
}
export type Wordings = ReturnType<typeof createWordings>

const long = -1

function stemsIn(phrase: Phrase): ReadonlySet<string> {
  return new Set(phrase.flat())
}
