import { toLocal, weekdayOf } from '../common/calendar.ts'
import { zone } from '../common/regions.ts'
import type { Message, Moment } from '../kit/words.ts'
import type { Fair, Span } from './fair.ts'

/** Its day, with the hours from when to when. */
export function whenLine({ startsAt, endsAt }: Pick<Fair, 'startsAt' | 'endsAt'>): Message {
  return { key: 'fairs:when', values: { ...dayOf(startsAt), from: time(startsAt), to: time(endsAt) } }
}

export function placeLine({ region, place }: Pick<Fair, 'region' | 'place'>): Message {
  return { key: 'fairs:place', values: { region: { key: `regions:${region}` }, place } }
}

export function dayOf(at: number) {
  const weekday: Message = { key: `reminders:weekday.${weekdayOf(toLocal(at))}` }
  return { weekday, day: { moment: at, zone, style: 'date' } satisfies Moment }
}

export function time(at: number): Moment {
  return { moment: at, zone, style: 'time' }
}

/** A slot of somebody at a stand. */
export function slotLine({ employer, from, to }: Span & { readonly employer: string }): Message {
  return { key: 'fairs:slot', values: { employer, from: time(from), to: time(to) } }
}

/** What people see of a fair: its name, when and where, and the note. */
export function fairLines(fair: Pick<Fair, 'title' | 'startsAt' | 'endsAt' | 'region' | 'place' | 'note'>) {
  const { title, note } = fair
  return [
    { key: 'fairs:title', values: { title } },
    [whenLine(fair), placeLine(fair)],
    ...(note === null ? [] : [{ key: 'fairs:note', values: { note } }]),
  ]
}
