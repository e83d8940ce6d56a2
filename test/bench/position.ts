import Database from 'better-sqlite3'
import { firstPerson, openingOf, people, walk } from './plan.ts'
import { type Stage, setStage } from './stage.ts'
import { median } from './telegram/walk.ts'

/** What a turn costs early and late in the longest dialogue, and what a dialogue takes in the database. */
export type Positions = {
  /** Processor time a turn (µs) at questions 5 and 59, and the median of the ratios of neighbouring blocks. */
  readonly early: number
  readonly late: number
  readonly ratio: number
  /** Mean bytes of a dialogue's row, and of its answers' row, at questions 5, 30 and 59. */
  readonly bytes: Readonly<Record<number, { readonly dialogue: number; readonly answers: number }>>
}

const half = people / 2
const cohorts = { early: { from: 0, count: half }, late: { from: half, count: half } } as const
/** An answer and the way back: people stay where they are for as long as we like. */
const backAndForth = [{ press: 2 }, { press: 5 }]
const rounds = 3

/**
 * Half of the people stand at question 5 and half at question 59 of one process; blocks of turns of either half
 * alternate (early, late, late, early), so that a machine that warms up or is busy touches both alike.
 */
export async function comparePositions(pairs: number): Promise<Positions> {
  const stage = await setStage('ours')
  try {
    await stage.walk(openingOf('ours'))
    const bytes: Record<number, { dialogue: number; answers: number }> = {}
    await stage.walk(walk.slice(0, 5))
    bytes[5] = storedBytes(stage.folder, cohorts.late.from)
    await stage.walk(walk.slice(5, 30), cohorts.late)
    bytes[30] = storedBytes(stage.folder, cohorts.late.from)
    await stage.walk(walk.slice(30, 59), cohorts.late)
    bytes[59] = storedBytes(stage.folder, cohorts.late.from)
    return { ...(await alternate(stage, pairs)), bytes }
  } finally {
    await stage.close()
  }
}

async function alternate(stage: Stage, pairs: number) {
  await cost(stage, 'early')
  await cost(stage, 'late')
  const [early, late, ratios]: [number[], number[], number[]] = [[], [], []]
  for (let pair = 0; pair < pairs; pair++) {
    const [e1, l1, l2, e2] = [
      await cost(stage, 'early'),
      await cost(stage, 'late'),
      await cost(stage, 'late'),
      await cost(stage, 'early'),
    ]
    early.push(e1, e2)
    late.push(l1, l2)
    ratios.push((l1 + l2) / (e1 + e2))
  }
  return { early: median(early), late: median(late), ratio: median(ratios) }
}

/** Processor time a turn, in microseconds, over one block of a cohort's turns. */
async function cost(stage: Stage, cohort: keyof typeof cohorts): Promise<number> {
  const before = await stage.usage()
  for (let round = 0; round < rounds; round++) await stage.walk(backAndForth, cohorts[cohort])
  const after = await stage.usage()
  return (after.cpu - before.cpu) / (rounds * backAndForth.length * half)
}

function storedBytes(folder: string, from: number) {
  const database = new Database(`${folder}/serik.db`, { readonly: true })
  const first = firstPerson + from
  const mean = (sql: string) => Math.round(database.prepare<[number], number>(sql).pluck().get(first) ?? 0)
  try {
    return {
      dialogue: mean('SELECT avg(length(stack) + length(recent)) FROM Dialogue WHERE chatId >= ?'),
      answers: mean('SELECT avg(length(answers)) FROM SurveyAttempt WHERE chatId >= ?'),
    }
  } finally {
    database.close()
  }
}
