const [nightFrom, nightTo] = [22, 6]
/** No shift is longer; what is, are the hours of a shop. */
const longestShift = 12
/** Where only the end is told: early enough for an end at night to be too far away for a shift. */
const usualStart = '9'

/** Words around times of day. Their letters are taken as they are, in any case. */
export type ClockWords = Readonly<Record<'since' | 'until' | 'hour' | 'morning' | 'evening', readonly string[]>>

/** In hours; `to` is beyond 24 on the next day. */
type Span = { readonly from: number; readonly to: number }

/**
 * Makes what finds times of day that touch the night: a `shift` that somebody works, or, where they are too far apart
 * for one, the hours a place is `opening`; null where no times do.
 */
export function createNightIn(clock: ClockWords): (text: string) => 'shift' | 'opening' | null {
  const manners = [withMinutes(clock), withoutMinutes(clock), withEndings(clock), inHalves, endOnly(clock)]
  return (text) => {
    const spans = manners.flatMap((manner) => [...text.matchAll(manner)].flatMap(spanOf)).filter(touchesNight)
    if (spans.length === 0) return null
    return spans.some(({ from, to }) => to - from <= longestShift) ? 'shift' : 'opening'
  }
}

/** "22:00–06:00", "from 22.00 to 6.00", «22:00-ден 06:00-ге»; "05.10" with a dot is more often a date. */
function withMinutes({ until, hour }: ClockWords): RegExp {
  const time = (name: string) => `(?<${name}>\\d{1,2})(?::(?<${name}Minutes>\\d\\d)|[.][03]0)`
  return expression(
    `(?<![\\d:.])${time('from')}(?:\\s?-?\\p{L}{2,3})?\\s{0,3}(?:[-–—]|${any(until)}|\\s)\\s{0,3}(?:${any(hour)}\\s)?${time('to')}(?![\\d:.]\\d)`,
  )
}

/** "from 9 in the morning to 6 in the evening", as Russian has it: the numbers first. */
function withoutMinutes({ since, until, hour, morning, evening }: ClockWords): RegExp {
  const after = `(?:(?:${any(hour)})\\s{1,3})?`
  const half = `(?:${any(morning)}|(?<fromEvening>${any(evening)}))`
  const end = `$|[,.;)\\n]|(?:${any(hour)}\\s{0,3})?(?<toEvening>${any(evening)})|${any(morning)}|(?:${any(hour)})(?!\\p{L})`
  return expression(
    `(?<!\\p{L})(?:${any(since)})\\s{1,3}(?<from>\\d{1,2})\\s{1,3}${after}(?:${half}\\s{1,3})?(?:${any(until)})\\s{1,3}(?<to>\\d{1,2})(?=\\s{0,3}(?:${end}))`,
  )
}

/** The same as Kazakh has it: endings at the numbers, the part of the day before them. */
function withEndings({ hour, morning, evening }: ClockWords): RegExp {
  const lead = (name: string) => `(?:${any(hour)}|${any(morning)}|(?<${name}Evening>${any(evening)}))\\s{1,3}`
  const time = (name: string) => `(?:(?:${any(hour)})\\s{1,3})?(?<${name}>\\d{1,2})\\s?-?\\p{L}{2,3}(?!\\p{L})`
  return expression(`(?<!\\p{L})${lead('from')}${time('from')}\\s{1,3}(?:${lead('to')})?${time('to')}`)
}

/** "10 pm – 6 am". */
const inHalves =
  /(?<![\d:.])(?<from>\d{1,2})(?::(?<fromMinutes>\d\d))?\s?(?:(?<fromMorning>am)|(?<fromEvening>pm))\s{0,3}(?:[-–—]|to|till|until)\s{0,3}(?<to>\d{1,2})(?::(?<toMinutes>\d\d))?\s?(?:(?<toMorning>am)|(?<toEvening>pm))(?!\p{L})/giu

/** "until 23:00": when it begins nobody knows. */
function endOnly({ until }: ClockWords): RegExp {
  return expression(`(?<!\\p{L})(?:${any(until)})\\s{1,3}(?<to>\\d{1,2}):(?<toMinutes>\\d\\d)(?!\\d)`)
}

function expression(source: string): RegExp {
  return new RegExp(source, 'giu')
}

/** Longer words first, or the shorter would stand in their way. */
function any(words: readonly string[]): string {
  return [...words].sort((a, b) => b.length - a.length).join('|')
}

function spanOf({ groups = {} }: RegExpExecArray): Span[] {
  const from = hourOf(groups.from ?? usualStart, groups.fromMinutes, groups.fromMorning, groups.fromEvening)
  const to = hourOf(groups.to, groups.toMinutes, groups.toMorning, groups.toEvening)
  if (from > 24 || to > 24) return []
  return [{ from: from % 24, to: to <= from % 24 ? to + 24 : to }]
}

/** "8 in the evening" is 20, "12 am" is midnight. */
function hourOf(written = '', minutes = '0', morning: string | undefined, evening: string | undefined): number {
  const hour = morning !== undefined && written === '12' ? 0 : Number(written)
  return hour + Number(minutes) / 60 + (evening !== undefined && hour < 12 ? 12 : 0)
}

function touchesNight({ from, to }: Span): boolean {
  return from < nightTo || to > nightFrom
}
