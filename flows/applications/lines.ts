import type { AgeBand } from '../common/person.ts'
import { zone } from '../common/regions.ts'
import type { View } from '../kit/flow.ts'
import { type Message, type Translate, translator } from '../kit/words.ts'
import { dayLine, whenLine } from '../reminders/screens.ts'
import type { ApplicationsContext } from './context.ts'
import type { Application } from './contract.ts'

const reminders = translator('reminders')

/** What the job is, and with whom. */
export function jobLines(t: Translate, { title, employer }: Pick<Application, 'title' | 'employer'>): Message[] {
  return [t('job', { title }), ...(employer === null ? [] : [t('employer', { employer })])]
}

/** The age whose law counts: today's, which may be another than when the dialogue was opened. */
export function ageOf({ person, context }: View<Pick<ApplicationsContext, 'ageBand'>>): AgeBand {
  return person.ageBand ?? context.ageBand
}

/** Day and hour of a moment, epoch ms. */
export function momentOf(at: number): Message {
  return whenLine(reminders, at, zone)
}

export function dayOf(at: number): Message {
  return dayLine(reminders, at, zone)
}

/** Its next step with the date, where there is one. */
export function nextLine(t: Translate, { state, nextAt }: Application): Message[] {
  if (nextAt === null) return []
  return state === 'offer' ? [t('firstDayLine', { day: dayOf(nextAt) })] : [momentOf(nextAt)]
}
