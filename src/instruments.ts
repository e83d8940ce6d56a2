import { readdir, readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { ContentError } from '../flows/kit/content-error.ts'
import { type Instrument, parseInstrument } from '../flows/survey/instrument.ts'

/**
 * Reads every instrument of a folder (`*.yaml`). `riasec` comes first, since home suggests the first one; the others
 * follow by name. Throws an error that names the file and the field.
 */
export async function readInstruments(folder: URL): Promise<readonly [Instrument, ...Instrument[]]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort(riasecFirst)
  const [first, ...rest] = await Promise.all(files.map((name) => readInstrument(new URL(name, folder))))
  if (first === undefined)
    throw new ContentError(`There is no instrument in ${folder.pathname}; at least riasec.yaml belongs there`)
  return [first, ...rest]
}

async function readInstrument(file: URL): Promise<Instrument> {
  try {
    return parseInstrument(parse(await readFile(file, 'utf8')))
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new ContentError(`${file.pathname} cannot be read: ${what}`, { cause: error })
  }
}

function riasecFirst(one: string, other: string): number {
  return Number(other === 'riasec.yaml') - Number(one === 'riasec.yaml') || one.localeCompare(other)
}
