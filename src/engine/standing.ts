import type { Dialogue, Incoming, Standing } from './ports.ts'

/** The later of two standings: by revision, and for one revision by the message, whose ids grow with time. */
export function later(one: Standing | undefined, other: Standing | undefined): Standing | undefined {
  if (one === undefined || other === undefined) return one ?? other
  if (one.revision !== other.revision) return one.revision > other.revision ? one : other
  return one.message.id >= other.message.id ? one : other
}

/** What the row says. */
export function standingOf({ shown, message }: Pick<Dialogue, 'shown' | 'message'>): Standing | undefined {
  return message && { revision: shown, message }
}

/**
 * The dialogue with the message that was pressed, where that is the later one: another process may have sent it a
 * moment ago. A revision that the row has not reached is of a life before the person was forgotten.
 */
export function provenBy({ pressedOn, action }: Incoming, dialogue: Dialogue): Dialogue {
  if (pressedOn === undefined || action.type !== 'press' || action.revision > dialogue.revision) return dialogue
  const standing = later(standingOf(dialogue), { revision: action.revision, message: pressedOn })
  if (standing?.message !== pressedOn) return dialogue
  // What the row says of the same message is more than a press can tell.
  const message = dialogue.message?.id === pressedOn.id ? dialogue.message : pressedOn
  return { ...dialogue, shown: action.revision, message }
}
