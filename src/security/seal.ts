import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto'

/**
 * Encrypts free text about a person. `place` says where the value is kept, as `Table.column:rowkey` (see `placeOf`);
 * bytes moved to another place do not open there.
 */
export type Seal = {
  seal(value: string, place: string): Uint8Array<ArrayBuffer>
  /** Throws `SealError` when the bytes were sealed with another key, for another place, or were changed. */
  open(bytes: Uint8Array, place: string): string
}

/** A sealed value that cannot be opened; the message says where it stands and what to do. */
export class SealError extends Error {
  override name = 'SealError'
}

/** Length of SERIK_DATA_KEY in bytes. */
export const keyLength = 32

const version = 1
const nonceLength = 12
const tagLength = 16
const nonceEnd = 1 + nonceLength
/** Random bytes are drawn for so many values at once: one draw costs as much as a whole encryption. */
const drawn = 512

/**
 * AES-256-GCM under one key: a version byte, a random 12-byte nonce, the ciphertext, a 16-byte tag; the place is
 * authenticated with it. With random nonces a key should seal no more than 2^32 values (NIST SP 800-38D, 8.3).
 */
export function createSeal(key: Uint8Array): Seal {
  if (key.length !== keyLength) {
    throw new SealError(`The data key has ${key.length} bytes and must have ${keyLength}. Set SERIK_DATA_KEY anew.`)
  }
  const nextNonce = nonces()
  return {
    seal(value, place) {
      const nonce = nextNonce()
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(Buffer.from(place))
      const body = cipher.update(value, 'utf8')
      cipher.final()
      return assemble(nonce, body, cipher.getAuthTag())
    },
    open(bytes, place) {
      check(bytes, place)
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, nonceEnd), { authTagLength: tagLength })
      decipher.setAAD(Buffer.from(place))
      decipher.setAuthTag(bytes.subarray(bytes.length - tagLength))
      const body = decipher.update(bytes.subarray(nonceEnd, bytes.length - tagLength))
      try {
        decipher.final()
      } catch {
        throw new SealError(
          `${place} cannot be opened: it was sealed with another key or in another place, or has been changed. ` +
            'Start with the SERIK_DATA_KEY this database was made with, or restore the row from a backup.',
        )
      }
      return body.toString('utf8')
    },
  }
}

/** Where a sealed column stands; `row` is the value of the row's primary key. */
export function placeOf(table: string, column: string, row: string | number | bigint): string {
  return `${table}.${column}:${row}`
}

function assemble(nonce: Uint8Array, body: Uint8Array, tag: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = Buffer.allocUnsafe(nonceEnd + body.length + tagLength)
  whole[0] = version
  whole.set(nonce, 1)
  whole.set(body, nonceEnd)
  whole.set(tag, nonceEnd + body.length)
  return whole
}

function check(bytes: Uint8Array, place: string): void {
  if (bytes.length < nonceEnd + tagLength) {
    throw new SealError(`${place} holds ${bytes.length} bytes, too few for a sealed value. Restore it from a backup.`)
  }
  if (bytes[0] !== version) {
    throw new SealError(
      `${place} was sealed in form ${bytes[0]}, this program knows form ${version}. Use the program that wrote it.`,
    )
  }
}

function nonces(): () => Uint8Array {
  const pool = Buffer.alloc(nonceLength * drawn)
  let used = pool.length
  return () => {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    used += nonceLength
    return pool.subarray(used - nonceLength, used)
  }
}
