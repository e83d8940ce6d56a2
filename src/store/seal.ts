import { createCipheriv, createDecipheriv, createHash, randomFillSync } from 'node:crypto'
import type { Prisma } from './generated/sqlite/client.ts'

/**
 * Encrypts free text about a person. `place` says where the value is kept and whose it is (see `placeOf`); bytes moved
 * to another place, or a row given to another chat, do not open.
 */
export type Seal = {
  seal(value: string, place: Place): Uint8Array<ArrayBuffer>
  /** Throws `SealError` when the bytes were sealed with neither key, for another place, or were changed. */
  open(bytes: Uint8Array, place: Place): string
  /** What every value sealed now begins with: the form and the id of the key. Other beginnings await `rotate-key`. */
  readonly beginning: Uint8Array<ArrayBuffer>
}

/** A sealed value that cannot be opened; the message says where it stands and what to do. */
export class SealError extends Error {
  override name = 'SealError'
}

/** Where a sealed column stands, as `Table.column:rowkey`, and the chat it belongs to where the key does not say it. */
export type Place = { readonly name: string; readonly owner?: Id }
type Id = string | number | bigint

type Tables = { [T in Prisma.ModelName]: Prisma.TypeMap['model'][T]['payload']['scalars'] }
/** Tables whose rows have an id of their own: their chat is authenticated besides, or a row could be given to another. */
type OwnedTable = { [T in Prisma.ModelName]: 'id' | 'chatId' extends keyof Tables[T] ? T : never }[Prisma.ModelName]
type UnownedTable = Exclude<Prisma.ModelName, OwnedTable>

/** `row` is the value of the row's primary key, `owner` its chat. */
export function placeOf(table: OwnedTable, column: string, row: Id, owner: Id): Place
export function placeOf(table: UnownedTable, column: string, row: Id): Place
export function placeOf(table: Prisma.ModelName, column: string, row: Id, owner?: Id): Place {
  return placeAt(table, column, row, owner)
}

/** The same where only the models know which tables have owners; see sealed.ts. */
export function placeAt(table: string, column: string, row: Id, owner: Id | undefined): Place {
  const name = `${table}.${column}:${row}`
  return owner === undefined ? { name } : { name, owner }
}

/** Length of SERIK_DATA_KEY in bytes. */
export const keyLength = 32

/** The key that seals and opens; while keys are changed, with the old one, which only opens. */
export type DataKey = Uint8Array | { readonly key: Uint8Array; readonly old: Uint8Array }

/** The first form had neither the id of the key nor the owner; it is still read. */
const [earlierForm, form] = [1, 2]
const idLength = 4
const nonceLength = 12
const tagLength = 16
/** Random bytes are drawn for so many values at once: one draw costs as much as a whole encryption. */
const drawn = 512

/**
 * AES-256-GCM: a byte for the form, 4 bytes that tell the key, a random 12-byte nonce, the ciphertext, a 16-byte tag;
 * the place and its owner are authenticated with it. With random nonces a key should seal no more than 2^32 values
 * (NIST SP 800-38D, 8.3).
 */
export function createSeal(dataKey: DataKey): Seal {
  const { key, old } = dataKey instanceof Uint8Array ? { key: dataKey } : dataKey
  const keys = [key, ...(old === undefined ? [] : [old])].map(checked)
  const beginning = Buffer.from([form, ...idOf(key)])
  const nextNonce = nonces()
  return {
    beginning,
    seal(value, place) {
      const nonce = nextNonce()
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(authenticated(place, form))
      const body = cipher.update(value, 'utf8')
      cipher.final()
      return assemble(beginning, nonce, body, cipher.getAuthTag())
    },
    open(bytes, place) {
      const { form, candidates, begin } = readBeginning(bytes, keys, place)
      for (const candidate of candidates) {
        const opened = decipher(bytes.subarray(begin), candidate, authenticated(place, form))
        if (opened !== undefined) return opened
      }
      throw new SealError(
        `${place.name} cannot be opened: it was sealed with another key or in another place, or has been changed. ` +
          'Start with the SERIK_DATA_KEY this database was made with, or restore the row from a backup.',
      )
    },
  }
}

type Key = { readonly key: Uint8Array; readonly id: Uint8Array }

function checked(key: Uint8Array): Key {
  if (key.length === keyLength) return { key, id: idOf(key) }
  throw new SealError(`The data key has ${key.length} bytes and must have ${keyLength}. Set SERIK_DATA_KEY anew.`)
}

/** Tells keys apart and gives nothing of them away. */
function idOf(key: Uint8Array): Uint8Array {
  return createHash('sha256').update(key).digest().subarray(0, idLength)
}

function authenticated({ name, owner }: Place, as: number): Buffer {
  return Buffer.from(as === earlierForm || owner === undefined ? name : `${name} of ${owner}`)
}

function assemble(beginning: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = Buffer.allocUnsafe(parts.reduce((length, part) => length + part.length, beginning.length))
  let end = 0
  for (const part of [beginning, ...parts]) {
    whole.set(part, end)
    end += part.length
  }
  return whole
}

/** The form, the keys it may have been sealed with, and where the nonce begins. */
function readBeginning(bytes: Uint8Array, keys: readonly Key[], place: Place) {
  const isEarlier = bytes[0] === earlierForm
  if (!isEarlier && bytes.length > 0 && bytes[0] !== form) {
    throw new SealError(
      `${place.name} was sealed in form ${bytes[0]}; this program knows form ${form}. Use the program that wrote it.`,
    )
  }
  const begin = isEarlier ? 1 : 1 + idLength
  if (bytes.length < begin + nonceLength + tagLength) {
    throw new SealError(
      `${place.name} holds ${bytes.length} bytes, too few for a sealed value. Restore it from a backup.`,
    )
  }
  const candidates = isEarlier ? keys : keys.filter(({ id }) => Buffer.compare(id, bytes.subarray(1, begin)) === 0)
  return { form: isEarlier ? earlierForm : form, candidates, begin }
}

/** The text behind nonce, ciphertext and tag; undefined when it is not whole or the key is another. */
function decipher(bytes: Uint8Array, { key }: Key, additional: Buffer): string | undefined {
  const deciphering = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength), { authTagLength: tagLength })
  deciphering.setAAD(additional)
  deciphering.setAuthTag(bytes.subarray(bytes.length - tagLength))
  const body = deciphering.update(bytes.subarray(nonceLength, bytes.length - tagLength))
  try {
    deciphering.final()
  } catch {
    return undefined
  }
  return body.toString('utf8')
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
