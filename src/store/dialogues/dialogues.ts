import { setTimeout as wait } from 'node:timers/promises'
import { group } from '../../base/group.ts'
import type { Dialogue, DialogueStore, Shown } from '../../engine/ports.ts'
import type { FactWriters } from '../capability.ts'
import type { Core } from '../core.ts'
import { type Done, writeAll } from './batch.ts'
import { loader } from './load.ts'
import { createMarks } from './marks.ts'
import { readUnshown } from './read.ts'
import { toTurn, type Work } from './turn.ts'

/** Turns and marks in one transaction at most; more would make the first of them wait for too long. */
const batchLimit = 500
/** How long a mark waits for a commit to join, in ms. */
const markDelay = 5
/** How long a mark waits for the next turn of its chat, in ms. On PostgreSQL another process may wait for it. */
const markPatience = { sqlite: 1_000, postgresql: 100 }
/** How often, and how long between, in ms, another process's mark is looked for. */
const looks = { most: 40, pause: 50 }

export type Dialogues = DialogueStore & {
  /** Resolves when everything given so far is written. */
  idle(): Promise<void>
}

/** Dialogues in the database by group commit: see `group`. */
export function createDialogues(core: Core, writers: FactWriters): Dialogues {
  const writing = group<Work, Done>({
    run: (batch) => writeAll(core, writers, batch),
    // A turn and the mark of the one before may share a batch (marks are written first): even and odd keys.
    key: (work) => (work.type === 'turn' ? 2 * work.commit.dialogue.chatId : 2 * work.shown.chatId + 1),
    limit: batchLimit,
  })
  const write = async (shown: Shown) => (await writing.addLater({ type: 'mark', shown }, markDelay)).before
  const marks = createMarks(write, markPatience[core.provider])
  const idle = async () => {
    const marked = marks.flush()
    await writing.idle()
    await marked
  }
  const load = loader(core, marks)
  return {
    load,
    ...(core.provider === 'postgresql' && {
      whenShown: (chatId: number, revision: number) => whenShown(load, chatId, revision),
    }),
    async commit(commit) {
      const { isWritten } = await writing.add(toTurn(core, writers, commit))
      if (isWritten) marks.written(commit.dialogue)
      return isWritten
    },
    markShown: marks.mark,
    async unshown(limit, before) {
      await idle()
      return readUnshown(core, limit, before)
    },
    idle,
  }
}

/** Looks until the row tells that the revision was shown; a database in trouble is told of by the turns. */
async function whenShown(load: DialogueStore['load'], chatId: number, revision: number): Promise<Dialogue | undefined> {
  let dialogue: Dialogue | undefined
  for (let look = 0; look < looks.most; look++) {
    dialogue = (await load(chatId).catch(() => undefined))?.dialogue
    if (dialogue === undefined || dialogue.shown >= revision) break
    await wait(looks.pause)
  }
  return dialogue
}
