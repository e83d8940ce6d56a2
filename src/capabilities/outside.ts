import { type OuterWorld, realWorld } from '../base/outer-world.ts'
import type { PlannedSource } from './sources/planned.ts'

/** What capabilities may ask of the net, and in whose name. Nothing unless the program is told to. */
export type Outside = Pick<OuterWorld, 'sleep' | 'random'> & {
  /** Path of the operator's file of sources. */
  readonly sourcesFile: string | undefined
  /** How sites reach whoever runs the bot. */
  readonly contact: string | undefined
  readonly headHunterToken: string | undefined
  /** Sources made in code, besides those of the file: the playground's. */
  readonly sources: readonly PlannedSource[]
}

/** Nothing is asked of the net. */
export const nothingOutside: Outside = {
  sleep: realWorld.sleep,
  random: realWorld.random,
  sourcesFile: undefined,
  contact: undefined,
  headHunterToken: undefined,
  sources: [],
}
