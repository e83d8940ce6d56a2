import { defineCapability } from '../capability.ts'
import { checkFormerPlace, readCalendar } from './calendar.ts'
import { campaignsJob } from './job.ts'

/** What people are reminded of without having asked: what they began, what is due again, public dates. */
export const campaigns = defineCapability({
  name: 'campaigns',
  load: ({ files }) => readCalendar(calendarIn(files)),
  jobs: (calendar, { core }) => [campaignsJob(core, calendar)],
  check: async (files) => {
    await checkFormerPlace(files)
    return `public dates: ${(await readCalendar(calendarIn(files))).length}`
  },
})

function calendarIn(files: URL): URL {
  return new URL('flows/campaigns/calendar/', files)
}
