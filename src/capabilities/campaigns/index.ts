import { defineCapability } from '../capability.ts'
import { checkFormerPlace, readCalendar } from './calendar.ts'
import { campaignsJob } from './job.ts'

/** What people are reminded of without having asked: what they began, what is due again, public dates. */
export const campaigns = defineCapability({
  name: 'campaigns',
  load: ({ read }) => read(calendar),
  jobs: (dates, { core }) => [campaignsJob(core, dates)],
  check: async (read) => {
    await read(checkFormerPlace)
    return `public dates: ${(await read(calendar)).length}`
  },
})

function calendar(files: URL) {
  return readCalendar(new URL('flows/campaigns/calendar/', files))
}
