import type { Commit } from '../../engine/ports.ts'

/** A turn that could not be written for what it holds; the next may. Trying it again would not help. */
export class RefusedTurn extends Error {
  override readonly name = 'RefusedTurn'
}

/** What is thrown when the turn itself is at fault; names its facts and quotes none. */
export function refusal(commit: Commit, error: unknown, where: string): Error {
  if (error instanceof RefusedTurn) return error
  const names = commit.facts.map((fact) => fact.name).join(', ') || 'none'
  return new RefusedTurn(
    `The turn ${commit.dialogue.revision} of chat ${commit.dialogue.chatId} could not be written to ${where} ` +
      `(facts: ${names}). Correct the flow that told them, or their writer.`,
    { cause: error },
  )
}
