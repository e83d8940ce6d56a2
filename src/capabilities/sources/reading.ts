import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { createReadOnce, type ReadOnce } from '../../base/read-once.ts'
import { sleep as realSleep } from '../../base/sleep.ts'
import type { Core } from '../../store/core.ts'
import type { Outside } from '../outside.ts'
import { createProfessionsByTitle } from '../professions/by-title.ts'
import { readSeed } from '../professions/seed.ts'
import { readKnowledge } from '../vacancies/knowledge.ts'
import type { PlannedSource } from './planned.ts'
import { createFetcher, type Fetcher, type FetcherOptions } from './readers/fetcher.ts'
import type { RunTools } from './run.ts'

/** What sources are read with. */
export type ReadingTools = Omit<RunTools, 'fetcher' | 'signal'> & { fetcherOf(plan: PlannedSource): Fetcher }

export type ReadingOptions = {
  readonly core: Core
  /** Root folder of the project, with a trailing slash. */
  readonly files: URL
  /** What others have read of it already, unless all of it is to be read anew. */
  readonly read?: ReadOnce
  readonly outside: Pick<Outside, 'contact' | 'sleep' | 'random'>
  readonly limits?: FetcherOptions['limits']
}

/** Makes what sources are read with, when it is first needed: word lists and catalogue take a while and their room. */
export function createReadingTools(options: ReadingOptions): () => Promise<ReadingTools> {
  let made: Promise<ReadingTools> | undefined
  return () => {
    made ??= makeTools(options).catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}

async function makeTools({
  core,
  files,
  read = createReadOnce(files),
  outside,
  limits,
}: ReadingOptions): Promise<ReadingTools> {
  const { random } = outside
  const { normalise, identityOf } = await read(readKnowledge)
  const professionsFor = createProfessionsByTitle(await read(readSeed))
  const fetcherOf = createFetchers(core, outside, { version: await versionIn(files), limits })
  return { core, normalise, identityOf, professionsFor, random, fetcherOf, deadline: realSleep }
}

/** Sources that may ask the same hosts share a fetcher, so that no host is asked by two at once. */
export function createFetchers(
  { clock }: Pick<Core, 'clock'>,
  { contact = 'no contact', sleep, random }: ReadingOptions['outside'],
  { version, limits }: { readonly version: string } & Pick<ReadingOptions, 'limits'>,
): ReadingTools['fetcherOf'] {
  const fetchers = new Map<string, Fetcher>()
  return ({ privateHosts, pause }) => {
    const key = JSON.stringify([privateHosts, pause])
    const present = fetchers.get(key)
    if (present !== undefined) return present
    const fetcher = createFetcher({
      ...{ clock, sleep, random, privateHosts, agent: { version, contact } },
      // The net takes its time in whatever time a test lives in.
      deadline: realSleep,
      ...(limits !== undefined && { limits }),
      ...(pause !== undefined && { pause }),
    })
    fetchers.set(key, fetcher)
    return fetcher
  }
}

const Package = z.object({ version: z.string() })

export async function versionIn(files: URL): Promise<string> {
  return Package.parse(JSON.parse(await readFile(new URL('package.json', files), 'utf8'))).version
}
