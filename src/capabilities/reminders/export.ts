import { z } from 'zod'
import { zone } from '../../../flows/common/regions.ts'
import { translator } from '../../../flows/kit/words.ts'
import { Reminder } from '../../../flows/reminders/contract.ts'
import { repeatLine, timeLine } from '../../../flows/reminders/screens.ts'
import { fact, line, section, Time } from '../export.ts'

const t = translator('reminders')
const Row = z.object({ ...Reminder.shape, nextAt: Time.nullable(), createdAt: Time })

/** The soonest first, then those that do not come. */
export const remindersSection = section('Reminder', {
  title: { key: 'reminders:menu' },
  row: Row,
  tell: (reminder) => ({
    title: { key: 'common:value', values: { value: reminder.what } },
    order: reminder.nextAt ?? Number.MAX_SAFE_INTEGER,
    lines: [
      line(timeLine(t, reminder)),
      line(repeatLine(t, reminder.repeat, reminder.zone, 'weekday')),
      fact({ key: 'reminders:export.made' }, { moment: reminder.createdAt, zone, style: 'date' }),
    ],
  }),
})
