import { isQuestion } from '../../../flows/common/questions.ts'
import { zone } from '../../../flows/common/regions.ts'
import { type Understood, understandReminder } from '../../../flows/reminders/phrases/index.ts'
import { defineCapability, type Finder } from '../capability.ts'
import { type CountFigures, figuresBy } from '../figures.ts'
import { remindersSection } from './export.ts'
import { remindersJob } from './job.ts'
import { reminderFacts, reminderReplies } from './rows.ts'

const countReminders: CountFigures = async ({ prisma }) => {
  const rows = await prisma.reminder.groupBy({ by: ['state'], _count: true })
  return [{ title: 'Reminders', rows: figuresBy(rows, ({ state }) => state) }]
}

/** What people want to be reminded of, and the job that tells them. */
export const reminders = defineCapability({
  name: 'reminders',
  facts: reminderFacts,
  asks: (_, { core }) => reminderReplies(core),
  finds: () => findReminder,
  exports: () => [remindersSection],
  jobs: (_, { core }) => [remindersJob(core)],
  figures: countReminders,
})

/** A time that cannot be, beside something to remember: what is wrong with it is said where it is made. */
function isTime({ reason, what }: Extract<Understood, { type: 'problem' }>): boolean {
  return what !== undefined && (reason === 'past' || reason === 'bad-date' || reason === 'bad-time')
}

/**
 * A text that speaks of a time may be meant as a reminder, and nothing else can be meant where it names more than a
 * weekday or a part of the day, which are names of people and things, too.
 */
const findReminder: Finder = async (text, { now, person: { language } }) => {
  const read = understandReminder(text, { now, zone, language })
  if (read.type === 'problem' && !isTime(read)) return []
  const hit = { kind: 'reminder', label: { key: 'search:remind' }, flow: 'reminders', input: { text } }
  // "Can I work at 16?" asks for an answer; only where there is none, a reminder may have been meant.
  if (isQuestion(text)) return [{ ...hit, fit: 'near' }]
  return [read.type === 'understood' && read.isSure ? { ...hit, fit: 'whole' as const } : hit]
}
