import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkOf } from '../../src/engine/check.ts'
import { decodeCallback, encodeCallback, encodeNoticeCallback } from '../../src/telegram/callback.ts'

const number = fc.nat({ max: Number.MAX_SAFE_INTEGER })

describe('callback data', () => {
  test('comes back as it was written, in at most 64 bytes', () => {
    fc.assert(
      fc.property(number, number, fc.jsonValue(), (revision, index, event) => {
        const data = encodeCallback(revision, index, event)
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
        expect(decodeCallback(data)).toEqual({ type: 'screen', revision, index, check: checkOf(event) })
      }),
    )
  })

  test('knows the buttons of notices', () => {
    fc.assert(
      fc.property(number, number, (id, index) => {
        const data = encodeNoticeCallback(id, index)
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
        expect(decodeCallback(data)).toEqual({ type: 'notice', id, index })
      }),
    )
  })

  test('of no revision looks like a notice (revision 23 once did)', () => {
    for (let revision = 0; revision < 2000; revision++) {
      expect(decodeCallback(encodeCallback(revision, 0, {}))).toMatchObject({ type: 'screen', revision })
    }
  })

  test('reads nothing else, and each place in one way only', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[n0-9a-z.]{0,14}\.[\w-]{6}$/)), (data) => {
        const read = decodeCallback(data)
        if (read?.type === 'notice') expect(encodeNoticeCallback(read.id, read.index)).toBe(data)
        if (read?.type === 'screen') {
          expect(`${read.revision}.${read.index}.${read.check}`).toBe(data)
        }
      }),
    )
    for (const data of ['', '1', '1.2', '1.2.abc', '01.2.abcdef', '-1.2.abcdef', '1.2.abcdef.4', '1.Z.abcdef']) {
      expect(decodeCallback(data)).toBeUndefined()
    }
    expect(decodeCallback(`${'9'.repeat(16)}.0.abcdef`)).toBeUndefined()
  })
})
