export const storeReasons = [
  'locked',
  'full',
  'read-only',
  'corrupt',
  'missing',
  'newer',
  'unreachable',
  'key',
  'place',
  'bot',
  'other',
  'unknown',
] as const
export type StoreReason = (typeof storeReasons)[number]

/** The database (not the data given to it) stands in the way. Nothing was written. */
export class StoreError extends Error {
  override name = 'StoreError'
  readonly reason: StoreReason
  constructor(reason: StoreReason, message: string, cause?: unknown) {
    super(message, { cause })
    this.reason = reason
  }
}

const ofOne: readonly StoreReason[] = ['corrupt', 'missing', 'other', 'unknown']

/** Whether it may come from what is asked of the store rather than from its medium: others may well be served. */
export function concernsOne({ reason }: StoreError): boolean {
  return ofOne.includes(reason)
}
