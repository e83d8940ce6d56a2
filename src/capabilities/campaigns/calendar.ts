import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type CalendarDate, calendarDateSchema } from '../../../flows/campaigns/dates.ts'
import { ContentError } from '../../../flows/kit/content-error.ts'
import { readFolder } from '../../base/content-files.ts'

/** Reads the calendar's folder, by name. Throws a ContentError that names file, line and field of every fault. */
export function readCalendar(folder: URL | string): Promise<CalendarDate[]> {
  return readFolder(folder, calendarDateSchema)
}

/**
 * Throws a ContentError when dates still stand where they stood in earlier versions: nobody would hear of them, and nobody
 * would notice.
 */
export async function checkFormerPlace(files: URL): Promise<void> {
  const former = new URL('prisma/seed/calendar/', files)
  const names = await readdir(former).catch(() => [])
  const dates = names.filter((name) => name.endsWith('.yaml'))
  if (dates.length === 0) return
  throw new ContentError(
    `${dates.join(', ')} in ${fileURLToPath(former)} is not read there any more; move it to flows/campaigns/calendar/`,
  )
}
