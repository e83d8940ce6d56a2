import { type CalendarDate, calendarDateSchema } from '../../../flows/campaigns/dates.ts'
import { readFolder } from '../../base/content-files.ts'

/** Reads the calendar's folder, by name. Throws a ContentError that names file, line and field of every fault. */
export function readCalendar(folder: URL | string): Promise<CalendarDate[]> {
  return readFolder(folder, calendarDateSchema)
}
