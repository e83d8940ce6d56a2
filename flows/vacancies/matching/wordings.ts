import type { Candidate } from './candidate.ts'
import { type Criteria, isWorded } from './filter.ts'

/** What is asked of the words of a vacancy. */
export type Wording = Pick<Criteria, 'words' | 'avoid'>

/** What is known of a wording for the vacancy that is looked at; `open` has to be asked. */
const verdict = { no: 0, yes: 1, open: 2 } as const

type Entry = { readonly number: number; readonly key: string; readonly wording: Wording; users: number }

/** The wordings under a stem, by number, and what it makes of each of them when a vacancy has it. */
type UnderStem = { readonly numbers: number[]; readonly verdicts: number[] }

/**
 * Wordings by number, each once. For a vacancy its stems tell which are met, so that hundreds need not be looked at one
 * by one. Number 0 asks for nothing.
 */
export function createWordings() {
  const byKey = new Map<string, Entry>()
  const entries: (Entry | undefined)[] = [undefined]
  const free: number[] = []
  const byStem = new Map<string, UnderStem>()
  /** Of each wording, for a vacancy that has none of its stems; and for the one that is looked at. */
  const usual: number[] = [verdict.yes]
  const now: number[] = [verdict.yes]
  let touched: number[] = []

  /** The number of a wording; to be given back with `release`. */
  function take(wording: Wording): number {
    if (wording.words.length === 0 && wording.avoid.length === 0) return 0
    const key = JSON.stringify([wording.words, wording.avoid])
    const entry = byKey.get(key) ?? add({ number: free.pop() ?? entries.length, key, wording, users: 0 })
    entry.users++
    return entry.number
  }

  function add(entry: Entry): Entry {
    const { number, key, wording } = entry
    byKey.set(key, entry)
    entries[number] = entry
    usual[number] = wording.words.length > 0 ? verdict.no : verdict.yes
    now[number] = usual[number]
    for (const stem of stemsIn(wording)) {
      const under = byStem.get(stem) ?? { numbers: [], verdicts: [] }
      byStem.set(stem, under)
      under.numbers.push(number)
      under.verdicts.push(verdictOf(wording))
    }
    return entry
  }

  function release(number: number): void {
    const entry = entries[number]
    if (entry === undefined || --entry.users > 0) return
    byKey.delete(entry.key)
    entries[number] = undefined
    free.push(number)
    for (const stem of stemsIn(entry.wording)) {
      const under = byStem.get(stem)
      const place = under?.numbers.indexOf(number) ?? -1
      under?.numbers.splice(place, 1)
      under?.verdicts.splice(place, 1)
      if (under?.numbers.length === 0) byStem.delete(stem)
    }
  }

  /** Looks at a vacancy; `isMet` is about this one until the next. */
  function look({ stems }: Pick<Candidate, 'stems'>): void {
    for (const number of touched) now[number] = usual[number] ?? verdict.no
    touched = []
    for (const stem of stems) {
      const under = byStem.get(stem)
      for (const [at, number] of under?.numbers.entries() ?? []) {
        now[number] = under?.verdicts[at] ?? verdict.open
        touched.push(number)
      }
    }
  }

  function isMet(number: number, candidate: Pick<Candidate, 'stems'>): boolean {
    const known = now[number]
    if (known !== verdict.open) return known === verdict.yes
    const wording = entries[number]?.wording
    const met = wording !== undefined && isWorded(wording, candidate)
    now[number] = met ? verdict.yes : verdict.no
    return met
  }

  return { take, release, look, isMet }
}
export type Wordings = ReturnType<typeof createWordings>

function stemsIn({ words, avoid }: Wording): ReadonlySet<string> {
  return new Set([...words, ...avoid].flat(2))
}

/** What one stem of it makes of a wording: all is said where it is words alone that are asked, or avoided. */
function verdictOf({ words, avoid }: Wording): number {
  const areWords = [...words, ...avoid].every((phrase) => phrase.length === 1)
  if (!areWords || (words.length > 0 && avoid.length > 0)) return verdict.open
  return words.length > 0 ? verdict.yes : verdict.no
}
