import { type Doubt, doubtful } from '../../../flows/vacancies/normalise/normalise.ts'

/** So many of each kind are told in full. */
const examples = 3

type Left = Record<Doubt['about'], { count: number; readonly first: string[] }>

/** Collects what was left out of vacancies, to be told at the end: a long list of a source may have thousands. */
export function createDoubts() {
  const left: Left = { pay: { count: 0, first: [] }, date: { count: 0, first: [] } }

  /** `place` is where the row stands: file and line. */
  function add(place: string, doubts: readonly Doubt[]): void {
    for (const { about, why } of doubts) {
      const kind = left[about]
      kind.count++
      if (kind.first.length < examples) kind.first.push(`${place}: ${why}`)
    }
  }

  /** Lines for the operator: how much of each kind, and the first ones; none where nothing was left out. */
  function told(): readonly string[] {
    return doubtful.flatMap((about) => {
      const { count, first } = left[about]
      if (count === 0) return []
      const head = `${said[about]}: ${count}. ${count > first.length ? 'The first ones' : 'Here'}:`
      return [head, ...first.map((line) => `  ${line}`)]
    })
  }

  return { add, told }
}
export type Doubts = ReturnType<typeof createDoubts>

const said: Readonly<Record<Doubt['about'], string>> = {
  pay: 'Kept without pay, since what is written there cannot be right or understood',
  date: 'Dates left out, since they cannot be understood',
}
