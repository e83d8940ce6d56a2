import { realWorld } from '../../base/outer-world.ts'
import { sleep } from '../../base/sleep.ts'
import type { CheckupTools, Finding } from '../capability.ts'
import { readPlans } from './plan.ts'
import type { PlannedSource } from './planned.ts'
import type { SourceEvent, Trouble } from './readers/source.ts'
import { createFetchers, type ReadingTools, versionIn } from './reading.ts'

/** The beginning of what a source has is enough to see whether it is reached. */
const limits = {
  feed: { whole: 30_000, bytes: 500_000, head: true },
  page: { whole: 30_000 },
  json: { whole: 30_000 },
} as const
/** Ms that the look at one source may take in all. */
const patience = 60_000
/** What is no vacancy may come first; after so many of them something is wrong. */
const looks = 3

/** Looks at every source that is on: whether it is reached, and what it gives first. Nothing of it is kept. */
export async function checkSources({ files, config }: CheckupTools): Promise<readonly Finding[]> {
  const { file, contact, headHunterToken } = config.sources
  if (file === undefined) return [{ name: 'sources', fine: true, text: 'no file of sources: nothing is fetched' }]
  const plans = await readPlans({ sourcesFile: file, contact, headHunterToken, sources: [] })
  const on = plans.filter((plan) => plan.on)
  const { clock, random } = realWorld
  const outside = { contact, sleep, random }
  const fetcherOf = createFetchers({ clock }, outside, { version: await versionIn(files), limits })
  const name = `sources in ${file}`
  const counted: Finding = { name, fine: true, text: `${on.length} of ${plans.length} are on` }
  return [counted, ...(await Promise.all(on.map((plan) => look(plan, fetcherOf))))]
}

async function look(plan: PlannedSource, fetcherOf: ReadingTools['fetcherOf']): Promise<Finding> {
  const { name } = plan.source
  const over = new AbortController()
  void sleep(patience, over.signal).then(() => over.abort())
  try {
    const tools = { fetcher: fetcherOf(plan), clock: realWorld.clock, signal: over.signal }
    return { name: `source ${name}`, ...(await firstOf(plan.source.read(undefined, tools), over.signal)) }
  } finally {
    over.abort()
  }
}

type Seen = Pick<Finding, 'fine' | 'text'>

async function firstOf(events: AsyncIterable<SourceEvent>, signal: AbortSignal): Promise<Seen> {
  let refused: string[] = []
  for await (const event of events) {
    if (signal.aborted) return { fine: false, text: `nothing came within ${patience / 1_000} s; try again later` }
    if (event.type === 'trouble') return { fine: false, text: `${event.why}. ${remedies[event.trouble]}` }
    if (event.type !== 'refused') return { fine: true, text: 'is reached, and has vacancies' }
    refused = [...refused, `${event.where}: ${event.why}`]
    if (refused.length === looks)
      return {
        fine: false,
        text: `is reached, but gives no vacancies: ${refused.join('; ')}. ${remedies.changedLayout}`,
      }
  }
  return { fine: true, text: 'is reached, and has no vacancies at present' }
}

/** What is to be done about each kind of trouble. */
export const remedies: Readonly<Record<Trouble['trouble'], string>> = {
  blocked: 'Ask its owners to let the bot in, or turn the source off',
  limited: 'It is read again by itself when that time is over; ask less often with everyHours',
  broken: 'Open the address in a browser on this machine; check the network, DNS and the settings of the source',
  refused: 'Correct the settings of the source, or turn it off',
  captcha: 'No program gets past it: ask its owners to let the bot in, or turn the source off',
  robots: 'Ask its owners to allow Serik in robots.txt, or turn the source off',
  token: 'Set a token that is valid (HH_TOKEN for HeadHunter), or turn the source off',
  changedLayout: 'Open the site in a browser and compare it with the settings of the source',
  shrunk:
    'Open the feed in a browser and compare it with the site; ask its owners to mend it. What is really over is closed on its last day',
}
