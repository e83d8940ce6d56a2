import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { ContentError } from '../../../flows/kit/content-error.ts'
import { type Instrument, parseInstrument } from '../../../flows/survey/instrument.ts'
import { yamlFilesIn } from '../../base/content-files.ts'

/**
 * Reads every instrument of a folder (`*.yaml`). `riasec` comes first, since home suggests the first one; the others
 * follow by name. Throws an error that names the file and the field.
 */
export async function readInstruments(folder: URL): Promise<readonly [Instrument, ...Instrument[]]> {
  const files = (await yamlFilesIn(fileURLToPath(folder))).sort(riasecFirst)
  const [first, ...rest] = await Promise.all(files.map((name) => readInstrument(new URL(name, folder))))
  if (first === undefined)
    throw new ContentError(`There is no instrument in ${fileURLToPath(folder)}; at least riasec.yaml belongs there`)
  return [first, ...rest]
}

async function readInstrument(file: URL): Promise<Instrument> {
  const path = fileURLToPath(file)
  const instrument = parseFile(path, await readFile(file, 'utf8'))
  if (`${instrument.id}.yaml` === basename(path)) return instrument
  throw new ContentError(`${path} cannot be used: its id is "${instrument.id}"; make the two names equal`)
}

function parseFile(path: string, text: string): Instrument {
  try {
    return parseInstrument(parse(text))
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new ContentError(`${path} cannot be used: ${what}`, { cause: error })
  }
}

function riasecFirst(one: string, other: string): number {
  return Number(other === 'riasec.yaml') - Number(one === 'riasec.yaml') || one.localeCompare(other)
}
