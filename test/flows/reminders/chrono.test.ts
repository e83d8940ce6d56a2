import type { Chrono, Parser } from 'chrono-node'
import { casual } from 'chrono-node/ru'
import { describe, expect, test } from 'vitest'
import {
  applyChrono,
  chronoOf,
  englishChrono,
  longestPiece,
  russianChrono,
} from '../../../flows/reminders/phrases/chrono.ts'

const now = Date.parse('2026-11-25T10:00:00+05:00')

describe('a chrono reader', () => {
  test('has none of the parsers whose time grows exponentially', () => {
    const names = [russianChrono, englishChrono].flatMap(namesOf)
    expect(names).not.toContain('RUTimeUnitAgoFormatParser')
    expect(names).not.toContain('ENTimeUnitAgoFormatParser')
    expect(names).not.toContain('ENTimeUnitLaterFormatParser')
    expect(names).toHaveLength(10)
  })

  test('cannot be made when a new version of the library has renamed one of its parsers', () => {
    expect(() => chronoOf(casual, ['RUCasualDateParser', 'RUYesterdayParser'])).toThrow(
      /no "RUYesterdayParser".*among.*RUCasualDateParser/,
    )
  })

  test.each([
    ['words', 'час через два часа '.repeat(200)],
    ['one word', 'ч'.repeat(4_096)],
    ['spaces', `вчера${' '.repeat(4_096)}час`],
  ])('is given short pieces of a long line: %s', (_, line) => {
    const given: string[] = []
    applyChrono({ line, found: {} }, listening(given), now, 'Asia/Almaty')
    expect(Math.max(...given.map((piece) => piece.length))).toBeLessThanOrEqual(longestPiece)
    expect(given.join('')).toBe(line)
  })

  test('finds a day far behind in a long line, at its place', () => {
    const line = `${'слово '.repeat(60)}пятого мая`
    const { found, line: left } = applyChrono({ line, found: {} }, russianChrono, now, 'Asia/Almaty')
    expect(found).toEqual({ day: { type: 'date', day: 5, month: 5 } })
    expect(left.slice(0, 360)).toBe(line.slice(0, 360))
  })
})

function namesOf({ parsers }: Chrono): string[] {
  return parsers.map((parser) => parser.constructor.name)
}

/** A reader that finds nothing, and notes what it was given. */
function listening(given: string[]): Chrono {
  const parser: Parser = {
    pattern: ({ text }) => {
      given.push(text)
      return /$^/
    },
    extract: () => null,
  }
  const reader = chronoOf(casual, [])
  reader.parsers.push(parser)
  return reader
}
