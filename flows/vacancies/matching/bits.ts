/**
 * A bit for each of the names, which others may have as well: where no bit is common to two lists, no name is, and they
 * need not be compared. The last bit, of the sign, is none's.
 */
export function bitsOf(names: readonly string[]): number {
  let bits = 0
  for (const name of names) {
    let sum = 0
    for (let at = 0; at < name.length; at++) sum = (sum * 31 + name.charCodeAt(at)) % 65_521
    bits |= 1 << (sum % 31)
  }
  return bits
}

export const signBit = 1 << 31
