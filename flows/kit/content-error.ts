/** Something written for the bot (a flow, an instrument, words, a seed file) cannot be used; the message says where. */
export class ContentError extends Error {
  override readonly name = 'ContentError'
}
