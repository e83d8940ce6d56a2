import { addDays, compareDates, dayLength, isValidDate, type LocalDate, toLocal, toUtc } from '../common/calendar.ts'
import { foldText } from '../common/letters.ts'
import { zone } from '../common/regions.ts'
import { tidyLine, tidyText } from '../common/tidy.ts'
import { type Fair, longest, mostPlaces, type Stand, slotMinutes } from '../fairs/fair.ts'
import { readHour } from '../fairs/hours.ts'
import { oncePerEvent } from '../kit/once.ts'
import { understandReminder } from '../reminders/phrases/index.ts'
import {
  type FairmakingContext as Context,
  type Draft,
  emptyDraft,
  emptyStand,
  type Field,
  type On,
  type Problem,
  type Situation,
} from './context.ts'

type Change = Partial<Context>

/** Hours at which a fair may begin and end are offered between these; others can be written. */
export const [firstHour, lastHour] = [8, 20] as const

export function begin({ event: { turn } }: On<'ADD'>): Change {
  return { draft: emptyDraft, wanted: null, made: null, problem: null, ...monthOf(turn.at) }
}

/** The month of the first day that can be. */
function monthOf(now: number): Pick<Context, 'month' | 'now'> {
  const { year, month } = toLocal(now + dayLength, zone)
  return { month: { year, month }, now }
}

/** The draft of a fair that is kept, with the field asked for anew. */
export function edit({ context: { made }, event: { turn } }: On<'FIELD'>): Change {
  return made === null ? {} : { draft: draftOf(made.fair), problem: null, ...monthOf(turn.at) }
}

export function draftOf({ id, title, region, place, startsAt, endsAt, note }: Fair): Draft {
  const [from, to] = [toLocal(startsAt, zone), toLocal(endsAt, zone)]
  const { year, month, day } = from
  return {
    ...{ id, title, region, place, note, day: { year, month, day }, isNoteAsked: true },
    from: from.hour * 60 + from.minute,
    to: to.hour * 60 + to.minute,
  }
}

/** The fair that a draft makes, null while something of it is missing. */
export function fairIn({ draft, made }: Pick<Context, 'draft' | 'made'>, freshId: string): Fair | null {
  const { id, title, region, place, day, from, to, note } = draft
  if (title === null || region === null || place === null || day === null || from === null || to === null) return null
  return {
    ...{ id: id ?? freshId, title, region, place, note, startsAt: momentOf(day, from), endsAt: momentOf(day, to) },
    state: made?.fair.state ?? 'draft',
    reason: made?.fair.reason ?? null,
  }
}

function momentOf(day: LocalDate, minutes: number): number {
  return toUtc({ ...day, hour: Math.floor(minutes / 60), minute: minutes % 60 }, zone)
}

/** What is asked for next; undefined when nothing is missing. */
export function nextField({ draft }: Pick<Context, 'draft'>): Field | undefined {
  const order = ['title', 'region', 'place', 'day', 'from', 'to'] as const
  return order.find((field) => draft[field] === null) ?? (draft.isNoteAsked ? undefined : 'note')
}

/** Takes a line for a field, or says what is wrong with it. */
export function hearText(field: 'title' | 'place' | 'note') {
  return ({ context: { draft }, event: { text } }: On<'TEXT'>): Change => {
    const { line, problem } = lineOf(text, longest[field], field === 'note' ? tidyText : tidyLine)
    if (problem !== null) return { problem }
    return { draft: { ...draft, [field]: line, ...(field === 'note' && { isNoteAsked: true }) }, problem: null }
  }
}

export function hearReason({ event: { text } }: On<'TEXT'>): Change {
  const { line, problem } = lineOf(text, longest.reason)
  return problem === null ? { reason: line, problem } : { problem }
}

/** On one line, unless it may have several; without signs that nobody sees, which could turn what stands beside them. */
function lineOf(text: string, length: number, tidy: (text: string) => string = tidyLine) {
  const isEndless = text.length > 4 * length
  const line = isEndless ? '' : tidy(text)
  const problem: Problem | null = isEndless || line.length > length ? 'long' : line === '' ? 'empty' : null
  return { line, problem }
}

export function skipNote({ context: { draft } }: Situation): Change {
  return { draft: { ...draft, note: null, isNoteAsked: true }, problem: null }
}

export function pickRegion({ context: { draft }, event: { region } }: On<'REGION'>): Change {
  return { draft: { ...draft, region }, problem: null }
}

export function turnMonth({ event: { year, month, turn } }: On<'MONTH'>): Change {
  return { month: { year, month }, problem: null, now: turn.at }
}

export function pickDay({ context, event }: On<'DAY'>): Change {
  return takeDay(context, { ...context.month, day: event.day }, event.turn.at)
}

/** Reads a day as reminders do: «20 мамыр», «келесі жұма». */
export function hearDay({ context, event }: On<'TEXT'>): Change {
  const day = dayIn(event, context.language)
  return typeof day === 'string' ? { problem: day } : takeDay(context, day, event.turn.at)
}

/** Stands for what is to be remembered: nothing else of the line may be left over. */
const something = 'Serik'

/** The day that is meant; a problem where it is over, or the line says something else besides. */
const dayIn = oncePerEvent(
  ({ text, turn }: On<'TEXT'>['event'], language: Context['language']): LocalDate | 'day' | 'past' => {
    // At the end of the day, since an earlier hour of today may be over; a line may name an hour itself.
    const reads = [`${text} 23:59 ${something}`, `${text} ${something}`].map((line) => {
      return understandReminder(line, { now: turn.at, zone, language })
    })
    for (const read of reads) {
      if (read.type !== 'understood' || read.what !== something || read.repeat.type !== 'once') continue
      const { year, month, day } = toLocal(read.at, zone)
      return { year, month, day }
    }
    return reads.some((read) => read.type === 'problem' && read.reason === 'past') ? 'past' : 'day'
  },
)

/** A fair is told of the evening before, so it is tomorrow at the earliest. */
function takeDay({ draft }: Context, day: LocalDate, now: number): Change {
  const tomorrow = addDays(toLocal(now, zone), 1)
  if (!isValidDate(day) || compareDates(day, tomorrow) < 0) return { problem: 'past', now }
  return { draft: { ...draft, day }, problem: null, now }
}

/** An hour that was pressed. */
export function pickTime(field: 'from' | 'to') {
  return ({ context, event }: On<'AT'>): Change => takeTime(context, field, event.count)
}

/** An hour that was written: `10:30`, «таңғы 10-да», `10 am`. */
export function hearTime(field: 'from' | 'to') {
  return ({ context, event }: On<'TEXT'>): Change =>
    takeTime(context, field, readHour(event.text, { now: event.turn.at, language: context.language })?.minutes)
}

/** Another beginning asks for another end; an end before the beginning is none. */
function takeTime({ draft }: Context, field: 'from' | 'to', minutes: number | undefined): Change {
  if (minutes === undefined) return { problem: 'time' }
  const changed = { ...draft, [field]: minutes }
  const isInOrder = changed.from === null || changed.to === null || changed.from < changed.to
  if (isInOrder) return { draft: changed, problem: null }
  return field === 'from' ? { draft: { ...changed, to: null }, problem: null } : { problem: 'order' }
}

export function beginStand(): Change {
  return { standDraft: emptyStand, standId: null, stand: null, problem: null }
}

export function editStand({ context: { stand } }: Situation): Change {
  if (stand === null) return {}
  return { standDraft: { ...stand.stand, isOffersAsked: true }, problem: null }
}

export function nextStandField({ standDraft }: Pick<Context, 'standDraft'>) {
  if (standDraft.employer === null) return 'employer'
  if (!standDraft.isOffersAsked) return 'offers'
  if (standDraft.minutes === null) return 'minutes'
  return standDraft.places === null ? 'places' : undefined
}

export function hearStand(field: 'employer' | 'offers') {
  return ({ context: { standDraft }, event: { text } }: On<'TEXT'>): Change => {
    const { line, problem } = lineOf(text, longest[field], field === 'offers' ? tidyText : tidyLine)
    if (problem !== null) return { problem }
    const asked = field === 'offers' && { isOffersAsked: true }
    return { standDraft: { ...standDraft, [field]: line, ...asked }, problem: null }
  }
}

export function skipOffers({ context: { standDraft } }: Situation): Change {
  return { standDraft: { ...standDraft, offers: null, isOffersAsked: true }, problem: null }
}

export function pickLength({ context: { standDraft }, event: { count } }: On<'LENGTH'>): Change {
  return { standDraft: { ...standDraft, minutes: count }, problem: null }
}

export function pickPlaces({ context: { standDraft }, event: { count } }: On<'PLACES'>): Change {
  return { standDraft: { ...standDraft, places: count }, problem: null }
}

/** A length that was written: "25", «жарты сағат», "1 hour". */
export function hearLength({ context: { standDraft }, event: { text } }: On<'TEXT'>): Change {
  const minutes = lengthIn(text)
  if (minutes === undefined) return { problem: 'length' }
  return { standDraft: { ...standDraft, minutes }, problem: null }
}

function lengthIn(text: string): number | undefined {
  const line = foldText(text.slice(0, longest.employer))
  const [, half, count, hours] = /^(?:(жарты|пол|half an?)? ?(\d{1,3})? ?)(сагат|час|h(?:our)?)?/u.exec(line) ?? []
  const number = count === undefined ? undefined : Number(count)
  const minutes = half !== undefined && hours !== undefined ? 30 : hours !== undefined ? (number ?? 1) * 60 : number
  return minutes === undefined || minutes < slotMinutes.min || minutes > slotMinutes.max ? undefined : minutes
}

/** A number of people that was written: "1 адам". */
export function hearPlaces({ context: { standDraft }, event: { text } }: On<'TEXT'>): Change {
  const [count] = /\d{1,4}/.exec(text.slice(0, longest.employer)) ?? []
  const places = Number(count ?? Number.NaN)
  if (!(places >= 1 && places <= mostPlaces)) return { problem: 'places' }
  return { standDraft: { ...standDraft, places }, problem: null }
}

export function toggleVacancy({ context: { standDraft }, event: { id } }: On<'TOGGLE'>): Change {
  const { vacancies } = standDraft
  const changed = vacancies.includes(id) ? vacancies.filter((one) => one !== id) : [...vacancies, id]
  return { standDraft: { ...standDraft, vacancies: changed } }
}

/** The stand that a draft makes, null while something of it is missing. */
export function standIn({ standDraft }: Pick<Context, 'standDraft'>, freshId: string): Stand | null {
  const { id, employer, offers, minutes, places, vacancies } = standDraft
  if (employer === null || minutes === null || places === null) return null
  return { id: id ?? freshId, employer, offers, minutes, places, vacancies }
}

/** How many lose a time by the change that is asked about. */
export function weighed({ event: { data } }: On<'found.fairs.weighing'>): Change {
  return { losers: data?.losers ?? 0 }
}

/** Whether somebody has taken a time since the question was asked, who would lose it unsaid. */
export function losesMore({ context, event: { data } }: On<'found.fairs.weighing'>): boolean {
  return (data?.losers ?? 0) > context.losers
}
