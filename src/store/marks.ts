import type { Dialogue, Shown } from '../engine/ports.ts'

/** How long a mark waits for the next turn of its chat, which carries it along at no cost, in ms. */
const patience = 1_000

/** What has been shown and is not written yet. */
export type Marks = {
  /** Resolves at once for a screen edited in place, when written for a new message. */
  mark(shown: Shown): Promise<void>
  /** The dialogue as it stands with what has been shown since its row was written. */
  applyTo(dialogue: Dialogue): Dialogue
  /** A turn has been written; what its row says of the screen needs no mark any more. */
  written(dialogue: Dialogue): void
  /** Hands over to `write` all that still waits. */
  flush(): Promise<void>
}

/**
 * Holds marks back until the chat's next turn or a second has passed: most people press again within it, and then no
 * statement is needed. Losing one in a crash costs a screen shown twice. The message a screen stands in is written
 * at once, so that another process edits it, too.
 */
export function createMarks(write: (shown: Shown) => Promise<unknown>): Marks {
  const waiting = new Map<number, Shown>()
  let timer: NodeJS.Timeout | undefined

  const hand = async (shown: Shown) => {
    await write(shown)
    if (waiting.get(shown.chatId) === shown) waiting.delete(shown.chatId)
  }
  const flush = async () => {
    clearTimeout(timer)
    timer = undefined
    await Promise.all([...waiting.values()].map(hand))
  }
  return {
    async mark(shown) {
      const before = waiting.get(shown.chatId)
      if (before !== undefined && before.revision > shown.revision) return
      const mark = before?.message === undefined ? shown : { message: before.message, ...shown }
      waiting.set(shown.chatId, mark)
      if (shown.message !== undefined) return hand(mark)
      // A database in trouble is told of by the next turn; the mark stays here until then.
      timer ??= setTimeout(() => void flush().catch(() => {}), patience).unref()
    },
    applyTo(dialogue) {
      const mark = waiting.get(dialogue.chatId)
      if (mark === undefined || mark.revision > dialogue.revision || mark.revision <= dialogue.shown) return dialogue
      return { ...dialogue, shown: mark.revision, ...(mark.message && { message: mark.message }) }
    },
    written({ chatId, revision, shown }) {
      const mark = waiting.get(chatId)
      // A first turn after the person was forgotten: what was shown before belongs to nobody.
      if (mark !== undefined && (mark.revision <= shown || revision === 1)) waiting.delete(chatId)
    },
    flush,
  }
}
