import { pathToFileURL } from 'node:url'
import { type Act, people, recipients } from './plan.ts'
import { type Stage, setStage } from './stage.ts'

/** Median milliseconds from a press to its screen, and how many notices a second went out meanwhile. */
export type Broadcast = {
  readonly idle: number
  readonly during: number
  readonly ratio: number
  /** The medians of the four blocks in their order: far apart within a pair, they say that the machine was busy. */
  readonly blocks: readonly number[]
  /** Notices sent in both blocks of the broadcast, and how many a second. */
  readonly notices: number
  readonly perSecond: number
}

// Twenty people with the pauses of quick readers take about 16 of the 30 messages a second, and notices get the rest:
// without pauses their answers would take all of them, and there would be no broadcast to measure.
const walkers = { from: 0, count: 20, pause: 1_200 }
/** An answer and the way back: every turn of every block is at the same question. */
const backAndForth: readonly Act[] = [{ press: 2 }, { press: 5 }]
const perBlock = 3
const toQuestionFive: readonly Act[] = [{ text: '/start' }, { press: 0 }, { press: 0 }, ...times(4, [{ press: 2 }])]

/**
 * Blocks of turns in one process of the whole service: idle, broadcast, broadcast, idle, so that a machine that warms
 * up or is busy touches both alike. Throws when no broadcast went on during a block that was to have one, or one did
 * where none was to be.
 */
export async function compareBroadcast(): Promise<Broadcast> {
  const stage = await setStage('service')
  try {
    await stage.open(recipients)
    await stage.walk(toQuestionFive)
    await stage.walk(times(6, backAndForth), { from: 0, count: people }) // as quick as can be, to warm up
    await stage.walk(backAndForth, walkers)
    const before = await block(stage)
    await stage.ask('broadcast')
    const during = [await block(stage), await block(stage)] as const
    await stage.ask('hush')
    const after = await block(stage)
    return judge([before, after], during)
  } finally {
    await stage.close()
  }
}

type Block = { readonly median: number; readonly seconds: number; readonly notices: number }

async function block(stage: Stage): Promise<Block> {
  const before = await stage.ask<number>('sent')
  const { median, milliseconds } = await stage.walk(times(perBlock, backAndForth), walkers)
  const notices = (await stage.ask<number>('sent')) - before
  return { median, notices, seconds: milliseconds / 1_000 }
}

function judge(quiet: readonly [Block, Block], busy: readonly [Block, Block]): Broadcast {
  const stray = quiet.find(({ notices }) => notices > 0)
  if (stray) throw new Error(`${stray.notices} notices went out in an idle block; the ratio would say nothing`)
  const poor = busy.find(({ notices, seconds }) => notices < 5 * seconds)
  if (poor) throw new Error(`Only ${poor.notices} notices went out in ${poor.seconds} s; the ratio would say nothing`)
  const idle = (quiet[0].median + quiet[1].median) / 2
  const during = (busy[0].median + busy[1].median) / 2
  const notices = busy[0].notices + busy[1].notices
  const perSecond = notices / (busy[0].seconds + busy[1].seconds)
  const blocks = [quiet[0], ...busy, quiet[1]].map(({ median }) => median)
  return { idle, during, ratio: during / idle, blocks, notices, perSecond }
}

function times(count: number, acts: readonly Act[]): readonly Act[] {
  return Array.from({ length: count }, () => acts).flat()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  console.log(JSON.stringify(await compareBroadcast(), null, 2))
