import { fileURLToPath } from 'node:url'
import { ContentError } from '../../../flows/kit/content-error.ts'
import { type Instrument, instrumentSchema } from '../../../flows/survey/instrument.ts'
import { readFolder } from '../../base/content-files.ts'

/**
 * Reads every instrument of a folder. `riasec` comes first, since home suggests the first one; the others follow by
 * name. Throws a ContentError that names file, line and field of every fault.
 */
export async function readInstruments(folder: URL): Promise<readonly [Instrument, ...Instrument[]]> {
  const [first, ...rest] = (await readFolder(folder, instrumentSchema)).sort(riasecFirst)
  if (first === undefined)
    throw new ContentError(`There is no instrument in ${fileURLToPath(folder)}; at least riasec.yaml belongs there`)
  return [first, ...rest]
}

function riasecFirst(one: Instrument, other: Instrument): number {
  return Number(other.id === 'riasec') - Number(one.id === 'riasec') || one.id.localeCompare(other.id)
}

/** Those of the project whose folder is given, with a trailing slash. */
export function ownInstruments(files: URL): Promise<readonly [Instrument, ...Instrument[]]> {
  return readInstruments(instrumentsIn(files))
}

/** Where instruments stand below the root folder. */
export function instrumentsIn(files: URL): URL {
  return new URL('flows/survey/instruments/', files)
}
