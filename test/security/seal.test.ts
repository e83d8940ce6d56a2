import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeal, placeOf, SealError } from '../../src/security/seal.ts'

const key = Buffer.alloc(32, 1)
const place = placeOf('Person', 'name', 5)

describe('the seal', () => {
  it('opens what it sealed, any text in any place', () => {
    const seal = createSeal(key)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (value, where) => {
        const well = Buffer.from(value).toString() // lone surrogates have no UTF-8
        expect(seal.open(seal.seal(well, where), where)).toBe(well)
      }),
    )
  })

  it('opens with the same key only', () => {
    const bytes = createSeal(key).seal('сәлем', place)
    expect(() => createSeal(Buffer.alloc(32, 2)).open(bytes, place)).toThrow(/SERIK_DATA_KEY/)
  })

  it('opens in the same place only', () => {
    const seal = createSeal(key)
    const bytes = seal.seal('сәлем', place)
    expect(() => seal.open(bytes, placeOf('Person', 'name', 6))).toThrow(/Person\.name:6 cannot be opened/)
  })

  it('notices any byte that has been changed, and anything cut off', () => {
    const seal = createSeal(key)
    const bytes = seal.seal('сәлем', place)
    for (let index = 0; index < bytes.length; index++) {
      const changed = Uint8Array.from(bytes, (byte, at) => (at === index ? byte ^ 1 : byte))
      expect(() => seal.open(changed, place)).toThrow(SealError)
      expect(() => seal.open(bytes.slice(0, index), place)).toThrow(SealError)
    }
  })

  it('never seals the same text to the same bytes', () => {
    const seal = createSeal(key)
    const sealed = Array.from({ length: 2_000 }, () => Buffer.from(seal.seal('x', place)).toString('hex'))
    expect(new Set(sealed).size).toBe(sealed.length)
  })

  it('says how long a key must be', () => {
    expect(() => createSeal(Buffer.alloc(16))).toThrow(/16 bytes and must have 32/)
  })
})
