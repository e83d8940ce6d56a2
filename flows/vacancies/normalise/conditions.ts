import { z } from 'zod'
import { educations, employments, experiences, formats, schedules, type Vacancy } from '../vacancy.ts'
import { createFinder, createFinders, type Found, isBreak, type Tokens, tokensOf } from './phrases.ts'

const phrases = z.array(z.string().min(1))
const other = { other: phrases.default([]) }
const yesNo = z.strictObject({ yes: phrases, no: phrases, ...other })

/** Words by which conditions are known; see `terms/conditions.yaml`. */
export const ConditionWords = z.strictObject({
  experience: z.record(z.enum(experiences), phrases),
  trained: phrases,
  experienced: phrases,
  education: z.record(z.enum([...educations, 'other']), phrases),
  educated: phrases,
  employment: z.record(z.enum([...employments, 'other']), phrases),
  schedule: z.record(z.enum([...schedules, 'other']), phrases),
  night: yesNo,
  rotation: yesNo,
  format: z.record(z.enum([...formats, 'other']), phrases),
  housing: yesNo,
  meals: yesNo,
  no: z.strictObject({ before: phrases, behind: phrases }),
  years: phrases,
  months: phrases,
  numbers: z.array(phrases),
  extent: z.strictObject({ most: phrases, least: phrases }),
  hours: phrases,
  day: phrases,
  week: phrases,
  wholeDay: phrases,
})
export type ConditionWords = z.infer<typeof ConditionWords>

export type Conditions = Pick<
  Vacancy,
  | 'experience'
  | 'education'
  | 'employment'
  | 'schedule'
  | 'weekHours'
  | 'dayHours'
  | 'night'
  | 'rotation'
  | 'format'
  | 'housing'
  | 'meals'
>

/** What a source says of conditions, field by field, and its running text. */
export type ConditionTexts = {
  readonly experience: string | null
  readonly education: string | null
  readonly employment: string | null
  readonly schedule: string | null
  readonly hours: string | null
  readonly format: string | null
  /** Title, description and requirements in plain words. */
  readonly running: string
}

export type ConditionReader = (texts: ConditionTexts) => Conditions

export function createConditionReader(words: ConditionWords): ConditionReader {
  const experience = createExperienceReader(words)
  const hours = createHoursReader(words)
  const isDenied = createDenial(words)
  const findEducation = createFinder(words.education)
  const look = createFinders({
    ...{
      trained: { word: words.trained },
      experienced: { word: words.experienced },
      educated: { word: words.educated },
    },
    ...{ employment: words.employment, schedule: words.schedule, format: words.format },
    ...{ night: words.night, rotation: words.rotation, housing: words.housing, meals: words.meals },
    ...{ hours: { word: words.hours }, wholeDay: { word: words.wholeDay } },
  })
  const lookAt = (text: string | null) => {
    const tokens = tokensOf(text ?? '')
    return { tokens, found: look(tokens) }
  }

  return (texts) => {
    const running = lookAt(texts.running)
    const fields = lookAt([texts.schedule, texts.hours, texts.employment].filter(Boolean).join('\n'))
    const first = <Value extends string>(
      kind: 'employment' | 'schedule' | 'format',
      values: readonly Value[],
      looks: readonly Look[],
    ) => {
      for (const { tokens, found } of looks) {
        const known = firstOf(found[kind], values, tokens, isDenied)
        if (known !== null) return known
      }
      return null
    }
    const isSaid = (kind: 'night' | 'rotation' | 'housing' | 'meals', { tokens, found }: Look) =>
      yesOrNo(found[kind], tokens, isDenied)

    const days = daysIn(fields.tokens) ?? daysIn(running.tokens)
    const worked = hours(fields, running)
    const schedule = scheduleOf(days) ?? first('schedule', schedules, [fields, running])
    return {
      experience: experience.inField(texts.experience) ?? experience.inText(running),
      education:
        educationIn(findEducation(tokensOf(texts.education ?? ''))) ??
        educationIn(findEducation(educated(running.tokens, running.found.educated[0]))),
      employment: first('employment', employments, [lookAt(texts.employment), lookAt(texts.schedule), running]),
      schedule,
      ...hoursOf(worked, schedule),
      night: isSaid('night', fields) ?? isSaid('night', running) ?? (worked.isNight ? true : null),
      rotation:
        isSaid('rotation', fields) ?? (days !== undefined && isRotating(days) ? true : isSaid('rotation', running)),
      format: first('format', formats, [lookAt(texts.format), fields, running]),
      housing: isSaid('housing', running),
      meals: isSaid('meals', running),
    }
  }

  type Look = ReturnType<typeof lookAt>
}

type Denial = (tokens: Tokens, from: number, to: number) => boolean

/** Whether a word before or behind, in the same clause, denies what stands between. */
function createDenial(words: ConditionWords): Denial {
  const before = createFinder({ no: words.no.before })
  const behind = createFinder({ no: words.no.behind })
  return (tokens, from, to) => {
    const left = clauseBefore(tokens, from, nearBefore)
    // Also within, where words between were passed over.
    const right = [...tokens.slice(from, to), ...clauseBehind(tokens, to, nearBehind)]
    return before(left).length > 0 || behind(right).length > 0
  }
}

const nearBefore = 3
const nearBehind = 5

function clauseBefore(tokens: Tokens, at: number, most: number): Tokens {
  let from = at
  while (from > 0 && at - from < most && !isBreak(tokens[from - 1])) from--
  return tokens.slice(from, at)
}

function clauseBehind(tokens: Tokens, at: number, most: number): Tokens {
  let to = at
  while (to < tokens.length && to - at < most && !isBreak(tokens[to])) to++
  return tokens.slice(at, to)
}

/** The first value that stands in a text and is not denied there. */
function firstOf<Value extends string>(
  found: readonly Found<string>[],
  values: readonly Value[],
  tokens: Tokens,
  isDenied: Denial,
): Value | null {
  for (const { value, from, to } of found) {
    const known = values.find((one) => one === value)
    if (known !== undefined && !isDenied(tokens, from, to)) return known
  }
  return null
}

/** By what is said first: yes, no where it is denied, null where nothing is said. */
function yesOrNo(found: readonly Found<string>[], tokens: Tokens, isDenied: Denial): boolean | null {
  const said = found.find(({ value }) => value !== 'other')
  if (said === undefined) return null
  return said.value === 'yes' && !isDenied(tokens, said.from, said.to)
}

/** The least that is enough: "среднее специальное или высшее" is the first of them. */
function educationIn(found: readonly Found<string>[]): Conditions['education'] {
  const values = new Set(found.map(({ value }) => value))
  return educations.find((one) => values.has(one)) ?? null
}

const besideEducation = 8

/** The clauses that speak of education; elsewhere "среднее" and "высшее" mean anything. */
function educated(tokens: Tokens, word: Found<'word'> | undefined): Tokens {
  if (word === undefined) return []
  return [...clauseBefore(tokens, word.from, besideEducation), ...tokens.slice(word.from, word.to + besideEducation)]
}

type Days = readonly [on: number, off: number]

/** "5/2", "2 через 2", "15х15": days on and off. */
function daysIn(tokens: Tokens): Days | undefined {
  for (const [at, sign] of tokens.entries()) {
    if (!/^(?:[/хx*]|через|на)$/.test(sign)) continue
    const [on, off] = [Number(tokens[at - 1]), Number(tokens[at + 1])]
    const isDate = tokens[at + 2] === '/' || tokens[at - 2] === '/'
    if (on > 0 && on <= 90 && off >= 0 && off <= 90 && !isDate && tokens[at - 2] !== '.' && isPattern(on, off, sign))
      return [on, off]
  }
  return undefined
}

/** "24/7" is how long a shop is open, "1/2" may be half of anything, and 9/10 a share. */
function isPattern(on: number, off: number, sign: string): boolean {
  if (off === 0 || (on === 24 && off === 7)) return false
  if (on <= 6 && off <= 4) return sign !== 'на' && (on + off > 3 || sign === 'через')
  return turns.has(on) && turns.has(off)
}

const turns = new Set([7, 10, 12, 14, 15, 20, 21, 24, 28, 30, 36, 45, 48, 60, 72, 90])

function scheduleOf(days: Days | undefined): Conditions['schedule'] {
  if (days === undefined || isRotating(days)) return null
  const [on, off] = days
  if (on === 5 && off === 2) return 'fiveTwo'
  return on === 6 && off === 1 ? 'sixOne' : 'shifts'
}

/** Weeks on, weeks off; 24/48 and 12/36 are hours. */
function isRotating([on, off]: Days): boolean {
  return on >= 7 && off >= 7 && !(on % 12 === 0 && off % 12 === 0)
}

/** A text and what was found in it. */
type Looked<Kind extends string> = {
  readonly tokens: Tokens
  readonly found: Readonly<Record<Kind, readonly Found<string>[]>>
}

function createExperienceReader(words: ConditionWords) {
  const find = createFinder(words.experience)
  const findUnit = createFinder({ year: words.years, month: words.months })
  const findNumber = createFinder(
    Object.fromEntries(words.numbers.map((list, at) => [String(at === 0 ? 1.5 : at), list])),
  )
  const findExtent = createFinder(words.extent)

  /** By the numbers of a clause: the least of "1-3 года", the most of "до 1 года". */
  const numbered = (tokens: Tokens, isField: boolean): Conditions['experience'] => {
    const [unit] = findUnit(tokens)
    if (unit === undefined && !isField) return null
    const inMonths = unit?.value === 'month' ? 1 : 12
    const inWords = new Map(findNumber(tokens).map(({ from, value }) => [from, Number(value)]))
    const [least, most] = tokens
      .map((token, at) => inWords.get(at) ?? (/^\d{1,3}$/.test(token) ? Number(token) : Number.NaN))
      .filter((number) => number * inMonths <= mostMonths)
    if (least === undefined) return null
    if (least === 0) return most === undefined || most === 0 ? 'none' : 'under1'
    const isMost = most === undefined && findExtent(tokens)[0]?.value === 'most'
    return isMost && least * inMonths <= 12 ? 'under1' : categoryOf(least * inMonths)
  }

  return {
    inField(text: string | null): Conditions['experience'] {
      const tokens = tokensOf(text ?? '')
      return find(tokens)[0]?.value ?? numbered(tokens, true)
    },
    inText({ tokens, found }: Looked<'trained' | 'experienced'>): Conditions['experience'] {
      if (found.trained.length > 0) return 'none'
      for (const { from, to } of found.experienced) {
        const clause = [
          ...clauseBefore(tokens, from, besideExperience),
          ...tokens.slice(from, to),
          ...clauseBehind(tokens, to, besideExperience),
        ]
        const isNone = find(tokens.slice(from, to + besideExperience)).some(({ value }) => value === 'none')
        const read = isNone ? 'none' : (find(clause)[0]?.value ?? numbered(clause, false))
        if (read !== null) return read
      }
      return null
    },
  }
}

const besideExperience = 7
/** More is somebody's age. */
const mostMonths = 180

function categoryOf(months: number): Conditions['experience'] {
  if (months < 12) return 'under1'
  if (months < 36) return '1to3'
  return months < 72 ? '3to6' : 'over6'
}

type Worked = { readonly day: number | null; readonly week: number | null; readonly isNight: boolean }

function createHoursReader(words: ConditionWords) {
  const findWeek = createFinder({ week: words.week })
  const findDay = createFinder({ day: words.day })

  const counted = ({ tokens, found }: Looked<'hours'>, isField: boolean): Omit<Worked, 'isNight'> => {
    let [day, week]: (number | null)[] = [null, null]
    for (const { from, to } of found.hours) {
      const at = tokens[from - 1] === '-' ? from - 2 : from - 1
      const count = Number(tokens[at])
      const beside = [...clauseBefore(tokens, at, besideHours), ...clauseBehind(tokens, to, besideHours)]
      if (!(count > 0) || tokens[at - 1] === ':') continue
      if (findWeek(beside).length > 0) week ??= count <= 168 ? count : null
      else if (count <= 24 && count > 1 && (isField || findDay(beside).length > 0)) day ??= count
    }
    return { day: day ?? null, week: week ?? null }
  }

  return (fields: Looked<'hours' | 'wholeDay'>, running: Looked<'hours' | 'wholeDay'>): Worked => {
    const [inFields, inText] = [counted(fields, true), counted(running, false)]
    const span = spanIn(fields.tokens) ?? spanIn(running.tokens)
    const isWholeDay = fields.found.wholeDay.length > 0 || running.found.wholeDay.length > 0
    const day = inFields.day ?? inText.day ?? (isWholeDay ? 24 : (span?.hours ?? null))
    return { day, week: inFields.week ?? inText.week, isNight: isWholeDay || span?.isNight === true }
  }
}

const besideHours = 4

/** "с 9:00 до 18:00": nine hours of which one is for the meal, as a day of so long has. */
function spanIn(tokens: Tokens): { readonly hours: number; readonly isNight: boolean } | undefined {
  const times = tokens.flatMap((sign, at) => (sign === ':' || sign === '.' ? timeAt(tokens, at - 1) : []))
  const [start, end] = times
  if (start === undefined || end === undefined || end.from - start.to > 5) return undefined
  const length = (end.hour - start.hour + 24) % 24 || 24
  const hours = length >= 9 && length < 24 ? length - 1 : length
  const isNight = start.hour >= 22 || start.hour < 6 || start.hour + length > 22
  return length < 2 ? undefined : { hours, isNight }
}

function timeAt(tokens: Tokens, at: number): { from: number; to: number; hour: number }[] {
  const [hour, sign, minute] = [Number(tokens[at]), tokens[at + 1], tokens[at + 2] ?? '']
  const isTime = sign === ':' ? /^[0-5]\d$/.test(minute) : sign === '.' && /^(?:00|30)$/.test(minute)
  if (!isTime || !(hour <= 24) || tokens[at - 1] === '.' || tokens[at + 3] === '.') return []
  return [{ from: at, to: at + 3, hour: hour + Number(minute) / 60 }]
}

function hoursOf({ day, week }: Worked, schedule: Conditions['schedule']): Pick<Conditions, 'dayHours' | 'weekHours'> {
  const days = schedule === 'fiveTwo' ? 5 : schedule === 'sixOne' ? 6 : null
  return { dayHours: day, weekHours: week ?? (day !== null && days !== null ? day * days : null) }
}
