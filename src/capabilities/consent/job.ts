import type { Job } from '../../schedule/schedule.ts'
import type { Core } from '../../store/core.ts'
import { inSlices } from '../../store/slices.ts'
import { forgetCodes } from './codes.ts'
import { forgetStrangers } from './strangers.ts'

/** Every night: codes that have expired go, and whoever has agreed to nothing and stays away. */
export function strangersJob(core: Core): Job {
  return {
    name: 'strangers',
    cron: '20 4 * * *',
    run: async ({ now, signal }) => {
      const codes = await inSlices(core, (limit) => forgetCodes(core, BigInt(now), limit), { signal })
      return { codes, strangers: await forgetStrangers(core, now, signal) }
    },
  }
}
