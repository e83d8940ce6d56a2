import type { Dialogue, Shown, Standing } from '../../engine/ports.ts'
import { later, standingOf } from '../../engine/standing.ts'

/** What has been shown and is not written yet. */
export type Marks = {
  /** Resolves at once for a screen edited in place; for a new message when it is written, as `write` does. */
  mark(shown: Shown): Promise<Standing | undefined>
  /** What `read` gives, and what brings a dialogue in it up to all that was shown by the time it has been read. */
  during<T>(chatId: number, read: () => Promise<T>): Promise<readonly [result: T, applyTo: Apply]>
  /** A turn has been written; what its row says of the screen needs no mark any more. */
  written(dialogue: Dialogue): void
  /** Hands over to `write` all that still waits. */
  flush(): Promise<void>
}

type Apply = (dialogue: Dialogue) => Dialogue

/**
 * Holds marks back until the chat's next turn or `patience` ms have passed: who presses again within it needs no
 * statement. Losing one in a crash costs a screen shown twice. The message a screen stands in is written
 * at once, so that another process edits it, too.
 */
export function createMarks(write: (shown: Shown) => Promise<Standing | undefined>, patience: number): Marks {
  const waiting = new Map<number, Shown>()
  const readings = createReadings()
  let timer: NodeJS.Timeout | undefined

  const hand = async (shown: Shown) => {
    const before = await write(shown)
    if (waiting.get(shown.chatId) === shown) waiting.delete(shown.chatId)
    return before
  }
  const flush = async () => {
    clearTimeout(timer)
    timer = undefined
    await Promise.all([...waiting.values()].map(hand))
  }
  return {
    async mark(shown) {
      const before = waiting.get(shown.chatId)
      if (before !== undefined && before.revision > shown.revision) return undefined
      const mark = before?.message === undefined ? shown : { message: before.message, ...shown }
      waiting.set(shown.chatId, mark)
      readings.hear(mark)
      if (shown.message !== undefined) return hand(mark)
      // A database in trouble is told of by the next turn; the mark stays here until then.
      timer ??= setTimeout(() => void flush().catch(() => {}), patience).unref()
      return undefined
    },
    during: (chatId, read) => readings.during(chatId, waiting.get(chatId), read),
    written({ chatId, revision, ...row }) {
      const mark = waiting.get(chatId)
      // A first turn after the person was forgotten: what was shown before belongs to nobody.
      if (mark !== undefined && (revision === 1 || isIn(mark, row))) waiting.delete(chatId)
    },
    flush,
  }
}

/**
 * Rows being read. A mark may be written and dropped between the moment a row is read and the moment it is here: then
 * neither the row nor what waits tells of it, so each reading hears of the marks that come while it lasts.
 */
function createReadings() {
  const underWay = new Map<number, Set<Shown[]>>()
  return {
    hear(mark: Shown): void {
      for (const heard of underWay.get(mark.chatId) ?? []) heard.push(mark)
    },
    async during<T>(chatId: number, waiting: Shown | undefined, read: () => Promise<T>) {
      const heard = waiting === undefined ? [] : [waiting]
      const others = underWay.get(chatId) ?? new Set()
      underWay.set(chatId, others.add(heard))
      try {
        return [await read(), (dialogue: Dialogue) => heard.reduce(withMark, dialogue)] as const
      } finally {
        others.delete(heard)
        if (others.size === 0) underWay.delete(chatId)
      }
    },
  }
}

/** A mark of a revision that the row has not reached is of a life before the person was forgotten. */
function withMark(dialogue: Dialogue, mark: Shown): Dialogue {
  if (mark.revision > dialogue.revision || isIn(mark, dialogue)) return dialogue
  return { ...dialogue, shown: mark.revision, ...(mark.message && { message: mark.message }) }
}

/** Whether the row says what the mark says, or something later. */
function isIn({ revision, message }: Shown, row: Pick<Dialogue, 'shown' | 'message'>): boolean {
  if (message === undefined || revision !== row.shown) return revision <= row.shown
  return later(standingOf(row), { revision, message })?.message.id === row.message?.id
}
