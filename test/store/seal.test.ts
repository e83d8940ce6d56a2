import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSeal, placeOf, SealError } from '../../src/store/seal.ts'

const key = Buffer.alloc(32, 1)
const next = Buffer.alloc(32, 9)
const place = placeOf('Person', 'name', 5)

describe('the seal', () => {
  test('opens what it sealed, any text in any place', () => {
    const seal = createSeal(key)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.bigInt(), (value, row, owner) => {
        const well = Buffer.from(value).toString() // lone surrogates have no UTF-8
        const where = placeOf('Reminder', 'what', row, owner)
        expect(seal.open(seal.seal(well, where), where)).toBe(well)
      }),
    )
  })

  test('opens with the same key only', () => {
    const bytes = createSeal(key).seal('сәлем', place)
    expect(() => createSeal(Buffer.alloc(32, 2)).open(bytes, place)).toThrow(/SERIK_DATA_KEY/)
  })

  test('opens in the same place only', () => {
    const seal = createSeal(key)
    const bytes = seal.seal('сәлем', place)
    expect(() => seal.open(bytes, placeOf('Person', 'name', 6))).toThrow(/Person\.name:6 cannot be opened/)
  })

  test('opens for the same chat only', () => {
    const seal = createSeal(key)
    const bytes = seal.seal('сәлем', placeOf('Reminder', 'what', 'r1', 1))
    expect(seal.open(bytes, placeOf('Reminder', 'what', 'r1', 1n))).toBe('сәлем')
    expect(() => seal.open(bytes, placeOf('Reminder', 'what', 'r1', 2))).toThrow(/Reminder\.what:r1 cannot be opened/)
  })

  test.each([
    ['Person.name:5', place, '01700eb7dff0774033e6440cd7eb4d2c3ca144ae01d5d654c18efa78f3c1a507ec133289be137c'],
    [
      'Reminder.what:r1',
      placeOf('Reminder', 'what', 'r1', 5),
      '01a2308588525896ecfa2cec27a025a6ff3dce89b35aa794644c928e153dba7ec44afdef4c01e2',
    ],
  ])('still opens what the first form sealed: %s', (_, where, hex) => {
    const bytes = Buffer.from(hex, 'hex')
    expect(createSeal(key).open(bytes, where)).toBe('сәлем')
    expect(createSeal({ key: next, old: key }).open(bytes, where)).toBe('сәлем')
    expect(() => createSeal(next).open(bytes, where)).toThrow(SealError)
  })

  test('opens with the old key beside the new one, and seals with the new one', () => {
    const [before, during, after] = [createSeal(key), createSeal({ key: next, old: key }), createSeal(next)]
    expect(during.open(before.seal('сәлем', place), place)).toBe('сәлем')
    expect(after.open(during.seal('сәлем', place), place)).toBe('сәлем')
    expect(() => before.open(during.seal('сәлем', place), place)).toThrow(SealError)
    expect(() => after.open(before.seal('сәлем', place), place)).toThrow(SealError)
  })

  test('tells by the beginning what is sealed with the new key', () => {
    const [before, during] = [createSeal(key), createSeal({ key: next, old: key })]
    const beginsAs = (bytes: Uint8Array) => Buffer.compare(bytes.subarray(0, 5), during.beginning) === 0
    expect(beginsAs(during.seal('сәлем', place))).toBe(true)
    expect(beginsAs(before.seal('сәлем', place))).toBe(false)
  })

  test('notices any byte that has been changed, and anything cut off', () => {
    const seal = createSeal(key)
    const bytes = seal.seal('сәлем', place)
    for (let index = 0; index < bytes.length; index++) {
      const changed = Uint8Array.from(bytes, (byte, at) => (at === index ? byte ^ 1 : byte))
      expect(() => seal.open(changed, place)).toThrow(SealError)
      expect(() => seal.open(bytes.slice(0, index), place)).toThrow(SealError)
    }
  })

  test('never seals the same text to the same bytes', () => {
    const seal = createSeal(key)
    const sealed = Array.from({ length: 2_000 }, () => Buffer.from(seal.seal('x', place)).toString('hex'))
    expect(new Set(sealed).size).toBe(sealed.length)
  })

  test('says how long a key must be', () => {
    expect(() => createSeal(Buffer.alloc(16))).toThrow(/16 bytes and must have 32/)
  })
})
