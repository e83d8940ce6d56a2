/** What one turn of the bot did, for eyes in the playground. */
export interface TurnReport {
  chatId: number
  /** The update that caused it, or null when it was a job. */
  updateId: number | null
  revision: number
  /** The frames of the person's stack after the turn, outermost first. */
  stack: { flow: string; version: number; value: unknown; context: unknown }[]
  effects: { type: string; name: string; data: unknown }[]
  milliseconds: number
}

/** Where the playground hears of turns. `subscribe` answers the way to stop listening. */
export interface Inspector {
  subscribe(listener: (turn: TurnReport) => void): () => void
}
