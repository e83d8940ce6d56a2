/** What a code of consent begins with: whatever else stands behind `/start` is somebody's poster or page. */
export const codePrefix = 'kod-'

/** What follows it, and all of a code as it was made until December 2026. */
const random = '[\\w-]{24}'
const ours = new RegExp(`^${codePrefix}${random}$`)
/** Chance leaves out large or small letters in one code of a hundred thousand; the names of posters have none or few. */
const former = new RegExp(`^(?=.*[a-z])(?=.*[A-Z])${random}$`)

/** A code as the operator's tool makes them. Who was given the link may paste it whole. */
export function readCode(text: string): string | undefined {
  const [, linked] = /[?&]start=([\w-]+)/.exec(text) ?? []
  const code = linked ?? text.trim()
  return ours.test(code) || former.test(code) ? code : undefined
}

/** Whether only the shape speaks for a code: it may be anything else as well. A former one is good for a year at most. */
export function isFormer(code: string): boolean {
  return !ours.test(code)
}
