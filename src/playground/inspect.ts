import type { TurnReport } from '../engine/ports.ts'

export type { TurnReport }

/** Where the playground hears of turns. `subscribe` answers the way to stop listening. */
export type Inspector = {
  subscribe(listener: (turn: TurnReport) => void): () => void
}
