import { Chrono, type ParsedResult } from 'chrono-node'
import { casual as english } from 'chrono-node/en'
import { casual as russian } from 'chrono-node/ru'
import { offsetMinutes } from '../../common/calendar.ts'
import { gap, notMine, type Progress, type Reading, says, take } from './found.ts'

/** What the Russian rules leave open: «вчера», «пятого мая», «в следующем году», «через несколько дней». */
export const russianChrono = chronoOf(russian, [
  'RUCasualDateParser',
  'RUMonthNameLittleEndianParser',
  'RURelativeDateFormatParser',
  'RUTimeUnitCasualRelativeFormatParser',
])

/** What the English rules leave open: "yesterday", "the fifth of May", "next year", "in a few days", "after two hours". */
export const englishChrono = chronoOf(english, [
  'ENCasualDateParser',
  'ENMonthNameLittleEndianParser',
  'ENMonthNameMiddleEndianParser',
  'ENRelativeDateFormatParser',
  'ENTimeUnitWithinFormatParser',
  'ENTimeUnitCasualRelativeFormatParser',
])

/**
 * A chrono reader of the named parsers of another, each the very one, and of no others: its full list holds some whose
 * time grows exponentially with the line («час час час …»). Throws where a name is gone, as after a new version.
 */
export function chronoOf({ parsers, refiners }: Chrono, names: readonly string[]): Chrono {
  return new Chrono({
    parsers: names.map((name) => named(parsers, name)),
    refiners: [named(refiners, 'OverlapRemovalRefiner')],
  })
}

function named<Part extends object>(parts: readonly Part[], name: string): Part {
  const part = parts.find((part) => part.constructor.name === name)
  if (part !== undefined) return part
  const present = parts.map((part) => part.constructor.name).join(', ')
  throw new Error(
    `chrono-node has no "${name}" (any more): choose in flows/reminders/phrases/chrono.ts among ${present}.`,
  )
}

/** The longest piece of a line that chrono is given, in characters: its patterns are not ours to answer for. */
export const longestPiece = 120

/**
 * Lets a chrono reader say what our own rules left open, in words: digits are hidden from it, for it takes "3.14" for
 * an hour. Only what it is certain of counts: the rest are its own defaults. The reference is an instant with the
 * zone's offset, so that the process's zone plays no part.
 */
export function applyChrono(progress: Progress, chrono: Chrono, now: number, zone: string): Progress {
  if (progress.flaw) return progress
  const reference = { instant: new Date(now), timezone: offsetMinutes(now, zone) }
  const results = piecesOf(progress.line.replaceAll(hiddenSigns, '|')).flatMap(({ text, start }) =>
    chrono.parse(text, reference).map((result) => ({ result, start: start + result.index })),
  )
  return results.reduce(
    (left, { result, start }) => take(left, foundIn(result, now), start, result.text.length),
    progress,
  )
}

const hiddenSigns = new RegExp(`[0-9${gap}]`, 'g')

/** A line in pieces that end between words, where there is room for a word. */
function piecesOf(line: string): { text: string; start: number }[] {
  const pieces: { text: string; start: number }[] = []
  for (let start = 0; start < line.length; ) {
    const text = line.slice(start, start + longestPiece)
    const end = start + text.length < line.length ? text.lastIndexOf(' ') + 1 : 0
    pieces.push({ text: end > 0 ? text.slice(0, end) : text, start })
    start += end > 0 ? end : text.length
  }
  return pieces
}

function foundIn(result: ParsedResult, now: number): Reading {
  const { start } = result
  const tags = result.tags()
  if (tags.has('result/relativeDateAndTime')) return says({ wait: start.date().getTime() - now })
  // Nobody has to be reminded of what is now.
  if (tags.has('casualReference/now')) return notMine
  const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')]
  if (!start.isCertain('day') || !start.isCertain('month') || month === null || day === null) return notMine
  return says({ day: { type: 'date', day, month, ...(start.isCertain('year') && year !== null ? { year } : {}) } })
}
