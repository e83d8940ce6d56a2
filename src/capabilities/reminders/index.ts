import { zone } from '../../../flows/common/regions.ts'
import { understandReminder } from '../../../flows/reminders/phrases/index.ts'
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

/** A text that speaks of a time may be meant as a reminder. */
const findReminder: Finder = async (text, { now, person: { language } }) => {
  if (understandReminder(text, { now, zone, language }).type !== 'understood') return []
  return [{ kind: 'reminder', label: { key: 'search:remind' }, flow: 'reminders', input: { text } }]
}
