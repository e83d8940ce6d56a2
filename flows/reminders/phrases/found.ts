/** A part of the day that was named without, or together with, an hour. */
export type Part = 'morning' | 'midday' | 'afternoon' | 'evening' | 'night'

/** What was said of the hour. `loose`: only the hour was said ("at six"), so morning or evening is open. */
export type Clock = {
  readonly hour: number
  readonly minute: number
  readonly loose?: boolean
}

/**
 * What was said of the day. Weekdays are 1 = Monday … 7 = Sunday; a missing month or year means the nearest. `weeks`
 * are whole weeks after the nearest such weekday; `place` is which of these weekdays in its month, -1 the last.
 */
export type Day =
  | { readonly type: 'ahead'; readonly count: number; readonly unit: 'day' | 'week' | 'month' }
  | { readonly type: 'date'; readonly day: number; readonly month?: number; readonly year?: number }
  | { readonly type: 'weekday'; readonly weekday: number; readonly weeks?: number }
  | { readonly type: 'placed'; readonly place: number; readonly weekday: number; readonly month?: number }
  | { readonly type: 'monthEnd' }

/** A repetition as it was said; what is missing comes from the day. `every` counts days or weeks, 1 unless it is said. */
export type SaidRepeat =
  | { readonly type: 'daily'; readonly every?: number }
  | { readonly type: 'weekly'; readonly days?: readonly number[]; readonly every?: number }
  | { readonly type: 'monthly'; readonly day?: number }
  | { readonly type: 'monthlyWeekday'; readonly place: number; readonly weekday: number }
  | { readonly type: 'yearly' }

/** Everything that one line says about time. */
export type Found = {
  readonly repeat?: SaidRepeat
  /** The last day of what repeats; of anything else the day by which it is to be done. */
  readonly until?: Day
  /** On so many days one after the other. */
  readonly span?: number
  /** Weekdays on which it does not come. */
  readonly except?: readonly number[]
  /** From now, in ms. */
  readonly wait?: number
  readonly day?: Day
  /** The day once more, in other words: "today, 18 November". */
  readonly sameDay?: Day
  /** A weekday that stands beside the day, or names it. */
  readonly weekday?: number
  /** "Next week", "next month": whole ones after the present. */
  readonly next?: { readonly unit: 'week' | 'month'; readonly count: number }
  readonly clock?: Clock
  readonly part?: Part
  /** At the hour that it is now. */
  readonly sameTime?: true
  /** To be told so much before, in ms. */
  readonly before?: number
  /** It may be meant in two ways: better asked. `half` of the day only where no part of it is named. */
  readonly doubt?: 'half' | 'meaning'
}

/** A time that cannot be: the 32nd, 25:00, an hour ago, or a rhythm that reminders do not have. */
export type Flaw = 'bad-date' | 'bad-time' | 'past' | 'no-time' | 'no-rhythm'

/** There is no such time, and why. */
export type Flawed = { readonly type: 'flaw'; readonly flaw: Flaw }

/** What one rule made of its match; `not-mine` leaves it in the line. */
export type Reading = { readonly type: 'found'; readonly found: Found } | Flawed | { readonly type: 'not-mine' }

/** Named groups of a match; those that did not take part are undefined. */
export type Groups = Readonly<Record<string, string | undefined>>

/** One thing a language can say about time; the pattern runs over a folded line. */
export type Rule = {
  readonly pattern: RegExp
  readonly read: (groups: Groups, known: Found) => Reading
  /** The words say when, but belong to what is to be remembered: "tomorrow lunch with Anna". */
  readonly stays?: boolean
}

/** How far the reading of a line has come; `line` has gaps where something was understood. */
export type Progress = {
  readonly line: string
  readonly found: Found
  readonly flaw?: Flaw
  /** Places of words that say when and stay in the line. */
  readonly staying?: readonly number[]
}

/** Stands in a line for each character already understood; from the private use area, so nobody types it. */
export const gap = '\uE000'

const besideGap = new RegExp(`${gap}[ ,]{0,2}\\||\\|[ ,]{0,2}${gap}`)

/** Runs rules in order. The first to fill a field keeps it; what a later rule says of it stays in the text. */
export function applyRules(start: Progress, rules: readonly Rule[]): Progress {
  return rules.reduce(applyRule, start)
}

/** The match says this of time. */
export function says(found: Found): Reading {
  return { type: 'found', found }
}

/** The same, but it may be meant otherwise as well. */
export function doubted(reading: Reading, doubt: NonNullable<Found['doubt']> = 'meaning'): Reading {
  return reading.type === 'found' ? says({ ...reading.found, doubt }) : reading
}

export function flawed(flaw: Flaw): Flawed {
  return { type: 'flaw', flaw }
}

export const notMine: Reading = { type: 'not-mine' }

/** How many characters of the line were understood as time. */
export function usedCount({ line }: Progress): number {
  return line.split(gap).length - 1
}

/** Takes a reading over the given place of the line, unless it differs from what is known already. */
export function take(progress: Progress, reading: Reading, start: number, length: number): Progress {
  if (reading.type === 'not-mine' || progress.flaw) return progress
  if (reading.type === 'flaw') return { ...blank(progress, start, length), flaw: reading.flaw }
  if (saysDayAgain(progress, reading.found, start, length)) {
    return { ...blank(progress, start, length), found: { ...progress.found, sameDay: reading.found.day } }
  }
  const isLast = /^[ .!]*$/.test(progress.line.slice(start + length))
  if (isLast && saysWeeklyAgain(progress.found, reading.found)) return blank(progress, start, length)
  const fields = Object.entries(reading.found)
  const known = fields.filter(([field]) => field in progress.found)
  if (!known.every(isSaidIn(progress.found))) return progress
  // Said again, it may as well be a part of the title, unless it stands beside the time.
  const isRepeated = known.length > 0 && known.length === fields.length
  if (isRepeated && !isBesideGap(progress.line, start, length)) return progress
  return { ...blank(progress, start, length), found: { ...progress.found, ...reading.found } }
}

/** A day of the calendar beside one that is reckoned from today, or the other way round. */
function saysDayAgain({ line, found }: Progress, said: Found, start: number, length: number): said is { day: Day } {
  const isOther = found.day !== undefined && said.day !== undefined && found.day.type !== said.day.type
  return isOther && found.sameDay === undefined && Object.keys(said).length === 1 && isBesideGap(line, start, length)
}

/** "Every week" of what has its weekdays: "on Tuesdays dance, every week". */
function saysWeeklyAgain({ repeat }: Found, said: Found): boolean {
  if (Object.keys(said).length !== 1 || said.repeat?.type !== 'weekly') return false
  return repeat?.type === 'weekly' && said.repeat.days === undefined && said.repeat.every === undefined
}

/** Whether the same is known. */
function isSaidIn(known: Found): (field: [string, unknown]) => boolean {
  return ([field, value]) => JSON.stringify(known[field as keyof Found]) === JSON.stringify(value) // a field of Found
}

function isBesideGap(line: string, start: number, length: number): boolean {
  return besideGap.test(
    `${line.slice(Math.max(0, start - 3), start)}|${line.slice(start + length, start + length + 3)}`,
  )
}

/** Stands in a folded line for each letter or digit that no rule names: an old letter that no rule holds. */
const otherSign = 'ѫ'

// Small classes, for all others are `otherSign`: patterns with \p{L} take ten times as long to compile, and as much memory.
/** A letter of a folded line, as a piece of a pattern. */
export const anyLetter = `[a-zа-я${otherSign}]`
/** A letter or digit of a folded line, as a piece of a pattern. */
export const anySign = `[0-9a-zа-я${otherSign}]`

/** A pattern for whole words: no letter or digit on either side, and not the minutes of "8:00". */
export function words(source: string): RegExp {
  return new RegExp(`(?<!${anySign}(?!@)|\\d[:.])(?:${source})(?!${anySign})`, 'g')
}

/** A rule for whole words. */
export function rule(source: string, read: Rule['read']): Rule {
  return { pattern: words(source), read }
}

/** A rule for whole words right behind what was understood already. */
export function ruleBehind(source: string, read: Rule['read']): Rule {
  return { pattern: new RegExp(`(?<=${gap}[ ,]{0,2})(?:${source})(?!${anySign})`, 'g'), read }
}

/** A rule for whole words right before what was understood already. */
export function ruleBefore(source: string, read: Rule['read']): Rule {
  return { pattern: new RegExp(`(?<!${anySign})(?:${source})(?=[ ,]{0,2}${gap})`, 'g'), read }
}

/** All matches. The pattern itself runs: `matchAll` runs a copy, which is compiled anew whenever V8 has forgotten it. */
export function matchesOf(pattern: RegExp, line: string): RegExpExecArray[] {
  const matches: RegExpExecArray[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    matches.push(match)
    if (match[0] === '') pattern.lastIndex++
  }
  return matches
}

/**
 * Lower case, Kazakh letters as they are typed without a Kazakh keyboard (a Latin i for і too), ё as е, one kind of
 * dash, space and apostrophe; letters and digits of other alphabets are all one. Keeps the length, so that places in
 * the folded line are places in the text.
 */
export function fold(text: string): string {
  const folded = Array.from(text, foldSign).join('')
  return folded.replace(/(?<=[а-я])i|i(?=[а-я])/g, 'и')
}

const kazakhSigns = { ә: 'а', і: 'и', ң: 'н', ғ: 'г', ү: 'у', ұ: 'у', қ: 'к', ө: 'о', һ: 'х', ё: 'е' }
/** Of the Latin alphabets of Kazakh. */
const latinSigns = {
  ...{ ä: 'a', á: 'a', ö: 'o', ó: 'o', ü: 'u', ú: 'u', ū: 'u', ñ: 'n', ń: 'n', ğ: 'g', ǵ: 'g' },
  ...{ ş: 's', ı: 'i', İ: 'i' },
}
const foldedSigns = new Map(
  Object.entries({ ...kazakhSigns, ...latinSigns }).concat([
    [gap, ' '],
    ['–', '-'],
    ['—', '-'],
    ['−', '-'],
    ['‑', '-'],
    ['’', "'"],
  ]),
)

function foldSign(sign: string): string {
  const lower = sign.toLowerCase()
  const same = lower.length === sign.length ? lower : sign
  const folded = foldedSigns.get(same) ?? same
  if (/[\x21-\x7eа-я]/.test(folded)) return folded
  if (/\s/.test(folded)) return ' '
  return /[\p{L}\p{N}]/u.test(folded) ? otherSign.repeat(folded.length) : folded
}

function applyRule(start: Progress, rule: Rule): Progress {
  if (start.flaw) return start
  let progress = start
  for (const match of matchesOf(rule.pattern, start.line)) {
    const taken = take(
      progress,
      rule.read(match.groups ?? {}, progress.found),
      match.index,
      rule.stays ? 0 : match[0].length,
    )
    progress = rule.stays && taken !== progress ? { ...taken, staying: [...(taken.staying ?? []), match.index] } : taken
  }
  return progress
}

function blank(progress: Progress, start: number, length: number): Progress {
  const line = progress.line.slice(0, start) + gap.repeat(length) + progress.line.slice(start + length)
  return { ...progress, line }
}
