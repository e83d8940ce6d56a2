/** Splits a paragraph into its sentences: each ends with a stop and is followed by a space or by nothing. */
export function sentencesOf(text: string): string[] {
  return text.trim().split(/(?<=[.!?])\s+/)
}
