import { defineCapability } from '../capability.ts'
import { sourceJobs } from './job.ts'
import { createSourceMetrics } from './metrics.ts'
import { readPlans } from './plan.ts'
import { createReadingTools } from './reading.ts'
import { sourceFacts, sourceReplies } from './replies.ts'

/** Where vacancies are fetched from: the operator's sources, when they are read, and how they stand. */
export const sources = defineCapability({
  name: 'sources',
  load: async ({ core, files, read, outside }) => {
    const plans = await readPlans(outside)
    return {
      plans,
      tools: createReadingTools({ core, files, read, outside }),
      metrics: createSourceMetrics(core, plans),
    }
  },
  facts: sourceFacts,
  asks: ({ plans }, { core }) => sourceReplies(plans, core),
  jobs: ({ plans, tools, metrics }, { core }) => sourceJobs(plans, { core, tools, metrics }),
  metrics: ({ metrics }) => metrics.metrics,
  checkups: async (given) => (await import('./checkups.ts')).checkSources(given),
  commands: async (program, operator) => (await import('./commands.ts')).addSources(program, operator),
})
