import { checkOf } from '../engine/check.ts'

/** What callback data says: a button of the living message, or of a notice. Both are places, not commands. */
export type CallbackData =
  | { readonly type: 'screen'; readonly revision: number; readonly index: number; readonly check: string }
  | { readonly type: 'notice'; readonly id: number; readonly index: number }

/** `revision.index.check`, at most 40 bytes of the 64 that Telegram allows. Digits only, so that no number reads as `n`. */
export function encodeCallback(revision: number, index: number, event: unknown): string {
  return `${revision}.${index}.${checkOf(event)}`
}

/** `n.id.index`: the button at that place of a notice. */
export function encodeNoticeCallback(id: number, index: number): string {
  return `n.${id}.${index}`
}

/** Reads what `encodeCallback` or `encodeNoticeCallback` wrote; undefined for anything else. */
export function decodeCallback(data: string): CallbackData | undefined {
  const [first = '', second = '', third = '', ...rest] = data.split('.')
  if (rest.length > 0) return undefined
  if (first === 'n') {
    const [id, index] = [readNumber(second), readNumber(third)]
    return id === undefined || index === undefined ? undefined : { type: 'notice', id, index }
  }
  const [revision, index] = [readNumber(first), readNumber(second)]
  if (revision === undefined || index === undefined || !/^[\w-]{6}$/.test(third)) return undefined
  return { type: 'screen', revision, index, check: third }
}

/** Only the canonical form is read: no leading zeros, nothing beyond a safe integer. */
function readNumber(text: string): number | undefined {
  if (!/^(?:0|[1-9]\d{0,15})$/.test(text)) return undefined
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : undefined
}
