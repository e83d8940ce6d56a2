import { ConfigError } from '../../base/config-error.ts'
import type { Outside } from '../outside.ts'
import type { PlannedSource } from './planned.ts'
import { createSource, readSources, type SourceSecrets, type SourceSettings } from './settings.ts'

const hour = 3_600_000

/**
 * The sources of the operator's file, and those made in code. Throws a ContentError for a file that cannot be used, and a
 * ConfigError when a source is on and nobody says who asks.
 */
export async function readPlans({
  sourcesFile,
  contact,
  headHunterToken,
  sources,
}: Pick<Outside, 'sourcesFile' | 'contact' | 'headHunterToken' | 'sources'>): Promise<readonly PlannedSource[]> {
  const settings = sourcesFile === undefined ? [] : await readSources(sourcesFile)
  const on = settings.find((one) => one.on)
  if (on !== undefined && contact === undefined)
    throw new ConfigError(
      `SOURCES_CONTACT is missing, and the source "${on.name}" is on in ${sourcesFile}: sites are told whom to write to ` +
        'about the bot. Set it to a mail address of yours or to a page about the bot, or turn the source off',
    )
  return [...settings.map((one) => planOf(one, { headHunterToken })), ...sources]
}

function planOf(settings: SourceSettings, secrets: SourceSecrets): PlannedSource {
  const { on, everyHours, privateHosts } = settings
  return {
    source: createSource(settings, secrets),
    on,
    every: everyHours * hour,
    most: settings.kind === 'pages' ? settings.mostCards : undefined,
    privateHosts,
  }
}
