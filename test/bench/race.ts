import { type Name, openingOf, people, walk } from './plan.ts'
import { setStage } from './stage.ts'

/** One bot's walk of 200 people: updates a second, processor time an update (µs) of both sides, memory in MB. */
export type Run = {
  readonly name: Name
  readonly perSecond: number
  readonly botMicroseconds: number
  readonly telegramMicroseconds: number
  readonly peak: number
  readonly atStart: number
  readonly medians: readonly number[]
}

export async function race(name: Name, botArguments: readonly string[] = []): Promise<Run> {
  const stage = await setStage(name, botArguments)
  try {
    const atStart = (await stage.usage()).peak
    await stage.walk(openingOf(name))
    const [before, telegramBefore] = [await stage.usage(), await stage.telegramCpu()]
    const { milliseconds, medians } = await stage.walk(walk)
    const [after, telegramAfter] = [await stage.usage(), await stage.telegramCpu()]
    const updates = people * walk.length
    return {
      name,
      perSecond: (updates / milliseconds) * 1000,
      botMicroseconds: (after.cpu - before.cpu) / updates,
      telegramMicroseconds: (telegramAfter - telegramBefore) / updates,
      peak: after.peak / 1e6,
      atStart: atStart / 1e6,
      medians,
    }
  } finally {
    await stage.close()
  }
}
